"""The page of the workbench: what it loads, and what it shows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from consultations.enums import Ground
from consultations.handling.access import round_alone
from consultations.handling.actions.reading import note_reading
from consultations.handling.draft import Draft
from consultations.handling.fields import in_plain, proposals
from consultations.models import Round
from consultations.permissions import PUBLISH_RESPONSES
from kommuneplan.core.site.context import municipality_of
from kommuneplan.richtext.looks import shown

from ..bench import Bench, bench_of
from ..forms import RemarkReplyForm, replies
from ..keys import Keys, kept_keys
from ..queue import Queue, Waits, first_words

ON_TOP = 6  # standard answers that lie on top; the others are folded
# Grounds on which marked words are taken out by one press; another reason is explained, on the
# page of the response.
GROUNDS = [one for one in Ground if one != Ground.OTHER]


def queue_of(request: HttpRequest, slug: str, uid: UUID) -> Queue:
    """The queue that is asked for, for those who handle the responses of the round (404, 403)."""
    round = round_alone(request, slug, uid, kept_keys=kept_keys(request.user))
    return Queue(round, Waits.asked(request.GET.get("koe", "")))


def bench_to(request: HttpRequest, slug: str, uid: UUID, number: int) -> Bench:
    """The workbench with a response of the round on it (404)."""
    queue, house = queue_of(request, slug, uid), municipality_of(request)
    return bench_of(queue, number, house=house, user=request.user, at=request.arrived_at)


def address_of(queue: Queue, number: int | None = None) -> str:
    """The workbench, or a response on it, in the same queue."""
    args: list[Any] = [queue.round.plan.slug, queue.round.uid]
    name = "workbench" if number is None else "workbench-response"
    home = reverse(f"consultations:{name}", args=args if number is None else [*args, number])
    return f"{home}?koe={queue.waits}" if queue.waits else home


def to_response(queue: Queue, number: int) -> HttpResponse:
    """On to a response; the keyboard goes on from there."""
    return redirect(f"{address_of(queue, number)}#svar")


def around(request: HttpRequest, round: Round) -> dict[str, Any]:
    """What stands around both pages. That somebody reads here what people wrote is noted once a
    day, as on every page of handling."""
    if not round.count_reads:
        note_reading(round=round, by=request.user, at=request.arrived_at)
    return {
        "plan": round.plan,
        "round": round,
        "may_publish": request.user.has_perm(PUBLISH_RESPONSES, round),
        "home": reverse("consultations:workbench", args=[round.plan.slug, round.uid]),
    }


def bench_page(
    request: HttpRequest,
    bench: Bench,
    *,
    forms: list[RemarkReplyForm] | None = None,
    theirs: dict[int, Any] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """A response on the workbench. ``forms``: as they were sent; ``theirs``: what somebody else
    has stored of a remark meanwhile, by its number."""
    shows = bench.response.opened or bool(forms)  # what was typed comes back, however long it took
    context = around(request, bench.round) | {
        "bench": bench,
        "response": bench.response,
        "state": bench.state,
        "queue": _lines(bench.page.rows),
        "page": bench.page,
        "waiting": _waiting(bench.queue),
        "waits": bench.queue.waits,
        "action": address_of(bench.queue, bench.response.number),
        "shown_as": bench.state.label,
        "cards": _cards(bench, forms or replies(bench), theirs or {}) if shows else [],
        "answers": bench.choices.of("answer")[:ON_TOP] if shows else [],
        "more_answers": bench.choices.of("answer")[ON_TOP:] if shows else [],
        "copied": _copied(bench) if shows else {},
        "keys": Keys.read(bench.round.kept_keys).for_script,
        "themes": bench.choices.of("theme") if shows else [],
        "people": bench.choices.of("person") if shows else [],
        "proposals": proposals(),
        "grounds": GROUNDS,
        **more,
    }
    page = "consultations/workbench/response.html"
    return render(request, page, context, status=status)


def queue_page(request: HttpRequest, queue: Queue, number: int, **more: Any) -> HttpResponse:
    """The queue alone, with nothing on the workbench yet."""
    page = queue.page(number, user=request.user, at=request.arrived_at)
    context = around(request, queue.round) | {
        "queue": _lines(page.rows),
        "page": page,
        "waiting": _waiting(queue),
        "waits": queue.waits,
        "action": address_of(queue),
        **more,
    }
    return render(request, "consultations/workbench/queue_page.html", context)


def _lines(rows: list[Any]) -> list[tuple[Any, str]]:
    return [(row, first_words(row)) for row in rows]


def _waiting(queue: Queue) -> list[tuple[Waits, int, str]]:
    """Each queue with how many wait in it, and its address."""
    return [(one, queue.counts[one], address_of(Queue(queue.round, one))) for one in Waits]


def _copied(bench: Bench) -> dict[str, dict[str, str]]:
    """The standard answers as the script copies them in."""
    return {
        str(one.uid): {"reply": in_plain(one.reply), "proposal": one.proposal}
        for one in bench.choices.of("answer")
    }


def _cards(
    bench: Bench, forms: list[RemarkReplyForm], theirs: dict[int, Any]
) -> list[dict[str, Any]]:
    """Each remark with its form and the places it can be about."""
    draft = bench.draft
    spots = [(one.anchor, one.label) for one in draft.spots.values()]
    new = [(one.anchor, one.label) for one in draft.new_spots]
    places = {"anchor": _options(spots), "wanted_anchor": _options([*spots, *new])}
    cards = []
    for form in forms:
        remark = form.remark
        values = {name: str(form[name].value() or "") for name in places if name in form.fields}
        cards.append(
            {
                "form": form,
                "remark": remark,
                "theirs": theirs.get(remark.number),
                "places": {name: _chosen(places[name], one) for name, one in values.items()},
                **live_at(draft, values.get("wanted_anchor") or remark.anchor),
            }
        )
    return cards


def live_at(draft: Draft, anchor: str) -> dict[str, Any]:
    """What the text of the plan says now at a place of the draft; nothing where it is gone."""
    found = draft.live.get(anchor)
    return {
        "spot": draft.places.get(anchor),
        "live": shown(found, found)[0] if found is not None else "",
        "change": draft.change_of(anchor),
    }


def _options(spots: list[tuple[str, str]]) -> SafeString:
    """The places once for all remarks: a long plan has hundreds."""
    return format_html_join("", '<option value="{}">{}</option>', spots)


def _chosen(options: SafeString, value: str) -> SafeString:
    """The same with one of them chosen. Anchors hold nothing that has to be escaped."""
    one = f'<option value="{value}"'
    return SafeString(options.replace(one, f"{one} selected", 1)) if value else options
