"""The words of the workbench: what responses wait for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext as _

from consultations.handling.remarks import HandlingChoice
from consultations.review.publication_blockers import Hindrance
from consultations.workbench.queue import Waits

register = template.Library()


@register.filter
def waits_words(waits: Waits) -> str:
    """What a queue is called."""
    return {
        Waits.ANYTHING: _("All that wait"),
        Waits.REVIEW: _("To be looked through"),
        Waits.SPLIT: _("To be divided"),
        Waits.ANSWER: _("Without a reply"),
        Waits.NOTHING: _("Finished"),
    }[waits]


@register.filter
def none_words(waits: Waits) -> str:
    """What is said of a queue in which there is nothing."""
    return {
        Waits.ANYTHING: _("No response waits. New ones come here by themselves."),
        Waits.REVIEW: _("All responses are looked through."),
        Waits.SPLIT: _("All responses are divided into remarks."),
        Waits.ANSWER: _("All remarks have a reply and a proposal."),
        Waits.NOTHING: _("No response is finished yet."),
    }[waits]


@register.filter
def other_hindrances(hindrances: Iterable[str]) -> list[str]:
    """Those that are not decided at the places that were found."""
    return [one for one in hindrances if one != Hindrance.FINDINGS]


@register.filter
def as_json(value: Any) -> str:
    """A value as a script reads it from an attribute."""
    return json.dumps(value)


@register.filter
def with_kept(rows: Iterable[HandlingChoice], kept: Any) -> list[HandlingChoice]:
    """The choices, and what is chosen already where it is none of them any more."""
    found = list(rows)
    if kept is not None and all(one.pk != kept.pk for one in found):
        found.append(HandlingChoice("", kept.pk, kept.uid, str(kept)))
    return found


@register.filter
def is_chosen(one: HandlingChoice, value: Any) -> bool:
    """Is it the one that a form holds?"""
    return str(one.uid) == str(value or "")
