"""Chapters to begin a text with: headings, and for each target group its facts and one part for
each principle.

Pure. Laid over the sections that are there already: what a plan has is found again, also under
its heading alone, so that a template can be used twice and a principle can come later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.enums import ChapterPart


@dataclass(frozen=True, slots=True)
class TemplateHeading:
    """A chapter with its parts; ``per_group`` stands for the chapters of the target groups."""

    title: object = ""
    parts: tuple[object, ...] = ()
    per_group: bool = False


PER_GROUP = TemplateHeading(per_group=True)
TARGET_GROUPS = "target_groups"

TEMPLATES: Mapping[str, tuple[object, tuple[TemplateHeading, ...]]] = {
    TARGET_GROUPS: (
        gettext_lazy("A chapter for each target group: facts, and a part for each principle"),
        (PER_GROUP,),
    ),
    "strategy": (
        gettext_lazy("Strategy for several target groups"),
        (
            TemplateHeading(
                gettext_lazy("Introduction"),
                (
                    gettext_lazy("Why we make the strategy"),
                    gettext_lazy("The principles we work by"),
                    gettext_lazy("What goes across the target groups"),
                ),
            ),
            PER_GROUP,
            TemplateHeading(gettext_lazy("How we follow up")),
        ),
    ),
    "framework_plan": (
        gettext_lazy("Framework plan"),
        (
            TemplateHeading(gettext_lazy("Introduction")),
            TemplateHeading(gettext_lazy("Where we are today"), (gettext_lazy("Challenges"),)),
            TemplateHeading(
                gettext_lazy("Where we want to go"),
                (gettext_lazy("Political goals"), gettext_lazy("Theory of change")),
            ),
            TemplateHeading(gettext_lazy("Themes and focus areas")),
            TemplateHeading(gettext_lazy("Goals for the effect")),
            TemplateHeading(gettext_lazy("The sub-strategies to come")),
            TemplateHeading(gettext_lazy("Finances")),
            TemplateHeading(gettext_lazy("How we follow up")),
        ),
    ),
    "sub_strategy": (
        gettext_lazy("Sub-strategy"),
        (
            TemplateHeading(gettext_lazy("Purpose, and the place in the framework plan")),
            TemplateHeading(gettext_lazy("Whom it is for")),
            TemplateHeading(gettext_lazy("What we want to achieve")),
            TemplateHeading(
                gettext_lazy("What we do"),
                (gettext_lazy("Activities"), gettext_lazy("Who does what")),
            ),
            TemplateHeading(gettext_lazy("How we see the effect")),
            TemplateHeading(gettext_lazy("Finances")),
        ),
    ),
    "action_plan": (
        gettext_lazy("Action plan"),
        (
            TemplateHeading(gettext_lazy("Purpose")),
            TemplateHeading(gettext_lazy("Activities")),
            TemplateHeading(gettext_lazy("Who does what, and when")),
            TemplateHeading(gettext_lazy("How we follow up")),
        ),
    ),
}


def choices() -> list[tuple[str, str]]:
    """The templates and their names."""
    return [(name, str(title)) for name, (title, _headings) in TEMPLATES.items()]


def is_per_group(name: str) -> bool:
    """Has the template a chapter for each target group?"""
    return any(heading.per_group for heading in TEMPLATES[name][1])


@dataclass(frozen=True, slots=True)
class TemplateSubject:
    """A target group or a principle: its uid and title."""

    uid: str
    title: str


@dataclass(frozen=True, slots=True)
class Present:
    """A section that stands, with its place in the completeness, if it has one."""

    uid: str
    title: str
    under: str = ""
    part: str = ""
    group: str = ""
    principle: str = ""


@dataclass(frozen=True, slots=True)
class TemplateSection:
    """A section that a template asks for. ``under``: the key of the one it stands below.

    ``section``: the uid of the one that is there; with ``ties`` it has the right heading, but
    not yet its place in the completeness.
    """

    key: str
    title: str
    under: str = ""
    part: str = ""
    group: str = ""
    principle: str = ""
    section: str = ""
    ties: bool = False

    @property
    def is_new(self) -> bool:
        """Has to be made."""
        return not self.section

    @property
    def changes(self) -> bool:
        """Has to be made or tied."""
        return self.is_new or self.ties


def wanted(
    name: str, groups: Sequence[TemplateSubject], principles: Sequence[TemplateSubject]
) -> list[TemplateSection]:
    """What a template asks for, in reading order; KeyError for an unknown one."""
    found: list[TemplateSection] = []
    for place, heading in enumerate(TEMPLATES[name][1]):
        if heading.per_group:
            for group in groups:
                found += chapter(group, principles)
            continue
        found.append(TemplateSection(f"h{place}", str(heading.title)))
        found += [
            TemplateSection(f"h{place}.{number}", str(title), f"h{place}")
            for number, title in enumerate(heading.parts)
        ]
    return found


def chapter(group: TemplateSubject, principles: Iterable[TemplateSubject]) -> list[TemplateSection]:
    """A target group's chapter: facts, then each principle in its order."""
    key = f"g-{group.uid}"
    facts = TemplateSection(f"{key}-facts", _("Facts"), key, ChapterPart.FACTS, group.uid)
    return [
        TemplateSection(key, group.title, "", ChapterPart.CHAPTER, group.uid),
        facts,
        *(
            TemplateSection(
                f"{key}-{one.uid}", one.title, key, ChapterPart.PRINCIPLE, group.uid, one.uid
            )
            for one in principles
        ),
    ]


def laid_over(
    asked: Iterable[TemplateSection], present: Sequence[Present]
) -> list[TemplateSection]:
    """What is asked for, with the sections that are there already: by their place in the
    completeness, else by their heading where they would stand. Each is used once."""
    tied = {(one.part, one.group, one.principle): one for one in present if one.part}
    by_heading: dict[tuple[str, str], list[Present]] = {}
    for one in present:
        if not one.part:
            by_heading.setdefault((one.under, _folded(one.title)), []).append(one)
    section_of: dict[str, str] = {"": ""}
    found = []
    for one in asked:
        there = tied.get((one.part, one.group, one.principle)) if one.part else None
        ties = False
        if there is None and one.under in section_of:
            alike = by_heading.get((section_of[one.under], _folded(one.title)), [])
            there = alike.pop(0) if alike else None
            ties = there is not None and bool(one.part)
        if there is not None:
            section_of[one.key] = there.uid
            one = replace(one, section=there.uid, ties=ties)
        found.append(one)
    return found


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()
