"""The draft of a round as those who handle remarks look at it: its places by name, what stood at
each when it was sent out, and what the text of the plan has made of it since."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from consultations.enums import ChangeKind, Proposal
from consultations.models import Remark, Round
from kommuneplan.richtext.looks import Comparable
from plans.document import plan_document as doc
from plans.document.text import section_words
from plans.models import Section

from .changes import DraftChange, Words, change, words_of


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the draft that a remark can be about: its anchor, what it is called in a list,
    and the section it stands in (its uid)."""

    anchor: str
    label: str
    section: str


class Draft:
    """The version that was sent out, as those who handle remarks look at it."""

    def __init__(self, round: Round) -> None:
        self.round = round
        self.document = doc.from_json(round.frozen.content)

    @cached_property
    def words(self) -> Words:
        """What stands at each anchor."""
        return words_of(self.document)

    @cached_property
    def html(self) -> dict[str, str]:
        """The paragraphs as they are read, by anchor."""
        return dict(self.document.html())

    @cached_property
    def sections(self) -> list[tuple[str, str]]:
        """The sections of the text: (uid, name)."""
        spots = self.spots.values()
        return [(spot.anchor, spot.label) for spot in spots if spot.section == spot.anchor]

    @cached_property
    def spots(self) -> dict[str, Spot]:
        """Every place, by anchor: a section, each of its paragraphs with its place in it ("2.1
        Mål, afsnit 3"), then a milestone, a focus area, a block of any other part."""
        places = sorted(self.document.cited(), key=lambda place: not place.section)
        return {one.anchor: Spot(one.anchor, one.label, one.section) for one in places}

    @cached_property
    def places(self) -> dict[str, Spot]:
        """Every place that a remark can want changed: those of the draft, and the new ones."""
        return {**self.spots, **{one.anchor: one for one in self.new_spots}}

    def anchors_in(self, section: str) -> list[str]:
        """The anchors of a section and its paragraphs."""
        return [spot.anchor for spot in self.spots.values() if spot.section == section]

    @cached_property
    def _sections(self) -> list[Section]:
        """The sections of the text as it is now."""
        rows = self.round.plan.sections.filter(retired_at__isnull=True)
        return list(rows.order_by("position", "pk"))

    @cached_property
    def live(self) -> dict[str, Comparable]:
        """What the text of the plan says now, by anchor; all other places as they were sent out
        (what becomes of them is seen when they are frozen)."""
        found = {
            anchor: words
            for anchor, words in self.words.items()
            if anchor in self.spots and not self.spots[anchor].section
        }
        for row in self._sections:
            found |= section_words(str(row.uid), row.title, row.anchored_blocks())
        return found

    @cached_property
    def new_spots(self) -> list[Spot]:
        """Paragraphs of the text as it is now that were not in the draft."""
        known = self.words
        return [
            Spot(block.anchor, f"{row.title}: {block.text[:60]}", str(row.uid))
            for row in self._sections
            for block in row.anchored_blocks()
            if block.anchor not in known
        ]

    def change_of(self, anchor: str) -> DraftChange | None:
        """What the text as it is now has made of a place."""
        return change(self.words, self.live, anchor) if anchor else None

    def stands_unchanged(self, anchor: str) -> bool:
        """A paragraph that was to change says what it said."""
        found = self.change_of(anchor)
        return found is not None and found.kind == ChangeKind.UNCHANGED


def unmade(round: Round, draft: Draft | None = None) -> list[Remark]:
    """Remarks that are met, or partly, by changing a paragraph that still stands as it was."""
    rows = Remark.objects.filter(
        round=round,
        retired_at__isnull=True,
        same_as__isnull=True,
        proposal__in=[Proposal.MET, Proposal.PARTLY],
    ).exclude(wanted_anchor="")
    found = list(rows.order_by("number").only("number", "uid", "round", "wanted_anchor"))
    if not found:
        return []
    draft = draft or Draft(round)
    return [row for row in found if draft.stands_unchanged(row.wanted_anchor)]
