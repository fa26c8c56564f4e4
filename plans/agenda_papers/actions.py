"""What is done to papers for agendas: begun, written, handed in, and then as they were."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import Municipality, StoredFile, User
from kommuneplan.documents.agenda_paper import render_pdf, render_word
from kommuneplan.documents.placeholders import TemplateProblem
from kommuneplan.documents.whole import Whole
from kommuneplan.fingerprint import digest
from kommuneplan.locking import Conflict, Outdated
from plans.models import (
    AgendaItem,
    AgendaPaper,
    Annex,
    PaperAnnex,
    PaperHeading,
    PaperSection,
    Plan,
    PlanVersion,
    Treatment,
)

from .beginning import first_words
from .building import ANNEXES, annexes_of, fingerprint, lines_of, live_value, paper_whole
from .headings import WantedSection, headings
from .value import PaperValue

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


class AlreadyHandedIn(Exception):
    """The paper has been handed in: it stands as it was."""


@transaction.atomic
def begin_paper(
    *,
    plan: Plan,
    title: str,
    treatment: Treatment | None = None,
    item: AgendaItem | None = None,
    recipient: str = "",
    by: User | None,
) -> AgendaPaper:
    """A new paper, each section with what the data says, and the version the body has before it as
    an annex."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    paper = AgendaPaper(
        plan=plan,
        treatment=treatment,
        item=item,
        title=title,
        recipient=recipient,
        case_number=plan.case_number,
        case_worker=plan.case_worker,
    )
    _save(paper, by)
    for place, one in enumerate(headings(), start=1):
        words = first_words(one.part, paper)
        row = PaperSection(
            paper=paper, position=place, part=one.part, heading=one.heading, text=words
        )
        _save(row, by)
    version = _version_before(plan, treatment)
    if version is not None:
        _save(PaperAnnex(paper=paper, position=1, version=version), by)
    return paper


def _version_before(plan: Plan, treatment: Treatment | None) -> PlanVersion | None:
    if treatment is None:
        return plan.versions.order_by("-number").first()
    row = treatment.matter.plans.filter(cycle__plan=plan).select_related("version").first()
    return row and row.version


@transaction.atomic
def edit_head(
    *, paper: AgendaPaper, seen: int, facts: Mapping[str, Any], by: User | None
) -> AgendaPaper:
    """What stands at the head of the paper. Raises AlreadyHandedIn, Conflict."""
    row = _open(paper)
    if all(getattr(row, name) == value for name, value in facts.items()):
        return row
    if row.version != seen:
        raise Conflict(row)
    for name, value in facts.items():
        setattr(row, name, value)
    _save(row, by)
    return row


@transaction.atomic
def save_section(
    *, section: PaperSection, seen: int, facts: Mapping[str, str], by: User | None
) -> PaperSection:
    """Store what a section says. What was sent as it was read is no change: then what somebody else
    has written stands. Raises AlreadyHandedIn, Conflict."""
    _open(section.paper)
    row = PaperSection.objects.select_related("paper").get(pk=section.pk)
    if all(getattr(row, name) == value for name, value in facts.items()):
        return row
    if row.version != seen:
        base = row.history.filter(version=seen).first()
        if base is not None and all(getattr(base, n) == value for n, value in facts.items()):
            return row
        raise Conflict(row)
    for name, value in facts.items():
        setattr(row, name, value)
    _save(row, by)
    return row


@transaction.atomic
def choose_annexes(
    *,
    paper: AgendaPaper,
    versions: Collection[PlanVersion],
    annexes: Collection[Annex],
    by: User | None,
) -> AgendaPaper:
    """What goes with the paper: the versions first, then the annexes in their order. Raises
    AlreadyHandedIn; ValueError for something of another plan."""
    row = _open(paper)
    if any(one.plan_id != row.plan_id for one in (*versions, *annexes)):
        raise ValueError("Only what belongs to the plan goes with its paper")
    wanted: list[dict[str, Any]] = [
        *({"version": one} for one in versions),
        *({"annex": one} for one in annexes),
    ]
    there = list(row.annexes.all())
    kept = []
    for place, what in enumerate(wanted, start=1):
        ((name, thing),) = what.items()
        known = next((one for one in there if getattr(one, f"{name}_id") == thing.pk), None)
        one = known or PaperAnnex(paper=row, **what)
        kept.append(one)
        if one.position != place:
            one.position = place
            _save(one, by)
    for one in there:
        if one not in kept:
            one._history_user = by  # type: ignore[attr-defined]
            one.delete()
    return row


