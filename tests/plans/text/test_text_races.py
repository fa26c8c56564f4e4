"""Two editors in eight processes save the same sections: what is acknowledged is stored.

The suite runs a small number; ``TEXT_SAVES=1250`` runs the 10,000 of the goal.
"""

from __future__ import annotations

import os
import re

import pytest

from plans.models import Section, SectionDraft
from plans.text.actions.outline import add_section
from tests.factories import a_plan, lead, secretary
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)

PROCESSES = 8
SAVES = int(os.environ.get("TEXT_SAVES", "5"))  # acknowledged saves of each process
COUNTER = re.compile(r"optalt til (\d+)")


def counting(number: int, pk: int, people: list[int], saves: int, guarded: bool) -> int:
    """Raise the number that stands in this process's own paragraph, reading it from the text as
    an editor would; returns how many saves were acknowledged."""
    from kommuneplan.core.models import User
    from kommuneplan.locking import Conflict
    from plans.text.actions import sections

    if not guarded:
        sections._reconciled = lambda row, title, text, base_version: (title, text)
    by = User.objects.get(pk=people[number % len(people)])
    acknowledged = 0
    while acknowledged < saves:
        section = Section.objects.get(pk=pk)
        blocks = section.text.split("\n")
        so_far = int(COUNTER.search(blocks[number])[1])
        blocks[number] = f"<p>Proces {number} har optalt til {so_far + 1}</p>"
        try:
            sections.save_section(
                section=section, title=section.title, text="\n".join(blocks), by=by,
                base_version=section.version,
            )  # fmt: skip
        except Conflict:
            continue
        acknowledged += 1
    return acknowledged


def counted(*, guarded: bool, saves: int) -> tuple[int, int]:
    plan = a_plan()
    people = [secretary("ida"), lead(plan, "bo")]
    section = add_section(plan=plan, title="Formål", by=people[0])
    section.text = "".join(f"<p>Proces {n} har optalt til 0</p>" for n in range(PROCESSES))
    section.save()
    answers = race(
        f"{__name__}:counting", PROCESSES, section.pk, [p.pk for p in people], saves, guarded
    )
    section.refresh_from_db()
    return sum(answers), sum(int(n) for n in COUNTER.findall(section.text))


def test_every_acknowledged_save_stands_in_the_text():
    acknowledged, stored = counted(guarded=True, saves=SAVES)
    assert acknowledged == stored == PROCESSES * SAVES
    section = Section.objects.get()
    assert section.history.count() == acknowledged + 2


def test_without_the_guard_saves_are_overwritten():
    acknowledged, stored = counted(guarded=False, saves=min(SAVES, 25))
    assert stored < acknowledged


def keeping(number: int, pk: int, user: int) -> str:
    """Autosaves of one person that overtake each other, from one page."""
    from kommuneplan.core.models import User
    from kommuneplan.keeping import Typed
    from plans.text.actions.sections import keep_draft

    section, by = Section.objects.get(pk=pk), User.objects.get(pk=user)
    words = {"title": "Formål", "text": f"<p>{number + 1}</p>"}
    typed = Typed(words, {}, page="side", sequence=number + 1)
    done, _draft = keep_draft(section=section, typed=typed, by=by, base_version=section.version)
    return "late" if done.is_late else "clash" if done.clashes else "stored"


def test_overlapping_autosaves_leave_the_last_and_never_a_conflict():
    user = secretary("ida")
    section = add_section(plan=a_plan(), title="Formål", by=user)
    answers = race(f"{__name__}:keeping", PROCESSES, section.pk, user.pk)
    assert set(answers) <= {"stored", "late"}
    assert SectionDraft.objects.get().text == f"<p>{PROCESSES}</p>"
