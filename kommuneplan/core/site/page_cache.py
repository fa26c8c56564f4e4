"""Pages of the public kept as bytes, compressed once, under a key that names all they show.

A public page joins with one line: ``return kept_page(request, template, lambda: {…})``. It is
rendered without the request, so no person, message or form of theirs can get into it.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from typing import Any

from django.core.cache import BaseCache, cache, caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.http import parse_etags

from kommuneplan.core.models import Municipality

from .public_mark import public_mark

_INDENTATION = re.compile(r"(?<!\s)\s*\n\s*")


_KEPT = 24 * 3600  # seconds; a key never means another page, so this only frees memory
_SEARCHED = 600


def page_bytes(template: str, context: dict[str, Any] | None) -> bytes:
    """A page as bytes, without the indentation of its templates. Raises Http404 when there is
    nothing to show."""
    if context is None:
        raise Http404
    html = render_to_string(template, {**context, "municipality": Municipality.current()})
    return _INDENTATION.sub("\n", html).encode()


def kept_page(
    request: HttpRequest,
    template: str,
    context: Callable[[], dict[str, Any] | HttpResponseBase | None],
    *,
    asked: QueryDict | None = None,
) -> HttpResponseBase:
    """A public page, made once for as long as nothing that the public is shown has changed.

    ``context`` is asked for when the page has to be made: what the template is given, None where
    there is no page (404), or another answer (a redirect, 410), which is not kept. ``asked``: what
    of the query it depends on (see ``asked_for``); the page is told nothing else of the request.
    """

    def render() -> bytes | HttpResponseBase:
        told = context()
        if isinstance(told, HttpResponseBase):
            return told
        return page_bytes(template, None if told is None else {"asked": asked, **told})

    return kept_bytes(request, template, render, asked=asked)


def kept_bytes(
    request: HttpRequest,
    name: str,
    render: Callable[[], bytes | HttpResponseBase],
    *,
    asked: QueryDict | None = None,
    content_type: str = "text/html; charset=utf-8",
) -> HttpResponseBase:
    """As ``kept_page``, for what is no page: data, a feed. ``name`` tells it from what else is at
    the same address."""
    query = asked.urlencode() if asked else ""
    place = hashlib.sha256(f"{name} {request.path}?{query}".encode()).hexdigest()[:16]
    key = f"{place}-{public_mark(at=request.arrived_at)}"  # type: ignore[attr-defined]
    store = caches["searched"] if query else cache
    return kept(request, key, render, content_type=content_type, store=store)


def asked_for(request: HttpRequest, *names: str) -> QueryDict:
    """What of the query a page depends on: the last value under each name that is not blank."""
    found = QueryDict(mutable=True)
    for name in names:
        if value := request.GET.get(name):
            found[name] = value
    return found


def kept(
    request: HttpRequest,
    key: str,
    render: Callable[[], bytes | HttpResponseBase],
    *,
    content_type: str = "text/html; charset=utf-8",
    store: BaseCache = cache,  # type: ignore[assignment]
) -> HttpResponseBase:
    """What is kept under this key: 304 where the reader has it, else from the cache, else made
    now. Another answer that ``render`` gives is given, and not kept."""
    etag = f'W/"{key}"'
    known = request.META.get("HTTP_IF_NONE_MATCH", "").strip()
    if _names(known, etag):
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        body = store.get(f"{key}.gz" if packed else key)
        if body is None:
            body = _made(key, render, packed=packed, store=store)
        if isinstance(body, HttpResponseBase):
            return body
        if known == "*":
            return HttpResponseNotModified(headers={"ETag": etag})
        response = HttpResponse(body, content_type=content_type)
        response["Content-Length"] = str(len(body))
        if packed:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def _made(
    key: str,
    render: Callable[[], bytes | HttpResponseBase],
    *,
    packed: bool,
    store: BaseCache,
) -> bytes | HttpResponseBase:
    """The page made now, and kept as it is and compressed. There is no secret in it that its
    length could give away."""
    plain = render()
    if isinstance(plain, HttpResponseBase):
        return plain
    small = gzip.compress(plain, compresslevel=6, mtime=0)
    seconds = _KEPT if store is cache else _SEARCHED
    store.set(key, plain, seconds)
    store.set(f"{key}.gz", small, seconds)
    return small if packed else plain


def _names(known: str, etag: str) -> bool:
    """Does If-None-Match name the page? Compared weakly: plain or compressed, it is the same."""
    return bool(known) and any(f"W/{tag.removeprefix('W/')}" == etag for tag in parse_etags(known))


def forget_pages() -> None:
    """Forget every page that is kept, in memory that others might read."""
    cache.clear()
    caches["searched"].clear()
