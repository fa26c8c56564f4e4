"""A frozen document as everybody can compute its seal anew, with standard tools. Pure.

Each block that still has its words comes with its salt and its canonical JSON, as one string, so
that nobody has to write JSON as we do: ``digest`` is SHA-256 over the salt, a newline and that
string. A block whose words were hidden has its digest alone; its salt was destroyed with them. The
seal is SHA-256 over the canonical JSON of the seal before it, the facts, and the digests in order.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import plan_document as doc

FORMAT = "kommuneplan-segl-1"


@dataclass(frozen=True, slots=True)
class SealedBlock:
    """One block. ``content`` is its canonical JSON and ``removed_on`` empty, or its words were
    hidden that day and nothing but the digest is left. Without either it is gone."""

    anchor: str
    kind: str
    digest: str
    salt: str = ""
    content: str = ""
    removed_on: str = ""

    @property
    def values(self) -> dict[str, str]:
        """For JSON: what is not there is left out."""
        names = ("anchor", "kind", "digest", "salt", "content", "removed_on")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


@dataclass(frozen=True, slots=True)
class SealedForm:
    """A version as it is sealed. ``previous``: the seal of the version before it in the chain."""

    seal: str
    previous: str
    facts: Mapping[str, object]
    blocks: tuple[SealedBlock, ...]

    def to_json(self, about: Mapping[str, object]) -> str:
        """The whole as canonical JSON; ``about`` says whose it is, and is no part of the seal."""
        return doc.canonical(
            {
                **about,
                "format": FORMAT,
                "seal": self.seal,
                "previous": self.previous,
                "facts": self.facts,
                "blocks": [block.values for block in self.blocks],
            }
        )


class BlockState(enum.StrEnum):
    """What a computation finds of a block."""

    SAME = "same"
    HIDDEN = "hidden"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class SealCheck:
    """What was found: of each block, and of the seal."""

    blocks: Sequence[tuple[SealedBlock, BlockState]]
    computed: str
    seal_fits: bool

    @property
    def changed(self) -> int:
        """How many blocks are not as they were sealed."""
        return sum(state == BlockState.CHANGED for _block, state in self.blocks)

    @property
    def is_whole(self) -> bool:
        """Is everything as it was sealed?"""
        return self.seal_fits and not self.changed


def check(form: SealedForm) -> SealCheck:
    """Compute every digest and the seal anew."""
    digests = [(block.anchor, block.digest) for block in form.blocks]
    computed = doc.version_digest(form.previous, dict(form.facts), digests)
    states = [(block, _state(block)) for block in form.blocks]
    return SealCheck(states, computed, computed == form.seal)


def _state(block: SealedBlock) -> BlockState:
    if block.removed_on:
        return BlockState.HIDDEN
    same = doc.block_digest(block.salt, block.content) == block.digest
    return BlockState.SAME if same else BlockState.CHANGED


def sealed_form(
    document: doc.PlanDocument | None,
    *,
    seal: str,
    previous: str,
    facts: Mapping[str, object],
    rows: Sequence[tuple[str, str, str, str, str]],
) -> SealedForm:
    """The form of a document; ``rows``: anchor, kind, digest, salt and the day its words were
    hidden (or ""), in the order of sealing. A block that the document has and the seal does not
    know stands last, with no digest to fit it; no document at all has none of its blocks."""
    blocks_there = doc.blocks(document) if document else ()
    words = {anchor: (kind, content) for anchor, kind, content in blocks_there}
    blocks = [
        SealedBlock(anchor, kind, digest, removed_on=day)
        if day
        else SealedBlock(anchor, kind, digest, salt, words.get(anchor, ("", ""))[1])
        for anchor, kind, digest, salt, day in rows
    ]
    sealed = {block.anchor for block in blocks}
    more = [
        SealedBlock(anchor, kind, "", content=content)
        for anchor, (kind, content) in words.items()
        if anchor not in sealed
    ]
    return SealedForm(seal, previous, facts, (*blocks, *more))
