"""Around the remarks: themes, standard answers, what was said at meetings, ready for the agenda."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from consultations.models import Theme
from kommuneplan.access import signed_in
from kommuneplan.locking import Conflict

from .. import remarks
from ..access import round_to_handle
from ..actions import themes as verbs
from ..forms.around import (
    AddThemeForm,
    ThemeForm,
)
from .frame import _render, frame

# --- themes --------------------------------------------------------------------------------------


@signed_in
@require_http_methods(["GET", "POST"])
def themes(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The themes of a round in their order; a POST adds one."""
    round = round_to_handle(request, slug, uid)
    form = AddThemeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            verbs.add_theme(round=round, title=form.cleaned_data["title"], by=request.user)
            return redirect("consultations:remark-themes", slug, uid)
        except verbs.NameTaken:
            form.add_error("title", _("There is a theme of that name already."))
    context = frame(request, round) | {
        "here": _("Themes"),
        "form": form,
        "themes": remarks.themes_with_counts(round),
        "without": remarks.remarks_of(round).filter(theme__isnull=True).count(),
    }
    return _render(request, "themes", context, 422 if form.is_bound else 200)


def _theme(request: HttpRequest, slug: str, uid: UUID, theme: UUID) -> Theme:
    round = round_to_handle(request, slug, uid)
    row = get_object_or_404(remarks.themes_of(round), uid=theme)
    row.round = round
    return row


@signed_in
@require_http_methods(["GET", "POST"])
def theme(request: HttpRequest, slug: str, uid: UUID, theme: UUID) -> HttpResponse:
    """A theme's name and summary."""
    row = _theme(request, slug, uid, theme)
    form = ThemeForm(request.POST if request.method == "POST" else None, theme=row)
    status, theirs = (422 if form.is_bound else 200), None
    if form.is_valid():
        try:
            verbs.edit_theme(theme=row, by=request.user, **form.cleaned_data)
            messages.success(request, _("The theme is saved."))
            return redirect("consultations:remark-themes", slug, uid)
        except verbs.NameTaken:
            form.add_error("title", _("There is a theme of that name already."))
        except Conflict:
            theirs, status = Theme.objects.get(pk=row.pk), 409
            form.data = {**request.POST.dict(), "seen": theirs.version}
    context = frame(request, row.round) | {
        "here": row.title, "theme": row, "form": form, "theirs": theirs,
    }  # fmt: skip
    return _render(request, "theme", context, status)


@signed_in
@require_POST
def move_theme(request: HttpRequest, slug: str, uid: UUID, theme: UUID) -> HttpResponse:
    """One place up or down; or taken away, when no remark is under it."""
    row = _theme(request, slug, uid, theme)
    if "retire" in request.POST:
        try:
            verbs.retire_theme(theme=row, by=request.user)
            said = _("The theme “%(title)s” is taken away.")
            messages.success(request, said % {"title": row.title})
        except verbs.InUse as used:
            said = ngettext(
                "%(n)d remark is under “%(title)s”. Give it another theme first.",
                "%(n)d remarks are under “%(title)s”. Give them another theme first.",
                used.remarks,
            )
            messages.warning(request, said % {"n": used.remarks, "title": row.title})
    else:
        verbs.move_theme(theme=row, up=request.POST.get("retning") == "up", by=request.user)
    return redirect("consultations:remark-themes", slug, uid)


# --- standard answers ----------------------------------------------------------------------------


# --- what was said at meetings ---


# --- ready for the agenda ---
