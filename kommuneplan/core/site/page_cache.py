"""Pages of the public kept as bytes, compressed once, under a key that names all they show."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.http import parse_etags

from kommuneplan.core.models import Municipality

_INDENTATION = re.compile(r"(?<!\s)\s*\n\s*")


_KEPT = 24 * 3600  # seconds; a key never means another page, so this only frees memory


def page_bytes(template: str, context: dict[str, Any] | None) -> bytes:
    """A page as bytes, without the indentation of its templates. Raises Http404 when there is
    nothing to show."""
    if context is None:
        raise Http404
    html = render_to_string(template, {**context, "municipality": Municipality.current()})
    return _INDENTATION.sub("\n", html).encode()


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
