"""Rounds as a secretary prepares, changes and announces them."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations import deadlines
from consultations.enums import RoundState
from consultations.models import Invitation, Round
from kommuneplan import clock
from kommuneplan.core.enums import BodyKind
from kommuneplan.core.mail.sending import send_waiting
from kommuneplan.core.models import Body, Meeting, Municipality
from plans.enums import Audience, Stage
from plans.models import Plan, Publication, Section
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from plans.versions.unpublished import unpublished_of
from tests.consultations.round_factories import (
    DAY,
    a_party,
    a_question,
    a_round,
    an_invitation,
    sent_out,
)
from tests.factories import a_plan, lead, secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    """The secretary of the committee, at the door."""
    Municipality.objects.get_or_create(
        pk=1, defaults={"name": "Naboby Kommune", "contact_email": "post@example.org"}
    )
    client.force_login(secretary())
    return client


def go(client: Client, name: str, plan: Plan, *args: object, data: object = None):
    """GET, or POST with ``data``."""
    address = reverse(f"consultations:{name}", args=[plan.slug, *args])
    return client.get(address) if data is None else client.post(address, data)


def typed(plan: Plan, version: object, **changes: object) -> dict[str, object]:
    """What the form of a new round sends."""
    today = clock.today()
    return {
        "frozen": str(version.uid),
        "title": "Høring om naboskab",
        "introduction": "Flere skal kende deres naboer.",
        "audience": "public",
        "first_day": f"{today + DAY}",
        "last_day": f"{today + 40 * DAY}",
        "publish_when": "deadline",
        "members_see": "deadline",
        **changes,
    }


def test_a_round_is_prepared_from_what_the_process_plan_says(desk):
    version = sent_out()
    plan = version.plan
    form = go(desk, "round-new", plan).context["form"]
    today = clock.today()
    assert form.initial["first_day"] == today + 10 * DAY
    assert form.initial["last_day"] == today + 50 * DAY
    assert form.initial["introduction"] == plan.proposal
    answer = go(desk, "round-new", plan, data=typed(plan, version))
    round = Round.objects.get()
    assert answer.url == reverse("consultations:round-page", args=[plan.slug, round.uid])
    assert round.last_day == today + 40 * DAY
    assert round.days == 40
    assert round.state_at(clock.now()) == RoundState.PREPARED
    assert round.history.get().history_user.name == "sekretær"
    assert len(mail.outbox) == 0


def test_pressing_twice_prepares_one(desk):
    version = sent_out()
    data = typed(version.plan, version, seen=0)
    assert go(desk, "round-new", version.plan, data=data).status_code == 302
    answer = go(desk, "round-new", version.plan, data=data)
    assert answer.status_code == 409
    assert "Høring om naboskab" in answer.content.decode()
    assert Round.objects.count() == 1
    again = {**data, "seen": answer.context["form"]["seen"].value()}
    assert go(desk, "round-new", version.plan, data=again).status_code == 302
    assert Round.objects.count() == 2


def test_without_a_consultation_in_the_process_plan_it_is_as_long_as_law_and_rule_ask(desk):
    plan = a_plan()
    plan.planning_act = "local_plan"
    plan.save()
    freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None)
    Municipality.objects.filter(pk=1).update(shortest_hearing_days=35)
    initial = go(desk, "round-new", plan).context["form"].initial
    assert (initial["last_day"] - initial["first_day"]).days == 34


def test_the_version_that_was_sent_out_is_offered_first(desk):
    version = sent_out()
    later = freeze(plan=version.plan, stage=Stage.PROCESS_PLAN, by=None)
    choices = go(desk, "round-new", version.plan).context["form"].fields["frozen"].choices
    assert [uid for uid, _words in choices][:2] == [str(version.uid), str(later.uid)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_day": "2020-01-01"}, "last_day"),
        ({"title": " "}, "title"),
        ({"frozen": str(uuid.uuid4())}, "frozen"),
        ({"first_day": "0206-01-01"}, "first_day"),
        ({"audience": "martians"}, "audience"),
    ],
)
def test_what_cannot_be_meant_comes_back(desk, changes, field):
    version = sent_out()
    answer = go(desk, "round-new", version.plan, data=typed(version.plan, version, **changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Round.objects.exists()


def test_another_plans_version_cannot_be_chosen(desk):
    version, other = sent_out(), sent_out(a_plan("Strategi for haver"))
    answer = go(desk, "round-new", version.plan, data=typed(version.plan, other))
    assert answer.status_code == 422
    assert not Round.objects.exists()


def test_the_days_are_warned_of_and_block_nothing(desk):
    version = sent_out()
    first = dt.date(clock.today().year + 1, 7, 1)
    data = typed(version.plan, version, first_day=first, last_day=first + 10 * DAY)
    go(desk, "round-new", version.plan, data=data)
    page = go(desk, "round-page", version.plan, Round.objects.get().uid)
    codes = {one.code for one in page.context["warnings"]}
    assert codes == {"hearing-shorter-than-own-rule", "hearing-across-holidays"}
    assert not page.context["blockers"]


@pytest.mark.parametrize(
    ("last", "closes"),
    [
        (dt.date(2026, 3, 28), "2026-03-28T23:00:00+00:00"),
        (dt.date(2026, 3, 29), "2026-03-29T22:00:00+00:00"),
        (dt.date(2026, 10, 24), "2026-10-24T22:00:00+00:00"),
        (dt.date(2026, 10, 25), "2026-10-25T23:00:00+00:00"),
        (dt.date(2026, 12, 31), "2026-12-31T23:00:00+00:00"),
    ],
)
def test_the_last_day_is_whole_on_the_days_of_the_clocks_too(last, closes):
    end = deadlines.ends(last)
    assert end == dt.datetime.fromisoformat(closes)
    opens = deadlines.begins(last - 10 * DAY)
    round = Round(opens_at=opens, closes_at=end, announced_at=opens)
    assert (round.first_day, round.last_day) == (last - 10 * DAY, last)
    tick = dt.timedelta(milliseconds=1)
    states = [round.state_at(end + step * tick) for step in (-1, 0, 1)]
    assert states == [RoundState.OPEN, RoundState.CLOSED, RoundState.CLOSED]


# --- announcing ----------------------------------------------------------------------------------


def prepared(**fields: object) -> Round:
    """A round of which nothing is missing."""
    opens = deadlines.begins(clock.today())
    fields.setdefault("closes", deadlines.ends(clock.today() + 40 * DAY))
    return a_round(opens=opens, announced=False, **fields)


def announced(desk: Client, round: Round):
    """The button is pressed."""
    return go(desk, "round-announce", round.plan, round.uid, data={"seen": round.version})


def test_announcing_opens_the_round_and_writes_to_the_parties(desk):
    round = prepared()
    a_question(round)
    an_invitation(round, "Handicaprådet", closes_at=round.closes_at + 5 * DAY)
    an_invitation(round, "Naboforeningen")
    assert "2 høringsparter" in go(desk, "round-announce", round.plan, round.uid).content.decode()
    answer = announced(desk, round)
    assert answer.status_code == 302
    round.refresh_from_db()
    assert round.state_at(clock.now()) == RoundState.OPEN
    assert round.opens_at <= clock.now() and round.first_day == clock.today()
    send_waiting()
    assert [one.to for one in mail.outbox] == [["part1@example.org"], ["part2@example.org"]]
    letter = mail.outbox[0]
    assert letter.subject == "Høring: Høring om strategi for naboskab"
    token = re.search(r"/hoeringer/invitation/([^/\s]+)/", letter.body)[1]
    assert Invitation.objects.by_token(token).get().name == "Handicaprådet"
    assert "Er målene tydelige?" in letter.body
    assert "[" not in letter.body
    assert all(one.invited_at for one in round.invitations.all())
    # Secrets are in the mail alone.
    secret = token.rpartition(":")[0]
    assert secret not in str(list(Invitation.objects.values()))


def test_a_round_for_parties_alone_shows_its_version_to_them_and_nobody_else(desk):
    round = prepared(public=False)
    an_invitation(round)
    announced(desk, round)
    publication = Publication.objects.get()
    assert (publication.audience, publication.version) == (Audience.PARTIES, round.frozen)


def test_a_round_to_come_is_announced_and_opens_by_itself(desk):
    opens = deadlines.begins(clock.today() + 3 * DAY)
    round = a_round(opens=opens, announced=False)
    an_invitation(round)
    announced(desk, round)
    round.refresh_from_db()
    assert round.opens_at == opens
    assert round.state_at(opens - dt.timedelta(milliseconds=1)) == RoundState.COMING
    assert round.state_at(opens) == RoundState.OPEN
    send_waiting()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ({"introduction": " "}, "/rediger/#div_id_introduction"),
        ({"opens_at": None}, "/rediger/#div_id_first_day"),
        ({"closes_at": dt.datetime(2020, 1, 2, tzinfo=dt.UTC)}, "/rediger/#div_id_last_day"),
        ({"opens_at": dt.datetime(2020, 1, 2, tzinfo=dt.UTC)}, "/rediger/#div_id_first_day"),
        ({"is_public": False}, "/parter/"),
    ],
)
def test_what_is_missing_is_shown_and_blocks(desk, fields, link):
    round = prepared()
    if "closes_at" in fields:
        round.opens_at = fields["closes_at"] - DAY
    for name, value in fields.items():
        setattr(round, name, value)
    round.save()
    shown = go(desk, "round-announce", round.plan, round.uid).context["blockers"]
    assert any(one.link.endswith(link) for one in shown), shown
    assert announced(desk, round).status_code == 409
    round.refresh_from_db()
    assert round.announced_at is None
    send_waiting()
    assert not mail.outbox


def test_everybody_must_be_able_to_read_what_everybody_may_answer(desk):
    round = prepared(version=sent_out(publish_it=False))
    blockers = go(desk, "round-page", round.plan, round.uid).context["blockers"]
    assert [one.link for one in blockers] == [
        reverse("plans:version-publish", args=[round.plan.slug, round.frozen.uid])
    ]
    assert announced(desk, round).status_code == 409


def test_a_party_without_an_address_is_named(desk):
    round = prepared()
    an_invitation(round, a_party("Beboerne", email=""))
    answer = announced(desk, round)
    assert answer.status_code == 409
    assert "Der mangler en mailadresse til Beboerne." in answer.content.decode()


def test_announcing_what_has_changed_meanwhile_asks_again(desk):
    round = prepared()
    seen = round.version
    round.title = "Et andet navn"
    round.save()
    answer = go(desk, "round-announce", round.plan, round.uid, data={"seen": seen})
    assert answer.status_code == 409
    assert "Et andet navn" in answer.content.decode()
    assert announced(desk, round).status_code == 302
    assert announced(desk, round).status_code == 302  # the double click does nothing
    send_waiting()
    assert Round.objects.get().version == round.version + 1


def test_an_internal_round_runs_over_the_draft_as_it_is(desk):
    plan = a_plan()
    Section.objects.create(plan=plan, title="Mål", text="<p>Et udkast.</p>", is_public=True)
    data = typed(plan, freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None), frozen="nu")
    assert go(desk, "round-new", plan, data=data).status_code == 422
    assert go(desk, "round-new", plan, data={**data, "audience": "internal"}).status_code == 302
    round = Round.objects.get()
    assert (round.frozen.stage, round.frozen.number) == (Stage.INTERNAL, 2)
    assert "Et udkast." in round.frozen.content
    an_invitation(round, a_party("Hoved-MED", category="internal"))
    assert announced(desk, round).status_code == 302
    assert [one.audience for one in Publication.objects.all()] == [Audience.PARTIES]
    # Nobody is led to publish what only the administration has before it.
    assert (
        "Offentliggør udkastet"
        not in desk.get(reverse("plans:overview", args=[plan.slug])).content.decode()
    )


def test_a_council_without_a_meeting_before_the_deadline_is_pointed_out(desk):
    body = Body.objects.create(name="Ældrerådet", kind=BodyKind.COMMITTEE)
    Meeting.objects.create(body=body, date=clock.today() + 60 * DAY)
    round = prepared()
    an_invitation(round, a_party("Ældrerådet", body=body, heard_by="senior"))
    page = go(desk, "round-announce", round.plan, round.uid).content.decode()
    assert "Ældrerådet har intet møde før fristen." in page
    assert "Handicaprådet står ikke på høringslisten." in page


# --- changing ------------------------------------------------------------------------------------


def test_an_announced_round_keeps_what_was_told(desk):
    round = a_round()
    later = round.closes_at + 10 * DAY
    data = {
        **typed(round.plan, round.frozen, title="Ny titel"),
        "seen": round.version,
        "closes_at": later.isoformat(),
        "last_day": f"{later.date()}",
    }
    assert go(desk, "round-edit", round.plan, round.uid, data=data).status_code == 302
    stored = Round.objects.get()
    assert (stored.title, stored.closes_at) == ("Ny titel", round.closes_at)
    assert stored.is_public and stored.publish_when == round.publish_when


def test_two_who_change_a_round_both_keep_their_words(desk):
    round = a_round(announced=False)
    data = typed(round.plan, round.frozen, seen=round.version, title="Min titel")
    round.title = "Kollegaens"
    round.save()
    answer = go(desk, "round-edit", round.plan, round.uid, data=data)
    assert answer.status_code == 409
    assert "Min titel" in answer.content.decode()
    assert Round.objects.get().title == "Kollegaens"
    again = {**data, "seen": answer.context["form"]["seen"].value()}
    assert go(desk, "round-edit", round.plan, round.uid, data=again).status_code == 302
    assert Round.objects.get().title == "Min titel"


def test_a_renewed_round_brings_questions_parties_and_the_way_to_what_changed(desk):
    before = a_round()
    a_question(before)
    an_invitation(before)
    an_invitation(before, "Gået bort", removed_at=clock.now(), removed_because="Nedlagt")
    Section.objects.create(plan=before.plan, title="Nyt", text="<p>Nyt.</p>", is_public=True)
    version = freeze(plan=before.plan, stage=Stage.CONSULTATION, by=None)
    address = reverse("consultations:round-new", args=[before.plan.slug])
    renewing = {"fornyer": str(before.uid)}
    page = desk.get(address, renewing)
    assert f"?fra={before.frozen.uid}&amp;til={version.uid}" in page.content.decode()
    data = typed(before.plan, version)
    url = f"{address}?fornyer={before.uid}"
    assert desk.post(url, data).status_code == 422  # a reason is asked for
    desk.post(url, {**data, "because": "Målene er ændret væsentligt."})
    new = Round.objects.get(renews=before)
    assert new.renewed_because == "Målene er ændret væsentligt."
    assert [one.words for one in new.questions.all()] == ["Er målene tydelige?"]
    assert [one.name for one in new.invitations.all()] == ["Handicaprådet"]
    assert (
        "Hvad er ændret siden den forrige"
        in go(desk, "round-page", new.plan, new.uid).content.decode()
    )
    assert desk.get(address, {"fornyer": str(uuid.uuid4())}).status_code == 404
    assert desk.get(address, {"fornyer": "nej"}).status_code == 404


# --- doors ---------------------------------------------------------------------------------------

PAGES = ["round-page", "round-edit", "round-announce", "round-parties", "round-extend"]


@pytest.mark.parametrize("name", PAGES)
def test_a_round_of_another_plan_or_body_does_not_exist(desk, name):
    mine, foreign = a_round(), a_round(a_plan("Strategi for veje", "Teknikudvalget"))
    assert go(desk, name, mine.plan, foreign.uid).status_code == 404
    assert go(desk, name, foreign.plan, foreign.uid).status_code == 404
    assert go(desk, name, mine.plan, uuid.uuid4()).status_code == 404


def test_the_plans_lead_reads_and_does_not_run(client):
    round = a_round()
    client.force_login(lead(round.plan))
    assert go(client, "round-page", round.plan, round.uid).status_code == 200
    assert go(client, "round-parties", round.plan, round.uid).status_code == 200
    for name in ("round-edit", "round-announce", "round-extend", "round-withdraw"):
        assert go(client, name, round.plan, round.uid).status_code == 403
    assert go(client, "round-remind", round.plan, round.uid, data={}).status_code == 403


QUERIES = 12
CHECKS = 14  # what the checks of the process plan ask, on the page before it is announced


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_the_pages_ask_no_more_for_more(desk, rows):
    plan = sent_out().plan
    version = plan.versions.get()
    rounds = [a_round(version=version, title=f"Runde {n}") for n in range(min(rows, 3))]
    for number in range(rows):
        an_invitation(rounds[0], f"Part {number}")
    rounds.append(prepared(version=version))
    an_invitation(rounds[-1], "Part 0")
    council = Body.objects.create(name="Ældrerådet", kind=BodyKind.COMMITTEE)
    for round in (rounds[0], rounds[-1]):  # the other council is missing
        an_invitation(round, a_party("Ældrerådet", body=council, heard_by="senior"))
    Municipality.objects.get_or_create(pk=1, defaults={"name": "Naboby"})
    unpublished_of(plan)  # counted once; kept until something is changed
    for name, args in [
        ("round-list", []),
        ("round-page", [rounds[0].uid]),
        ("round-page", [rounds[-1].uid]),
        ("round-announce", [rounds[-1].uid]),
        ("round-parties", [rounds[0].uid]),
        ("round-parties-add", [rounds[0].uid]),
    ]:
        address = reverse(f"consultations:{name}", args=[plan.slug, *args])
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address).status_code == 200
        told = [one["sql"][:60] + " … " + one["sql"][-100:] for one in asked]
        most = QUERIES + (CHECKS if name == "round-announce" else 0)
        assert len(asked) <= most, "\n".join([name, *told])


def test_the_page_is_seen_before_it_opens_and_found_when_it_is_announced(desk):
    opens = clock.now() + DAY
    round = a_round(announced=False, opens=opens, introduction="Flere skal kende deres naboer.")
    a_question(round, "Hvad mangler der?")
    an_invitation(round, a_party("Ældrerådet"))
    page = go(desk, "round-page", round.plan, round.uid).content.decode()
    preview = reverse("consultations:round-preview", args=[round.plan.slug, round.uid])
    assert preview in page
    assert preview in go(desk, "round-announce", round.plan, round.uid).content.decode()
    seen = desk.get(preview).content.decode()
    for told in ("Flere skal kende", "Hvad mangler der?", "Ældrerådet", "Ingen andre kan se den"):
        assert told in seen
    public = reverse("consultations:hearing", args=[round.slug])
    assert "svar/" not in seen.split("<h1>")[1]
    assert Client().get(public).status_code == 404
    go(desk, "round-announce", round.plan, round.uid, data={"seen": round.version})
    assert desk.get(preview).headers["Location"] == public
    assert public in go(desk, "round-page", round.plan, round.uid).content.decode()


def test_what_only_the_parties_read_is_shown_before_it_opens_and_afterwards(desk):
    round = a_round(announced=False, public=False)
    seen = go(desk, "round-preview", round.plan, round.uid).content.decode()
    assert "Sådan ser siden ud" in seen
    Round.objects.filter(pk=round.pk).update(announced_at=clock.now())
    publish(version=round.frozen, by=None, audience=Audience.PARTIES)
    seen = go(desk, "round-preview", round.plan, round.uid).content.decode()
    assert "Det her læser parterne" in seen
    assert 'id="draft"' in seen


def test_a_page_without_a_deadline_says_so(desk):
    round = a_round(announced=False)
    Round.objects.filter(pk=round.pk).update(opens_at=None, closes_at=None)
    seen = go(desk, "round-preview", round.plan, round.uid).content.decode()
    assert "Fristen er ikke fastsat endnu" in seen
