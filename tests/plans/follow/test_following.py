"""Following by mail: asked, confirmed, told once a day, left with one press."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail as outbox

from kommuneplan.core import upkeep
from kommuneplan.core.enums import MailReason
from kommuneplan.core.mail import sending
from kommuneplan.core.mail.actions import record_bounce
from kommuneplan.core.models import Mail, Municipality
from kommuneplan.core.privacy import actions as privacy
from plans.follow import telling
from plans.models import Follower, Following
from plans.versions.actions.publishing import withdraw
from tests.plans.matters import ready_plan, submitted, treats
from tests.plans.published import publication_of
from tests.races import race

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
NOW = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)  # a Monday
ANNA = "anna@example.org"
LINK = re.compile(r"https?://\S+")
FOLLOW = "/planer/strategi-for-naboskab/foelg/"


@pytest.fixture
def clocks():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def plan(clocks):
    Municipality.objects.create(pk=1, name="Eksempel Kommune")
    plan = ready_plan()
    publication_of(plan, visible_from=NOW - DAY)
    return plan


def sent():
    sending.send_waiting()
    found, outbox.outbox[:] = list(outbox.outbox), []
    return found


def path_in(text):
    return urlsplit(LINK.findall(text)[0]).path


def follow(client, address=FOLLOW, email=ANNA):
    """Asked for, and confirmed by the link in the mail."""
    assert client.post(address, {"email": email}).status_code == 302
    (asked,) = sent()
    done = client.post(path_in(asked.body))
    assert "Du følger med" in done.content.decode()


def morning(clocks, days=1):
    """The worker's round some mornings later."""
    day = (NOW + days * DAY).replace(hour=6)
    clocks.move_to(day)
    telling.look_after()
    return sent()


def test_asked_confirmed_told_and_left(client, plan, clocks):
    page = client.get(FOLLOW).content.decode()
    assert "Du får højst én mail om dagen" in page
    assert 'href="webcal://' in page
    answer = client.post(FOLLOW, {"email": "Anna@Example.org "}, follow=True)
    assert "Vi har sendt dig en mail." in answer.content.decode()
    (asked,) = sent()
    assert asked.to == [ANNA]
    link = path_in(asked.body)
    assert "Vil du følge med?" in client.get(link).content.decode()
    assert Following.objects.get().confirmed_at is None  # opening says nothing
    assert "Du følger med" in client.post(link).content.decode()
    clocks.move_to(NOW + HOUR)
    treats(submitted(plan), wording="Udvalget var enigt.")
    assert morning(clocks, 0) == []
    (told,) = morning(clocks)
    assert told.subject == "Nyt: Strategi for naboskab"
    assert "Socialudvalget besluttede 4. maj 2026 at sende udkastet i høring" in told.body
    assert "Udvalget var enigt." in told.body
    assert "version 1" not in told.body.lower()  # happened before
    leave = told.extra_headers["List-Unsubscribe"].strip("<>")
    assert told.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert leave in told.body
    assert "Vil du stoppe?" in client.get(urlsplit(leave).path).content.decode()
    gone = client.post(urlsplit(leave).path, {"List-Unsubscribe": "One-Click"})
    assert "Du får ingen mails fra os" in gone.content.decode()
    assert not Follower.objects.exists()
    assert "Du får ingen mails fra os" in client.get(urlsplit(leave).path).content.decode()


def test_one_mail_a_day_and_none_when_nothing_happened(client, plan, clocks):
    follow(client)
    publication_of(plan, visible_from=NOW + HOUR)
    assert len(morning(clocks)) == 1
    telling.look_after()
    clocks.move_to(NOW + DAY + HOUR)
    publication_of(plan, visible_from=NOW + DAY + HOUR)
    telling.look_after()
    assert sent() == []  # today's mail is written
    assert len(morning(clocks, 2)) == 1
    assert morning(clocks, 3) == []


def test_nothing_is_told_on_a_day_without_an_office_and_it_is_told_on_the_next(
    client, plan, clocks
):
    follow(client)
    publication_of(plan, visible_from=NOW + 4 * DAY)  # Friday
    assert morning(clocks, 5) == morning(clocks, 6) == []
    assert len(morning(clocks, 7)) == 1


def test_what_was_taken_back_meanwhile_is_told_as_that(client, plan, clocks):
    follow(client)
    again = publication_of(plan, visible_from=NOW + HOUR)
    withdraw(publication=again, by=None, because="Forkert fil.", at=NOW + 2 * HOUR)
    (told,) = morning(clocks)
    assert "er trukket tilbage" in told.body
    assert "er offentliggjort" not in told.body


def test_the_answer_is_the_same_whether_the_address_is_known(client, plan):
    follow(client)
    first = client.post(FOLLOW, {"email": "ny@example.org"})
    known = client.post(FOLLOW, {"email": ANNA})
    assert (first.status_code, first["Location"]) == (known.status_code, known["Location"])
    assert first.content == known.content
    mails = {mail.to[0]: mail for mail in sent()}
    assert "Du følger allerede" in mails[ANNA].subject


def test_nobody_else_can_follow_on_with_an_address_that_is_confirmed(client, plan, clocks):
    follow(client)
    client.post("/foelg/", {"email": ANNA})
    assert Following.objects.confirmed().count() == 1
    assert Following.objects.unconfirmed().count() == 1


def test_what_nobody_confirmed_goes_after_two_days_with_the_address(client, plan, clocks):
    client.post(FOLLOW, {"email": ANNA})
    (asked,) = sent()
    clocks.move_to(NOW + 47 * HOUR)
    telling.look_after()
    assert Follower.objects.count() == 1
    clocks.move_to(NOW + 48 * HOUR + dt.timedelta(minutes=1))
    upkeep.hourly["plans.followers"]()
    assert not Follower.objects.exists()
    assert not Following.objects.exists()
    late = client.get(path_in(asked.body))
    assert late.status_code == 410
    assert "Linket virker ikke længere" in late.content.decode()


