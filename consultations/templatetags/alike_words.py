"""Responses and remarks that resemble each other, as small pieces that any page can place."""

from __future__ import annotations

from typing import Any

from django import template

from consultations.alike.laid import alike_responses
from consultations.handling.resembling import resembling
from consultations.models import Remark, Round

register = template.Library()


@register.inclusion_tag("consultations/handling/alike_link.html")
def alike_link(round: Round) -> dict[str, Any]:
    """ "Ens svar: 214 svar i 3 grupper", with a link; nothing where there are none. One query."""
    return {"round": round, "plan": round.plan, "alike": alike_responses(round)}


@register.inclusion_tag("consultations/handling/resembling.html")
def resembling_answers(remark: Remark, round: Round) -> dict[str, Any]:
    """ "Ligner en bemærkning, der er besvaret", for the form of its reply (``use`` copies in);
    nothing where it has a reply. One query. A page with several remarks asks ``offers_of`` once,
    and includes the same template with ``offers``, ``remark`` and the button's name in ``use``."""
    found = resembling(remark)
    return {"offers": found, "remark": remark, "round": round, "plan": round.plan}
