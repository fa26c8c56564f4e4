"""What waits for a person on the desk, over all their plans, in one query.

Each source is a queryset of plain columns; all of them are asked together, so that another one
costs nothing. An app adds its own in ``ready()``::

    register_task("question", rows=lambda me: as_rows(Question.objects…, plan="plan"), says=…)
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    UUIDField,
    Value,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuneplan.core.models import User
from kommuneplan.timespan.phrase import day_words
from plans.consultations import RoundsStage, rounds
from plans.enums import CycleState, Outcome, Stage
from plans.lifecycle.approval import asked_to_approve
from plans.lifecycle.facts import with_facts
from plans.lifecycle.state import with_state
from plans.models import (
    Comment,
    ImportDraft,
    Plan,
    PlanVersion,
    Question,
    Treatment,
)
from plans.models.plan import PlanQuerySet

MOST = 300  # rows; who has more waiting begins with these


@dataclass(frozen=True, slots=True)
class Me:
    """Who sits at the desk: the plans they work with, and those whose steps they may take."""

    user: User
    day: dt.date
    plans: PlanQuerySet = field(compare=False)
    run: PlanQuerySet = field(compare=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits. What ``uid``, ``words``, ``day`` and ``number`` are, its source says;
    rows with a day come first."""

    code: str
    slug: str
    plan: str
    uid: uuid.UUID | None = None
    words: str = ""
    day: dt.date | None = None
    number: int = 0

    @property
    def said(self) -> tuple[str, str]:
        """The sentence, and the address where it is done."""
        return _sources[self.code][1](self)

    @property
    def text(self) -> str:
        """The sentence."""
        return self.said[0]

    @property
    def link(self) -> str:
        """Where it is done."""
        return self.said[1]


Rows = Callable[[Me], QuerySet[Any]]
Says = Callable[[Waiting], tuple[str, str]]
_sources: dict[str, tuple[Rows, Says]] = {}
_facts: set[str] = set()


def register_task(code: str, *, rows: Rows, says: Says) -> None:
    """Add a source: ``rows`` made with ``as_rows``, ``says`` the sentence and the address."""
    _sources[code] = (rows, says)


def register_fact(code: str, *, rows: Rows, says: Says) -> None:
    """Add what is told of a plan beside its tasks, though nothing of it waits: how far a
    consultation is. Asked in the same query."""
    register_task(code, rows=rows, says=says)
    _facts.add(code)


def as_rows(found: QuerySet[Any], *, plan: str, **columns: Any) -> QuerySet[Any]:
    """The columns of Waiting. ``plan``: the way to the plan ("" when it is the row itself);
    ``uid``, ``words``, ``day``, ``number``: expressions or names of columns, each optional."""
    start = f"{plan}__" if plan else ""
    known = {
        "slug": Coalesce(f"{start}slug", Value("")),
        "title": Coalesce(f"{start}title", Value("")),
        "uid": Value(None),
        "words": Value(""),
        "day": Value(None),
        "number": Value(0),
    }
    known |= {name: F(one) if isinstance(one, str) else one for name, one in columns.items()}
    fields = [CharField, CharField, UUIDField, CharField, DateField, IntegerField]
    pairs = zip(known.items(), fields, strict=True)
    cast = {f"row_{name}": Cast(value, of()) for (name, value), of in pairs}
    return found.order_by().annotate(**cast).values_list(*cast)


def waiting(me: Me) -> list[Waiting]:
    """Everything that waits, what has a day first, the earliest on top."""
    return tasks_and_facts(me)[0]


def tasks_and_facts(me: Me) -> tuple[list[Waiting], list[Waiting]]:
    """Everything that waits, and what is told of the plans beside it; one query."""
    parts = []
    for code, (rows, _says) in _sources.items():
        found = rows(me)
        named = found.annotate(row_code=Value(code, output_field=CharField()))
        parts.append(named.values_list("row_code", *_COLUMNS))
    first, *others = parts
    found = [Waiting(*row) for row in first.union(*others, all=True)[:MOST]]
    found.sort(key=lambda row: (row.day or dt.date.max, row.plan, row.code))
    return (
        [row for row in found if row.code not in _facts],
        [row for row in found if row.code in _facts],
    )


_COLUMNS = ("row_slug", "row_title", "row_uid", "row_words", "row_day", "row_number")


# --- what plans themselves let wait ------------------------------------------------------------


def _outcomes(me: Me) -> QuerySet[Any]:
    """The first treatments of open matters whose meeting has been held."""
    before = Treatment.objects.filter(
        matter=OuterRef("matter"), outcome="", position__lt=OuterRef("position")
    )
    held = Treatment.objects.filter(
        outcome="",
        matter__closed_at__isnull=True,
        meeting__date__lt=me.day,
        matter__plans__cycle__plan__in=me.run,
    ).exclude(Exists(before))
    return as_rows(
        held,
        plan="matter__plans__cycle__plan",
        uid="uid",
        words="body__name",
        day="meeting__date",
    )


