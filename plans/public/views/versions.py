"""What belongs to published versions: their seals, and any two of them side by side.

Kept as bytes like the versions themselves (``plan.py``). The key of a seal's page also names every
letter that the seal was computed from, so that a change behind the program's back is seen at once.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.core.site.page_cache import kept, page_bytes

from .. import compared as comparing
from .. import sealed as seals
from .doors import LedOn, versions_door


@public
@require_safe
def seal(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The seal of a version, computed anew by the house and, with a script, by the browser."""
    try:
        beat = versions_door(request, slug, number=number)
    except LedOn as elsewhere:
        return elsewhere.answer
    sealed = _sealed(slug, number)

    def page(cited: str = "", asked: bool = False) -> bytes:
        context = seals.seal_page(sealed, slug, opened=beat.open, cited=cited)
        return page_bytes("plans/public/seal.html", {**context, "asked": asked})

    if "segl" in request.GET:  # anybody can ask for any; none of them is kept
        answer = HttpResponse(page(seals.cited_seal(request.GET["segl"]), asked=True))
        answer["Cache-Control"] = "no-store"
        return answer
    return kept(request, f"seal-{number}-{beat.key}-{sealed.key}", page)


@public
@require_safe
def sealed_form(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """What the seal of a version is computed from, as JSON, for everybody."""
    try:
        beat = versions_door(request, slug, number=number)
    except LedOn as elsewhere:
        return elsewhere.answer
    sealed = _sealed(slug, number)
    answer = kept(
        request,
        f"sealed-{number}-{beat.key}-{sealed.key}",
        lambda: seals.given_out(sealed, slug, opened=beat.open).encode(),
    )
    answer["Content-Type"] = "application/json; charset=utf-8"
    return answer


def _sealed(slug: str, number: int) -> seals.Sealed:
    sealed = seals.read(slug, number)
    if sealed is None:
        raise Http404
    return sealed


@public
@require_safe
def compare_choice(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Which two versions are to be compared; the answer is an address of its own."""
    try:
        beat = versions_door(request, slug)
    except LedOn as elsewhere:
        return elsewhere.answer
    first, second = (_number(request.GET.get(name)) for name in ("fra", "til"))
    if first and second:
        return redirect("plans:compared", slug, first, second)
    return kept(
        request,
        f"compare-{beat.key}",
        lambda: page_bytes(
            "plans/public/compare_choice.html", comparing.choice(slug, at=request.arrived_at)
        ),
    )


@public
@require_safe
def compared(request: HttpRequest, slug: str, before: int, after: int) -> HttpResponseBase:
    """Two published versions word for word, at an address that names both."""
    try:
        beat = versions_door(request, slug, before=before, after=after)
    except LedOn as elsewhere:
        return elsewhere.answer
    return kept(
        request,
        f"compare-{before}-{after}-{beat.key}",
        lambda: page_bytes(
            "plans/public/compared.html",
            comparing.compared(slug, before, after, at=request.arrived_at),
        ),
    )


def _number(words: str | None) -> int:
    words = words or ""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 6 else 0
