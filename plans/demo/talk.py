"""What is said about the living plan: a remark in the margin, and a member's two questions."""

from __future__ import annotations

import uuid

from kommuneplan.core.models import User
from plans.members.actions import questions
from plans.models import Comment, Matter, Section
from plans.text.actions.comments import add_comment

from . import people

ANSWERED = uuid.UUID("0b1f7f52-2c1e-4c55-9a34-5f2f3d2f1c02")
WAITING = uuid.UUID("0b1f7f52-2c1e-4c55-9a34-5f2f3d2f1c03")


def remark(section: Section, words: str, *, by: User) -> Comment:
    """A comment on the first paragraph of a section."""
    first = next(iter(section.anchored_blocks()), None)
    return add_comment(section=section, text=words, anchor=first.anchor if first else "", by=by)


def load_questions(matter: Matter) -> None:
    """The member has asked about what lies before the committee; one question is answered."""
    asker = User.objects.filter(email=people.MEMBER.email).first()
    secretary = User.objects.filter(email=people.SECRETARY.email).first()
    if asker is None or secretary is None:
        return
    version = matter.plans.get().version
    asked = questions.ask(
        version=version,
        anchor="",
        words="Hvornår får udvalget tal for, hvor mange der venter på en bolig?",
        key=ANSWERED,
        by=asker,
    )
    questions.answer(
        question=asked,
        words="De kommer med, når delstrategien lægges frem til beslutning.",
        show=True,
        seen=asked.version,
        by=secretary,
    )
    questions.ask(
        version=version,
        anchor="",
        words="Gælder delstrategien også dem, der bor hos deres forældre?",
        key=WAITING,
        by=asker,
    )
