"""The files that go out with a draft."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.access import round_to
from consultations.file_response import material_bytes
from consultations.locking import RoundMovedOn
from consultations.models import Material, Round
from consultations.permissions import HANDLE, RUN_ROUND
from kommuneplan.access import signed_in
from kommuneplan.core.examined import NotTaken, examined
from kommuneplan.uploads import Barrier

from ..actions import materials as verbs
from ..forms.materials import MaterialForm


def _gone_on(request: HttpRequest, round: Round) -> HttpResponse:
    messages.warning(
        request,
        _("The consultation is open or withdrawn, so what was sent out can no longer be changed."),
    )
    return redirect("consultations:round-page", round.plan.slug, round.uid)


@signed_in
@require_http_methods(["GET", "POST"])
def materials(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The files that go out, what stands in the way of readers, and one more."""
    round = round_to(request, slug, uid, RUN_ROUND)
    found, status = None, 200
    form = MaterialForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = MaterialForm(request.POST, request.FILES)
        status = 422
        try:
            file = examined(form.cleaned_data["file"]) if form.is_valid() else None
            if file is not None and file.found.needs_person and not form.cleaned_data["looked"]:
                found = file.found
                form = MaterialForm(initial={"title": form.cleaned_data["title"]}, found=True)
            elif file is not None:
                title = form.cleaned_data["title"]
                verbs.add_material(round=round, title=title, file=file, by=request.user)
                messages.success(request, _("The file is added."))
                return redirect("consultations:round-materials", slug, uid)
        except RoundMovedOn:
            return _gone_on(request, round)
        except NotTaken as refused:
            form.add_error("file", refused.message)
    context = {
        "plan": round.plan,
        "round": round,
        "materials": _shown(round),
        "form": form,
        "found": found,
        "may_change": round.announced_at is None and round.withdrawn_at is None,
    }
    return render(request, "consultations/rounds/materials.html", context, status=status)


def _shown(round: Round) -> list[tuple[Material, list[Any]]]:
    rows = round.materials.filter(retired_at__isnull=True).select_related("file")
    return [(row, [Barrier.from_json(one) for one in row.findings]) for row in rows]


@signed_in
@require_safe
def material(request: HttpRequest, slug: str, uid: UUID, material: UUID) -> HttpResponseBase:
    """The bytes of a file, for those who work with the plan."""
    return material_bytes(request, round_to(request, slug, uid, HANDLE), str(material))


@signed_in
@require_POST
def take_out(request: HttpRequest, slug: str, uid: UUID, material: UUID) -> HttpResponse:
    """Send a file out no more."""
    round = round_to(request, slug, uid, RUN_ROUND)
    row = get_object_or_404(round.materials, uid=material)  # taken out twice is taken out
    try:
        verbs.take_out(material=row, by=request.user)
    except RoundMovedOn:
        return _gone_on(request, round)
    messages.success(request, _("%(title)s is taken out.") % {"title": row.title})
    return redirect("consultations:round-materials", slug, uid)
