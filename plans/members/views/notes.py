"""A member's private notes, at a paragraph and all of them. Nobody else can reach them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kommuneplan.access import may
from kommuneplan.locking import Conflict
from plans.document import plan_document as doc
from plans.models import PrivateNote
from plans.models.version import named
from plans.permissions import READ_AS_MEMBER

from .. import reading as members
from ..actions import reading
from ..forms import NoteForm
from .reading import version_to_read

PER_PAGE = 25


@may(READ_AS_MEMBER)
@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """All my notes, the latest first, each with its quote and the way to its paragraph."""
    rows = members.notes_of(request.user, at=request.arrived_at)
    rows = rows.select_related("plan").prefetch_related(named("frozen"))
    page = Paginator(rows.order_by("-written_at", "-pk"), PER_PAGE)
    context = {"page": page.get_page(request.GET.get("side"))}
    return render(request, "plans/members/notes.html", context)


@may(READ_AS_MEMBER)
@require_http_methods(["GET", "POST"])
def paragraph_note(request: HttpRequest, slug: str, key: UUID | int, anchor: str) -> HttpResponse:
    """One paragraph with my note at it, and the way to ask about it."""
    version = version_to_read(request, slug, key)
    document = doc.from_json(version.content)
    try:
        reading.quote_of(document, anchor)
    except reading.NoSuchParagraph:
        raise Http404 from None
    mine = members.notes_of(request.user, at=request.arrived_at)
    note = mine.filter(plan=version.plan_id, anchor=anchor).first()

    def store(words: str, seen: int) -> Any:
        return reading.write_note(
            version=version, anchor=anchor, words=words, seen=seen, by=request.user
        )

    address = f"{reverse('plans:member-version', args=[slug, version.uid])}#{anchor}"
    section, block = _place(document, anchor)
    asked = members.questions_for(request.user, at=request.arrived_at, frozen__plan=version.plan_id)
    context = {
        "version": version,
        "section": section,
        "paragraph": block,
        "back": address,
        "questions": list(asked.filter(anchor=anchor)),
    }
    return _form(request, note, store, address, "plans/members/paragraph.html", context)


def _place(document: doc.PlanDocument, anchor: str) -> tuple[Any, Any]:
    return next(
        (section, block)
        for section in document.text
        for block in section.blocks
        if block.anchor == anchor
    )


@may(READ_AS_MEMBER)
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, uid: str) -> HttpResponse:
    """One of my notes, also where its paragraph is no longer in the plan."""
    rows = members.notes_of(request.user, at=request.arrived_at).select_related("plan", "frozen")
    row = get_object_or_404(rows, uid=uid)

    def store(words: str, seen: int) -> Any:
        return reading.rewrite_note(note=row, words=words, seen=seen, by=request.user)

    back = reverse("plans:member-notes")
    return _form(request, row, store, back, "plans/members/note.html", {"note": row, "back": back})


def _form(
    request: HttpRequest,
    note: PrivateNote | None,
    store: Any,
    back: str,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show the note's form, or store it: 422 where it cannot be, 409 beside what another window
    has stored meanwhile."""
    initial = {"words": note.words if note else "", "seen": note.version if note else 0}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=initial)
    form.fields["words"].required = "erase" not in request.POST
    status, theirs = 200, ""
    if request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        words = "" if "erase" in request.POST else form.cleaned_data["words"]
        try:
            stored = store(words, form.cleaned_data["seen"])
        except Conflict as conflict:
            current = PrivateNote.objects.get(pk=conflict.mine.pk)
            form.data = {**request.POST.dict(), "seen": current.version}
            status, theirs = 409, current.words
        else:
            messages.success(
                request, _("Your note is saved.") if stored else _("Your note is erased.")
            )
            return redirect(back)
    context = {**context, "note": note, "form": form, "theirs": theirs}
    return render(request, template, context, status=status)
