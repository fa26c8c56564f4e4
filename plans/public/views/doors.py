"""The door of every page that belongs to versions of a plan: open, moved, taken back, or never
there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from ..gone import gone
from ..plan_page import public_versions
from ..publications import moved_address, number_now

Versions = list[dict[str, Any]]


def with_versions(
    request: HttpRequest, slug: str, render: Callable[[Versions], Any], **numbers: int
) -> Any:
    """What ``render`` makes of the versions of a plan that can be read, where those with these
    ``numbers`` (by their names in the address) are among them; else the answer that leads on, or
    says that one was taken back. Raises Http404 where there never was anything."""
    at = request.arrived_at
    versions = public_versions(slug, at=at)
    there = {version["number"] for version in versions}
    missing = {name: number for name, number in numbers.items() if number not in there}
    if versions and not missing:
        return render(versions)
    return _elsewhere(request, slug, missing, at)


def _elsewhere(
    request: HttpRequest, slug: str, missing: Mapping[str, int], at: dt.datetime
) -> HttpResponseBase:
    now = {name: number_now(slug, number, at=at) for name, number in missing.items()}
    if now and all(now.values()):
        return _to(request, {**now})
    for number in list(missing.values()) or [None]:
        taken_back = gone(slug, number, at=at)
        if taken_back is not None:
            return taken_back
    moved = moved_address(slug, at=at)
    if moved is None:
        raise Http404
    return _to(request, {"slug": moved})


def _to(request: HttpRequest, values: Mapping[str, object]) -> HttpResponseBase:
    here = request.resolver_match
    assert here is not None  # there is a view
    address = reverse(here.view_name, kwargs={**here.kwargs, **values})
    query = request.META.get("QUERY_STRING")
    return redirect(f"{address}?{query}" if query else address, permanent=True)
