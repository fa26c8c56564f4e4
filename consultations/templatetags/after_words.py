"""What became of a place after a consultation, in a word."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from consultations.enums import ChangeKind
from consultations.reports.after import ToldPlace
from kommuneplan.core.templatetags.components import badge

register = template.Library()


@register.filter
def became(place: ToldPlace) -> str:
    """ "Ændret", "Ændret uden bemærkning", "Nyt", "Udgået", "Uændret"."""
    words = {
        ChangeKind.CHANGED: (_("Changed"), _("Changed without a remark")),
        ChangeKind.ADDED: (_("Added"), _("Added without a remark")),
        ChangeKind.DELETED: (_("Removed"), _("Removed without a remark")),
        ChangeKind.UNCHANGED: (_("Unchanged"), _("Unchanged")),
    }[ChangeKind(place.kind)]
    return words[place.is_unasked]


@register.filter
def became_badge(place: ToldPlace) -> SafeString:
    """The same in a badge."""
    return badge(became(place), "plain" if place.kind == ChangeKind.UNCHANGED else "draft")
