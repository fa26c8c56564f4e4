"""What the pages of handling hold: how far the work is, the remarks of a round by every filter,
the draft they are about, and one remark with what stands around it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Substr

from consultations.enums import LateDecision
from consultations.models import OriginalRead, Remark, Response, Round, Theme
from kommuneplan.clock import local_day
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Membership, User
from kommuneplan.page_number import page_number
from plans.models import Plan, PlanLead

PER_PAGE = 20
EXCERPT = 240  # letters of a remark that a list shows
READ_HERE = "handling"  # OriginalRead.what: the words of responses were on one's screen here

UNANSWERED = Q(same_as__isnull=True, handled_at__isnull=True)
NEW = UNANSWERED & Q(proposal="", reply="")
BEGUN = UNANSWERED & ~Q(proposal="", reply="")
ANSWERED = Q(handled_at__isnull=False)
DECIDED = ~Q(decision="")
GONE = Q(response__withdrawn_at__isnull=False) | Q(response__late_decision=LateDecision.REFUSED)


# --- how far the work is ---


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round is handled. ``total`` counts what is to be answered: remarks that are
    answered with another (``doubles``) are not in it. ``to_cut``: responses to go through."""

    total: int
    answered: int
    doubles: int
    to_cut: int
    seen_today: bool = False

    @property
    def open(self) -> int:
        """What has no reply or no proposal yet."""
        return self.total - self.answered

    @property
    def percent(self) -> int:
        """How much is answered, rounded down: it says 100 only when all is."""
        return self.answered * 100 // self.total if self.total else 0


def with_progress(
    rounds: QuerySet[Round], *, user: User | None = None, at: dt.datetime | None = None
) -> QuerySet[Round]:
    """Rounds with what ``progress_of`` tells, counted in an index in the same query; with a person
    also whether their reading of the originals is noted for today."""
    standing = Remark.objects.filter(round=OuterRef("pk"), retired_at__isnull=True)
    gone = gone_with_their_responses().filter(round=OuterRef("pk"))
    to_cut = Response.objects.filter(round=OuterRef("pk")).to_go_through()
    counts = {
        f"count_{name}": _count(standing.filter(where)) - _count(gone.filter(where))
        for name, where in {
            "total": Q(same_as__isnull=True),
            "answered": ANSWERED,
            "doubles": Q(same_as__isnull=False),
        }.items()
    }
    counts |= {
        "count_to_cut": _count(to_cut),
    }
    if user is not None and at is not None:
        rounds = with_reading(rounds, user=user, at=at)
    return rounds.annotate(**counts)


def with_reading(rounds: QuerySet[Round], *, user: User, at: dt.datetime) -> QuerySet[Round]:
    """Rounds with whether a person's reading of the originals is noted for today."""
    reads = _read_today(user, at).filter(round=OuterRef("pk"))
    return rounds.annotate(count_reads=_count(reads))


def progress_of(round: Any) -> Progress:
    """How far a round ``with_progress`` is."""
    return Progress(
        total=round.count_total,
        answered=round.count_answered,
        doubles=round.count_doubles,
        to_cut=round.count_to_cut,
        seen_today=bool(getattr(round, "count_reads", True)),
    )


def progress(round: Round) -> Progress:
    """How far a round is; one query."""
    return progress_of(with_progress(Round.objects.filter(pk=round.pk)).get())


def _count(rows: QuerySet) -> Coalesce:
    """How many, as an expression."""
    counted = rows.order_by().values(one=Value(1)).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _read_today(user: User, at: dt.datetime) -> QuerySet[OriginalRead]:
    return OriginalRead.objects.filter(
        user=user, response__isnull=True, what=READ_HERE, at__gt=begin_of_day(at)
    )


def begin_of_day(at: dt.datetime) -> dt.datetime:
    """From when a reading counts as today's."""
    day = dt.datetime.combine(local_day(at), dt.time(), tzinfo=at.tzinfo)
    return day - dt.timedelta(hours=2)


def counted(round: Round, wanted: dict[str, Q]) -> dict[str, int]:
    """How many standing remarks are in each of some states; one query."""
    sums = {name: Count("pk", filter=where) for name, where in wanted.items()}
    return remarks_of(round).order_by().aggregate(**sums)


# --- lists ---


def gone_with_their_responses() -> QuerySet[Remark]:
    """Remarks that need no answer because their response was withdrawn, or came too late and was
    not accepted. One that others are answered with stays."""
    others = Remark.objects.filter(same_as=OuterRef("pk"), retired_at__isnull=True)
    return Remark.objects.filter(GONE, ~Exists(others), retired_at__isnull=True)


def remarks_of(round: Round) -> QuerySet[Remark]:
    """The standing remarks of a round, by number."""
    rows = Remark.objects.filter(round=round, retired_at__isnull=True)
    gone = gone_with_their_responses().filter(round=round)
    return rows.exclude(pk__in=gone.values("pk")).order_by("number")


def as_lines(rows: QuerySet[Remark]) -> QuerySet[Remark]:
    """Remarks as a list tells them: with the beginning of their words, and who said them."""
    return (
        rows.annotate(excerpt=Substr("words", 1, EXCERPT))
        .select_related("theme", "assignee", "response", "meeting", "same_as")
        .only(
            "number", "uid", "round", "anchor", "proposal", "decision", "handled_at", "version",
            "same_as__number", "theme__title", "theme__uid", "assignee__name", "assignee__email",
            "meeting__title", "response__uid", "response__number", "response__name",
            "response__organisation", "response__is_late",
        )
    )  # fmt: skip


