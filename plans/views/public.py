"""The public pages of a plan: as it is published now, and each publication at its own address.

The pages know nobody and are kept, as bytes, under a key that names everything they show
(``plans.pulse``). They are rendered without a request, so that no cookie, nonce or person can get
into them.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.core.models import Municipality

from .. import pages
from ..public import moved_address
from ..pulse import pulse

_INDENTATION = re.compile(r"\s*\n\s*")
_KEPT = 24 * 3600  # seconds; a key never means another page, so this only frees memory


@public
@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A plan as it is published now; an earlier address leads on."""
    beat = pulse(slug, at=request.arrived_at)
    if not beat.is_published:
        return _elsewhere(request, slug)
    return kept(
        request,
        f"plan-{beat.key}",
        lambda: page_bytes("plans/plan.html", pages.plan_page(slug, at=request.arrived_at)),
    )


@public
@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A publication at its lasting address; a withdrawn one says that it is, and why."""
    beat = pulse(slug, at=request.arrived_at)
    if number in beat.withdrawn:
        gone = pages.withdrawn(slug, number, at=request.arrived_at)
        page = {**gone, "slug": slug, "is_published": beat.is_published} if gone else None
        return HttpResponse(page_bytes("plans/withdrawn.html", page), status=410)
    if not beat.is_published:
        return _elsewhere(request, slug, number)
    if number not in beat.open:
        raise Http404
    return kept(
        request,
        f"version-{number}-{beat.key}",
        lambda: page_bytes(
            "plans/version.html", pages.version_page(slug, number, at=request.arrived_at)
        ),
    )


def page_bytes(template: str, context: dict[str, Any] | None) -> bytes:
    """A page as bytes, without the indentation of its templates. Raises Http404 when there is
    nothing to show."""
    if context is None:
        raise Http404
    html = render_to_string(template, {**context, "municipality": Municipality.current()})
    return _INDENTATION.sub("\n", html).encode()


def _elsewhere(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """Lead on from an address a plan once had. Raises Http404 when there never was one."""
    now = moved_address(slug, at=request.arrived_at)
    if now is None:
        raise Http404
    if number is None:
        return redirect("plans:plan", now, permanent=True)
    return redirect("plans:version", now, number, permanent=True)


def kept(request: HttpRequest, key: str, render: Callable[[], bytes]) -> HttpResponseBase:
    """The page under this key: 304 where the reader has it, else from the cache, else made now."""
    etag = f'W/"{key}"'
    if _has(request.META.get("HTTP_IF_NONE_MATCH", ""), etag):
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        body = cache.get(f"{key}.gz" if packed else key)
        if body is None:
            body = _made(key, render, packed=packed)
        response = HttpResponse(body)
        response["Content-Length"] = str(len(body))
        if packed:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def _made(key: str, render: Callable[[], bytes], *, packed: bool) -> bytes:
    """The page made now, and kept as it is and compressed. There is no secret in it that its
    length could give away."""
    plain = render()
    small = gzip.compress(plain, compresslevel=6, mtime=0)
    cache.set(key, plain, _KEPT)
    cache.set(f"{key}.gz", small, _KEPT)
    return small if packed else plain


def _has(known: str, etag: str) -> bool:
    """Does If-None-Match name the page? Compared weakly: plain or compressed, it is the same."""
    if not known:
        return False
    return known.strip() == "*" or any(
        f"W/{tag.removeprefix('W/')}" == etag for tag in parse_etags(known)
    )
