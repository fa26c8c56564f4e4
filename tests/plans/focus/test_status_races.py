"""Several processes at one yearly status: it is closed once, and no words are overwritten."""

from __future__ import annotations

import pytest

from plans.focus.actions import areas
from plans.focus.yearly import entries_of
from plans.models import FocusStatus, PlanVersion, YearlyStatus
from plans.versions.verification import verify
from tests.plans.statuses import area, in_force, opened, say
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)


def close(_number: int, status: int, seen: str) -> str:
    """What the door does."""
    try:
        areas.close_year(status=YearlyStatus.objects.get(pk=status), seen=seen, by=None)
    except areas.AlreadyClosed:
        return "closed already"
    return "closed"


def write(number: int, entry: int, seen: int) -> str:
    """What the door does with one row; what each writes is another text."""
    from kommuneplan.locking import Conflict

    facts = {"words": f"Tekst {number}", "decision": "continue", "reason": ""}
    row = FocusStatus.objects.get(pk=entry)
    try:
        areas.save_entry(entry=row, seen=seen, facts=facts, by=None)
    except Conflict:
        return "conflict"
    return facts["words"]


def test_six_closings_at_once_freeze_one_version():
    plan = in_force()
    row = area(plan)
    status = opened(plan)
    say(status.entries.get(focus_area=row), "end", "Nået.")
    seen = areas.seen_as(status, entries_of(status))
    answers = race("tests.plans.focus.test_status_races:close", 6, status.pk, seen)
    assert sorted(answers) == ["closed"] + ["closed already"] * 5
    assert PlanVersion.objects.filter(stage="status").count() == 1
    assert verify().faults == []


def test_of_six_who_write_at_once_one_is_stored_and_the_others_know():
    plan = in_force()
    row = area(plan)
    entry = opened(plan).entries.get(focus_area=row)
    answers = race("tests.plans.focus.test_status_races:write", 6, entry.pk, entry.version)
    [stored] = [answer for answer in answers if answer != "conflict"]
    entry.refresh_from_db()
    assert entry.words == stored
