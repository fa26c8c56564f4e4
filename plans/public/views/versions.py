"""What belongs to published versions: their seals, and any two of them side by side.

Kept as bytes like the versions themselves (``plan.py``).
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.core.site.page_cache import kept_bytes, kept_page, page_bytes

from .. import compared as comparing
from .. import sealed as seals
from .doors import Versions, with_versions


@public
@require_safe
def seal(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The seal of a version, computed anew by the house and, with a script, by the browser.
    ``?segl=``: a seal that somebody has; what is said of it is not kept, for anybody can ask for
    any."""
    asked = request.GET.get("segl")

    def page(versions: Versions) -> dict[str, Any]:
        cited = seals.cited_seal(asked or "")
        told = seals.seal_page(_sealed(slug, number), slug, opened=_opened(versions), cited=cited)
        return {**told, "is_asked": asked is not None}

    def context() -> Any:
        return with_versions(request, slug, page, number=number)

    if asked is None:
        return kept_page(request, "plans/public/seal.html", context)
    told = context()
    if isinstance(told, HttpResponseBase):
        return told
    answer = HttpResponse(page_bytes("plans/public/seal.html", told))
    answer["Cache-Control"] = "no-store"
    return answer


@public
@require_safe
def sealed_form(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """What the seal of a version is computed from, as JSON, for everybody."""

    def form(versions: Versions) -> bytes:
        return seals.given_out(_sealed(slug, number), slug, opened=_opened(versions)).encode()

    return kept_bytes(
        request,
        "sealed",
        lambda: with_versions(request, slug, form, number=number),
        content_type="application/json; charset=utf-8",
    )


def _sealed(slug: str, number: int) -> seals.Sealed:
    sealed = seals.read(slug, number)
    if sealed is None:
        raise Http404
    return sealed


def _opened(versions: Versions) -> frozenset[int]:
    return frozenset(version["number"] for version in versions)


@public
@require_safe
def compare_choice(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Which two versions are to be compared; the answer is an address of its own."""
    first, second = (_number(request.GET.get(name)) for name in ("fra", "til"))
    if first and second:
        return redirect("plans:compared", slug, first, second)
    return kept_page(
        request,
        "plans/public/compare_choice.html",
        lambda: with_versions(request, slug, lambda versions: comparing.choice(slug, versions)),
    )


@public
@require_safe
def compared(request: HttpRequest, slug: str, before: int, after: int) -> HttpResponseBase:
    """Two published versions word for word, at an address that names both."""

    def page(versions: Versions) -> dict[str, Any]:
        return comparing.compared(slug, versions, before, after)

    return kept_page(
        request,
        "plans/public/compared.html",
        lambda: with_versions(request, slug, page, before=before, after=after),
    )


def _number(words: str | None) -> int:
    words = words or ""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 6 else 0
