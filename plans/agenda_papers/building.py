"""From rows to the paper as it is read: as it is being written, or as it was handed in."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.clock import today
from kommuneplan.core.models import Municipality
from kommuneplan.documents.whole import Whole
from kommuneplan.fingerprint import digest
from kommuneplan.timespan.calendar import YearParts
from kommuneplan.timespan.phrase import day_words
from plans.annexes.lines import AnnexLine, called
from plans.annexes.listing import with_contents
from plans.annexes.part import line_of
from plans.budget.amounts import kroner_words
from plans.budget.steps import in_time, steps_of
from plans.document.building import gather_process_plan
from plans.document.plan_document import MilestoneLine, PlanDocument, ProcessPlan, canonical
from plans.enums import BudgetState, ItemType, MilestoneState, PaperPart
from plans.exports.memo import rows_of
from plans.models import AgendaPaper, Annex, PaperAnnex, PaperSection

from .value import PaperTable, PaperValue, ShownSection, whole_of


def value_of(paper: AgendaPaper) -> PaperValue:
    """The paper: as it was handed in, or as it is now."""
    if paper.is_handed_in:
        return PaperValue.from_json(paper.content)
    return live_value(paper)


def live_value(paper: AgendaPaper) -> PaperValue:
    """The paper as it is now, made of what is written and of the data."""
    sections = paper.sections.order_by("position", "pk")
    return PaperValue(
        title=paper.title,
        sort=_sort(paper),
        facts=tuple(_facts(paper)),
        sections=tuple(_section(paper, one) for one in sections),
        is_closed=paper.is_closed,
    )


def fingerprint(value: PaperValue) -> str:
    """What somebody has seen of a paper, for handing in what was shown."""
    return digest(canonical(value.to_json()))


def _sort(paper: AgendaPaper) -> str:
    """ "Indstilling til Socialudvalget"."""
    return _("Paper for %(to)s") % {"to": paper.recipient or paper.body.name}


def _facts(paper: AgendaPaper) -> Iterator[tuple[str, str, str]]:
    plan, turn = paper.plan, paper.treatment or paper.item
    yield "modtager", _("To"), paper.recipient or paper.body.name
    if turn:
        meeting = paper.meeting
        yield "udvalg", _("Body"), paper.body.name
        yield "møde", _("Meeting"), day_words(meeting.date) if meeting else ""
        yield "sagstype", _("Type of item"), str(ItemType(turn.item_type).label)
    yield "enhed", _("From"), plan.sender_unit
    yield "dato", _("Date"), day_words(paper.letter_date) if paper.letter_date else ""
    yield "sagsnummer", _("Case no."), paper.case_number or plan.case_number
    yield "dokumentnummer", _("Document no."), paper.document_number
    yield "sagsbehandler", _("Case worker"), paper.case_worker or plan.case_worker


def _section(paper: AgendaPaper, row: PaperSection) -> ShownSection:
    table, points = None, ()
    if row.part == PaperPart.RECOMMENDATION:
        points = tuple(clauses_of(paper))
    elif row.part == PaperPart.ECONOMY:
        table = money_of(paper)
    elif row.part == PaperPart.PROCESS:
        table = steps_to_come(paper)
    elif row.part == PaperPart.ANNEXES:
        points = tuple(annex_titles(paper))
    return ShownSection(
        uid=str(row.uid),
        part=row.part,
        heading=row.heading,
        text=row.text,
        table=table,
        points=points,
        is_numbered=row.part == PaperPart.RECOMMENDATION,
    )


def clauses_of(paper: AgendaPaper) -> Iterator[str]:
    """The numbered clauses of the item's recommendation."""
    item = paper.agenda_item
    if item is not None:
        yield from item.clauses.order_by("number").values_list("words", flat=True)


def money_of(paper: AgendaPaper) -> PaperTable | None:
    """The steps that the plan's money takes: those that may be published, and for a closed item
    all."""
    steps = steps_of(paper.plan)
    rows = [
        (
            str(capfirst(BudgetState(step.state).label)),
            step.title,
            "" if step.amount is None else kroner_words(step.amount),
            "–".join(dict.fromkeys(str(one) for one in (step.first_year, step.last_year) if one)),
            step.source,
        )
        for step in in_time(steps if paper.is_closed else steps.public())
    ]
    head = (_("Step"), _("What the money is for"), _("Amount"), _("Budget year"), _("Source"))
    return PaperTable(head, tuple(rows)) if rows else None


def steps_to_come(paper: AgendaPaper) -> PaperTable | None:
    """The public steps of the process plan that are still to come."""
    lines = [one for one in gather_process_plan(paper.plan.shown_cycle).milestones if _is_due(one)]
    document = PlanDocument(head=None, process_plan=ProcessPlan(milestones=tuple(lines)))  # type: ignore[arg-type]
    house = Municipality.current()
    rows = [
        (row.when, row.title, ", ".join(row.who))
        for row in rows_of(document, YearParts(house.year_parts))
        if not row.phase
    ]
    return PaperTable((_("Time"), _("Subject"), _("Who")), tuple(rows)) if rows else None


def _is_due(line: MilestoneLine) -> bool:
    over = line.when is not None and line.when.is_over(today())
    return line.state == MilestoneState.PLANNED and not over


def annex_titles(paper: AgendaPaper) -> Iterator[str]:
    """What goes with the paper, each by its name."""
    for row in annexes_of(paper):
        yield annex_title(row)


def annexes_of(paper: AgendaPaper) -> list[PaperAnnex]:
    """What goes with it, in order, with what is told of each."""
    rows = list(paper.annexes.select_related("version__plan", "annex_file__file").order_by(
        "position", "pk"
    ))  # fmt: skip
    wanted = with_contents(Annex.objects.filter(pk__in=[row.annex_id for row in rows]))
    known = {one.pk: one for one in wanted}
    for row in rows:
        if row.annex_id:
            row.annex = known[row.annex_id]
    return rows


ANNEXES = "annexes"
"""Under this name what was handed in holds the annexes' own words."""


def lines_of(rows: list[PaperAnnex]) -> list[AnnexLine]:
    """What is frozen of the annexes that go with a paper."""
    return [line_of(row.annex) for row in rows if row.annex is not None]


def annex_handed_in(paper: AgendaPaper, row: PaperAnnex) -> AnnexLine:
    """An annex as it was when the paper was handed in."""
    uid = str(row.annex and row.annex.uid)
    return AnnexLine(**next(one for one in paper.content[ANNEXES] if one["uid"] == uid))


def annex_title(row: PaperAnnex) -> str:
    """ "Strategi for haver (version 3)", "Bilag 7: Tidsplan"."""
    if row.version is not None:
        facts = {"title": row.version.title, "name": row.version.name}
        return _("%(title)s (%(name)s)") % facts
    assert row.annex is not None  # a constraint of the table
    title = called(row.annex.number, row.annex.title)
    if row.annex_file is None and not row.annex.is_enclosed:
        return _("%(title)s (not enclosed)") % {"title": title}
    return title


def paper_whole(value: PaperValue, *, created: int, is_draft: bool) -> Whole:
    """The paper as the writers of Word and PDF take it."""
    house = Municipality.current()
    marks = [_("Draft")] if is_draft else []
    if value.is_closed:
        marks.append(_("Closed item"))
    return whole_of(
        value,
        municipality=house.name,
        address=house.address,
        mark=" · ".join(marks),
        notice="",
        labels={
            "page": _("Page {page} of {pages}"),
            "contents": _("Contents"),
            "picture": _("[Image: {words}]"),
        },
        created=created,
    )
