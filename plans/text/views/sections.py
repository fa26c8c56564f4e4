"""Writing in one section: the editor, autosave, saving, conflicts, and who else is here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan.access import signed_in
from kommuneplan.core.forms import DraftForm, WriteForm
from kommuneplan.core.templatetags.keeping_page import (
    clock_of,
    keeping_words,
    moved_words,
    shown_by,
    written_on_words,
)
from kommuneplan.keeping import TextChoice, TextMoved, mark
from kommuneplan.locking import Conflict
from kommuneplan.richtext import editor
from kommuneplan.richtext.blocks import split
from kommuneplan.richtext.plaintext import to_plain
from plans.consultations import rounds
from plans.models import Plan, Section

from ..actions import sections
from ..actions.images import TextRefused
from ..actions.sections import ConflictChoice
from ..forms.images import ImageForm
from ..forms.sections import CommentForm
from ..open_page import keeping_page
from ..outline import outline, threads
from ..side_by_side import compared
from .outline import section_to_write

PRESENT = dt.timedelta(minutes=1)


@signed_in
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """The editor of a section; a POST saves what was written."""
    plan, row = section_to_write(request, slug, section)
    if request.method != "POST":
        return editor_page(request, plan, row)
    form = WriteForm(request.POST)
    if not form.is_valid():
        return editor_page(request, plan, row, form=form, status=422)
    if "settle" in request.POST:
        return _put_together(request, plan, row, form)
    try:
        sections.save_section(
            section=row,
            base_version=form.cleaned_data["base_version"],
            by=request.user,
            typed=form.typed,
            **form.words,
        )
    except Conflict:
        return redirect("plans:section-conflict", slug=plan.slug, section=row.uid)
    except TextRefused as refused:
        form.add_error("text", str(refused))
        return editor_page(request, plan, row, form=form, status=422)
    messages.success(request, _("“%(title)s” is saved.") % {"title": form.words["title"]})
    if "go_on" in request.POST:
        return redirect("plans:section", slug=plan.slug, section=row.uid)
    return redirect("plans:text", slug=plan.slug)


def _put_together(request: HttpRequest, plan: Plan, row: Section, form: WriteForm) -> HttpResponse:
    """The texts of two windows of one person: both kept as they were typed, then as was chosen."""
    base = form.cleaned_data["base_version"]
    sections.keep_draft(section=row, typed=form.typed, base_version=base, by=request.user)
    choice = TextChoice.read(request.POST["settle"])
    try:
        if choice is None:
            raise TextMoved
        page = form.cleaned_data["page"]
        sections.settle_beside(section=row, choice=choice, page=page, by=request.user)
    except TextMoved:
        messages.warning(request, moved_words())
    else:
        messages.success(
            request, _("It stands in the field as you chose. Look it through and save.")
        )
    return redirect("plans:section", slug=plan.slug, section=row.uid)


def editor_page(
    request: HttpRequest,
    plan: Plan,
    row: Section,
    *,
    form: WriteForm | None = None,
    comment_form: CommentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The editor with what the person wrote last: what came with the form, their draft, or the
    text as it is saved."""
    draft = sections.open_draft(row, request.user)
    shown = draft or row
    words = {
        "title": shown.title,
        "text": shown.text,
        "base_version": draft.base_version if draft else row.version,
    }
    marks = {name: mark(str(words[name])) for name in sections.NAMES}
    if form is not None:
        words |= {name: form.data.get(name, words[name]) for name in words}
        marks = {name: form.data.get(f"seen.{name}", "") for name in sections.NAMES}
    lines = outline(plan)
    blocks = row.anchored_blocks()
    context: dict[str, Any] = {
        "plan": plan,
        "section": row,
        "line": next(line for line in lines if line.section.pk == row.pk),
        "here": row.title,
        "form": form or WriteForm(initial=words),
        "words": words,
        "plain": form.data["plain"] if form and "plain" in form.data else to_plain(words["text"]),
        "shown": split(words["text"]),
        "marks": marks,
        "keeping": keeping_page(request, row),
        "draft": draft if form is None else None,
        "conflict": draft is not None and sections.in_conflict(row, draft),
        "threads": threads(row),
        "wanted": rounds().wanted(plan, request.user, [str(row.uid), *(b.anchor for b in blocks)]),
        "comment_form": comment_form or CommentForm(blocks=blocks, auto_id="comment_%s"),
        "others": others(request, row),
        "editor_media": editor.media(request.csp_nonce),
        "editor_words": {
            "labels": editor.words(),
            "sayings": {**keeping_words(), **editor.sayings()},
            "pictures": editor.pictures(),
            "pasting": editor.pasting(),
        },
        "image_form": ImageForm(auto_id="picture_%s"),
    }
    return render(request, "plans/text/section.html", context, status=status)


