"""What would be hidden, before it is: a block, its copies in other versions, and where else the
same personal data stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from kommuneplan.personal import DataKind, Finding, find, normal
from plans.document import plan_document as doc
from plans.document.building import gather, gather_draft
from plans.models import Plan, PlanVersion

Known = dict[str, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class BlockChoice:
    """A block of a version as somebody chooses it. ``within``: the uid of what it stands in."""

    anchor: str
    kind: str
    words: str
    findings: tuple[Finding, ...] = ()
    within: str = ""


@dataclass(frozen=True, slots=True)
class Copies:
    """The blocks of one version that would be hidden, or that hold the same."""

    version: PlanVersion
    blocks: tuple[BlockChoice, ...]


@dataclass(slots=True)
class Look:
    """What hiding some blocks would do. ``hidden``: in which versions; ``elsewhere``: other blocks
    that hold the same number or name and stay; ``live``: what still stands in the draft."""

    hidden: list[Copies] = field(default_factory=list)
    elsewhere: list[Copies] = field(default_factory=list)
    live: list[BlockChoice] = field(default_factory=list)

    @property
    def places(self) -> int:
        """How many blocks would be hidden, in all versions together."""
        return sum(len(one.blocks) for one in self.hidden)

    def beside(self, version: PlanVersion) -> list[str]:
        """The anchors of those blocks of one version that hold the same and stay."""
        return [b.anchor for one in self.elsewhere if one.version == version for b in one.blocks]


def blocks_of(version: PlanVersion) -> list[BlockChoice]:
    """The blocks of a version that still have their words, with what was found in them."""
    document = doc.from_json(version.content)
    return list(_blocks(document, {}, gone=_gone(version)))


def look(version: PlanVersion, anchors: Collection[str]) -> Look:
    """What would be hidden if these blocks of a version were.

    A block goes in every version of the plan in which it says the same, or holds one of the
    findings that stand in it here: a later version that was put right keeps its words.
    """
    chosen = {block.anchor: block for block in blocks_of(version) if block.anchor in anchors}
    found = _gravest(chosen.values())
    result = Look()
    if not chosen:
        return result
    known: Known = {}
    for row in version.plan.versions.order_by("number").prefetch_related("blocks"):
        blocks = list(_blocks(doc.from_json(row.content), known, gone=_gone(row)))
        hide = [b for b in blocks if b.anchor in chosen and _same(b, chosen[b.anchor], found)]
        rest = [b for b in blocks if b not in hide and _holds(b, found)]
        if hide:
            result.hidden.append(Copies(row, tuple(hide)))
        if rest:
            result.elsewhere.append(Copies(row, tuple(rest)))
    for block in _live(version.plan, known):
        twin = chosen.get(block.anchor)
        if (twin and _same(block, twin, found)) or _holds(block, found):
            result.live.append(block)
    return result


def _gone(version: PlanVersion) -> set[str]:
    return {row.anchor for row in version.blocks.all() if row.redacted_at is not None}


def _blocks(
    document: doc.PlanDocument, known: Known, *, gone: Collection[str] = ()
) -> Iterator[BlockChoice]:
    """``known``: what was found in words that have been searched before; versions repeat them."""
    words = {block.anchor: block for block in document.words()}
    for anchor, kind, _content in doc.blocks(document):
        written = words[anchor].written
        if anchor not in gone and written:
            if written not in known:
                known[written] = tuple(find(written))
            yield BlockChoice(anchor, kind, written, known[written], words[anchor].within)


def _gravest(chosen: Iterable[BlockChoice]) -> set[str]:
    """What the copies are known by: the CPR numbers, where there are any, else all findings."""
    findings = [one for block in chosen for one in block.findings]
    numbers = [one for one in findings if one.kind == DataKind.CPR]
    return {_bare(one) for one in numbers or findings}


def _live(plan: Plan, known: Known) -> Iterator[BlockChoice]:
    """The plan as it is now: what would be frozen, and the text with its internal sections."""
    seen = set()
    for document in (gather(plan), gather_draft(plan)[0]):
        for block in _blocks(document, known):
            if block.anchor not in seen:
                seen.add(block.anchor)
                yield block


def _same(block: BlockChoice, chosen: BlockChoice, found: set[str]) -> bool:
    return block.words == chosen.words or _holds(block, found)


def _holds(block: BlockChoice, found: set[str]) -> bool:
    return any(_bare(one) in found for one in block.findings)


def _bare(finding: Finding) -> str:
    """A number or name however it is written: letters and digits alone."""
    return "".join(sign for sign in normal(finding.quote) if sign.isalnum())
