"""A whole text in from Word: handed in, looked through, read in."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kommuneplan.access import signed_in
from kommuneplan.documents import images
from kommuneplan.locking import Outdated
from plans.access import plan_to_write
from plans.enums import DraftState
from plans.models import Plan, TextImport
from plans.models.imports import Incomplete, NotOpen
from plans.readers.word_text.upload import picture as picture_of
from plans.text.image_bytes import POLICY, PRIVATE

from .actions import answer_text, apply_text, begin_text, discard_text
from .forms import Answers, WordForm, shown
from .outlook import text_outlook
from .preview import TextOutlook

_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}


@signed_in
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Step one: the document."""
    plan = plan_to_write(request, slug)
    posted = request.method == "POST"
    form = WordForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        draft = begin_text(
            plan=plan,
            text=form.text,
            name=form.name,
            data=form.data_read,
            by=request.user,
            key=form.cleaned_data["key"],
        )
        return redirect("plans:word-import", slug=plan.slug, uid=draft.uid)
    begun = TextImport.objects.readable_by(request.user).filter(plan=plan, state=DraftState.OPEN)
    context = {
        "plan": plan,
        "form": form,
        "begun": begun.select_related("file").defer("source", "answers"),
        "here": _("Read in from Word"),
    }
    return render(request, "plans/text_import/start.html", context, status=422 if posted else 200)


def _draft(request: HttpRequest, slug: str, uid: str) -> tuple[Plan, TextImport]:
    """One's own import of this plan; all others' are 404."""
    plan = plan_to_write(request, slug)
    rows = TextImport.objects.readable_by(request.user).filter(plan=plan)
    draft = get_object_or_404(rows.select_related("file"), uid=uid)
    draft.plan = plan
    return plan, draft


def _closed(request: HttpRequest, draft: TextImport) -> HttpResponse:
    """An import that is over leads on; that is also what a double click meets."""
    if draft.state == DraftState.APPLIED:
        messages.info(request, _("This document has been read in. Here is the text."))
    else:
        messages.info(request, _("This import was discarded. You can begin a new one."))
    return redirect("plans:text", slug=draft.plan.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Step two: what becomes of everything, and what is to be said of it; then reading it in."""
    _plan, draft = _draft(request, slug, uid)
    if draft.state != DraftState.OPEN:
        return _closed(request, draft)
    look = text_outlook(draft)
    if request.method != "POST":
        return _page(request, look)
    answers = Answers(request.POST, look)
    try:
        after = answer_text(draft=draft, settle=answers, by=request.user)
    except NotOpen:
        return redirect("plans:word-import", slug=slug, uid=uid)
    after.plan, after.file = draft.plan, draft.file
    if "apply" in request.POST:
        return _apply(request, look, after, answers)
    if answers.parts:
        messages.success(request, _("Your answers are saved. Nothing is read in yet."))
    return HttpResponseRedirect(f"{_address(draft)}{_place(request)}")


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
    request: HttpRequest, look: TextOutlook, after: TextImport, answers: Answers
) -> HttpResponse:
    if answers.needs_another_look:
        messages.info(
            request,
            _("Your answers are saved. See how the sections are now, and then confirm again."),
        )
        return HttpResponseRedirect(f"{_address(after)}#sections")
    seen = request.POST.get("fingerprint", "")
    if seen != look.fingerprint:
        return _outdated(request, after)
    try:
        sections = seen.partition(".")[0]
        done = apply_text(draft=after, by=request.user, seen=f"{sections}.{after.version}")
    except Outdated:
        return _outdated(request, after)
    except Incomplete as hindered:
        return _page(request, text_outlook(after), problems=hindered.problems, status=422)
    except NotOpen:
        return HttpResponseRedirect(_address(after))
    if done is not None:
        messages.success(request, _done(done))
    return redirect("plans:text", slug=after.plan.slug)


def _outdated(request: HttpRequest, draft: TextImport) -> HttpResponse:
    messages.warning(
        request,
        _(
            "The text of the plan or this import has changed since you opened the page, so "
            "nothing has been read in. Your answers are saved. Look it through once more, and "
            "then confirm."
        ),
    )
    return _page(request, text_outlook(draft), status=409)


def _done(look: TextOutlook) -> str:
    parts = []
    for n, words in (
        (look.new, ngettext("%(n)s section is new.", "%(n)s sections are new.", look.new)),
        (
            look.replaced,
            ngettext(
                "%(n)s section has got a new text.",
                "%(n)s sections have got a new text.",
                look.replaced,
            ),
        ),
        (
            look.taken_out,
            ngettext("%(n)s section is taken out.", "%(n)s sections are taken out.",
                     look.taken_out),
        ),
    ):  # fmt: skip
        if n:
            parts.append(words % {"n": n})
    told = _("“%(file)s” is read in.") % {"file": look.draft.file.name}
    kept = _("What stood here before is in the history.") if look.replaced else ""
    return " ".join(part for part in (told, *parts, kept) if part)


def _page(
    request: HttpRequest,
    look: TextOutlook,
    *,
    problems: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "plan": look.plan,
        "draft": look.draft,
        "look": look,
        "problems": problems or [],
        "shown": json.dumps(shown(look)),
        "here": _("Read in from Word"),
    }
    return render(request, "plans/text_import/preview.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Put an import aside, after asking once."""
    plan, draft = _draft(request, slug, uid)
    if draft.state != DraftState.OPEN:
        return _closed(request, draft)
    if request.method == "POST":
        try:
            discard_text(draft=draft, by=request.user)
        except NotOpen:  # read in from another tab just now
            draft.refresh_from_db(fields=["state"])
            return _closed(request, draft)
        messages.success(request, _("The import is discarded. The text is as it was."))
        return redirect("plans:text", slug=plan.slug)
    context = {"plan": plan, "draft": draft, "here": _("Discard the import")}
    return render(request, "plans/text_import/discard.html", context)


@signed_in
@require_safe
def picture(request: HttpRequest, slug: str, uid: str, number: int) -> HttpResponse:
    """A picture of the document, for its owner to see what is to be described."""
    _plan, draft = _draft(request, slug, uid)
    parts = {image["id"]: image["part"] for image in draft.source.get("images", ())}
    part = parts.get(f"i{number}")
    if part is None or draft.state != DraftState.OPEN:
        raise Http404("no such picture")
    with draft.file.content.open("rb") as stream:
        data = picture_of(stream.read(), part)
    kind = _TYPES.get(images.sniff(data) or "")
    if kind is None:
        raise Http404("not a picture that can be shown")
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = PRIVATE
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
