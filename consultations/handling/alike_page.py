"""A group of responses that say the same, as those who handle them look at it: the one that is
answered for all, and the others with what differs. Asked of the tables; laid together in ``alike``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When, Window

from consultations.alike.laid import standing_members
from consultations.alike.words import text_of
from consultations.enums import AlikeKind
from consultations.models import AlikeGroup, AlikeMember, Remark
from kommuneplan.fingerprint import digest
from kommuneplan.page_number import page_number
from kommuneplan.richtext import comparison
from kommuneplan.richtext.comparison import ComparedPiece, PieceMark

from .remarks import _count

PER_PAGE = 25  # each with its whole text compared
AROUND = 80  # letters of what is the same, on each side of what differs


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """A response of a group. ``remarks``: how many it has become; ``pieces``: what differs from
    the one that is answered for all, word for word."""

    member: AlikeMember
    remarks: int
    pieces: Sequence[ComparedPiece] = ()

    @property
    def value(self) -> str:
        """How a form names it, as it was seen."""
        return f"{self.member.response.uid}:{self.member.revision.number}"

    @property
    def is_same(self) -> bool:
        """Word for word the same, but for greeting and signature."""
        return not self.member.own and not self.member.differs

    @property
    def is_waiting(self) -> bool:
        """Nobody has begun to divide it."""
        response = self.member.response
        done = self.remarks or response.gone_through >= self.member.revision.number
        return not (done or response.no_remarks)


@dataclass(frozen=True)
class AlikePage:
    """A group with its answered remarks, and a page of the others."""

    group: AlikeGroup
    model: AlikeMember
    remarks: tuple[Remark, ...]
    page: Page[Any]
    rows: tuple[AlikeRow, ...]

    @property
    def says_nothing(self) -> bool:
        """They have no remarks."""
        return self.group.kind == AlikeKind.NOTHING

    @property
    def told(self) -> str:
        """One value for what the others would be answered with."""
        return told_of(self.model, self.remarks)

    @cached_property
    def answered(self) -> int:
        """How many of the remarks have a reply and a proposal."""
        return sum((one.same_as or one).is_answered for one in self.remarks)

    @property
    def text(self) -> str:
        """The common text, as the model says it."""
        return text_of(self.model.revision.content)

    @property
    def waiting(self) -> list[AlikeRow]:
        """Those of this page that nobody has begun to divide."""
        return [row for row in self.rows if row.is_waiting]

    @property
    def done(self) -> list[AlikeRow]:
        """The others of this page."""
        return [row for row in self.rows if not row.is_waiting]

    @property
    def of_all(self) -> int:
        """How many responses are in the group."""
        return int(self.page.paginator.count) + (not self.says_nothing)


def told_of(model: AlikeMember, remarks: Iterable[Remark]) -> str:
    """One value for a model as its sender left it, and the remarks it was divided into."""
    return digest([model.revision_id, [(one.pk, one.version, one.same_as_id) for one in remarks]])


def in_full(**which: Any) -> QuerySet[AlikeMember]:
    """The responses of a group with who sent them and what they say: those that wait first, then
    by how much they differ."""
    standing = Remark.objects.filter(response=OuterRef("response"), retired_at__isnull=True)
    rows = standing_members().filter(**which).annotate(cut=_count(standing))
    begun = Case(
        When(
            Q(cut__gt=0)
            | Q(response__gone_through__gte=F("revision__number"))
            | Q(response__no_remarks=True),
            then=Value(1),
        ),
        default=Value(0),
    )
    found = rows.select_related("group", "response__invitation", "revision").annotate(begun=begun)
    return found.order_by("begun", "differs", "own", "response__number")


def model_of(**which: Any) -> AlikeMember | None:
    """The response that is answered for all: the first that somebody has divided, that says nothing
    else and follows no other, else the one with least besides the common text."""
    standing = Remark.objects.filter(response=OuterRef("response"), retired_at__isnull=True)
    divided = Exists(standing.filter(same_as__isnull=True)) & Q(differs=False)
    first = Case(When(divided, then=Value(0)), When(is_model=True, then=Value(1)), default=Value(2))
    rows = in_full(**which).annotate(first=first)
    return rows.order_by("first", "response__number").first()


def remarks_of_model(model: AlikeMember) -> tuple[Remark, ...]:
    """What it was divided into, in the order of reading."""
    rows = Remark.objects.filter(
        response=model.response_id, revision=model.revision_id, retired_at__isnull=True
    )
    return tuple(rows.select_related("same_as", "theme").order_by("number"))


def alike_page(asked: str | None, **which: Any) -> AlikePage | None:
    """A page of a group; None when fewer than two of it are left. Three queries."""
    model = model_of(**which)
    if model is None:
        return None
    group, others = model.group, in_full(group=model.group)
    if group.kind == AlikeKind.SAME:
        others = others.exclude(pk=model.pk)
    page = _page(others.annotate(total=Window(Count("*"))), asked)
    if not page.paginator.count:
        return None
    says = text_of(model.revision.content)
    rows = tuple(AlikeRow(one, one.cut, _pieces(group, says, one)) for one in page.object_list)
    return AlikePage(group, model, remarks_of_model(model), page, rows)


def _page(rows: QuerySet[Any], asked: str | None) -> Page[Any]:
    """A page of a list, counted in the same query; the nearest there is."""
    number = page_number(asked)
    found = list(rows[(number - 1) * PER_PAGE : number * PER_PAGE])
    pages = Paginator(rows, PER_PAGE)
    if not found and number > 1:
        return pages.get_page(number)
    pages.count = found[0].total if found else 0
    return Page(found, number, pages)


def _pieces(group: AlikeGroup, says: str, member: AlikeMember) -> list[ComparedPiece]:
    if group.kind == AlikeKind.NOTHING:
        return [ComparedPiece(text_of(member.revision.content))]
    return shortened(comparison.compare(says, text_of(member.revision.content)))


def shortened(pieces: Sequence[ComparedPiece]) -> list[ComparedPiece]:
    """Compared texts with what is the same left out, but for the words around what differs."""
    last = len(pieces) - 1
    return [
        piece
        if piece.mark != PieceMark.SAME
        else ComparedPiece(_around(piece.text, opens=place == 0, closes=place == last))
        for place, piece in enumerate(pieces)
    ]


def _around(text: str, *, opens: bool, closes: bool) -> str:
    head, tail = (0 if opens else AROUND), (0 if closes else AROUND)
    if len(text) <= head + tail + AROUND:
        return text
    begins = text[:head].rpartition(" ")[0]
    ends = text[len(text) - tail :].partition(" ")[2] if tail else ""
    return f"{begins} […] {ends}"
