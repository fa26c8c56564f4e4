"""What happened, as Atom feeds: of the house, of a plan, of a body."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.core.models import Municipality
from kommuneplan.core.site.page_cache import kept
from kommuneplan.documents.atom import MEDIA_TYPE, render_feed
from plans.exports.downloads import elsewhere
from plans.public.bodies import moved_body

from ..feeds import feed_of
from ..things import Followed, everything, followed_body, followed_plan


@public
@require_safe
def of_all(request: HttpRequest) -> HttpResponseBase:
    """What happened to all plans."""
    return _answer(request, everything())


@public
@require_safe
def of_plan(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What happened to one plan; with its last publication taken back there is no feed."""
    thing = followed_plan(slug, at=request.arrived_at)
    return elsewhere(request, slug) if thing is None else _answer(request, thing)


@public
@require_safe
def of_body(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What happened to a body's plans, and what it decided."""
    thing = followed_body(slug, at=request.arrived_at)
    if thing is not None:
        return _answer(request, thing)
    if now := moved_body(slug):
        return redirect("plans:feed-body", now, permanent=True)
    raise Http404


def _answer(request: HttpRequest, thing: Followed) -> HttpResponseBase:
    """The feed as it is now; 304 where the reader has just that."""
    feed = feed_of(thing, municipality=Municipality.current(), at=request.arrived_at)
    body = render_feed(feed)
    digest = hashlib.sha256(body).hexdigest()[:32]
    response = kept(request, f"feed-{digest}", lambda: body)
    if response.status_code == 200:
        response["Content-Type"] = f"{MEDIA_TYPE}; charset=utf-8"
        response["X-Content-Type-Options"] = "nosniff"
    return response