def _outcome(row: Waiting) -> tuple[str, str]:
    said = _("Record what %(body)s decided on %(day)s") % {
        "body": row.words,
        "day": day_words(row.day),
    }
    return said, reverse("plans:outcome", args=[row.slug, row.uid])


def _amended(me: Me) -> QuerySet[Any]:
    """Open matters that a body has amended since their version was frozen."""
    found = Treatment.objects.filter(
        outcome=Outcome.AMENDED,
        matter__closed_at__isnull=True,
        matter__plans__cycle__plan__in=me.run,
        recorded_at__gt=F("matter__plans__version__frozen_at"),
    )
    plan = "matter__plans__cycle__plan"
    return as_rows(found, plan=plan, uid="matter__uid", words="body__name", day="decided_on")


def _amendment(row: Waiting) -> tuple[str, str]:
    said = _("Write in what %(body)s amended on %(day)s") % {
        "body": row.words,
        "day": day_words(row.day),
    }
    return said, reverse("plans:matter", args=[row.slug, row.uid])


def _unpublished(me: Me) -> QuerySet[Any]:
    """The versions that everybody is to read, where they do not."""
    found = PlanVersion.objects.to_publish().filter(plan__in=me.run)
    return as_rows(found, plan="plan", words="stage", uid="uid")


def _publication(row: Waiting) -> tuple[str, str]:
    said = (
        _("Publish the adopted plan")
        if row.words == Stage.ADOPTED
        else _("Publish the draft for consultation")
    )
    return said, reverse("plans:version-publish", args=[row.slug, row.uid])


def _to_send_out(me: Me) -> QuerySet[Any]:
    """Plans whose draft the bodies have sent out, while nobody is told where to answer it."""
    plans = Plan.objects.filter(pk__in=me.run.values("pk"))
    found = with_facts(with_state(plans, on=me.day), on=me.day)
    waits = found.filter(
        state_now=CycleState.TO_BE_SENT_OUT, rounds_stage__lt=RoundsStage.COMING.value
    )
    return as_rows(waits, plan="", number="rounds_stage")


def _consultation(row: Waiting) -> tuple[str, str]:
    if RoundsStage(row.number).wants_one:
        return _("Make the consultation: the draft is to be sent out"), rounds().new_address(
            row.slug
        )
    return _("Announce the consultation: the draft is to be sent out"), rounds().list_address(
        row.slug
    )


def _comments(me: Me) -> QuerySet[Any]:
    """Open comments by others, counted for each plan."""
    found = Comment.objects.filter(
        section__plan__in=me.plans,
        section__retired_at__isnull=True,
        answers__isnull=True,
        resolved_at__isnull=True,
    ).exclude(author=me.user)
    counted = Plan.objects.filter(pk__in=found.values("section__plan")).filter(
        sections__comments__in=found
    )
    return as_rows(counted, plan="", number=Count("sections__comments"))


def _comment(row: Waiting) -> tuple[str, str]:
    said = ngettext(
        "Answer %(number)s open comment on the text",
        "Answer %(number)s open comments on the text",
        row.number,
    )
    return said % {"number": row.number}, reverse("plans:text", args=[row.slug])


def _imports(me: Me) -> QuerySet[Any]:
    """The imports the person has begun."""
    found = ImportDraft.objects.readable_by(me.user).open()
    title = NullIf(KeyTextTransform("title", "source"), Value(""))
    return as_rows(found, plan="plan", uid="uid", words=Coalesce(title, "plan__title", Value("")))


def _import(row: Waiting) -> tuple[str, str]:
    said = (
        _("Finish the import of “%(title)s”") % {"title": row.words}
        if row.words
        else _("Finish the import you have begun")
    )
    return said, reverse("plans:import", args=[row.uid])


def _questions(me: Me) -> QuerySet[Any]:
    """Members' questions that nobody has answered."""
    found = Question.objects.answerable_by(me.user).waiting()
    return as_rows(found, plan="frozen__plan", uid="uid", words="asker__name")


def _question(row: Waiting) -> tuple[str, str]:
    said = _("Answer the question from %(name)s") % {"name": row.words}
    return said, reverse("plans:question", args=[row.uid])


def _approvals(me: Me) -> QuerySet[Any]:
    """The plans it is the person's turn to approve."""
    return as_rows(asked_to_approve(me.user, on=me.day), plan="")


def _approval(row: Waiting) -> tuple[str, str]:
    return _("Approve the plan"), reverse("plans:approval", args=[row.slug])


def register_tasks() -> None:
    """Called once, when the app is ready."""
    register_task("approval", rows=_approvals, says=_approval)
    register_task("outcome", rows=_outcomes, says=_outcome)
    register_task("amended", rows=_amended, says=_amendment)
    register_task("to_send_out", rows=_to_send_out, says=_consultation)
    register_task("unpublished", rows=_unpublished, says=_publication)
    register_task("comments", rows=_comments, says=_comment)
    register_task("import", rows=_imports, says=_import)
    register_task("question", rows=_questions, says=_question)
