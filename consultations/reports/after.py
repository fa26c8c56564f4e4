"""What a consultation changed, paragraph by paragraph: the draft's words, the remarks to them, the
municipality's answers, and the words after. Pure: documents and a published report in, places out.

A remark stands where the report says it was made. A change that none of the remarks led to is told
as that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from consultations.enums import ChangeKind
from consultations.handling.changes import Words, change
from kommuneplan.richtext import comparison
from kommuneplan.richtext.comparison import ComparedPiece
from kommuneplan.richtext.looks import Comparable
from plans.document.comparison import merged
from plans.document.plan_document import PlanDocument, SectionLine

from .round_report import RemarkLine, RoundReport

MOST = 20  # remarks told at once; those that are more follow under the same place

# --- places ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """A place of the draft, of the text after, or of both, as it is called where it stands.
    ``target``: the id of its element on the page of the version after, where it is one."""

    anchor: str
    label: str
    is_paragraph: bool = True
    target: str = ""


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """The places of a section, or of another part of the document."""

    anchor: str
    title: str
    places: tuple[DraftPlace, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """The places of two documents in their order, and what stands at each in both. ``after`` is
    None as long as nobody can read the text after the consultation."""

    groups: tuple[PlaceGroup, ...]
    before: Words
    after: Words | None

    def labels(self) -> dict[str, str]:
        """By anchor what each place is called."""
        return {place.anchor: place.label for group in self.groups for place in group.places}


def sides(draft: PlanDocument, after: PlanDocument | None) -> Sides:
    """The places of the draft and of the text after it, each once."""
    one, two = _labels(draft), _labels(after) if after else {}
    labels = {**two, **one}  # a place is called what those called it who answered
    text = _sections(draft, after, labels)
    rest = _other_parts(draft, after, labels)
    return Sides((*text, *rest), _words(draft), _words(after) if after else None)


def _labels(document: PlanDocument) -> dict[str, str]:
    return {place.anchor: place.label for place in document.cited()}


def _words(document: PlanDocument) -> dict[str, Comparable]:
    """By anchor; of a section its heading alone, for its paragraphs stand by themselves."""
    headings = {section.uid: Comparable(section.title) for section in document.text}
    return {place.anchor: place.compared for place in document.cited()} | headings


def _sections(
    draft: PlanDocument, after: PlanDocument | None, labels: Mapping[str, str]
) -> Iterator[PlaceGroup]:
    was = {section.uid: section for section in draft.text}
    now = {section.uid: section for section in after.text} if after else {}
    moved_to = {block.anchor: uid for uid, one in now.items() for block in one.blocks}
    for uid in merged(list(was), list(now)):
        old, new = was.get(uid), now.get(uid)
        stayed = [one for one in _anchors(old) if moved_to.get(one, uid) == uid]
        inside = [DraftPlace(one, labels[one], target=one) for one in merged(stayed, _anchors(new))]
        heading = DraftPlace(uid, labels[uid], is_paragraph=False)
        yield PlaceGroup(uid, labels[uid], (heading, *inside))


def _anchors(section: SectionLine | None) -> list[str]:
    return [block.anchor for block in section.blocks] if section else []


def _other_parts(
    draft: PlanDocument, after: PlanDocument | None, labels: Mapping[str, str]
) -> Iterator[PlaceGroup]:
    for part, value in draft.each("on_page"):
        if part.key == "text":
            continue
        old = [place.anchor for place in part.cited_places(value)]
        new = [place.anchor for place in part.cited_places(after.value(part))] if after else []
        inside = tuple(DraftPlace(one, labels[one]) for one in merged(old, new))
        if inside:
            yield PlaceGroup(f"del-{part.key}", part.title, inside)


# --- what is told of them --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToldPlace:
    """A place that became another, or that somebody remarked on. ``kind`` is a ChangeKind value,
    empty as long as nobody can read the text after. ``led``: numbers of remarks made elsewhere that
    it was changed by. ``is_more``: its remarks go on, its words stand before."""

    anchor: str
    label: str
    kind: str = ""
    pieces: tuple[ComparedPiece, ...] = ()
    remarks: tuple[RemarkLine, ...] = ()
    led: tuple[int, ...] = ()
    is_more: bool = False

    @property
    def is_changed(self) -> bool:
        """Does it say something else than it did?"""
        return self.kind not in {"", ChangeKind.UNCHANGED}

    @property
    def is_unasked(self) -> bool:
        """Was it changed though no remark was made to it or led to it?"""
        return self.is_changed and not self.remarks and not self.led

    @property
    def before(self) -> list[ComparedPiece]:
        """The words of the draft."""
        return comparison.before(self.pieces)

    @property
    def after(self) -> list[ComparedPiece]:
        """The words after."""
        return comparison.after(self.pieces)


@dataclass(frozen=True, slots=True)
class ToldGroup:
    """The places of a group that are told of, and those that are as they were."""

    anchor: str
    title: str
    told: tuple[ToldPlace, ...]
    unchanged: tuple[DraftPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class AfterNumbers:
    """The whole in figures."""

    remarks: int
    changed: int = 0
    new: int = 0
    gone: int = 0
    unasked: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class AfterConsultation:
    """What a consultation changed. ``untouched``: groups of which nothing is told but that they
    are as they were. ``whole``: the remarks to the draft as a whole, as places without words."""

    groups: tuple[ToldGroup, ...]
    untouched: tuple[ToldGroup, ...]
    whole: tuple[ToldPlace, ...]
    numbers: AfterNumbers
    changes: Mapping[int, tuple[ComparedPiece, ...]] = field(default_factory=dict)

    @property
    def listed(self) -> list[ToldPlace]:
        """The places that became others, in order."""
        return [one for group in self.groups for one in group.told if one.is_changed]


@dataclass(frozen=True, slots=True)
class RemarkPlaces:
    """Where a remark was made, and the place that was changed by it (anchors, or empty)."""

    made: str
    changed: str = ""


def after_consultation(
    both: Sides, report: RoundReport, placed: Mapping[str, RemarkPlaces]
) -> AfterConsultation:
    """What is told of each place; ``placed``: by the uid of a remark, where its row stands."""
    labels = both.labels()
    by_label: dict[str, str] = {}
    for anchor, label in labels.items():
        by_label.setdefault(label, anchor)
    made: dict[str, list[RemarkLine]] = defaultdict(list)
    led: dict[str, list[int]] = defaultdict(list)
    for line in sorted(report.remarks(), key=lambda one: one.number):
        row = placed.get(line.uid, RemarkPlaces(""))
        where = row.made if labels.get(row.made) == line.where else by_label.get(line.where, "")
        made[where if line.where else ""].append(line)
        if line.changes and row.changed in labels and row.changed != where:
            led[row.changed].append(line.number)
    groups = tuple(_told_group(group, both, made, led) for group in both.groups)
    shown = tuple(group for group in groups if group.told)
    untouched = tuple(group for group in groups if group.unchanged and not group.told)
    whole = tuple(_in_pieces(ToldPlace("", "", remarks=tuple(made[""])))) if made[""] else ()
    pieces = {one.number: one.pieces for one in report.changes}
    return AfterConsultation(shown, untouched, whole, _numbers(groups, made), pieces)


def _told_group(
    group: PlaceGroup,
    both: Sides,
    made: Mapping[str, list[RemarkLine]],
    led: Mapping[str, list[int]],
) -> ToldGroup:
    told: list[ToldPlace] = []
    unchanged: list[DraftPlace] = []
    for place in group.places:
        remarks, by = tuple(made.get(place.anchor, ())), tuple(led.get(place.anchor, ()))
        one = _told(place, both, remarks, by)
        if one.is_changed or remarks or by:
            told += _in_pieces(one)
        elif place.is_paragraph:
            unchanged.append(place)
    return ToldGroup(group.anchor, group.title, tuple(told), tuple(unchanged))


def _told(
    place: DraftPlace, both: Sides, remarks: tuple[RemarkLine, ...], led: tuple[int, ...]
) -> ToldPlace:
    if both.after is None:
        words = both.before.get(place.anchor, Comparable()).words
        pieces, kind = (ComparedPiece(words),) if words else (), ""
    else:
        found = change(both.before, both.after, place.anchor)
        assert found is not None  # a place is one of either
        pieces, kind = tuple(found.pieces), found.kind
    return ToldPlace(place.anchor, place.label, kind, pieces, remarks, led)


def _in_pieces(one: ToldPlace) -> Iterator[ToldPlace]:
    """A place with more remarks than can be read at once, as several."""
    yield replace(one, remarks=one.remarks[:MOST])
    for begin in range(MOST, len(one.remarks), MOST):
        remarks = one.remarks[begin : begin + MOST]
        yield ToldPlace(one.anchor, one.label, remarks=remarks, is_more=True)


def _numbers(groups: Iterable[ToldGroup], made: Mapping[str, list[RemarkLine]]) -> AfterNumbers:
    told = [one for group in groups for one in group.told if not one.is_more]
    kinds = [one.kind for one in told]
    return AfterNumbers(
        remarks=sum(map(len, made.values())),
        changed=kinds.count(ChangeKind.CHANGED),
        new=kinds.count(ChangeKind.ADDED),
        gone=kinds.count(ChangeKind.DELETED),
        unasked=sum(one.is_unasked for one in told),
        unchanged=sum(len(group.unchanged) for group in groups) + kinds.count(ChangeKind.UNCHANGED),
    )