def hand_in(*, paper: AgendaPaper, seen: str, by: User | None) -> AgendaPaper:
    """Freeze the paper as it was shown (``seen``), with its Word and PDF. They take a second to
    set, so they are made before anything is locked.

    Raises AlreadyHandedIn, Outdated when it is another by now, TemplateProblem.
    """
    value = live_value(paper)
    if paper.is_handed_in:
        raise AlreadyHandedIn
    if fingerprint(value) != seen:
        raise Outdated
    at = clock.now()
    whole = paper_whole(value, created=int(at.timestamp()), is_draft=False)
    word, pdf = word_of(whole), render_pdf(whole)
    with transaction.atomic():
        row = _open(paper)
        if fingerprint(live_value(row)) != seen:
            raise Outdated
        name = file_name(value)
        row.word = StoredFile.keep(f"{name}.docx", word, WORD, by)
        row.pdf = StoredFile.keep(f"{name}.pdf", pdf, PDF, by)
        there = annexes_of(row)
        row.content = {**value.to_json(), ANNEXES: [asdict(line) for line in lines_of(there)]}
        row.handed_in_at, row.handed_in_by = at, by
        _save(row, by)
        for one in there:
            if one.annex is not None and one.annex.newest is not None:
                one.annex_file = one.annex.newest
                _save(one, by)
    return row


def word_of(whole: Whole) -> bytes:
    """The paper as Word, in the municipality's own template where there is one. Raises
    TemplateProblem where that cannot be used: it was tried out when it was handed in."""
    house = Municipality.objects.select_related("paper_template").filter(pk=1).first()
    if house is None or house.paper_template is None:
        return render_word(whole)
    try:
        with house.paper_template.content.open("rb") as stored:
            return render_word(whole, stored.read())
    except Exception as error:  # whatever is wrong with it
        raise TemplateProblem(str(error)) from error


def file_name(value: PaperValue) -> str:
    """What its files are called."""
    words = "".join(sign if sign.isalnum() or sign in " -" else " " for sign in value.title)
    return " ".join(words.split())[:80].strip() or "sagsfremstilling"


@transaction.atomic
def retire_paper(*, paper: AgendaPaper, seen: int, reason: str, by: User | None) -> AgendaPaper:
    """Take a paper out, for a reason; what was handed in is kept. Raises Conflict."""
    if not reason.strip():
        raise ValueError("A reason is needed")
    row = AgendaPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if row.version != seen:
        raise Conflict(row)
    row.retired_at, row.retired_because = clock.now(), reason.strip()
    _save(row, by)
    return row


@transaction.atomic
def set_headings(*, wanted: Collection[WantedSection], seen: str, by: User | None) -> None:
    """Which sections papers have from now on; those that are begun keep theirs. Raises Outdated
    when somebody else has changed them since they were shown."""
    there = list(PaperHeading.objects.select_for_update().order_by("position", "pk"))
    if headings_seen() != seen:
        raise Outdated
    for row in there:
        row._history_user = by  # type: ignore[attr-defined]
        row.delete()
    for place, one in enumerate(wanted, start=1):
        row = PaperHeading(
            position=place, part=one.part, heading=one.heading, help_text=one.help_text
        )
        _save(row, by)


def headings_seen() -> str:
    """What a page shows of the setting."""
    return digest("\n".join(f"{one.part}|{one.heading}|{one.help_text}" for one in headings()))


RELATED = (
    "plan__body", "treatment__body", "treatment__meeting", "treatment__matter",
    "item__own_meeting__body",
)  # fmt: skip
"""What of a paper is asked for together with it."""


def _open(paper: AgendaPaper) -> AgendaPaper:
    rows = AgendaPaper.objects.select_for_update(of=("self",))
    row = rows.select_related(*RELATED).get(pk=paper.pk)
    if row.is_handed_in:
        raise AlreadyHandedIn
    return row


def _save(row: Any, by: User | None) -> None:
    row._history_user = by
    row.save()
