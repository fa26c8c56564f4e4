"""What the pages of every import share: whose it is, where it leads when it is over, discarding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from plans.models.imports import Import, ImportQuerySet, NotOpen
from plans.readers.files.source import RefusedFile

from .actions import discard_import


@dataclass(frozen=True, slots=True)
class WayOut:
    """Where a page leads on, and the sentence that is said there."""

    address: str
    sentence: str

    def taken(self, request: HttpRequest, level: int = messages.INFO) -> HttpResponse:
        """Lead on."""
        messages.add_message(request, level, self.sentence)
        return HttpResponseRedirect(self.address)


@dataclass(frozen=True, slots=True)
class WaysOut:
    """Where an import leads that was applied, was discarded, or is being discarded now."""

    applied: WayOut
    discarded: WayOut
    discarding: WayOut


def own_import(rows: ImportQuerySet, request: HttpRequest, uid: str) -> Any:
    """One's own import; all others' are 404."""
    return get_object_or_404(rows.readable_by(request.user), uid=uid)


def bound(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: the fields and files of a POST, nothing otherwise."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def refused(form: Form, field: str, refusal: RefusedFile) -> None:
    """A document that cannot be read is an error of the field it came in."""
    form.add_error(field, str(refusal))


def over(request: HttpRequest, draft: Import, ways: WaysOut) -> HttpResponse:
    """An import that is over leads on; that is also what a double click meets."""
    return (ways.applied if draft.is_applied else ways.discarded).taken(request)


def discard_page(
    request: HttpRequest,
    draft: Import,
    ways_out: Callable[[Any], WaysOut],
    template: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """Put an import aside, after asking once."""
    if not draft.is_open:
        return over(request, draft, ways_out(draft))
    if request.method != "POST":
        return render(request, template, {"draft": draft, **context})
    try:
        discard_import(draft=draft, by=request.user)
    except NotOpen:  # carried out from another tab just now
        draft.refresh_from_db(fields=["state", "plan"])
        return over(request, draft, ways_out(draft))
    return ways_out(draft).discarding.taken(request, messages.SUCCESS)
