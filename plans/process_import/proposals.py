"""From what the reader understood, and what the secretary has said of it, to proposed milestones.

Pure functions: what the reader understood is never changed, corrections lie beside it, row by row
(``PlanCorrections``). A cell with several dates gives one row for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from kommuneplan.collation import fold
from kommuneplan.timespan.span import Reading, ReadingStatus
from plans.enums import MilestoneKind
from plans.readers.process_plan.draft import DraftMilestone, DraftPlan, Strength
from plans.readers.process_plan.kinds import finer

from .corrections import RowCorrection
from .three_way import FIELDS, MilestoneFacts

TITLE_LIMIT, OTHERS_LIMIT, PHASE_LIMIT, WRITTEN_LIMIT = 500, 300, 200, 200


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something the reader concluded without being told; the secretary can say yes to it.

    What was ``guessed`` is not written before they do.
    """

    code: str
    text: str
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class SourceItem:
    """A row of the document as the reader understood it, before any correction.

    ``reason`` says why it was left out; an empty one means it was taken.
    """

    key: str
    said: MilestoneFacts
    reading: Reading
    source: tuple[str, ...]
    assumptions: tuple[Assumption, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str = ""


def items(draft: DraftPlan) -> list[SourceItem]:
    """Every row that became a milestone, then every row that was left out, each with its key."""
    found: list[SourceItem] = []
    for place, milestone in enumerate(draft.milestones, start=1):
        found += _of_milestone(f"m{place}", milestone)
    for place, row in enumerate(draft.left_out, start=1):
        found.append(
            SourceItem(
                f"l{place}",
                MilestoneFacts(title=" ".join(row.text.split())),
                Reading(ReadingStatus.NODATE),
                (row.row,),
                reason=row.reason,
            )
        )
    return found


def _of_milestone(key: str, milestone: DraftMilestone) -> list[SourceItem]:
    reading = milestone.reading
    spans = reading.spans or (None,)
    written = " ".join(reading.written.split())
    return [
        SourceItem(
            key if len(spans) == 1 else f"{key}-{place}",
            MilestoneFacts(
                title=" ".join(milestone.title.split()),
                description=milestone.description.strip(),
                when=span,
                written=_cut(" ".join(span.written.split()) if span and span.written else written),
                kind=_kind(milestone),
                bodies=milestone.bodies,
                phase=milestone.phase,
                conditional=milestone.conditional,
            ),
            reading,
            milestone.rows,
            tuple(_assumptions(milestone)),
            _notes(milestone),
        )
        for place, span in enumerate(spans, start=1)
    ]


def _kind(milestone: DraftMilestone) -> str:
    """The kind of the house; the reader's own are broader."""
    kind = finer(milestone.kind, milestone.title)
    return kind if kind in MilestoneKind.values else MilestoneKind.OTHER.value


def _assumptions(milestone: DraftMilestone) -> Iterable[Assumption]:
    guessed = milestone.date_strength == Strength.GUESSED and milestone.span is not None
    if guessed or milestone.reading.assumed_year is not None:
        yield Assumption("year", _year_note(milestone), guessed)
    if milestone.kind_assumed:
        label = MilestoneKind(_kind(milestone)).label
        yield Assumption(
            "kind", _("The kind “%(kind)s” is a guess from the words.") % {"kind": label}
        )
    if milestone.body_assumed:
        who = ", ".join(milestone.bodies) or "–"
        yield Assumption("body", _("“%(who)s” is concluded from the context.") % {"who": who})


def _year_note(milestone: DraftMilestone) -> str:
    """The reader's own sentence about the year, where it has one."""
    year = milestone.reading.assumed_year
    if year is None:
        return _("The year is a guess: it stands neither with the date nor above it.")
    for note in milestone.reading.notes:
        if str(year) in note:
            return note
    return _("The year %(year)s is not written with the date.") % {"year": year}


def _notes(milestone: DraftMilestone) -> tuple[str, ...]:
    """What else the reader remarks; what is said as an assumption is not said twice."""
    said = {_year_note(milestone)} if milestone.reading.assumed_year is not None else set()
    if milestone.kind_assumed:
        said.add(_("The kind is assumed from the words and the body; check it."))
    notes = [*milestone.reading.notes, *milestone.warnings]
    return tuple(note for note in dict.fromkeys(notes) if note not in said)


def _cut(words: str, limit: int = WRITTEN_LIMIT) -> str:
    return words if len(words) <= limit else words[: limit - 1] + "…"


# --- bodies ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BodyNames:
    """What the names in a document stand for: bodies that exist, and what was decided of others.

    ``known`` maps folded names and abbreviations to a body's own name; ``decided`` maps a name to
    ``body:<name>``, ``new:<kind>`` or ``words``.
    """

    known: Mapping[str, str]
    decided: Mapping[str, str]

    def resolved(self, name: str) -> str:
        """The name of the body that is meant; the words themselves when there is none."""
        decision = self.decided.get(name, "")
        if decision.startswith("body:"):
            return decision.removeprefix("body:")
        return self.known.get(fold(name), name)

    def is_known(self, name: str) -> bool:
        """Is there a body for the name, by itself or by decision?"""
        return fold(self.resolved(name)) in self.known

    def becomes(self, name: str) -> str:
        """The kind of body that will be created for the name; empty when none will."""
        decision = self.decided.get(name, "")
        return decision.removeprefix("new:") if decision.startswith("new:") else ""

    def all_resolved(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names resolved, each once, in order."""
        return tuple(dict.fromkeys(self.resolved(name) for name in names))


def split_names(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Names written in one line, with semicolons or line breaks between them."""
    if fold(text) in known:
        return (text.strip(),)
    parts = text.replace("\n", ";").split(";")
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


# --- corrections -------------------------------------------------------------------------------


def corrected(
    said: MilestoneFacts, correction: RowCorrection, names: BodyNames
) -> tuple[MilestoneFacts, Reading | None]:
    """The facts with what was corrected in place, and the reading of the corrected words."""
    changes: dict[str, Any] = {
        name: getattr(correction, name) for name in FIELDS if correction.says(name)
    }
    reading = changes.get("when")
    if reading is not None:
        changes["when"], changes["written"] = reading.span, _cut(reading.written)
    if correction.bodies is not None:
        changes["bodies"] = names.all_resolved(correction.bodies)
    return replace(said, **changes), reading


def problems(said: MilestoneFacts) -> list[str]:
    """What hinders that a milestone can be created, said to the secretary."""
    found = []
    if not said.title:
        found.append(_("The title is missing. Write it, or leave the row out."))
    if len(said.title) > TITLE_LIMIT:
        found.append(
            _("The title is longer than %(limit)s characters. Move some of it to the description.")
            % {"limit": TITLE_LIMIT}
        )
    if len(said.phase) > PHASE_LIMIT:
        found.append(
            _("The phase is longer than %(limit)s characters. Shorten it.") % {"limit": PHASE_LIMIT}
        )
    if len(", ".join(said.bodies)) > OTHERS_LIMIT:
        found.append(
            _("“Who” is longer than %(limit)s characters. Move some of it to the description.")
            % {"limit": OTHERS_LIMIT}
        )
    return found
