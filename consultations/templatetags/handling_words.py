"""The words of handling: what is proposed, how far a remark is, who said it and where."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.enums import ChangeKind, Proposal
from consultations.handling.draft import Spot
from consultations.models import Remark, Response
from kommuneplan.core.templatetags.components import badge

register = template.Library()

_SHAPES = {
    Proposal.MET: "adopted",
    Proposal.PARTLY: "after_consultation",
    Proposal.NOT_MET: "withdrawn",
    Proposal.NO_CHANGE: "plain",
}


@register.filter
def proposal_badge(value: str) -> SafeString:
    """What is proposed or decided, as a word in a badge; a quiet dash while it is undecided."""
    if not value:
        return format_html('<span class="quiet">{}</span>', _("None yet"))
    return badge(capfirst(str(Proposal(value).label)), _SHAPES[Proposal(value)])


@register.filter
def proposal_word(value: str) -> str:
    """The same as a word alone."""
    return capfirst(str(Proposal(value).label)) if value else _("Undecided")


@register.filter
def progress_badge(remark: Remark) -> SafeString:
    """How far a remark is."""
    if remark.same_as is not None:
        return badge(_("As no. %(number)d") % {"number": remark.same_as.number}, "plain")
    if remark.is_answered:
        return badge(_("Answered"), "adopted")
    return badge(_("Not answered"), "draft")


@register.filter
def sender(response: Response) -> str:
    """Who wrote, as it was received: organisation and name."""
    names = [response.organisation, response.name]
    return ", ".join(dict.fromkeys(name for name in names if name)) or _("Nobody named")


@register.filter
def said_by(remark: Remark) -> str:
    """Who said it: the sender of its response with its number, or the meeting."""
    if remark.meeting is not None:
        return _("Meeting: %(title)s") % {"title": remark.meeting.title}
    response = remark.response
    if response is None:
        return ""
    said = _("Response no. %(number)d, %(sender)s")
    return said % {"number": response.number, "sender": sender(response)}


@register.filter
def spot_of(spots: Mapping[str, Spot], anchor: str) -> str:
    """Where in the draft, in words."""
    if not anchor:
        return _("The whole")
    spot = spots.get(anchor)
    return spot.label if spot else _("A place that is gone")


@register.filter
def became(kind: str) -> str:
    """What became of a paragraph, in a sentence."""
    return {
        ChangeKind.CHANGED: _("The paragraph is changed."),
        ChangeKind.ADDED: _("The paragraph is new."),
        ChangeKind.DELETED: _("The paragraph is deleted."),
        ChangeKind.UNCHANGED: _("The paragraph stands as it was."),
    }.get(kind, "")


@register.filter
def became_shape(kind: str) -> str:
    """The kind of notice it is told in."""
    return "warning" if kind == ChangeKind.UNCHANGED else "info"


@register.filter
def has(found: set[str], value: object) -> bool:
    """Is it one of them?"""
    return str(value) in found
