"""Comments in the margin of a section."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kommuneplan.access import signed_in
from plans.models import Comment, Plan, Section

from ..actions import comments
from ..forms.sections import AnswerForm, CommentForm
from .outline import section_to_write
from .sections import editor_page


@signed_in
@require_POST
def add_comment(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """A new comment on a paragraph or on the whole section."""
    plan, row = section_to_write(request, slug, section)
    form = CommentForm(request.POST, blocks=row.anchored_blocks(), auto_id="comment_%s")
    if not form.is_valid():
        if "anchor" in form.errors:
            form.add_error(None, _("The paragraph has been changed meanwhile. Choose it again."))
        return editor_page(request, plan, row, comment_form=form, status=422)
    comment = comments.add_comment(
        section=row,
        text=form.cleaned_data["text"],
        anchor=form.cleaned_data["anchor"],
        by=request.user,
    )
    return _back(plan, row, comment)


@signed_in
@require_POST
def act_on_comment(request: HttpRequest, slug: str, section: str, comment: str) -> HttpResponse:
    """Answer, resolve or reopen a comment (the button that was pressed)."""
    plan, row = section_to_write(request, slug, section)
    found = get_object_or_404(row.comments, uid=comment, answers__isnull=True)
    if "resolve" in request.POST:
        comments.resolve_comment(comment=found, by=request.user)
    elif "reopen" in request.POST:
        comments.reopen_comment(comment=found, by=request.user)
    else:
        form = AnswerForm(request.POST)
        if form.is_valid():
            text = form.cleaned_data["text"]
            comments.answer_comment(comment=found, text=text, by=request.user)
        else:
            for error in form.errors.get("text", []):
                messages.warning(request, error)
    return _back(plan, row, found)


def _back(plan: Plan, row: Section, comment: Comment) -> HttpResponse:
    address = reverse("plans:section", kwargs={"slug": plan.slug, "section": row.uid})
    return redirect(f"{address}#kommentar-{comment.uid}")
