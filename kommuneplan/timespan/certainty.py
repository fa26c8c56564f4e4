"""How sure one can be of a date: what its pattern in a drawing tells to eyes, told to everybody.

The drawing's shapes (``plans/timeline/marks.py``), its key and the quiet words beside a date all
follow from this one classification, so that they cannot tell two things.
"""

from __future__ import annotations

import enum

from .span import Modifier, Precision, TimeSpan
from .words import DANISH


class DateCertainty(enum.StrEnum):
    """What is known of when something happens."""

    DAY = "day"  # on that day
    ABOUT = "about"  # about that day
    WHOLE = "whole"  # goes on from the first day to the last
    ENDS = "ends"  # goes on, but the days of its begin or end are not known
    WITHIN = "within"  # some time within
    BY = "by"  # at the latest
    FROM = "from"  # from then on


_MODIFIERS = {
    DateCertainty.ABOUT: Modifier.APPROX,
    DateCertainty.BY: Modifier.BY,
    DateCertainty.FROM: Modifier.FROM,
}


def certainty(span: TimeSpan, *, lasts: bool) -> DateCertainty:
    """What is known; ``lasts``: it is something that goes on from day to day, as a consultation
    does, so "i maj" means all of May."""
    first, last = span.earliest_begin or span.latest_begin, span.latest_end or span.earliest_end
    if first is None or (span.modifier is Modifier.BY and span.earliest_begin is None):
        return DateCertainty.BY
    if last is None or span.latest_end is None:
        return DateCertainty.FROM
    if first == last:
        return DateCertainty.ABOUT if span.modifier is Modifier.APPROX else DateCertainty.DAY
    if span.is_exact:
        return DateCertainty.WHOLE
    whole = lasts and span.precision is not Precision.RANGE  # "maj–august": throughout both months
    if (span.latest_begin or first) < (span.earliest_end or last) and not whole:
        return DateCertainty.ENDS
    return (
        DateCertainty.WHOLE
        if lasts and span.modifier is not Modifier.APPROX
        else DateCertainty.WITHIN
    )


def certainty_words(known: DateCertainty) -> str:
    """The same in a few words, "hele perioden"; nothing of a day, which says it itself."""
    return DANISH.certainty.get(known.value, "")


def modifier_of(known: DateCertainty) -> Modifier:
    """What the words of the date say where they tell this themselves: "senest 1. maj"."""
    return _MODIFIERS.get(known, Modifier.NONE)
