"""What happened, as Atom feeds: of the house, of a plan, of a body."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.core.models import Municipality
from kommuneplan.core.site.page_cache import kept_bytes
from kommuneplan.documents.atom import MEDIA_TYPE, render_feed
from plans.exports.downloads import elsewhere
from plans.public.bodies import moved_body

from ..feeds import feed_of
from ..things import Followed, everything, followed_body, followed_plan


@public
@require_safe
def of_all(request: HttpRequest) -> HttpResponseBase:
    """What happened to all plans."""
    return _kept(request, lambda: _bytes(request, everything()))


@public
@require_safe
def of_plan(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What happened to one plan; with its last publication taken back there is no feed."""

    def made() -> bytes | HttpResponseBase:
        thing = followed_plan(slug, at=request.arrived_at)
        return elsewhere(request, slug) if thing is None else _bytes(request, thing)

    return _kept(request, made)


@public
@require_safe
def of_body(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What happened to a body's plans, and what it decided."""

    def made() -> bytes | HttpResponseBase:
        thing = followed_body(slug, at=request.arrived_at)
        if thing is not None:
            return _bytes(request, thing)
        if now := moved_body(slug):
            return redirect("plans:feed-body", now, permanent=True)
        raise Http404

    return _kept(request, made)


def _kept(request: HttpRequest, made: Callable[[], bytes | HttpResponseBase]) -> HttpResponseBase:
    """Made once for as long as nothing that the public is shown has changed."""
    return kept_bytes(request, "feed", made, content_type=f"{MEDIA_TYPE}; charset=utf-8")


def _bytes(request: HttpRequest, thing: Followed) -> bytes:
    feed = feed_of(thing, municipality=Municipality.current(), at=request.arrived_at)
    return render_feed(feed)
