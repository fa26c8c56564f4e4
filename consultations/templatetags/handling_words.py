"""The words of handling: what is proposed, how far a remark is, who said it and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.enums import ChangeKind, Proposal
from consultations.handling.draft import Spot
from consultations.handling.many_changes import ChosenPart, Left, LeftBecause, ManyOutcome, Used
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


@register.filter
def used_words(one: Used, outcome: ManyOutcome) -> str:
    """What is done to which remarks, in a sentence."""
    said = {
        ChosenPart.THEME: _("%(numbers)s: the theme is set."),
        ChosenPart.ASSIGNEE: _("%(numbers)s: it is set who handles it."),
        ChosenPart.ANSWER: _(
            "%(numbers)s: what you chose as proposal or standard answer is put in."
        ),
        ChosenPart.DECISION: _("%(numbers)s: the committee’s decision is recorded."),
        ChosenPart.TOGETHER: _(
            "%(numbers)s: answered together with no. %(head)d. Every sender counts."
        ),
    }[one.part]
    return said % {"numbers": _numbers(one.numbers), "head": outcome.head or 0}


@register.filter
def left_words(one: Left, outcome: ManyOutcome) -> str:
    """What is left out for which remarks, and why, in a sentence."""
    is_answer = one.part == ChosenPart.ANSWER
    said = {
        LeftBecause.HAS_ANSWER: _(
            "%(numbers)s: the proposal and the standard answer are not put in, because the remark "
            "has a reply or a proposal already. It keeps that."
        ),
        LeftBecause.HAS_DECISION: _(
            "%(numbers)s: the decision is not recorded, because the remark has one already. It "
            "keeps that."
        ),
        LeftBecause.FOLLOWS: _(
            "%(numbers)s: the proposal and the standard answer are not put in, because the remark "
            "is answered together with another, whose reply holds for it."
        )
        if is_answer
        else _(
            "%(numbers)s: the decision is not recorded, because the remark is answered together "
            "with another, whose decision holds for it."
        ),
        LeftBecause.HEAD_UNMARKED: _(
            "No. %(head)d answers for the marked ones, but is not marked itself. The proposal and "
            "the standard answer are not put in there."
        )
        if is_answer
        else _(
            "No. %(head)d answers for the marked ones, but is not marked itself. The decision is "
            "not recorded there."
        ),
        LeftBecause.NO_LONGER_SHOWN: _(
            "%(numbers)s: the remark has a reply, a proposal or a decision of its own. That stays "
            "kept, but does not count as long as it is answered together with no. %(head)d."
        ),
    }[one.because]
    return said % {"numbers": _numbers(one.numbers), "head": outcome.head or 0}


def _numbers(numbers: Sequence[int]) -> str:
    """ "No. 2, 5 and 9"."""
    *first, last = map(str, numbers)
    if not first:
        return _("No. %(number)s") % {"number": last}
    listed = {"first": ", ".join(first), "last": last}
    return _("No. %(first)s and %(last)s") % listed
