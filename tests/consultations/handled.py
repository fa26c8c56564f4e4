"""Responses and remarks for the tests of handling."""

from __future__ import annotations

from typing import Any

from consultations.handling.actions import splitting
from consultations.models import Remark, Response, Round
from kommuneplan import clock
from kommuneplan.core.models import User
from tests.consultations.round_factories import DAY, a_response, a_round, anchors
from tests.factories import secretary

TEXT = "Vi er glade for planen.\n\nBorgerne skal spørges.\nHuset skal ligge centralt."


def a_closed_round(**fields: Any) -> Round:
    """A round whose deadline was yesterday."""
    now = clock.now()
    fields.setdefault("opens", now - 40 * DAY)
    fields.setdefault("closes", now - DAY)
    return a_round(**fields)


def a_long_response(round: Round, **content: Any) -> Response:
    """A response with a text of three paragraphs, an answer and a remark on a paragraph."""
    round.refresh_from_db()  # its counters go on below it
    content.setdefault("text", TEXT)
    content.setdefault("answers", [{"question": "q1", "asked": "Er målene klare?", "words": "Ja."}])
    if "remarks" not in content:
        given = {"uid": "r1", "anchor": anchors(round)[1], "quote": "Vi åbner et værksted."}
        content["remarks"] = [{**given, "words": "Værkstedet skal være åbent om aftenen."}]
    return a_response(round, **content)


def a_remark(round: Round, words: str = "Husk cyklerne.", **fields: Any) -> Remark:
    """A remark of a response of its own, handled as a whole."""
    round.refresh_from_db()
    response = a_response(round, text=words)
    remark = splitting.handle_whole(response=response, seen=1, by=None)
    for name, value in fields.items():
        setattr(remark, name, value)
    if fields:
        remark.save()
    round.refresh_from_db()
    return remark


def handler(round: Round) -> User:
    """The secretary of the body that answers for the plan."""
    return secretary(body=round.plan.body.name)


def room(round: Round, rest: str = "") -> str:
    """An address of handling."""
    return f"/arbejde/planer/{round.plan.slug}/hoeringer/{round.uid}/bemaerkninger/{rest}"


def standing(round: Round) -> list[Remark]:
    """Its remarks by number."""
    return list(round.remarks.filter(retired_at__isnull=True).order_by("number"))