def test_an_address_is_asked_three_times_a_day_at_most(client, plan, clocks):
    for _time in range(5):
        assert client.post(FOLLOW, {"email": ANNA}).status_code == 302
    assert len(sent()) == 3
    clocks.move_to(NOW + DAY + HOUR)
    client.post(FOLLOW, {"email": ANNA})
    assert len(sent()) == 1


def test_one_network_asks_for_no_more_than_is_declared(client, plan, settings):
    limits = {one: dict(kinds) for one, kinds in settings.STRANGERS.items()}
    limits["network"]["followings"] = 2
    settings.STRANGERS = limits
    here = {"REMOTE_ADDR": "80.62.1.1"}
    for number in range(2):
        assert client.post(FOLLOW, {"email": f"{number}@example.org"}, **here).status_code == 302
    third = client.post(FOLLOW, {"email": "tre@example.org"}, **here)
    assert third.status_code == 429
    assert "tre@example.org" in third.content.decode()  # nothing typed is lost
    assert not Follower.objects.filter(email="tre@example.org").exists()
    elsewhere = client.post(FOLLOW, {"email": "tre@example.org"}, REMOTE_ADDR="80.62.1.2")
    assert elsewhere.status_code == 302
    assert "80.62" not in repr(list(Following.objects.values()))


@pytest.mark.parametrize("typed", ["", "anna", "anna@", "a" * 300 + "@example.org"])
def test_what_is_no_address_is_said_with_what_was_typed(client, plan, typed):
    answer = client.post(FOLLOW, {"email": typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'class="alert-text error-list"' in page
    assert not typed or typed in page
    assert not Follower.objects.exists()


def test_the_trap_is_for_machines(client, plan):
    answer = client.post(FOLLOW, {"email": ANNA, "website": "https://x.example"})
    assert answer.status_code == 422
    assert not Follower.objects.exists()


def test_a_bounce_ends_it_and_a_full_mailbox_does_not(client, plan, clocks):
    follow(client)
    follow(client, email="bo@example.org")
    publication_of(plan, visible_from=NOW + HOUR)
    told = {mail.to[0]: mail for mail in morning(clocks)}
    record_bounce(message_id=told[ANNA].extra_headers["Message-ID"])
    record_bounce(message_id=told["bo@example.org"].extra_headers["Message-ID"], full=True)
    telling.look_after()
    assert list(Follower.objects.values_list("email", flat=True)) == ["bo@example.org"]


def test_a_refused_address_is_not_asked_about_again(client, plan, clocks):
    client.post(FOLLOW, {"email": ANNA})
    Mail.objects.update(next_try=None, failed_at=NOW, reason=MailReason.ADDRESS)
    telling.look_after()
    assert not Follower.objects.exists()


def test_one_thing_of_several_can_be_left_alone(client, plan, clocks):
    follow(client)
    follow(client, "/udvalg/socialudvalget/foelg/")
    follow(client, "/foelg/")
    publication_of(plan, visible_from=NOW + HOUR)
    (told,) = morning(clocks)  # told once, though three of them are about it
    assert told.body.count("Version 2 er offentliggjort") == 1
    leave = urlsplit(told.extra_headers["List-Unsubscribe"].strip("<>")).path
    own = Following.objects.get(plan=plan)
    page = client.post(leave, {"following": str(own.uid)}).content.decode()
    assert "Du følger stadig:" in page
    assert "{#" not in page
    assert Following.objects.count() == 2
    assert client.post(leave, {"following": "noget"}).status_code == 404
    assert Following.objects.count() == 2


def test_the_signed_links_are_nobody_elses(client, plan):
    follow(client)
    uid = Follower.objects.get().uid
    for token in (str(uid), f"{uid}:x", "x"):
        assert client.post(f"/foelg/stop/{token}/").status_code == 404
        assert client.post(f"/foelg/bekraeft/{token}/").status_code == 410
    assert Following.objects.confirmed().count() == 1


def test_whoever_is_erased_follows_nothing(client, plan):
    follow(client)
    privacy.erase(address=ANNA)
    assert not Follower.objects.exists()
    assert not Mail.objects.filter(address=ANNA).exists()


def test_only_what_is_published_or_known_can_be_followed(client, clocks, db):
    ready_plan("Hemmelig plan")
    for address in ("/planer/hemmelig-plan/foelg/", "/udvalg/socialudvalget/foelg/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"email": ANNA}).status_code == 404
    assert "Socialudvalget" not in client.get("/foelg/").content.decode()
    assert not Follower.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_workers_at_once_tell_once():
    now = dt.datetime.now(dt.UTC)
    plan = ready_plan()
    publication_of(plan, visible_from=now - HOUR)
    for number in range(5):
        row = Follower.objects.create(email=f"{number}@example.org", told_until=now - 2 * DAY)
        Following.objects.create(follower=row, plan=plan, confirmed_at=now - 2 * DAY)
    told = race("tests.plans.follow.test_following:tell_all", 4)
    assert sum(told) == 5
    assert Mail.objects.filter(reference__startswith="plans.followed:").count() == 5


def tell_all(_number):
    """Run in a process of its own."""
    now = dt.datetime.now(dt.UTC)
    news = telling.FollowedNews(now - 2 * DAY, now - dt.timedelta(minutes=10))
    rows = Follower.objects.order_by("pk").values_list("pk", flat=True)
    return sum(telling.tell(follower=key, news=news) is not None for key in list(rows))
