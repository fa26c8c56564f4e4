"""The words of the versions' room: stages, audiences, what became of a piece of text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.richtext import comparison
from kommuneplan.richtext.comparison import ComparedPiece
from plans.document.parts import kind_of_block
from plans.enums import Audience, Stage
from plans.models import Plan, PlanVersion
from plans.versions.redaction_preview import BlockChoice

register = template.Library()


@register.filter
def stage_word(stage: str) -> str:
    """What a version was frozen for."""
    return str(Stage(stage).label) if stage in Stage.values else stage


@register.filter
def in_sentence(name: str) -> str:
    """The name of a version within a sentence: "version 3", "udgave frosset …"."""
    return name[:1].lower() + name[1:]


@register.filter
def audience_word(audience: str) -> str:
    """To whom a publication is visible."""
    return str(Audience(audience).label)


@register.filter
def marked(pieces: Iterable[ComparedPiece]) -> SafeString:
    """Compared words as HTML: everything in them is escaped (``wording.marked``)."""
    html = comparison.marked(pieces, removed=_("removed"), added=_("added"))
    return mark_safe(html.replace("\n", "<br>"))  # noqa: S308  (escaped when it was marked)


@register.filter
def compare_sides(sides: list[str]) -> list[tuple[str, str, str]]:
    """The two choices of a comparison: name, label, what is chosen."""
    return [("fra", _("From"), sides[0]), ("til", _("To"), sides[1])]


@register.filter
def current(version: PlanVersion, at: dt.datetime) -> bool:
    """Is it what everybody reads at that instant, or soon will?"""
    return any(
        one.audience == Audience.PUBLIC
        and one.withdrawn_at is None
        and (one.superseded_at is None or one.superseded_at > at)
        for one in version.publications.all()
    )


@register.filter
def block_word(kind: str) -> str:
    """What a block of a document is."""
    return capfirst(str(kind_of_block(kind).label))


@register.filter
def with_findings(block: BlockChoice) -> SafeString:
    """The words of a block with what looks like personal data marked; escaped."""
    parts, place = [], 0
    for one in block.findings:
        parts += [escape(block.words[place : one.start]), "<mark>", escape(one.quote), "</mark>"]
        place = one.end
    parts.append(escape(block.words[place:]))
    return mark_safe("".join(parts).replace("\n", "<br>"))  # noqa: S308  (parts are escaped)


@register.simple_tag
def live_address(plan: Plan, block: BlockChoice) -> str:
    """Where a block of the plan as it is now is written."""
    kind = kind_of_block(block.kind)
    named = [block.within or block.anchor] if kind.is_named else []
    return reverse(kind.route, args=[plan.slug, *named])
