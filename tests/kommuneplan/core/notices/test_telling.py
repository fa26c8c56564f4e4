"""When people are told, how often, and what becomes of a notice."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.core import mail as outbox
from django.db import transaction
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core import upkeep
from kommuneplan.core.mail import sending
from kommuneplan.core.models import Mail, Notice, WorkerBeat
from kommuneplan.core.notices import actions, telling
from kommuneplan.core.notices.kinds import NoticeKind, NoticeLine, kinds
from kommuneplan.core.privacy.actions import erase
from tests.factories import person

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2027, 3, 1, 6, 30, tzinfo=clock.COPENHAGEN)
DAY = dt.timedelta(days=1)


def says(user, notices):
    """Everything but what begins with a nought."""
    return {
        one.pk: NoticeLine("Noget er nyt", reverse("plans:front"), "Strategi for naboskab")
        for one in notices
        if not str(one.thing).startswith("0")
    }


def at(instant):
    return instant.replace(hour=7, minute=0)


@pytest.fixture(autouse=True)
def clocks():
    with time_machine.travel(MONDAY, tick=False) as found:
        yield found


@pytest.fixture(autouse=True)
def a_kind(monkeypatch):
    monkeypatch.setitem(kinds, "test.kind", NoticeKind("test.kind", "noget er nyt", says))


def note(*users, thing: str = "", **more) -> None:
    actions.notify(
        kind="test.kind",
        thing=uuid.UUID(thing) if thing else uuid.UUID(f"1{uuid.uuid4().hex[1:]}"),
        users=[user.pk for user in users],
        by=None,
        **more,
    )


def mails() -> list:
    outbox.outbox.clear()
    telling.tell_by_day()
    telling.tell_urgent()
    sending.send_waiting()
    return list(outbox.outbox)


def test_one_mail_holds_all_that_is_new_and_comes_once_a_day(clocks):
    anna = person("anna")
    for _one in range(3):
        note(anna)
    assert mails() == []  # before the hour
    clocks.move_to(at(MONDAY))
    (mail,) = mails()
    assert mail.body.count("Noget er nyt") == 3
    note(anna)
    for hours in (1, 4, 12):
        clocks.move_to(at(MONDAY) + dt.timedelta(hours=hours))
        assert mails() == []
    clocks.move_to(at(MONDAY) + DAY)
    assert len(mails()) == 1 == len(mails()) + 1


def test_a_worker_that_comes_late_tells_what_was_due_and_no_more(clocks):
    anna, bo = person("anna"), person("bo")
    note(anna)
    clocks.move_to(MONDAY.replace(hour=9))
    note(bo)
    clocks.move_to(MONDAY.replace(hour=14))
    assert [mail.to for mail in mails()] == [[anna.email]]


@pytest.mark.parametrize(
    ("noted", "told"),
    [
        ((2027, 3, 5), (2027, 3, 8)),  # from a Friday over the weekend
        ((2027, 3, 24), (2027, 3, 30)),  # over Easter
        ((2027, 6, 4), (2027, 6, 7)),  # Grundlovsdag is a Saturday
        ((2028, 6, 2), (2028, 6, 6)),  # Whit Monday is the fifth of June
        ((2027, 12, 23), (2027, 12, 27)),  # Christmas Eve, Christmas Day, a Sunday
    ],
)
def test_nobody_is_told_by_day_when_nobody_is_at_work(clocks, noted, told):
    anna, when = person("anna"), MONDAY.replace(hour=8)
    day = when.replace(year=noted[0], month=noted[1], day=noted[2])
    clocks.move_to(day)
    note(anna)
    found = []
    for number in range(8):
        for hour in (0, 7, 23):
            clocks.move_to((day + number * DAY).replace(hour=hour))
            found += [(clock.today(), hour)] * len(mails())
    assert found == [(dt.date(*told), 7)]


def test_the_hour_is_danish_in_summer_and_in_winter(clocks):
    anna = person("anna")
    for day, utc in (("2027-01-12", 6), ("2027-07-13", 5)):
        clocks.move_to(dt.datetime.fromisoformat(f"{day}T{utc - 1:02}:59:00+00:00"))
        note(anna)
        assert mails() == []
        clocks.move_to(dt.datetime.fromisoformat(f"{day}T{utc:02}:00:00+00:00"))
        assert len(mails()) == 1


def test_urgent_is_told_when_it_has_rested_and_is_not_told_again(clocks):
    anna = person("anna")
    note(anna)
    note(anna, urgent=True)
    assert mails() == []
    clocks.shift(telling.QUIET)
    (mail,) = mails()
    assert mail.body.count("Noget er nyt") == 1 and mail.subject.startswith("Venter på dig")
    clocks.move_to(at(MONDAY))
    (mail,) = mails()
    assert mail.body.count("Noget er nyt") == 1 and mail.subject.startswith("Nyt til dig")


def test_what_holds_no_more_is_passed_over_and_makes_no_mail(clocks):
    anna, thing = person("anna"), f"0{uuid.uuid4().hex[1:]}"
    note(anna, thing=thing)
    clocks.move_to(at(MONDAY))
    assert mails() == [] and not Mail.objects.exists()
    assert Notice.objects.get().end == "gone"


def test_what_is_turned_off_is_not_sent_and_comes_back_when_it_is_turned_on(clocks):
    anna = person("anna")
    note(anna)
    actions.choose(user=anna, wanted=[])
    clocks.move_to(at(MONDAY))
    assert mails() == [] and Notice.objects.get().end == "off"
    actions.choose(user=anna, wanted=list(kinds))
    assert not anna.notices_turned_off.exists()
    note(anna)
    clocks.move_to(at(MONDAY) + DAY)
    assert len(mails()) == 1


def test_whoever_does_it_is_not_told_and_nothing_waits_twice():
    anna, bo, thing = person("anna"), person("bo"), uuid.uuid4()
    for occasion in ("", "", "dag", "dag"):
        actions.notify(
            kind="test.kind", thing=thing, users=[anna.pk, bo.pk], by=bo, occasion=occasion
        )
    rows = Notice.objects.order_by("occasion")
    assert list(rows.values_list("user", "occasion")) == [(anna.pk, ""), (anna.pk, "dag")]


def test_an_unknown_kind_is_a_mistake_and_one_that_is_gone_is_passed_over(clocks, monkeypatch):
    anna = person("anna")
    with pytest.raises(KeyError):
        actions.notify(kind="no.kind", thing=uuid.uuid4(), users=[anna.pk], by=None)
    note(anna)
    monkeypatch.delitem(kinds, "test.kind")
    clocks.move_to(at(MONDAY))
    assert mails() == [] and Notice.objects.get().end == "gone"


def test_what_goes_wrong_with_one_is_nobody_elses_and_is_tried_again(clocks, monkeypatch, caplog):
    anna, bo = person("anna"), person("bo")
    note(anna, bo)
    send = telling.mailing.send

    def fails(*, to, **more):
        if to == anna.email:
            raise RuntimeError("anna@example.org")
        return send(to=to, **more)

    clocks.move_to(at(MONDAY))
    with monkeypatch.context() as patched:
        patched.setattr(telling.mailing, "send", fails)
        assert [mail.to for mail in mails()] == [[bo.email]]
    assert "anna" not in caplog.text
    clocks.shift(dt.timedelta(hours=1))
    assert [mail.to for mail in mails()] == [[anna.email]]


def test_broken_off_between_the_mail_and_told_nothing_is_written(clocks, monkeypatch):
    anna = person("anna")
    note(anna)

    def dies(*_args):
        raise KeyboardInterrupt

    clocks.move_to(at(MONDAY))
    with monkeypatch.context() as patched:
        patched.setattr(telling, "_end", dies)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            telling.tell_by_day()
    assert not Mail.objects.exists() and Notice.objects.waiting().count() == 1
    assert len(mails()) == 1


def test_a_long_list_is_cut_and_says_so(clocks):
    anna = person("anna")
    for _one in range(telling.MOST + 2):
        note(anna)
    clocks.move_to(at(MONDAY))
    (mail,) = mails()
    assert mail.body.count("Noget er nyt") == telling.MOST
    assert "Og 2 flere" in mail.body and "Og 2 flere" in mail.alternatives[0][0]


def test_the_worker_asks_for_both(clocks):
    anna = person("anna")
    note(anna)
    note(anna, urgent=True)
    clocks.shift(telling.QUIET)
    WorkerBeat.give()
    upkeep.every_minute()
    assert len(outbox.outbox) == 1
    clocks.move_to(at(MONDAY))
    for _minute in range(2):  # it is written after the mails of the first were sent
        upkeep.every_minute()
    assert len(outbox.outbox) == 2


def test_a_mail_that_the_server_does_not_take_in_a_day_is_given_up(clocks):
    note(person("anna"))
    clocks.move_to(at(MONDAY))
    telling.tell_by_day()
    clocks.shift(telling.OF_USE)
    sending.send_waiting()
    assert not outbox.outbox and Mail.objects.get().reason == "expired"


def test_with_the_person_go_their_notices_and_choices(clocks):
    anna = person("anna")
    note(anna)
    actions.choose(user=anna, wanted=[])
    told = {one.place: one.count for one in erase(address=anna.email)}
    assert told["core.Notice.user"] == 1 and told["core.NoticeTurnedOff.user"] == len(kinds)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("number", [1, 30])
def test_one_person_costs_the_same_however_much_waits(clocks, django_assert_num_queries, number):
    anna = person("anna")
    for _one in range(number):
        note(anna)
    clocks.move_to(at(MONDAY))
    with django_assert_num_queries(12):
        telling.tell(person=anna.pk, until=clock.now(), urgent=False)
