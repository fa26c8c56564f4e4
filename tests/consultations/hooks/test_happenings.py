"""What happened publicly: each kind is told once it may be known, and silent where it may not."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from consultations.rounds.actions import events
from kommuneplan import clock
from kommuneplan.timespan.span import TimeSpan
from plans.enums import MilestoneKind, Outcome
from plans.models import DateChange, Publication
from plans.public.happenings import happenings
from plans.versions.actions.publishing import withdraw
from tests.consultations.reported import Reported
from tests.consultations.round_factories import DAY, a_party, a_round, an_invitation, sent_out
from tests.factories import committee
from tests.plans.matters import ready_plan, submitted, treats
from tests.plans.published import publication_of

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock_stands():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def told(**asked):
    return [(one.kind, one.what) for one in happenings(at=clock.now(), **asked)]


def test_a_publication_is_told_with_its_reason_and_its_own_address():
    version = sent_out()
    (one,) = happenings(at=NOW)
    assert (one.kind, one.what, one.words) == (
        "published", "Version 1 er offentliggjort", "Sendt i høring",
    )  # fmt: skip
    assert one.address == f"/planer/{version.plan.slug}/versioner/1/"
    assert one.plan.title == "Strategi for naboskab"


def test_what_is_not_published_yet_is_not_told():
    plan = ready_plan()
    publication_of(plan, visible_from=NOW + DAY)
    assert told() == []
    assert [one.kind for one in happenings(at=NOW + DAY)] == ["published"]


def test_what_was_taken_back_is_told_by_its_name_and_nothing_else(clock_stands):
    plan = ready_plan()
    publication_of(plan, visible_from=NOW - 2 * DAY)
    plan.proposal = "Kanariefugl"
    plan.save()
    second = publication_of(plan, visible_from=NOW - DAY)
    Publication.objects.filter(pk=second.pk).update(reason="Kanariefugl")
    withdraw(publication=second, by=None, because="Forkert fil.", at=NOW)
    newest, first = happenings(at=NOW)
    assert (newest.uid, newest.what, newest.words) == (
        second.uid, "Version 2 er trukket tilbage", "Forkert fil.",
    )  # fmt: skip
    assert first.what == "Version 1 er offentliggjort"


def test_with_its_last_publication_a_plan_is_silent():
    version = sent_out()
    treats(submitted(version.plan))
    withdraw(publication=version.publications.get(), by=None, because="Forkert fil.", at=NOW)
    assert told() == []


def test_a_decision_is_told_unless_the_item_is_closed():
    open_plan, closed_plan = ready_plan("Åben"), ready_plan("Lukket")
    for plan in (open_plan, closed_plan):
        publication_of(plan, visible_from=NOW - DAY)
    closed = submitted(closed_plan)
    treats(closed, wording="Kanariefugl", is_closed=True)
    treats(submitted(open_plan), wording="Udvalget var enigt.")
    found = [one for one in happenings(at=NOW) if one.kind == "decided"]
    assert [(one.plan.title, one.words) for one in found] == [("Åben", "Udvalget var enigt.")]
    assert found[0].what == "Socialudvalget besluttede 4. maj 2026 at sende udkastet i høring"


def test_a_decision_on_another_bodys_plan_is_the_deciding_bodys_as_well():
    plan = ready_plan()
    publication_of(plan, visible_from=NOW - DAY)
    council = committee("Borgerrepræsentationen", "council")
    matter = submitted(plan, chain=(committee(), council))
    treats(matter, Outcome.RECOMMENDED)
    treats(matter)
    assert [kind for kind, _what in told(body=council)] == ["decided"]
    assert [kind for kind, _what in told(body=committee())] == ["decided", "published"]
    assert told(body=committee("Kulturudvalget")) == []
    assert told(plan="en-anden") == []


def test_a_moved_date_is_told_with_both_dates_and_the_reason():
    plan = ready_plan()
    row = plan.open_cycle.milestones.get()
    row.kind, row.title = MilestoneKind.PUBLIC_MEETING, "Borgermøde"
    row.save()
    publication_of(plan, visible_from=NOW - 2 * DAY)
    change = DateChange(milestone=row, reason="salen var optaget.", written="")
    change.when = row.when
    change.save()
    row.when = TimeSpan.between(row.when.earliest + 7 * DAY, row.when.latest + 7 * DAY)
    row.save()
    publication_of(plan, visible_from=NOW - DAY)
    moved = [one for one in happenings(at=NOW) if one.kind == "moved"]
    assert [one.words for one in moved] == ["Salen var optaget."]
    assert moved[0].what.startswith("Ny dato: Borgermøde, 21. maj")
    assert moved[0].address.endswith(f"#m-{row.uid}")


def test_a_round_is_told_when_announced_extended_over_and_withdrawn(clock_stands):
    round = a_round(opens=NOW, closes=NOW + 30 * DAY, announced_at=NOW)
    clock_stands.move_to(NOW + DAY)
    longer = NOW + 40 * DAY
    events.extend(round=round, closes_at=longer, reason="Ferien.", seen=round.version, by=None)
    round.refresh_from_db()
    party = an_invitation(round, a_party())
    later = longer + DAY
    events.extend(round=round, closes_at=later, reason="Kanariefugl", seen=round.version,
                  invitation=party, by=None)  # fmt: skip
    newest, announced, _published = happenings(at=clock.now())
    title = "Høring om strategi for naboskab"
    assert (newest.kind, newest.words) == ("changed", "Ferien.")
    assert newest.what == f"Forlænget, nu til og med 13. juni 2026: {title}"
    assert announced.what == f"I høring til og med 13. juni 2026: {title}"
    assert [one.kind for one in happenings(at=longer, since=clock.now())] == ["over"]
    round.refresh_from_db()
    events.withdraw(round=round, reason="Fejl.", seen=round.version, by=None)
    assert told()[0] == ("changed", f"Høringen er trukket tilbage: {title}")
    assert "over" not in [one.kind for one in happenings(at=longer)]


def test_a_round_that_is_not_announced_or_not_for_everybody_is_silent():
    a_round(announced=False)
    a_round(ready_plan("En anden"), public=False)
    assert {kind for kind, _what in told()} == {"published"}


def test_the_published_report_is_told_as_long_as_it_may_be_read():
    round = a_round(closes=NOW - DAY / 2, opens=NOW - 9 * DAY)
    report = Reported(round).report
    (one,) = [one for one in happenings(at=clock.now()) if one.kind == "reported"]
    assert (one.uid, one.address) == (report.uid, f"/hoeringer/{round.slug}/notat/")
    report.published_at = NOW + DAY
    report.save()
    assert "reported" not in [kind for kind, _what in told()]


def test_only_what_is_newer_than_an_instant_is_told_and_no_more_than_asked():
    for number in range(3):
        plan = ready_plan(f"Plan {number}")
        publication_of(plan, visible_from=NOW - number * DAY)
    assert len(happenings(at=NOW, since=NOW - 2 * DAY)) == 2
    assert len(happenings(at=NOW, most=1)) == 1
