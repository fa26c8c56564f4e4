"""Words of the pages on which one answers."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.enums import RoundState
from consultations.parties.letters import moment_words
from kommuneplan.clock import COPENHAGEN
from kommuneplan.core.templatetags.components import badge
from kommuneplan.timespan.phrase import day_words

register = template.Library()

_SHAPES = {
    RoundState.PREPARED: "draft",
    RoundState.COMING: "draft",
    RoundState.OPEN: "in_consultation",
    RoundState.CLOSED: "after_consultation",
    RoundState.WITHDRAWN: "withdrawn",
}


@register.filter
def round_badge(state: str) -> SafeString:
    """The state of a round: a word with a shape."""
    return badge(str(RoundState(state).label), _SHAPES[RoundState(state)])


@register.filter
def deadline(closes_at: dt.datetime | None) -> str:
    """A deadline in words: "til og med 4. maj 2027", or the day with the hour where it is not the
    end of a day."""
    words = moment_words(closes_at)
    if closes_at is None:
        return ""
    local = closes_at.astimezone(COPENHAGEN)
    if (local.hour, local.minute) == (0, 0):
        return _("up to and including %(day)s") % {"day": words}
    return words


@register.filter
def moment(at: dt.datetime | None) -> str:
    """An instant in words, to the second: "4. maj 2027 kl. 23.59.58"."""
    if at is None:
        return ""
    local = at.astimezone(COPENHAGEN)
    return _("%(day)s at %(hour)s") % {
        "day": day_words(local.date()),
        "hour": date_format(local, "H.i.s"),
    }


@register.filter
def hour(at: dt.datetime) -> str:
    """The whole hour before an instant: "4. maj 2027 kl. 23". What goes about every hour is not
    promised for a minute more."""
    local = at.astimezone(COPENHAGEN)
    words = {"day": day_words(local.date()), "hour": f"{local.hour}"}
    return _("%(day)s at %(hour)s") % words


@register.filter
def days(term: dt.timedelta) -> str:
    """ "7 dage"."""
    return ngettext("%(n)s day", "%(n)s days", term.days) % {"n": term.days}


@register.filter
def hours(term: dt.timedelta) -> str:
    """ "48 timer"."""
    number = round(term / dt.timedelta(hours=1))
    return ngettext("%(n)s hour", "%(n)s hours", number) % {"n": number}


@register.filter
def clock_time(at: dt.datetime | None) -> str:
    """The time of day: "12.03"."""
    return date_format(at.astimezone(COPENHAGEN), "H.i") if at else ""


@register.filter
def file_size(size: int) -> str:
    """ "120 kB" or "1,2 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
