"""A whole plan on paper: the head, and each part of the document in the order of a paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.clock import COPENHAGEN, local_day
from kommuneplan.core.models import Municipality
from kommuneplan.documents.memo import Column, MemoRow
from kommuneplan.documents.prose import (
    Block,
    Cell,
    Listing,
    Paragraph,
    Pictures,
    Row,
    Table,
    paragraphs,
    words,
)
from kommuneplan.documents.prose_html import read_blocks
from kommuneplan.documents.whole import Chapter, Whole, chapter
from kommuneplan.documents.whole_pdf import render_whole as render_pdf
from kommuneplan.richtext.blocks import sanitise
from kommuneplan.timespan.calendar import YearParts
from plans.document.date_words import shown_date
from plans.document.parts import register_export
from plans.document.plan_document import (
    FocusLine,
    FocusMilestone,
    MilestoneLine,
    PlanDocument,
)
from plans.enums import CycleState, FocusDecision, MilestoneState, Part, PlanKind
from plans.models import PlanVersion
from plans.public.standing import PlanStanding
from plans.public.standing_words import as_text, state_words
from plans.public.treated import TreatedItem

from .memo import columns_of, rows_of
from .treated import treated_chapters
from .words import Issue, long_day, questions_of, version_address

WIDTHS = {Column.WHEN: 3.0, Column.WHAT: 7.4, Column.WHO: 4.4}  # centimetres of the line's 14.8


@dataclass(frozen=True, slots=True)
class Paper:
    """What a whole plan on paper says of itself: ``issue`` which one it is, ``mark`` a word on
    every page of what is not final, ``notice`` what a reader must know. ``at`` is the instant it
    was published, frozen or, for a draft, read; ``standing``: where the published plan stands;
    ``link``: the address at which everybody reads this version."""

    issue: str
    at: dt.datetime
    mark: str = ""
    notice: str = ""
    standing: PlanStanding | None = None
    link: str = ""
    treated: tuple[TreatedItem, ...] = ()


def published_paper(
    issue: Issue,
    standing: PlanStanding | None = None,
    treated: tuple[TreatedItem, ...] = (),
) -> Paper:
    """A publication; ``treated``: what the bodies did with the plan, told live."""
    return Paper(
        issue.words, issue.visible_from, standing=standing, link=issue.link, treated=treated
    )


def frozen_paper(version: PlanVersion, standing: PlanStanding | None = None) -> Paper:
    """A version as it was frozen: its name, and when it was frozen where the name does
    not say so."""
    frozen = long_day(local_day(version.frozen_at))
    issue = version.name
    if frozen not in issue:
        issue = _("%(what)s, frozen on %(date)s") % {"what": issue, "date": frozen}
    mark = "" if version.public_number else _("Not published")
    link = version_address(version.plan.slug, version.public_number)
    return Paper(issue, version.frozen_at, mark=mark, standing=standing, link=link)


def with_present_dates(paper: Paper, told: Iterable[tuple[MilestoneLine, MilestoneLine]]) -> Paper:
    """A paper that also says what its text does not say: the dates of consultations as they are
    now, each beside what the paper says of it."""
    lines = [paper.notice, *(_now(said, now) for said, now in told)]
    return replace(paper, notice="\n".join(filter(None, lines)))


def _now(said: MilestoneLine, now: MilestoneLine) -> str:
    facts = {"title": said.title, "before": shown_date(said), "now": shown_date(now)}
    if now.state == MilestoneState.CANCELLED:
        return _("%(title)s: withdrawn. This version says %(before)s.") % facts
    return _("%(title)s: now %(now)s. This version says %(before)s.") % facts


def draft_paper(at: dt.datetime, internal: Iterable[str] = ()) -> Paper:
    """The text as it is being written; ``internal`` are the numbers of sections not to be
    published."""
    issue = _("Draft as it was on %(time)s") % {
        "time": date_format(at.astimezone(COPENHAGEN), "j. F Y \\k\\l. H.i")
    }
    numbers = ", ".join(internal)
    notice = _("The draft is not published.")
    if numbers:
        notice = _(
            "The draft is not published. These sections are internal and will not be published "
            "either, unless they are marked public: %(numbers)s."
        ) % {"numbers": numbers}
    return Paper(issue, at, mark=_("Draft"), notice=notice)


_drawn: list[Callable[[PlanDocument], Pictures]] = []


def register_drawn(pictures: Callable[[PlanDocument], Pictures]) -> None:
    """Pictures that are drawn from a document itself, by their uids; called in ``ready()``."""
    if pictures not in _drawn:
        _drawn.append(pictures)


def _with_drawn(document: PlanDocument, stored: Pictures) -> Pictures:
    """Those that were stored, and those that are drawn."""
    every = [pictures(document) for pictures in _drawn]

    def fetch(uid: str) -> bytes | None:
        found = (data for pictures in every if (data := pictures(uid)) is not None)
        return next(found, None) or stored(uid)

    return fetch


def no_pictures(uid: str) -> bytes | None:
    """No picture is to be had: its words stand in its place."""
    return None


def whole_docx(
    document: PlanDocument,
    *,
    paper: Paper,
    municipality: Municipality,
    pictures: Pictures = no_pictures,
    home: str = "",
    template: bytes | None = None,
) -> bytes:
    """The plan as Word, in the municipality's template or in the one that comes along.

    ``pictures`` gives the bytes of an image by its uid; ``home`` is the address of the site, for
    links within it. Raises TemplateProblem when the template cannot be used.
    """
    from kommuneplan.documents.whole_docx import render_whole  # slow to load, seldom needed

    whole = whole_of(document, paper=paper, municipality=municipality, home=home)
    return render_whole(whole, _with_drawn(document, pictures), template)


def whole_pdf(
    document: PlanDocument,
    *,
    paper: Paper,
    municipality: Municipality,
    pictures: Pictures = no_pictures,
    home: str = "",
) -> bytes:
    """The plan as PDF/UA-1 and PDF/A-2a; see ``whole_docx``."""
    whole = whole_of(document, paper=paper, municipality=municipality, home=home)
    return render_pdf(whole, _with_drawn(document, pictures))


def whole_of(
    document: PlanDocument, *, paper: Paper, municipality: Municipality, home: str = ""
) -> Whole:
    """The plan as plain values, each part as it sets itself on paper."""
    head = document.head
    parts = YearParts(municipality.year_parts)
    return Whole(
        municipality=municipality.name,
        title=head.title,
        document_title=f"{head.title} ({paper.mark})" if paper.mark else head.title,
        sort=_sort(document),
        issue=paper.issue,
        mark=paper.mark,
        notice="\n".join(filter(None, (paper.notice, _stands(paper)))),
        address=municipality.address,
        facts=tuple(fact for fact in _facts(document, paper) if fact[2].strip()),
        questions=questions_of(head, paper.standing),
        chapters=(*_chapters(document, home, parts), *treated_chapters(paper.treated)),
        labels={
            "page": _("Page {page} of {pages}"),
            "contents": _("Contents"),
            "picture": _("[Image: {words}]"),
        },
        created=int(paper.at.timestamp()),
        link=paper.link,
    )


def _stands(paper: Paper) -> str:
    """What was decided, in the place for what a reader must know: every template has it."""
    return as_text(paper.standing) if paper.standing else ""


def _sort(document: PlanDocument) -> str:
    """ "Strategy for 2025–2028"."""
    head = document.head
    kind = PlanKind(head.kind).label if head.kind in PlanKind.values else head.kind
    facts = {"kind": capfirst(str(kind)), "period": head.period}
    return _("%(kind)s for %(period)s") % facts if head.period else facts["kind"]


def _facts(document: PlanDocument, paper: Paper) -> Iterator[tuple[str, str, str]]:
    head = document.head
    state = CycleState(head.state).label if head.state in CycleState.values else ""
    if paper.standing:
        state = state_words(paper.standing)
    yield "udvalg", _("Responsible"), head.body
    yield "enhed", _("Unit"), head.sender_unit
    yield "status", _("Status"), str(state)
    yield "udgave", _("Edition"), "\n".join(filter(None, (paper.issue, paper.link)))
    yield "dato", _("Date"), f"{head.document_date or local_day(paper.at):%d-%m-%Y}"
    yield "sagsnummer", _("Case no."), head.case_number
    yield "dokumentnummer", _("Document no."), head.document_number
    yield "modtager", _("To"), ", ".join(head.recipients)
    yield "bilag", _("Annex"), head.annex_number
    yield "sagsbehandler", _("Case worker"), head.case_worker


def _chapters(document: PlanDocument, home: str, year_parts: YearParts) -> Iterator[Chapter]:
    for part, _value in document.on_paper:
        if part.export:
            yield from part.export(document, home=home, year_parts=year_parts)


def register_exports() -> None:
    """Called once, when the app is ready: the first parts of a document on paper."""
    register_export(Part.TEXT, _text)
    register_export(Part.FOCUS, _focus)
    register_export(Part.PROCESS_PLAN, _process_plan)


def _text(document: PlanDocument, *, home: str, year_parts: YearParts) -> Iterator[Chapter]:
    for section in document.text:
        html = "".join(sanitise(block.html) for block in section.blocks)
        yield chapter(section.title, section.depth, read_blocks(html, home), section.number)


# The process plan


def _process_plan(document: PlanDocument, *, home: str, year_parts: YearParts) -> Iterator[Chapter]:
    rows = tuple(rows_of(document, year_parts))
    if rows:
        columns = columns_of(False, with_who=any(row.who for row in rows))
        yield chapter(_("Process plan"), 1, [_table(rows, columns)])


def _table(rows: tuple[MemoRow, ...], columns: tuple[tuple[Column, str], ...]) -> Table:
    widths = {column: WIDTHS[column] for column, _title in columns}
    if Column.WHO not in widths:
        widths[Column.WHAT] += WIDTHS[Column.WHO]
    head = Row(
        tuple(
            Cell(place, paragraphs(title), header=True)
            for place, (_column, title) in enumerate(columns)
        )
    )
    body = [_row(row, [column for column, _title in columns]) for row in rows]
    shares = tuple(width / sum(widths.values()) for width in widths.values())
    return Table((head, *body), 1, shares)


def _row(row: MemoRow, columns: list[Column]) -> Row:
    notes = tuple(one for note in row.notes for one in paragraphs(note, quiet=True))
    if row.phase:
        said = (*paragraphs(row.phase), *notes)
        return Row((Cell(0, said, across=len(columns), header=True),), part=True)
    cells = {
        Column.WHEN: paragraphs(row.when),
        Column.WHAT: (Paragraph(words(row.title, bold=True)), *notes),
        Column.WHO: tuple(one for name in row.who for one in paragraphs(name)),
    }
    return Row(tuple(Cell(place, cells[column]) for place, column in enumerate(columns)))


# The focus areas


def _focus(document: PlanDocument, *, home: str, year_parts: YearParts) -> Iterator[Chapter]:
    if not document.focus and not document.status:
        return
    lead: tuple[Block, ...] = ()
    if status := document.status:
        said = _("As they stood in the yearly status %(year)s.") % {"year": status.year}
        lead = (*paragraphs(said), *paragraphs(status.summary))
    yield chapter(_("Focus areas"), 1, lead)
    for area in document.focus:
        yield chapter(area.title, 2, _area(area))


def _area(area: FocusLine) -> Iterator[Block]:
    about = " · ".join(filter(None, (area.theme, area.period)))
    yield from paragraphs(about, quiet=True)
    yield from paragraphs(area.goals)
    yield from paragraphs(area.words)
    if area.milestones:
        yield Listing(tuple(paragraphs(_became(row)) for row in area.milestones))
    if area.decision:
        label = capfirst(str(FocusDecision(area.decision).label))
        decided = _("Decision: %(decision)s. %(reason)s") % {
            "decision": label,
            "reason": area.reason,
        }
        yield from paragraphs(decided)
    elif area.ended_on:
        yield from paragraphs(_("Ended %(day)s") % {"day": long_day(area.ended_on)})


def _became(row: FocusMilestone) -> str:
    """ "3. maj 2026: Åbning af huset (Gennemført 4. maj 2026)"."""
    if row.state == MilestoneState.DONE and row.done_on:
        what = _("Done %(day)s") % {"day": long_day(row.done_on)}
    else:
        what = capfirst(str(MilestoneState(row.state).label))
    title = f"{row.written}: {row.title}" if row.written else row.title
    return f"{title} ({what})"
