"""What the search of the public pages knows of plans: the words of each version that is or will be
published, and which of them everybody may read at an instant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.document import plan_document as doc
from plans.document.date_words import meaning, shown_date
from plans.document.parts import DocumentPart, kind_of_block
from plans.document.told_dates import ToldDates, told_dates, with_told_dates
from plans.enums import Audience, PlanKind, PublicState
from plans.models import Plan, PlanVersion, Publication
from plans.public_search import words
from plans.public_search.entries import IndexedPlace, Thing
from plans.public_search.sources import Card, Narrowed, SearchedSource, Stands, register_source

from .plan_list import rows_of_versions
from .publications import published, with_public_state

PLANS = "plan"
NOW, EARLIER = "planer", "tidligere"
_MOST_MONTHS = 6  # a date that lies within so many is found by each of them


def register_plans() -> None:
    """Called once, when the app is ready."""
    register_source(
        SearchedSource(
            key=PLANS,
            kinds={NOW: gettext_lazy("Plans"), EARLIER: gettext_lazy("Earlier versions of plans")},
            keys=lambda: _to_be_found().values_list("version", flat=True).distinct(),
            things=things,
            visible=visible,
            stands=stands,
            cards=cards,
            urgent=urgent,
            order=10,
            tables=(Plan, PlanVersion, Publication),
        )
    )


def _to_be_found() -> QuerySet[Publication]:
    """Everything that everybody may read, or will."""
    return Publication.objects.filter(
        audience=Audience.PUBLIC, withdrawn_at__isnull=True
    ).order_by()


# --- what may be read -----------------------------------------------------------------------------


def visible(at: dt.datetime, narrowed: Narrowed) -> QuerySet[Publication]:
    """The versions that everybody may open: those that are current, and earlier ones of plans that
    have a current one."""
    now = published(at=at)
    if narrowed.plans is not None:
        now = now.filter(plan__in=narrowed.plans)
    if not narrowed.wants(EARLIER):
        return now.order_by().values("version")
    opened = Publication.objects.published(at=at).filter(plan__in=now.order_by().values("plan"))
    if not narrowed.wants(NOW):
        opened = opened.exclude(version__in=now.order_by().values("version"))
    return opened.order_by().values("version")


def urgent(at: dt.datetime) -> list[int]:
    """The plans that are in consultation."""
    rows = with_public_state(published(at=at), at=at).order_by()
    rows = rows.filter(public_state=PublicState.IN_CONSULTATION)
    return list(rows.values_list("version", flat=True))


def stands(keys: Collection[int], at: dt.datetime) -> dict[int, Stands]:
    """Where the plan of each version stands."""
    rows = with_public_state(published(at=at).filter(version__in=keys), at=at)
    now = {key: _stands(PublicState(state)) for key, state in
           rows.order_by().values_list("version", "public_state")}  # fmt: skip
    return {key: now.get(key, Stands(EARLIER, 3, 0.3)) for key in keys}


def _stands(state: PublicState) -> Stands:
    if state == PublicState.IN_CONSULTATION:
        return Stands(NOW, 0)
    return Stands(NOW, 2, 0.6) if state.is_over else Stands(NOW, 1)


def cards(keys: Collection[int], at: dt.datetime) -> dict[int, Card]:
    """The plans as lists show them; an earlier version by its number."""
    now = rows_of_versions(keys, at=at)
    found = {
        key: Card("", row.title, reverse("plans:plan", args=[row.slug]), about=row)
        for key, row in now.items()
    }
    earlier = [key for key in keys if key not in now]
    rows = Publication.objects.published(at=at).filter(version__in=earlier) if earlier else []
    for row in rows.select_related("plan", "version").order_by("pk") if earlier else ():
        found[row.version_id] = _earlier(row)
    return found


def _earlier(row: Publication) -> Card:
    number = row.version.public_number
    return Card(
        _("Version %(number)s, which is not in force") % {"number": number},
        row.version.title,
        reverse("plans:version", args=[row.plan.slug, number]),
        (row.version.body_name,),
    )


# --- the words ------------------------------------------------------------------------------------


def things(keys: Collection[int]) -> Iterator[Thing]:
    """The versions among some that are published or will be, as everybody reads them."""
    shown = _to_be_found().filter(version__in=keys).values("version")
    versions = PlanVersion.objects.filter(pk__in=shown).order_by("pk")
    # The reason of its first publication alone: nobody reads one before the version itself.
    reasons: dict[int, str] = {}
    published = _to_be_found().filter(version__in=keys).order_by("visible_from", "pk")
    for key, reason in published.values_list("version", "reason"):
        reasons.setdefault(key, reason)
    told = told_dates(list(versions.values_list("plan", flat=True)))
    for row in versions.only("plan", "content", "public_number"):
        yield _thing(row, told, reasons[row.pk])


def _thing(row: PlanVersion, told: ToldDates, reason: str) -> Thing:
    document = with_told_dates(doc.from_json(row.content), told)
    head = document.head
    proposal = (head.proposal, head.still_open, head.decided_by) if head.is_proposal else ()
    return Thing(
        source=PLANS,
        key=row.pk,
        found_as=f"p{row.plan_id}",
        kind=NOW,
        title=head.title,
        text="\n".join(filter(None, proposal)),
        about=tuple(filter(None, _about(head))),
        places=(
            *(place for part, value in document.on_page for place in _places(part, value)),
            *([IndexedPlace("versions", "versions", "", reason)] if reason else ()),
        ),
    )


def _about(head: doc.PlanSummary) -> Iterator[str]:
    """What stands in the head of the page."""
    yield from (head.body, head.body_abbreviation, head.period, head.case_number,
                head.document_number, head.sender_unit, head.case_worker)  # fmt: skip
    yield str(capfirst(PlanKind(head.kind).label)) if head.kind in PlanKind.values else ""
    yield f"Bilag {head.annex_number}" if head.annex_number else ""
    yield from (*head.replaces, *head.recipients)


def _places(part: DocumentPart, value: object) -> Iterator[IndexedPlace]:
    """Each block of a part that says something, as the page shows it."""
    kinds = {anchor: kind for anchor, kind, _plain in part.blocks_of(value)} if value else {}
    lines = {line.uid: line for line in getattr(value, "milestones", ())}
    for block in part.words(value):
        kind = kinds.get(block.anchor, part.key)
        target = kind_of_block(kind).target.format(block.anchor)
        if block.anchor in lines:
            yield _milestone(lines[block.anchor], target)
        elif kind == "paragraph":
            yield IndexedPlace(target, kind, block.title, block.written, named=False)
        elif kind == "section":
            yield IndexedPlace(target, kind, block.title, heading=True)
        else:
            written = block.written.removeprefix(block.title).strip()
            yield IndexedPlace(target, kind, block.title, written, heading=True)


def _milestone(line: doc.MilestoneLine, target: str) -> IndexedPlace:
    """A milestone with its date in words; every day and month that the date may be found by."""
    date = " ".join(filter(None, [shown_date(line), meaning(line) and f"({meaning(line)})"]))
    at = _("at %(time)s") % {"time": line.begins_at} if line.begins_at else ""
    when = ", ".join(filter(None, [date, at]))
    who = ", ".join(line.bodies)
    text = " · ".join(filter(None, [when, who, line.place, line.description]))
    earlier = tuple(word for moved in line.moved for word in (shown_date(moved), moved.reason))
    return IndexedPlace(
        target,
        "milestone",
        line.title,
        text,
        heading=True,
        more=tuple(filter(None, [line.written, *earlier])),
        signs=tuple(_days(line)),
    )


def _days(line: doc.MilestoneLine) -> Iterable[str]:
    when = line.when
    if when is None or when.earliest is None or when.latest is None:
        return
    first, last = when.earliest, when.latest
    for day in (first, last):
        yield from words.day_signs(day.day, day.month, day.year)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months <= _MOST_MONTHS:
        for number in range(months + 1):
            year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
            yield f"d{year}{month + 1:02}"
