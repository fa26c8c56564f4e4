"""The one door of the search: a text read as it is meant, every pattern, and no place twice."""

from __future__ import annotations

import bisect
from collections.abc import Iterable

from .contact import find_mail, find_phone
from .cpr import Hit, find_cpr
from .letters import read
from .names import find_known, find_names
from .places import find_address
from .values import Certainty, DataKind, Finding, SenderData

_SURER = {certainty: rank for rank, certainty in enumerate(Certainty)}
_FIRST = {kind: rank for rank, kind in enumerate(DataKind)}


def find(text: str, *, known: SenderData | None = None) -> list[Finding]:
    """What looks like personal data in a text, in its order; no two findings overlap.

    ``known``: what the sender has given about themselves. Health is not searched for: no list of
    words could tell it.
    """
    reading = read(text)
    seen = reading.text
    hits = [
        *find_cpr(seen), *find_mail(seen), *find_phone(seen), *find_address(seen),
        *find_names(seen), *(find_known(seen, _as_searched(known)) if known else ()),
    ]  # fmt: skip
    findings = []
    for kind, first, last, certainty, why in _without_overlaps(hits):
        start, end = reading.span(first, last)
        findings.append(Finding(kind, start, end, text[start:end], certainty, why))
    return findings


def _as_searched(known: SenderData) -> SenderData:
    """What is known of the sender in the letters in which texts are searched."""
    given = known.to_json().items()
    return SenderData(**{name: tuple(read(one).text for one in values) for name, values in given})


def _without_overlaps(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits that overlap the graver kind, then the surer, then the longer one."""
    ordered = sorted(
        hits, key=lambda hit: (_FIRST[hit[0]], _SURER[hit[3]], hit[1] - hit[2], hit[1])
    )
    starts: list[int] = []
    kept: list[Hit] = []
    for hit in ordered:
        place = bisect.bisect_left(starts, hit[1])
        before = kept[place - 1] if place else None
        after = kept[place] if place < len(kept) else None
        if (before and before[2] > hit[1]) or (after and after[1] < hit[2]):
            continue
        starts.insert(place, hit[1])
        kept.insert(place, hit)
    return kept
