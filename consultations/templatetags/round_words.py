"""The words of rounds in the workspace: badges, deadlines, what happened."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.safestring import SafeString

from consultations.enums import EventKind, PartyState, RoundState
from consultations.parties.letters import moment_words
from kommuneplan.core.templatetags.components import badge

register = template.Library()

_SHAPES = {
    RoundState.PREPARED: "draft",
    RoundState.COMING: "before_bodies",
    RoundState.OPEN: "in_consultation",
    RoundState.CLOSED: "after_consultation",
    RoundState.WITHDRAWN: "withdrawn",
}
_PARTY_SHAPES = {
    PartyState.LISTED: "draft",
    PartyState.INVITED: "before_bodies",
    PartyState.OPENED: "before_bodies",
    PartyState.ANSWERING: "in_consultation",
    PartyState.ANSWERED: "adopted",
    PartyState.NO_REMARKS: "adopted",
    PartyState.LATE: "after_consultation",
    PartyState.SILENT: "expired",
}


@register.filter
def round_badge(state: str) -> SafeString:
    """The badge of a RoundState."""
    return badge(str(RoundState(state).label), _SHAPES[RoundState(state)])


@register.filter
def party_badge(state: str) -> SafeString:
    """The badge of a PartyState."""
    return badge(str(PartyState(state).label), _PARTY_SHAPES[PartyState(state)])


@register.filter
def party_word(state: str) -> str:
    """The word of a PartyState."""
    return str(PartyState(state).label)


@register.filter
def deadline(closes_at: dt.datetime | None) -> str:
    """A deadline in words: the last day, with the hour where it is not the end of the day."""
    return moment_words(closes_at)


@register.filter
def event_word(kind: str) -> str:
    """What happened to a round, in a word or two."""
    return str(EventKind(kind).label)
