"""The page that tells which tables are given out, and what stands in their columns."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.core.models import Municipality
from kommuneplan.documents.tables import as_schema
from kommuneplan.fingerprint import digest

from ..metadata import PageMetadata, breadcrumbs
from ..open_data import absolute, examples, open_table


@public
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Every kind of table there is, with its columns and an example."""
    house = Municipality.current()
    tables = examples(request.arrived_at)
    title = _("Data")
    description = _(
        "Plans, dates, decisions, consultations and responses as tables in JSON and CSV."
    )
    meta = PageMetadata(
        title=f"{title} – {house.name}",
        description=description,
        path="/data/",
        things=[breadcrumbs((title, "/data/"))],
    )
    context: dict[str, Any] = {"tables": tables, "meta": meta, "house": house}
    return render(request, "core/data.html", context)


@public
@require_safe
def schema(request: HttpRequest, key: str) -> HttpResponse:
    """What the JSON of a kind of table looks like, as JSON Schema."""
    one = open_table(key)
    if one is None:
        raise Http404
    body = as_schema(one.table, absolute(request.path))
    etag = quote_etag(digest(body.decode()))
    response = HttpResponse(body, content_type="application/schema+json; charset=utf-8")
    response = get_conditional_response(request, etag, response=response) or response
    response["ETag"] = etag
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, no_cache=True)
    return response
