"""The text of a plan as those see it who write it: every section with its number, internal ones
too; and a section's comments."""

from __future__ import annotations

from dataclasses import dataclass, field

from kommuneplan.core.models import User
from plans.models import Comment, Plan, Section


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A section in the outline. Numbers count all sections; in a publication only public ones."""

    section: Section
    number: str
    depth: int
    can_go_up: bool
    can_go_down: bool
    hidden_above: bool  # stands under an internal section and is therefore not published either

    @property
    def title(self) -> str:
        """Its heading."""
        return self.section.title


def outline(plan: Plan) -> list[OutlineLine]:
    """The sections that stand, in reading order."""
    under: dict[int | None, list[Section]] = {}
    rows = plan.sections.filter(retired_at__isnull=True).order_by("position", "pk")
    for row in rows.defer("text", "blocks"):
        under.setdefault(row.parent_id, []).append(row)
    lines: list[OutlineLine] = []

    def walk(parent: Section | None, prefix: str, hidden: bool) -> None:
        beside = under.get(parent.pk if parent else None, [])
        for place, row in enumerate(beside, start=1):
            row.parent = parent
            number = f"{prefix}{place}"
            last = place == len(beside)
            depth = number.count(".") + 1
            lines.append(OutlineLine(row, number, depth, place > 1, not last, hidden))
            walk(row, f"{number}.", hidden or not row.is_public)

    walk(None, "", False)
    return lines


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers; ``gone`` when the paragraph it is about is no longer there."""

    comment: Comment
    gone: bool
    answers: list[Comment] = field(default_factory=list)


def threads(section: Section) -> list[Thread]:
    """The comments of a section: in the order of the paragraphs, then those about the whole or
    about what is gone; resolved ones last."""
    places = {block.anchor: place for place, block in enumerate(section.anchored_blocks())}
    found: dict[int, Thread] = {}
    for row in section.comments.select_related("author", "resolved_by"):
        if row.answers_id is None:
            gone = bool(row.anchor) and row.anchor not in places
            found[row.pk] = Thread(row, gone)
        elif row.answers_id in found:
            found[row.answers_id].answers.append(row)
    last = len(places)
    return sorted(
        found.values(),
        key=lambda thread: (
            thread.comment.resolved_at is not None,
            places.get(thread.comment.anchor, last),
            thread.comment.pk,
        ),
    )


def open_comments(plan: Plan) -> dict[int, int]:
    """How many comments wait for somebody, by section."""
    rows = Comment.objects.filter(
        section__plan=plan, answers__isnull=True, resolved_at__isnull=True
    ).values_list("section", flat=True)
    counts: dict[int, int] = {}
    for pk in rows:
        counts[pk] = counts.get(pk, 0) + 1
    return counts


def drafts_of(plan: Plan, user: User) -> set[int]:
    """The sections in which the person has words that are not saved."""
    rows = user.section_drafts.filter(section__plan=plan, is_open=True)
    return set(rows.values_list("section", flat=True))
