"""The report on paper: what it says as the plain values that Word and PDF are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.enums import PartyState, Proposal
from kommuneplan.documents.prose import (
    Block,
    Cell,
    Heading,
    Line,
    Listing,
    Paragraph,
    Quote,
    Row,
    Run,
    Table,
    paragraphs,
    words,
)
from kommuneplan.documents.report_pdf import render_report
from kommuneplan.documents.whole import Chapter, Whole, chapter
from kommuneplan.richtext.comparison import PieceMark

from ..round_report import RemarkLine, ReportedChange, ResponseLine, RoundReport
from .words import (
    about_remark,
    change_words,
    decision_words,
    long_day,
    name_of,
    period_words,
    proposal_words,
    sender_words,
    shortened,
    shown_words,
    standing_words,
    title_of,
    undecided,
)

PROPOSALS = (Proposal.MET, Proposal.PARTLY, Proposal.NOT_MET, Proposal.NO_CHANGE)


def report_pdf(report: RoundReport, *, made_at: dt.datetime, link: str = "") -> bytes:
    """The report as PDF/UA-1 and PDF/A-2a."""
    return render_report(report_of(report, made_at=made_at, link=link))


def report_docx(
    report: RoundReport, *, made_at: dt.datetime, template: bytes | None = None, link: str = ""
) -> bytes:
    """The report as Word, in the municipality's template or in the one that comes along.

    Raises TemplateProblem when the template cannot be used.
    """
    from kommuneplan.documents.report_docx import render_report as render  # slow to load

    return render(report_of(report, made_at=made_at, link=link), template)


def report_of(report: RoundReport, *, made_at: dt.datetime, link: str = "") -> Whole:
    """The report as plain values. ``made_at`` is the instant its facts were read, ``link`` the
    address at which everybody reads it."""
    head = report.head
    title = title_of(head)
    return Whole(
        municipality=head.municipality,
        title=title,
        document_title=title,
        sort=head.round_title if head.round_title != head.plan else "",
        issue=_issue(report),
        address=head.address,
        facts=tuple(fact for fact in _facts(report, link) if fact[2].strip()),
        chapters=tuple(_chapters(report)),
        labels={
            "page": _("Page {page} of {pages}"),
            "contents": _("Contents"),
            "picture": _("[Image: {words}]"),
        },
        created=int(made_at.timestamp()),
        link=link,
    )


def _issue(report: RoundReport) -> str:
    """ "Høringsnotat nr. 2, dannet den 3. maj 2026"."""
    head = report.head
    facts = {"name": name_of(head), "number": head.number}
    if head.made_on is None:
        return _("%(name)s no. %(number)d") % facts
    return _("%(name)s no. %(number)d, made on %(date)s") % {
        **facts,
        "date": long_day(head.made_on),
    }


def _facts(report: RoundReport, link: str = "") -> Iterator[tuple[str, str, str]]:
    head, numbers = report.head, report.numbers
    yield "udvalg", _("Responsible"), head.body
    yield "høringsperiode", _("Consultation period"), period_words(report.period)
    yield (
        "høringssvar",
        _("Responses"),
        _("%(responses)d with %(remarks)d remarks")
        % {"responses": numbers.responses, "remarks": numbers.remarks},
    )
    yield "høringsudkast", _("Draft sent out"), head.version
    yield "udgave", _("Edition"), "\n".join(filter(None, (_issue(report), link)))
    yield "dato", _("Date"), f"{head.made_on:%d-%m-%Y}" if head.made_on else ""
    yield "enhed", _("Unit"), head.sender_unit
    yield "sagsnummer", _("Case no."), head.case_number
    yield "dokumentnummer", _("Document no."), head.document_number
    yield "modtager", _("To"), ", ".join(head.recipients)
    yield "bilag", _("Annex"), head.annex_number
    yield "sagsbehandler", _("Case worker"), head.case_worker


def _chapters(report: RoundReport) -> Iterator[Chapter]:
    """The chapters, numbered as they come."""
    parts = [
        (_("About the consultation"), [*_about(report)], []),
        (_("Consulted parties"), [*_parties(report)], []),
        (_("The responses in figures"), [*_figures(report)], []),
        (_("Remarks and replies"), [*_remarks_lead(report)], [*_themes(report)]),
        (_("Changes after the consultation"), [*_changes(report)], []),
        (_("Annex: the responses"), [*_responses(report)], []),
    ]
    for number, (title, blocks, below) in enumerate(parts, start=1):
        yield chapter(title, 1, blocks, str(number))
        for place, (inner, more) in enumerate(below, start=1):
            yield chapter(inner, 2, more, f"{number}.{place}")


# About the consultation


def _about(report: RoundReport) -> Iterator[Block]:
    head, period = report.head, report.period
    yield from paragraphs(head.introduction)
    if said := period_words(period):
        yield from paragraphs(
            _("The draft was in consultation from %(period)s.") % {"period": said}
        )
    for one in period.extensions:
        facts = {"before": long_day(one.before), "after": long_day(one.after)}
        moved = _("The deadline was moved from %(before)s to %(after)s.") % facts
        yield from paragraphs(f"{moved} {one.reason}".strip())
    yield from paragraphs(head.audience)
    if head.questions:
        yield from paragraphs(_("Those who answered were asked to consider:"))
        yield Listing(tuple(paragraphs(" ".join(one.split())) for one in head.questions), True)


def _parties(report: RoundReport) -> Iterator[Block]:
    if not report.parties:
        yield from paragraphs(_("No parties were invited: everybody could answer."))
        return
    rows = []
    for one in report.parties:
        said = [standing_words(one)]
        if one.answered_on:
            said.append(long_day(one.answered_on))
        if one.last:
            said.append(_("own deadline: %(date)s") % {"date": long_day(one.last)})
        rows.append((one.name, ", ".join(said), str(one.response or "")))
    yield _parties_lead(report)
    yield table((_("Party"), _("Answer"), _("Response no.")), rows, (8.0, 5.4, 2.6))


def _parties_lead(report: RoundReport) -> Paragraph:
    held = report.numbers.standings
    answered = held.get(PartyState.ANSWERED, 0) + held.get(PartyState.LATE, 0)
    facts = {
        "answered": answered,
        "no_remarks": held.get(PartyState.NO_REMARKS, 0),
        "parties": len(report.parties),
    }
    said = _("%(answered)d of %(parties)d parties answered, and %(no_remarks)d had no remarks.")
    return Paragraph(words(said % facts))


# Figures


def _figures(report: RoundReport) -> Iterator[Block]:
    numbers = report.numbers
    said = ngettext(
        "%(count)d response came in.", "%(count)d responses came in.", numbers.responses
    )
    lines = [said % {"count": numbers.responses}]
    if numbers.late:
        late = ngettext(
            "%(count)d of them came after the deadline.",
            "%(count)d of them came after the deadline.",
            numbers.late,
        )
        lines.append(late % {"count": numbers.late})
    if numbers.withdrawn:
        gone = ngettext("%(count)d was withdrawn.", "%(count)d were withdrawn.", numbers.withdrawn)
        lines.append(gone % {"count": numbers.withdrawn})
    yield Paragraph(words(" ".join(lines)))
    yield from paragraphs(report.summary)
    columns = [proposal_words(one) for one in PROPOSALS]
    rows = [_count(theme.title or _("Other"), theme.remarks) for theme in report.themes]
    if len(rows) > 1:
        rows.append(_count(_("In all"), report.remarks()))
    if rows:
        heads = (_("Theme"), _("Count"), *columns, _("Undecided"))
        yield table(heads, rows, (2.7, 1.3, 2.8, 2.8, 2.8, 2.8, 1.8))


def _count(title: str, remarks: Iterable[RemarkLine]) -> tuple[str, ...]:
    held = [one.stands for one in remarks]
    counted = [held.count(one) for one in ("", *PROPOSALS)]
    return title, *map(str, (len(held), *counted[1:], counted[0]))


def table(heads: Iterable[str], rows: Iterable[Iterable[str]], widths: Iterable[float]) -> Table:
    """A table of plain words; ``widths`` are in proportion to each other."""
    heads, rows, widths = tuple(heads), [tuple(row) for row in rows], tuple(widths)
    head = Row(tuple(Cell(x, paragraphs(said), header=True) for x, said in enumerate(heads)))
    body = (Row(tuple(Cell(x, paragraphs(said)) for x, said in enumerate(row))) for row in rows)
    numeric = tuple(x for x in range(1, len(heads)) if _is_numbers(row[x] for row in rows))
    return Table((head, *body), 1, tuple(one / sum(widths) for one in widths), (), numeric)


def _is_numbers(cells: Iterable[str]) -> bool:
    said = [cell for cell in cells if cell]
    return bool(said) and all(cell.isdigit() for cell in said)


# Remarks


def _remarks_lead(report: RoundReport) -> Iterator[Block]:
    if not any(theme.remarks for theme in report.themes):
        yield from paragraphs(_("There are no remarks."))
        return
    yield from paragraphs(
        _(
            "Each remark stands with the administration's reply and proposal. Where a committee "
            "has decided otherwise, its decision stands by itself."
        )
    )


def _themes(report: RoundReport) -> Iterator[tuple[str, list[Block]]]:
    for theme in report.themes:
        blocks: list[Block] = [*paragraphs(theme.summary)]
        for remark in theme.remarks:
            blocks += _remark(remark)
        yield theme.title or _("Other remarks"), blocks


def _remark(remark: RemarkLine) -> Iterator[Block]:
    facts = {"number": remark.number, "sender": sender_words(remark)}
    yield Heading(words(_("Remark %(number)d: %(sender)s") % facts))
    yield Paragraph(words(" · ".join(about_remark(remark))), quiet=True)
    if remark.others:
        others = _("The same is said by: %(names)s") % {"names": ", ".join(remark.others)}
        yield Paragraph(words(others), quiet=True)
    if remark.quote:
        yield Quote((Paragraph(words(shortened(remark.quote)), quiet=True),))
    yield _labelled(_("Remark"), remark.text)
    if remark.reply:
        yield _labelled(_("The administration's reply"), remark.reply)
    proposed = proposal_words(remark.proposal) or undecided()
    yield _labelled(
        _("The administration proposes"), f"{proposed}. {remark.reason}".strip(), strong=proposed
    )
    if decided := decision_words(remark):
        yield _labelled(_("The committee's decision"), decided)
    if changed := change_words(remark):
        yield Paragraph(words(changed))


def _labelled(label: str, text: str, strong: str = "") -> Paragraph:
    """ "Forvaltningens svar: …", the label set apart, and ``strong`` where the text begins so."""
    runs: Line = (Run(f"{label}: ", bold=True),)
    if strong and text.startswith(strong):
        return Paragraph((*runs, *words(strong), *_after(text[len(strong) :])))
    return Paragraph((*runs, *words(text)))


def _after(text: str) -> Line:
    return tuple(Run(text[:1] + run.text.removeprefix(".")) for run in words(text))


# Changes


def _changes(report: RoundReport) -> Iterator[Block]:
    if not report.changes:
        yield from paragraphs(_("Nothing was changed in the text after the consultation."))
        return
    yield from paragraphs(
        _("Before: what was removed is struck through. After: what was added is underlined.")
    )
    for change in report.changes:
        yield from _change(change)


def _change(change: ReportedChange) -> Iterator[Block]:
    facts = {"number": change.number, "where": change.where}
    yield Heading(words(_("Change %(number)d: %(where)s") % facts))
    if change.remarks:
        numbers = ", ".join(map(str, change.remarks))
        yield Paragraph(words(_("Follows from remark %(numbers)s") % {"numbers": numbers}), True)
    pieces = change.pieces
    before = [
        Run(one.text, struck=one.mark == PieceMark.REMOVED)
        for one in pieces
        if one.mark != PieceMark.ADDED
    ]
    after = [
        Run(one.text, underlined=one.mark == PieceMark.ADDED)
        for one in pieces
        if one.mark != PieceMark.REMOVED
    ]
    nothing = (Run(_("(nothing stood here)")),)
    gone = (Run(_("(the paragraph was deleted)")),)
    yield Paragraph((Run(_("Before") + ": ", bold=True), *(before or nothing)))
    yield Paragraph((Run(_("After") + ": ", bold=True), *(after or gone)))


# Responses


def _responses(report: RoundReport) -> Iterator[Block]:
    if not report.responses:
        yield from paragraphs(_("No responses came in."))
        return
    yield from paragraphs(
        _("The responses as they are published. What was taken out is marked in square brackets.")
    )
    for one in report.responses:
        yield from _response(one)


def _response(one: ResponseLine) -> Iterator[Block]:
    facts = {"number": one.number, "sender": one.sender}
    yield Heading(words(_("No. %(number)d: %(sender)s") % facts))
    said = [_("Received %(date)s") % {"date": long_day(one.received_on)}] if one.received_on else []
    if one.late:
        said.append(_("after the deadline"))
    yield from paragraphs(" · ".join([*said, *one.said]), quiet=True)
    yield from paragraphs(shown_words(one))
    yield from paragraphs(one.text)
    if one.annexes:
        names = _("Annexes: %(names)s") % {"names": ", ".join(one.annexes)}
        yield Paragraph(words(names), quiet=True)
