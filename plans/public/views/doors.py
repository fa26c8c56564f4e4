"""The door of every page that belongs to versions of a plan: open, moved, taken back, or never
there."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from ..fingerprint import Pulse, pulse
from ..gone import gone
from ..publications import moved_address


class LedOn(Exception):
    """The page is not here; ``answer`` leads on, or says that it was taken back."""

    def __init__(self, answer: HttpResponseBase) -> None:
        super().__init__()
        self.answer = answer


def versions_door(request: HttpRequest, slug: str, **numbers: int) -> Pulse:
    """The pulse of a plan of which versions with these numbers can be read now; ``numbers`` by
    their names in the address. Raises LedOn where something is elsewhere or was taken back, Http404
    where there never was anything."""
    beat = pulse(slug, at=request.arrived_at)
    now = {name: beat.former.get(one, one) for name, one in numbers.items()}
    for one in now.values():
        if one in beat.withdrawn or not beat.is_published:
            _taken_back(request, slug, one)
    if not beat.is_published:
        if not numbers:
            _taken_back(request, slug, None)
        _moved(request, slug)
    if now != numbers:
        raise LedOn(_to(request, {**numbers, **now, "slug": slug}))
    if not set(now.values()) <= beat.open:
        raise Http404
    return beat


def _taken_back(request: HttpRequest, slug: str, number: int | None) -> None:
    answer = gone(slug, number, at=request.arrived_at)
    if answer is not None:
        raise LedOn(answer)


def _moved(request: HttpRequest, slug: str) -> None:
    elsewhere = moved_address(slug, at=request.arrived_at)
    if elsewhere is None:
        raise Http404
    raise LedOn(_to(request, {"slug": elsewhere}))


def _to(request: HttpRequest, values: Mapping[str, object]) -> HttpResponseBase:
    here = request.resolver_match
    address = reverse(here.view_name, kwargs={**here.kwargs, **values})
    query = request.META.get("QUERY_STRING")
    return redirect(f"{address}?{query}" if query else address, permanent=True)
