"""Where a plan stands among the others: a tree in fixed columns, and what it replaces. Pure.

Boxes are as high as their words need and are stacked, so none meets another. The SVG is in a
template; the list under it has the same plans with links.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from .text_width import wrap

BOX, GAP = 232, 40  # width of a box and of the space to the next column, pixels
PAD, AIR = 12, 14  # inside a box; between boxes
TITLE, SMALL, LINE = 15, 13, 20


class TreePlan(Protocol):
    """What the figure needs to know of a plan (``plans.public.publications.PublicPlan`` has it)."""

    uid: str
    title: str
    kind: str
    parent_uid: str | None


@dataclass(frozen=True, slots=True)
class PlanBox:
    """A plan: top left corner, height, its words with their baselines."""

    uid: str
    x: int
    y: float
    height: float
    lines: tuple[tuple[float, str], ...]
    here: bool = False
    former: bool = False
    width: int = BOX

    @property
    def text_x(self) -> int:
        """Where the words begin."""
        return self.x + PAD

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Branch:
    """A plan and those under it, as a list inside a list."""

    plan: TreePlan
    here: bool
    children: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Structure:
    """The figure: boxes, lines between them (as SVG paths), size; and the same as branches."""

    boxes: tuple[PlanBox, ...] = ()
    paths: tuple[str, ...] = ()
    arrows: tuple[str, ...] = ()
    width: float = 0
    height: float = 0
    branches: tuple[Branch, ...] = field(default_factory=tuple)

    @property
    def has_others(self) -> bool:
        """Is there more than this plan to show?"""
        return len(self.boxes) > 1


def structure(
    plans: Sequence[TreePlan], here: str, *, before: Sequence[str] = (), after: str = ""
) -> Structure:
    """The figure of a family around the plan with the uid ``here``.

    A plan whose parent is not among ``plans`` (not published) is a top of its own. ``before`` are
    the titles of what this plan replaces, ``after`` the title of what has replaced it.
    """
    known = {plan.uid for plan in plans}
    below: dict[str | None, list[TreePlan]] = {}
    for plan in plans:
        below.setdefault(plan.parent_uid if plan.parent_uid in known else None, []).append(plan)
    branches = tuple(_branch(plan, below, here, frozenset()) for plan in below.get(None, []))
    boxes: list[PlanBox] = []
    paths: list[str] = []
    top = 1.0
    for branch in branches:
        _box, top = _place(branch, 0, top, boxes, paths)
    arrows: list[str] = []
    if before or after:
        top = _line_of_time(boxes, arrows, here, before, after, top + AIR)
    return Structure(
        boxes=tuple(boxes),
        paths=tuple(paths),
        arrows=tuple(arrows),
        width=max((box.x + BOX for box in boxes), default=0) + 2,
        height=top - AIR + 2,
        branches=branches,
    )


def _branch(
    plan: TreePlan, below: dict[str | None, list[TreePlan]], here: str, above: frozenset[str]
) -> Branch:
    above |= {plan.uid}
    children = [child for child in below.get(plan.uid, []) if child.uid not in above]
    return Branch(
        plan, plan.uid == here, tuple(_branch(child, below, here, above) for child in children)
    )


def _place(
    branch: Branch, column: int, top: float, boxes: list[PlanBox], paths: list[str]
) -> tuple[PlanBox, float]:
    """Put a plan beside the first of those under it; the next one goes below both."""
    box = _box(branch.plan.uid, branch.plan.title, column, top, here=branch.here)
    boxes.append(box)
    below = top
    for child in branch.children:
        placed, below = _place(child, column + 1, below, boxes, paths)
        paths.append(_elbow(box, placed))
    return box, max(below, top + box.height + AIR)


def _box(
    uid: str, title: str, column: int, top: float, *, here: bool = False, former: bool = False
) -> PlanBox:
    words = wrap(title, BOX - 2 * PAD, TITLE, strong=here)
    lines = tuple((top + PAD + 15 + LINE * n, line) for n, line in enumerate(words))
    height = 2 * PAD + LINE * max(len(words), 1)
    return PlanBox(uid, 1 + column * (BOX + GAP), top, height, lines, here, former)


def _elbow(parent: PlanBox, child: PlanBox) -> str:
    """From the parent's right side to the child's left, round one corner; same first line."""
    start, end, y = parent.x + BOX, child.x, child.y + PAD + LINE / 2
    out = parent.y + PAD + LINE / 2
    return f"M{start} {out:g}H{start + GAP // 2}V{y:g}H{end}"


def _line_of_time(
    boxes: list[PlanBox],
    arrows: list[str],
    here: str,
    before: Sequence[str],
    after: str,
    top: float,
) -> float:
    """Below the tree: what was before, this plan again, and what came after, with arrows."""
    this = next((box for box in boxes if box.here), None)
    if this is None:
        return top
    title = " ".join(text for _y, text in this.lines)
    column, bottom = 0, top
    former = []
    for text in before:
        box = _box("", text, 0, bottom, former=True)
        former.append(box)
        column, bottom = 1, bottom + box.height + AIR
    again = _box("", title, column, top, here=True)
    boxes += [*former, again]
    arrows += [_elbow(box, again) for box in former]
    if after:
        successor = _box("", after, column + 1, top)
        boxes.append(successor)
        arrows.append(_elbow(again, successor))
        bottom = max(bottom, top + successor.height + AIR)
    return max(bottom, top + again.height + AIR)


def flat(branches: Sequence[Branch]) -> Iterator[Branch]:
    """Every branch, in the order of the list."""
    for branch in branches:
        yield branch
        yield from flat(branch.children)
