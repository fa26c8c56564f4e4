"""The text of a plan as it is now, and what earlier imports left of it: gathered once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from plans.enums import DraftState
from plans.models import Comment, Plan, Section, SectionDraft, TextImport
from plans.text.outline import outline

from .matching import PlanSection


@dataclass(frozen=True, slots=True)
class EarlierImports:
    """What the imports of a plan left behind: ``sections`` by uid (the lock version then, a
    digest of what Word said, whether that was taken), ``images`` by digest (address and words)."""

    sections: Mapping[str, Mapping[str, Any]]
    images: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PlanText:
    """A plan's text as a document from Word is laid over it.

    ``sections`` by uid; ``outlined`` in their order; ``as_imported`` what the last import made of
    a section (title and text) by its pk; ``writers`` who has words in it that are not saved, by
    its pk; ``comments`` as (section, text); ``versions`` the lock version of each section.
    """

    plan: Plan
    sections: Mapping[str, Section]
    outlined: tuple[PlanSection, ...]
    earlier: EarlierImports
    as_imported: Mapping[int, tuple[str, str]]
    writers: Mapping[int, list[str]]
    comments: frozenset[tuple[int, str]]
    versions: tuple[tuple[int, int], ...]


def plan_text(plan: Plan) -> PlanText:
    """Read everything an import of the plan compares with."""
    rows = list(plan.sections.order_by("pk"))
    sections = {str(row.uid): row for row in rows if row.retired_at is None}
    earlier = _earlier_imports(plan)
    return PlanText(
        plan=plan,
        sections=sections,
        outlined=tuple(_outlined(plan, sections)),
        earlier=earlier,
        as_imported=_as_imported(sections, earlier),
        writers=_writers(sections.values()),
        comments=_comments(sections.values()),
        versions=tuple((row.pk, row.version) for row in rows),
    )


def _outlined(plan: Plan, sections: Mapping[str, Section]) -> Iterable[PlanSection]:
    for line in outline(plan):
        uid = str(line.section.uid)
        if uid in sections:
            above = str(line.section.parent.uid) if line.section.parent else ""
            yield PlanSection(uid, line.section.title, line.number, above, sections[uid].text)


def _earlier_imports(plan: Plan) -> EarlierImports:
    """Of a section the last that knew it."""
    sections: dict[str, Any] = {}
    images: dict[str, Any] = {}
    rows = TextImport.objects.filter(plan=plan, state=DraftState.APPLIED)
    for outcome in rows.order_by("applied_at", "pk").values_list("outcome", flat=True):
        sections |= outcome.get("sections", {})
        images |= outcome.get("images", {})
    return EarlierImports(sections, images)


def _as_imported(
    sections: Mapping[str, Section], earlier: EarlierImports
) -> dict[int, tuple[str, str]]:
    """Each section as the last import left it, from its history, in one question."""
    wanted = Q(pk__in=[])
    for uid, section in sections.items():
        if last := earlier.sections.get(uid):
            wanted |= Q(id=section.pk, version=last["version"])
    rows = Section.history.filter(wanted).values_list("id", "title", "text")
    return {pk: (title, text) for pk, title, text in rows}


def _writers(sections: Iterable[Section]) -> dict[int, list[str]]:
    drafts = SectionDraft.objects.filter(section__in=sections, is_open=True)
    found: dict[int, list[str]] = {}
    for pk, name in drafts.values_list("section", "user__name").order_by("user__name"):
        found.setdefault(pk, []).append(name)
    return found


def _comments(sections: Iterable[Section]) -> frozenset[tuple[int, str]]:
    rows = Comment.objects.filter(section__in=sections)
    return frozenset(rows.values_list("section", "text"))