@signed_in
@require_POST
def keep_draft(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """Autosave, asked by the page every few seconds; answers with what became of it."""
    _plan, row = section_to_write(request, slug, section)
    form = DraftForm(request.POST)
    if not form.is_valid():
        said = " ".join(error for errors in form.errors.values() for error in errors)
        return JsonResponse({"state": "refused", "said": said}, status=422)
    base = form.cleaned_data["base_version"]
    done, draft = sections.keep_draft(
        section=row, typed=form.typed, base_version=base, by=request.user
    )
    outdated = draft.is_open and row.version != draft.base_version
    more = {
        "state": "kept",
        "at": clock_of(draft.saved_at),
        "outdated": outdated and sections.in_conflict(row, draft),
    }
    page = keeping_page(request, row, sent=form.cleaned_data["page"])
    return JsonResponse(page.told(form.typed, done, request.POST, **more))


@signed_in
@require_POST
def discard_draft(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """Throw away what one has written and not saved; the section is as it was saved."""
    plan, row = section_to_write(request, slug, section)
    try:
        sections.discard_draft(section=row, by=request.user, typed=shown_by(request.POST))
    except TextMoved:
        messages.warning(request, written_on_words())
    else:
        messages.success(
            request, _("Your unsaved text is thrown away. This is the text as it is saved.")
        )
    return redirect("plans:section", slug=plan.slug, section=row.uid)


@signed_in
@require_http_methods(["GET", "POST"])
def conflict(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """Somebody else saved while one wrote: both texts, and what one wants to do with them."""
    plan, row = section_to_write(request, slug, section)
    draft = sections.open_draft(row, request.user)
    if draft is None or not sections.in_conflict(row, draft):
        return redirect("plans:section", slug=plan.slug, section=row.uid)
    if request.method == "POST":
        return _settle(request, plan, row)
    latest = row.history.select_related("history_user").first()
    context = {
        "plan": plan,
        "section": row,
        "here": row.title,
        "draft": draft,
        "draft_mark": sections.mark_of(draft),
        "latest": latest,
        "pairs": compared(row, draft.text),
    }
    return render(request, "plans/text/conflict.html", context)


def _settle(request: HttpRequest, plan: Plan, row: Section) -> HttpResponse:
    here = redirect("plans:section-conflict", slug=plan.slug, section=row.uid)
    seen = request.POST.get("seen", "")
    if request.POST.get("choice") not in list(ConflictChoice) or not seen.isdecimal():
        return here
    choice = ConflictChoice(request.POST["choice"])
    shown = request.POST.get("draft", "")
    try:
        sections.settle_conflict(
            section=row, choice=choice, seen=int(seen[:9]), by=request.user, shown=shown
        )
    except Conflict:
        messages.warning(
            request, _("One of the texts has been changed meanwhile. Look at both once more.")
        )
        return here
    except TextRefused as refused:
        messages.warning(
            request,
            _("%(reason)s Choose “Write a joined text” and put it right there.")
            % {"reason": refused},
        )
        return here
    told = {
        ConflictChoice.THEIRS: _("The other text stands. Yours is thrown away."),
        ConflictChoice.MINE: _("Your text is saved. The other one stands in the history."),
        ConflictChoice.JOINED: _(
            "Both texts stand below, one after the other where they differ. Write them together "
            "and save."
        ),
    }
    messages.success(request, told[choice])
    return redirect("plans:section", slug=plan.slug, section=row.uid)


@signed_in
@require_safe
def presence(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """Who else is writing here just now; asked by the page every quarter of a minute."""
    plan, row = section_to_write(request, slug, section)
    context = {"plan": plan, "section": row, "others": others(request, row)}
    return render(request, "plans/text/presence.html", context)


def others(request: HttpRequest, row: Section) -> list[str]:
    """The names of those who have written here within the last minute."""
    drafts = row.drafts.filter(is_open=True, saved_at__gte=timezone.now() - PRESENT)
    return list(drafts.exclude(user=request.user).values_list("user__name", flat=True))
