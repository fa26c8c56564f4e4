"""A published version as everybody can compute its seal anew: what is given out, and what the house
itself finds.

The salts of blocks that still have their words are given out, for without them nobody could
compute anything; the words they hide are published anyway. Where words were hidden the salt was
destroyed with them, so that the digest that is left tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, TextField, Value, When
from django.urls import reverse
from django.utils.text import capfirst

from kommuneplan.clock import local_day
from kommuneplan.core.mail.rendering import absolute
from plans.document import plan_document as doc
from plans.document import sealed_form
from plans.document.parts import kind_of_block
from plans.document.sealed_form import SealCheck, SealedForm
from plans.models import Plan, PlanVersion, VersionBlock

SHORTEST = 8  # signs of a seal that tell it from others
_NO_SIGN = re.compile(r"[^0-9a-f]")
_BLOCK = ("anchor", "kind", "digest", "salt", "redacted_at")
_VERSION = ("number", "stage", "schema", "frozen_at", "plan__uid", "public_number", "digest",
            "previous__digest", "previous__public_number", "title")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sealed:
    """All that is read of a version for its seal. ``rows``: of each block, ``_BLOCK``."""

    version: PlanVersion
    content: str
    previous: str
    previous_number: int | None
    rows: Sequence[tuple[Any, ...]]

    @property
    def document(self) -> doc.PlanDocument | None:
        """What it says; None where it was changed so that nobody can read it."""
        try:
            return doc.from_json(self.content)
        except (ValueError, KeyError, TypeError):
            return None

    def form(self, document: doc.PlanDocument | None) -> SealedForm:
        """It, as it is sealed."""
        rows = [
            (anchor, kind, digest, salt, gone and local_day(gone).isoformat())
            for anchor, kind, digest, salt, gone in self.rows
        ]
        return sealed_form.sealed_form(
            document,
            seal=self.version.digest,
            previous=self.previous,
            facts=self.version.seal_facts,
            rows=rows,
        )


def read(slug: str, number: int) -> Sealed | None:
    """A version by its public number, with its blocks: one query. Whether everybody may read it is
    asked before."""
    # The content stands in the row of the first block alone, or it would come with each.
    content = Case(
        When(position=0, then=F("version__content")), default=Value(""), output_field=TextField()
    )
    names = [f"version__{name}" for name in _VERSION]
    rows = list(
        VersionBlock.objects.filter(version__plan__slug=slug, version__public_number=number)
        .order_by("position")
        .values_list(content, *_BLOCK, *names)
    )
    if not rows:
        return None
    facts = dict(zip(_VERSION, rows[0][1 + len(_BLOCK) :], strict=True))
    return Sealed(
        _version(facts),
        rows[0][0],
        facts["previous__digest"] or "",
        facts["previous__public_number"],
        [row[1 : 1 + len(_BLOCK)] for row in rows],
    )


def _version(facts: dict[str, Any]) -> PlanVersion:
    own = {name: value for name, value in facts.items() if "__" not in name}
    return PlanVersion(plan=Plan(uid=facts["plan__uid"]), **own)


def given_out(sealed: Sealed, slug: str, *, opened: frozenset[int]) -> str:
    """The canonical JSON that everybody computes the seal from. ``opened``: the numbers of the
    versions of the plan that can be read, the only ones that are named."""
    number, before = sealed.version.public_number, sealed.previous_number
    about = {
        "title": sealed.version.title,
        "version": number,
        "address": str(absolute(reverse("plans:version", args=[slug, number]))),
        "previous_version": before if before in opened else None,
    }
    return sealed.form(sealed.document).to_json(about)


def cited_seal(words: str) -> str:
    """The signs of a seal in what somebody has put in from a citation, at most a whole one."""
    return _NO_SIGN.sub("", words[:400].lower())[:64]


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """A block on the page: what it is called, its element on the page of the version, and what was
    found of it (a BlockState)."""

    anchor: str
    name: str
    kind: str
    target: str
    state: str


def seal_page(
    sealed: Sealed, slug: str, *, opened: frozenset[int], cited: str = ""
) -> dict[str, Any]:
    """The page on which the seal is checked: by the house, and by whoever reads it. ``cited``: the
    beginning of a seal, as somebody has it, or nothing."""
    document = sealed.document
    checked: SealCheck = sealed_form.check(sealed.form(document))
    names = {block.anchor: block.title for block in document.words()} if document else {}
    names |= {place.anchor: place.label for place in document.cited()} if document else {}
    number, before = sealed.version.public_number, sealed.previous_number
    return {
        "slug": slug,
        "number": number,
        "title": sealed.version.title,
        "seal": sealed.version.digest,
        "previous_number": before if before in opened else None,
        "is_first": not sealed.previous,
        "check": checked,
        "parts": [
            CheckedPart(block.anchor, _name(block, names), *_kind(block), state.value)
            for block, state in checked.blocks
        ],
        "cited": cited,
        "too_short": 0 < len(cited) < SHORTEST,
        "is_cited": sealed.version.digest.startswith(cited),
        "address": absolute(reverse("plans:version-sealed", args=[slug, number])),
        "sealed_path": reverse("plans:version-sealed", args=[slug, number]),
        "before_path": reverse("plans:version-sealed", args=[slug, before])
        if before in opened
        else "",
    }


def _name(block: sealed_form.SealedBlock, names: dict[str, str]) -> str:
    known = "" if block.kind == "head" else names.get(block.anchor, "")
    return known or capfirst(str(kind_of_block(block.kind).label))


def _kind(block: sealed_form.SealedBlock) -> tuple[str, str]:
    kind = kind_of_block(block.kind)
    return capfirst(str(kind.label)), kind.target.format(block.anchor)