def themes_of(round: Round) -> QuerySet[Theme]:
    """The themes in use, in the order of the report."""
    return Theme.objects.filter(round=round, retired_at__isnull=True).order_by("position", "pk")


def page_of(rows: QuerySet[Remark], asked: str | None) -> Page[Any]:
    """A page of a list, counted in the same query; the nearest there is."""
    counted = as_lines(rows).annotate(found=_count(rows))
    number = page_number(asked)
    found = list(counted[(number - 1) * PER_PAGE : number * PER_PAGE])
    pages = Paginator(counted, PER_PAGE)
    if not found and number > 1:
        return pages.get_page(number)
    pages.count = found[0].found if found else 0
    return Page(found, number, pages)


@dataclass(frozen=True, slots=True)
class HandlingChoice:
    """A theme, a person or a standard answer, as the forms of handling offer it."""

    kind: str
    pk: int
    uid: uuid.UUID
    title: str
    reply: str = ""  # of a standard answer, and what it proposes
    proposal: str = ""


@dataclass(frozen=True)
class Choices:
    """What there is to choose among when remarks are found or changed."""

    rows: list[HandlingChoice]

    def of(self, kind: str) -> list[HandlingChoice]:
        """Those of a kind: "theme", "person" or "answer"."""
        return [row for row in self.rows if row.kind == kind]


def choices_of(round: Round, *, on: dt.date) -> Choices:
    """Themes in their order, people by name and standard answers in Danish order; one query."""
    place = Cast("position", CharField())
    themes = themes_of(round).order_by().annotate(place=place)
    people = handlers(round.plan, on=on).order_by().annotate(place=Value(""))
    answers = round.plan.body.standard_answers.filter(retired_at__isnull=True).order_by()
    parts = [
        _as_choices(themes, "theme", F("title"), F("place")),
        _as_choices(people, "person", F("name"), F("place")),
        _as_choices(answers, "answer", F("title"), F("sort_key"), F("reply"), F("proposal")),
    ]
    rows = parts[0].union(*parts[1:], all=True)
    found = sorted(
        rows, key=lambda row: (row[0], row[4].zfill(6) if row[4].isdecimal() else row[4])
    )
    return Choices([HandlingChoice(*row[:4], *row[5:]) for row in found])


def _as_choices(
    rows: QuerySet[Any],
    kind: str,
    title: Any,
    order: Any,
    reply: Any = None,
    proposal: Any = None,
) -> QuerySet[Any]:
    named = rows.annotate(
        choice_kind=Value(kind, output_field=CharField()),
        choice_title=Cast(title, CharField()),
        choice_order=Cast(order, CharField()),
        choice_reply=Cast(reply or Value(""), TextField()),
        choice_proposal=Cast(proposal or Value(""), CharField()),
    )
    return named.values_list(
        "choice_kind", "pk", "uid", "choice_title", "choice_order",
        "choice_reply", "choice_proposal",
    )  # fmt: skip


def handlers(plan: Plan, *, on: dt.date) -> QuerySet[User]:
    """Those who handle remarks of a plan: the secretaries of its body and its leads."""
    leads = PlanLead.objects.leading(on=on).filter(plan=plan).values("user")
    held = Membership.objects.held(on=on).filter(role=Role.SECRETARY, body=plan.body_id)
    mine = Q(pk__in=leads) | Q(pk__in=held.values("user"))
    return User.objects.filter(mine).order_by("name", "pk")


# --- one remark among the others ---


@dataclass(frozen=True)
class Neighbours:
    """The remarks around one in a list, and the ones before and after it."""

    rows: list[Remark] = field(default_factory=list)
    previous: Remark | None = None
    next: Remark | None = None


def neighbours(rows: QuerySet[Remark], remark: Remark, *, around: int = 6) -> Neighbours:
    """A few remarks before and after one, in the same filter; two queries however long the list."""
    before = list(as_lines(rows.filter(number__lt=remark.number)).order_by("-number")[:around])
    after = list(as_lines(rows.filter(number__gte=remark.number)).order_by("number")[: around + 1])
    following = [row for row in after if row.number > remark.number]
    return Neighbours(
        rows=[*reversed(before), *after],
        previous=before[0] if before else None,
        next=following[0] if following else None,
    )


def senders(remark: Remark) -> list[Remark]:
    """All that is answered with a remark, its own sender not among them; each counts."""
    rows = remark.duplicates.filter(retired_at__isnull=True).order_by("number")
    return list(as_lines(rows))


def responses_to_cut(round: Round) -> QuerySet:
    """The responses that are to be gone through, the lowest number first, with how many remarks
    they have become so far."""
    cut = Count("remarks", filter=Q(remarks__retired_at__isnull=True))
    return round.responses.to_go_through().annotate(cut=cut).order_by("number")


def themes_with_counts(round: Round) -> QuerySet[Theme]:
    """Themes with how many remarks are under each, and how many of those are answered."""
    standing = Q(remarks__retired_at__isnull=True)
    done = standing & (Q(remarks__handled_at__isnull=False) | Q(remarks__same_as__isnull=False))
    return themes_of(round).annotate(
        said=Count("remarks", filter=standing), done=Count("remarks", filter=done)
    )


def later_than(report_made: dt.datetime, round: Round) -> bool:
    """Was a remark changed after a report was made?"""
    return Remark.history.filter(round=round.pk, history_date__gt=report_made).exists()
