"""Annexes of responses: what was found in each, what becomes of it, and the file as received."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consultations.models import Attachment
from consultations.permissions import PUBLISH_RESPONSES, READ_ORIGINALS
from kommuneplan.access import signed_in
from kommuneplan.core.file_response import file_answer
from kommuneplan.locking import Conflict
from kommuneplan.uploads import Barrier

from ..actions import annexes, originals, reviewing
from ..forms import AnnexForm, ReplaceForm
from ..page_context import round_context
from ..publication_blockers import findings_of, hindered, needs_person
from .responses import response_to


def annex_to(
    request: HttpRequest, slug: str, uid: UUID, number: int, annex: UUID, permission: str
) -> Attachment:
    """An annex of that response: 404 when it does not exist for the person."""
    response = response_to(request, slug, uid, number, permission)
    rows = response.attachments.select_related("file", "published", "decided_by")
    row = get_object_or_404(rows, uid=annex)
    row.response = response
    return row


@signed_in
@require_http_methods(["GET", "POST"])
def annex(request: HttpRequest, slug: str, uid: UUID, number: int, annex: UUID) -> HttpResponse:
    """What was found in an annex, and what becomes of it. Posted: decided (``decide``), given out
    as another file (``replace``), looked into now (``examine``), or as it was (``back``)."""
    posted = request.method == "POST"
    permission = PUBLISH_RESPONSES if posted else READ_ORIGINALS
    row = annex_to(request, slug, uid, number, annex, permission)
    if not posted:
        return _page(request, row)
    for name, act in _ACTS.items():
        if name in request.POST:
            try:
                return act(request, row)
            except Conflict:
                return _conflict(request, row)
    return _page(request, row, status=422)


def _page(request: HttpRequest, row: Attachment, *, status: int = 200, **more: Any) -> HttpResponse:
    found = findings_of(row)
    context = {
        **round_context(request, row.response.round),
        "response": row.response,
        "annex": row,
        "opened": _has_opened(request, row),
        "findings": found,
        "found_in_all": len(found.found) + len(found.unread) if found else 0,
        "barriers": [Barrier.from_json(one) for one in row.accessibility],
        "hindered": hindered(row),
        "waits": annexes.is_being_looked_into(row),
        "decide": AnnexForm(initial={"seen": row.version}, needs_reason=needs_person(row)),
        "replace": ReplaceForm(initial={"seen": row.version}, prefix="new"),
        **more,
    }
    return render(request, "consultations/review/annex.html", context, status=status)


def _has_opened(request: HttpRequest, row: Attachment) -> bool:
    """What was found in a file is a part of it: shown to whoever has opened it, which is logged."""
    at = request.arrived_at
    return originals.has_opened(row.response, by=request.user, at=at, annex=True)


def _conflict(request: HttpRequest, row: Attachment) -> HttpResponse:
    response = row.response
    row = Attachment.objects.select_related("file", "published", "decided_by").get(pk=row.pk)
    row.response = response
    trouble = _("The annex has been changed meanwhile, so nothing was done. Look again.")
    return _page(request, row, status=409, trouble=trouble)


def _here(row: Attachment) -> HttpResponse:
    round = row.response.round
    return redirect(
        "consultations:response-annex", round.plan.slug, round.uid, row.response.number, row.uid
    )


def _decide(request: HttpRequest, row: Attachment) -> HttpResponse:
    form = AnnexForm(request.POST, needs_reason=needs_person(row))
    if not form.is_valid():
        return _page(request, row, status=422, decide=form)
    data = form.cleaned_data
    facts = {"annex": row, "reason": data["reason"], "seen": data["seen"], "by": request.user}
    if data["decision"] == AnnexForm.HIDE:
        reviewing.hide_annex(**facts)
        messages.success(request, _("The annex is hidden from the public."))
        return _here(row)
    if needs_person(row) and not _has_opened(request, row):
        trouble = _(
            "Open the response or fetch the file first: you decide about what you have read."
        )
        return _page(request, row, status=409, decide=form, trouble=trouble)
    try:
        reviewing.release_annex(**facts)
    except reviewing.Hindered:
        trouble = _("The annex cannot be published before it has been examined and is clean.")
        return _page(request, row, status=409, decide=form, trouble=trouble)
    messages.success(request, _("The annex is published with the response."))
    return _here(row)


def _replace(request: HttpRequest, row: Attachment) -> HttpResponse:
    form = ReplaceForm(request.POST, request.FILES, prefix="new")
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            annexes.replace(
                annex=row,
                name=file.name,
                data=file.read(),
                seen=form.cleaned_data["seen"],
                by=request.user,
            )
        except annexes.AnnexRefused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(
                request, _("The file is stored. It is given out instead of the one received.")
            )
            return _here(row)
    return _page(request, row, status=422, replace=form)


def _examine(request: HttpRequest, row: Attachment) -> HttpResponse:
    annexes.later(row, by=request.user)
    messages.success(request, _("The annex is being examined. The page follows by itself."))
    return _here(row)


def _put_back(request: HttpRequest, row: Attachment) -> HttpResponse:
    reviewing.annex_back(annex=row, seen=row.version, by=request.user)
    messages.success(request, _("The annex waits again, as it was received."))
    return _here(row)


_ACTS = {"decide": _decide, "replace": _replace, "examine": _examine, "back": _put_back}


@signed_in
@require_POST
def fetch(request: HttpRequest, slug: str, uid: UUID, number: int, annex: UUID) -> HttpResponseBase:
    """The file as received, or (``published``) the one given out instead. Written down first."""
    row = annex_to(request, slug, uid, number, annex, READ_ORIGINALS)
    if "published" in request.POST and row.published is not None:
        return file_answer(row.published)
    originals.open_annex(annex=row, by=request.user)
    return file_answer(row.file)
