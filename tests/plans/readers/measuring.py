"""How well a plan is read, in four figures: found, precise, wrongly dated, of the right kind.

A milestone is *found* when words and window agree with what a Danish reader expects. A window
that agrees with nothing expected is *invented*: the worst fault, counted by itself. What was read
without a date, or may be there or not (``optional``), is neither found nor invented.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from scoring import overlap, window

from plans.readers.files.source import Source
from plans.readers.files.text import from_paste
from plans.readers.files.upload import open_upload
from plans.readers.process_plan.draft import DraftMilestone, DraftPlan

SAME_WORDS = 0.5


def source_of(name: str, data: bytes) -> Source:
    """A document as the reader gets it; plain text without the process that reads files: it has
    tests of its own, and here there are hundreds."""
    if name.endswith(".txt"):
        return from_paste(data.decode(), name)
    return open_upload(name, data)


@dataclass
class Measure:
    """The figures of one plan, or the sum of several; ``faults`` tells them in words."""

    expected: int = 0
    found: int = 0
    read: int = 0
    right: int = 0
    invented: int = 0
    kinds: int = 0
    faults: list[str] = field(default_factory=list)

    def __add__(self, other: Measure) -> Measure:
        return Measure(
            self.expected + other.expected, self.found + other.found, self.read + other.read,
            self.right + other.right, self.invented + other.invented, self.kinds + other.kinds,
            self.faults + other.faults,
        )  # fmt: skip

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else 1.0

    @property
    def kind(self) -> float:
        return self.kinds / self.right if self.right else 1.0

    def __str__(self) -> str:
        return (
            f"found {self.found}/{self.expected} ({self.recall:.1%})"
            f"  precision {self.precision:.1%}  invented {self.invented}  kinds {self.kind:.1%}"
        )


def total(measures: Iterable[Measure]) -> Measure:
    """All of them together."""
    result = Measure()
    for measure in measures:
        result += measure
    return result


def measure(plan: DraftPlan, expected: list[dict[str, Any]]) -> Measure:
    """The figures of one plan."""
    pairs, missing, over = _paired(list(plan.milestones), expected)
    result = Measure(expected=sum(not want.get("optional") for want in expected))
    for got, want in pairs:
        agrees = window(got) in windows(want)
        result.read += 1
        result.right += agrees
        result.found += agrees and not want.get("optional")
        same_kind = want["kind"] == "*" or got.kind in (want["kind"], *want.get("kind_also_ok", []))
        result.kinds += agrees and same_kind
        if not agrees:
            result.invented += got.span is not None
            result.faults.append(f"window: {want['title'][:50]} {window(got)} for {windows(want)}")
        elif not same_kind:
            result.faults.append(f"kind: {want['title'][:60]} {got.kind} for {want['kind']}")
    for got in over:
        result.read += 1
        result.invented += got.span is not None
        result.faults.append(f"over: {got.title[:60]} {window(got)} {got.kind}")
    result.faults += [f"missing: {want['title'][:60]}" for want in missing]
    return result


def windows(want: dict[str, Any]) -> list[tuple[str | None, str | None]]:
    """The window expected, and the others that a Danish reader would accept."""
    others = [other.split("..") if isinstance(other, str) else other
              for other in want.get("also_ok", [])]  # fmt: skip
    return [(want["earliest"], want["latest"]), *((a or None, b or None) for a, b in others)]


Pairs = list[tuple[DraftMilestone, dict[str, Any]]]


def _paired(
    got: list[DraftMilestone], expected: list[dict[str, Any]]
) -> tuple[Pairs, list[dict[str, Any]], list[DraftMilestone]]:
    """The best agreement first: by window and words, then by words alone."""
    scored = sorted(
        ((_score(one, want), -abs(i - j), i, j) for i, one in enumerate(got)
         for j, want in enumerate(expected)), reverse=True,
    )  # fmt: skip
    used: set[int] = set()
    met: set[int] = set()
    pairs: Pairs = []
    for score, _near, i, j in scored:
        if score >= SAME_WORDS and i not in used and j not in met:
            used.add(i)
            met.add(j)
            pairs.append((got[i], expected[j]))
    missing = [w for j, w in enumerate(expected) if j not in met and not w.get("optional")]
    return pairs, missing, [one for i, one in enumerate(got) if i not in used]


def _score(got: DraftMilestone, want: dict[str, Any]) -> float:
    words = max(overlap(got.title, want["title"]),
                overlap(f"{got.who} {got.title}", want["title"]) - 0.1)  # fmt: skip
    return words + (1.0 if words >= SAME_WORDS and window(got) in windows(want) else 0.0)
