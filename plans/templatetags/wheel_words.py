"""The words of the year wheel."""

from __future__ import annotations

from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.timespan.words import DANISH
from plans.year_wheel.entries import kind_word

register = template.Library()


@register.filter
def wheel_month(number: int) -> str:
    """The heading of a month; of 0 what goes over several."""
    return str(capfirst(DANISH.months[number - 1])) if number else _("Over several months")


@register.filter
def short_month(number: int) -> str:
    """ "jan" """
    return DANISH.months[number - 1][:3]


@register.filter
def wheel_word(kind: str) -> str:
    """What one entry of a kind is called."""
    return kind_word(kind)
