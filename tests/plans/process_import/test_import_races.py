"""Eight processes confirm the same import at once: it is carried out once."""

from __future__ import annotations

import pytest

from plans.models import ImportDraft, Milestone, Plan
from tests.factories import FIRST, a_plan, draft_of, secretary
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)


def confirm(_number: int, draft: int) -> str:
    """What the door does."""
    from plans.process_import.actions import apply_import

    row = ImportDraft.objects.get(pk=draft)
    return apply_import(draft=row, by=row.owner).slug


def confirm_naively(_number: int, draft: int) -> str:
    """Without the draft's lock, the state checked before the transaction: the control."""
    import time

    from django.db import transaction

    from plans.process_import import actions

    row = ImportDraft.objects.get(pk=draft)
    if row.state == "open":
        look = actions.import_preview(row)
        time.sleep(0.3)
        with transaction.atomic():
            actions._carry_out(look, row.plan, row.owner)
            ImportDraft.objects.filter(pk=draft).update(state="discarded")
    return ""


def test_eight_confirmations_at_once_are_one():
    draft = draft_of(FIRST, secretary())
    answers = race("tests.plans.process_import.test_import_races:confirm", 8, draft.pk)
    assert len(set(answers)) == 1
    assert (Plan.objects.count(), Milestone.objects.count()) == (1, 4)


def test_two_drafts_of_the_same_file_into_one_plan_are_one():
    user, plan = secretary(), a_plan()
    drafts = [draft_of(FIRST, user, plan).pk for _ in range(2)]
    race("tests.plans.process_import.test_import_races:confirm_one_of", 2, drafts)
    assert Milestone.objects.count() == 4


def confirm_one_of(number: int, drafts: list[int]) -> str:
    """Each process its own draft."""
    return confirm(number, drafts[number])


def test_without_the_lock_it_would_not_be():
    draft = draft_of(FIRST, secretary(), a_plan())
    race("tests.plans.process_import.test_import_races:confirm_naively", 4, draft.pk)
    assert Milestone.objects.count() > 4
