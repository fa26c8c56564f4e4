"""What search engines are told: where they may look, and which pages there are."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.fingerprint import digest

from ..open_data import absolute
from ..sitemap import MOST, as_index, as_pages, entries

# What no search engine shall open: rooms for which one signs in, and addresses that are a secret
# of whoever has them. Pages that may be opened and not be found say so themselves (noindex).
_CLOSED = (
    *("/arbejde/", "/konto/", "/admin/", "/healthz"),
    *("/hoeringer/kladde/", "/hoeringer/invitation/", "/hoeringer/kvittering/"),
)


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where search engines may look."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _CLOSED), ""]
    lines.append(f"Sitemap: {absolute('/sitemap.xml')}")
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=3600)
    return response


@public
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The pages that everybody may find; where they are too many for one file, the files."""
    found = entries(request.arrived_at)
    if len(found) <= MOST:
        return _xml(request, as_pages(found))
    files = range(1, -(-len(found) // MOST) + 1)
    return _xml(request, as_index(f"/sitemap-{number}.xml" for number in files))


@public
@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """One of the files; the first is there also where it is the only one."""
    found = entries(request.arrived_at)[(number - 1) * MOST : number * MOST] if number else []
    if not found:
        raise Http404
    return _xml(request, as_pages(found))


def _xml(request: HttpRequest, document: str) -> HttpResponse:
    etag = quote_etag(digest(document))
    response = HttpResponse(document, content_type="application/xml; charset=utf-8")
    response = get_conditional_response(request, etag, response=response) or response
    response["ETag"] = etag
    patch_cache_control(response, public=True, no_cache=True)
    return response
