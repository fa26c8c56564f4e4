"""A whole text in from Word: handed in, looked through, read in."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan.access import signed_in
from kommuneplan.documents import images
from kommuneplan.locking import Outdated
from plans.access import plan_to_write
from plans.imports import pages
from plans.models import TextImport
from plans.models.imports import Incomplete, NotOpen
from plans.readers.files.source import RefusedFile
from plans.readers.word_text.upload import pictures
from plans.text.image_bytes import POLICY, PRIVATE

from .actions import answer_text, apply_text, begin_text, read_text
from .answers import TextAnswers
from .forms import WordForm, field_values, sent_answers
from .merging import text_preview
from .paste_answer import paste_answer
from .preview import TextPreview

_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}


@signed_in
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Step one: the document."""
    plan = plan_to_write(request, slug)
    form = WordForm(*pages.bound(request))
    if form.is_bound and form.is_valid():
        try:
            read = read_text(form.cleaned_data["file"])
        except RefusedFile as refusal:
            pages.refused(form, "file", refusal)
        else:
            key = form.cleaned_data["key"]
            return redirect(_address(begin_text(plan=plan, read=read, by=request.user, key=key)))
    begun = TextImport.objects.readable_by(request.user).open().filter(plan=plan)
    context = {
        "plan": plan,
        "form": form,
        "begun": begun.select_related("file").defer("source", "answers"),
        "here": _("Read in from Word"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "plans/text_import/start.html", context, status=status)


@signed_in
@require_POST
def paste(request: HttpRequest, slug: str) -> HttpResponse:
    """What somebody pastes into the editor of a section, asked by the editor."""
    plan_to_write(request, slug)
    return paste_answer(request)


@signed_in
@require_http_methods(["GET", "POST"])
def look_through(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Step two: what becomes of everything, and what is to be said of it; then reading it in."""
    draft = _draft(request, slug, uid)
    if not draft.is_open:
        return pages.over(request, draft, _ways_out(draft))
    before = text_preview(draft)
    if request.method != "POST":
        return _page(request, before)
    answers = sent_answers(request.POST, before)
    try:
        answered = answer_text(draft=draft, answers=answers, by=request.user)
    except NotOpen:
        return redirect(_address(draft))
    answered.plan, answered.file = draft.plan, draft.file
    if "apply" in request.POST:
        return _apply(request, before, answered, answers)
    if answers != TextAnswers():
        messages.success(request, _("Your answers are saved. Nothing is read in yet."))
    return redirect(f"{_address(draft)}{_place(request)}")


def _draft(request: HttpRequest, slug: str, uid: str) -> TextImport:
    """One's own import of a plan one may write in."""
    plan = plan_to_write(request, slug)
    rows = TextImport.objects.filter(plan=plan).select_related("file")
    draft: TextImport = pages.own_import(rows, request, uid)
    draft.plan = plan
    return draft


def _ways_out(draft: TextImport) -> pages.WaysOut:
    text = reverse("plans:text", kwargs={"slug": draft.plan.slug})
    return pages.WaysOut(
        applied=pages.WayOut(text, _("This document has been read in. Here is the text.")),
        discarded=pages.WayOut(text, _("This import was discarded. You can begin a new one.")),
        discarding=pages.WayOut(text, _("The import is discarded. The text is as it was.")),
    )


def _address(draft: TextImport) -> str:
    return reverse("plans:word-import", kwargs={"slug": draft.plan.slug, "uid": draft.uid})


def _place(request: HttpRequest) -> str:
    """Where on the page one was."""
    paragraph = request.POST.get("decide", "").partition(":")[2]
    if paragraph.isalnum():
        return f"#change-{paragraph}"
    for name, place in (("decide", "changes"), ("bold", "headings"), ("choose", "sections")):
        if name in request.POST:
            return f"#{place}"
    return ""


def _apply(
    request: HttpRequest, before: TextPreview, draft: TextImport, answers: TextAnswers
) -> HttpResponse:
    if answers.leads_elsewhere:
        messages.info(
            request,
            _("Your answers are saved. See how the sections are now, and then confirm again."),
        )
        return redirect(f"{_address(draft)}#sections")
    seen = request.POST.get("fingerprint", "")
    if seen != before.fingerprint:
        return _outdated(request, draft)
    try:
        sections = seen.partition(".")[0]
        done = apply_text(draft=draft, by=request.user, seen=f"{sections}.{draft.version}")
    except Outdated:
        return _outdated(request, draft)
    except Incomplete as hindered:
        return _page(request, text_preview(draft), problems=hindered.problems, status=422)
    except NotOpen:
        return redirect(_address(draft))
    if done is not None:
        messages.success(request, _done(done))
    return redirect("plans:text", slug=draft.plan.slug)


def _outdated(request: HttpRequest, draft: TextImport) -> HttpResponse:
    messages.warning(
        request,
        _(
            "The text of the plan or this import has changed since you opened the page, so "
            "nothing has been read in. Your answers are saved. Look it through once more, and "
            "then confirm."
        ),
    )
    return _page(request, text_preview(draft), status=409)


def _done(done: TextPreview) -> str:
    parts = []
    for n, words in (
        (done.new, ngettext("%(n)s section is new.", "%(n)s sections are new.", done.new)),
        (
            done.replaced,
            ngettext(
                "%(n)s section has got a new text.",
                "%(n)s sections have got a new text.",
                done.replaced,
            ),
        ),
        (
            done.taken_out,
            ngettext("%(n)s section is taken out.", "%(n)s sections are taken out.",
                     done.taken_out),
        ),
    ):  # fmt: skip
        if n:
            parts.append(words % {"n": n})
    read = _("“%(file)s” is read in.") % {"file": done.draft.file.name}
    kept = _("What stood here before is in the history.") if done.replaced else ""
    return " ".join(part for part in (read, *parts, kept) if part)


def _page(
    request: HttpRequest,
    preview: TextPreview,
    *,
    problems: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "plan": preview.plan,
        "draft": preview.draft,
        "look": preview,
        "problems": problems or [],
        "shown": json.dumps(field_values(preview)),
        "here": _("Read in from Word"),
    }
    return render(request, "plans/text_import/preview.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Put an import aside, after asking once."""
    draft = _draft(request, slug, uid)
    context = {"plan": draft.plan, "here": _("Discard the import")}
    return pages.discard_page(request, draft, _ways_out, "plans/text_import/discard.html", context)


@signed_in
@require_safe
def picture(request: HttpRequest, slug: str, uid: str, number: int) -> HttpResponse:
    """A picture of the document, for its owner to see what is to be described."""
    draft = _draft(request, slug, uid)
    parts = {image["id"]: image["part"] for image in draft.source.get("images", ())}
    part = parts.get(f"i{number}")
    if part is None or not draft.is_open:
        raise Http404("no such picture")
    with draft.file.content.open("rb") as stream:
        data = pictures(stream.read(), [part])[part]
    kind = _TYPES.get(images.sniff(data) or "")
    if kind is None:
        raise Http404("not a picture that can be shown")
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = PRIVATE
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
