"""Several processes put the same state back at once, or write while it is put back: one is
stored, the others know, and nothing that was stored is missing from the history."""

from __future__ import annotations

import pytest

from kommuneplan.core.models import Municipality
from kommuneplan.locking import Conflict
from kommuneplan.timespan.danish import read
from plans.history.actions import put_back
from plans.history.kinds import BY_CODE
from plans.history.states import state
from plans.models import Milestone, Plan, Section
from plans.process.actions import milestones
from plans.text.actions import outline
from plans.text.actions.sections import save_section
from tests.factories import a_plan
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)


def restore(_number: int, plan: int, kind: str, uid: str, seen: int) -> str:
    """What the door does."""
    row = Plan.objects.get(pk=plan)
    record = state(row, BY_CODE[kind], uid, 1, lambda ids: {}).record
    try:
        put_back(plan=row, record=record, seen=seen, by=None)
    except Conflict:
        return "conflict"
    return "back"


def restore_or_write(number: int, plan: int, uid: str, seen: int) -> str:
    """Every other writes a text of its own instead."""
    if number % 2:
        return restore(number, plan, "afsnit", uid, seen)
    section = Section.objects.get(uid=uid)
    try:
        save_section(
            section=section, title="Formål", text=f"<p>{number}</p>", base_version=seen, by=None
        )
    except Conflict:
        return "conflict"
    return "written"


@pytest.fixture
def plan(db) -> Plan:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    return a_plan()


def test_a_deleted_milestone_comes_back_once(plan):
    facts = {"title": "Vedtagelse", "when": read("uge 46 2026").span}
    row = milestones.add_milestone(cycle=plan.open_cycle, facts=facts, bodies=[], by=None)
    milestones.delete_milestone(milestone=row, by=None)
    answers = race(
        "tests.plans.history.test_history_races:restore", 6, plan.pk, "milepael", str(row.uid), 0
    )
    assert sorted(answers) == ["back"] + ["conflict"] * 5
    assert Milestone.objects.get().uid == row.uid


def test_a_text_is_put_back_or_written_by_one_of_eight(plan):
    section = outline.add_section(plan=plan, title="Formål", by=None)
    section = save_section(
        section=section, title="Formål", text="<p>Et</p>", base_version=1, by=None
    )
    before = section.history.count()
    answers = race(
        "tests.plans.history.test_history_races:restore_or_write",
        8,
        plan.pk,
        str(section.uid),
        section.version,
    )
    assert answers.count("conflict") == 7
    assert section.history.count() == before + 1
    assert Section.objects.get().version == section.version + 1
