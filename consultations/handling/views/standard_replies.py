"""Standard replies: the list, and one of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.models import StandardAnswer
from kommuneplan.access import signed_in
from kommuneplan.locking import Conflict

from ..access import round_to_handle
from ..actions import themes as verbs
from ..forms.around import StandardAnswerForm
from .frame import _render, answers_of, frame


@signed_in
@require_http_methods(["GET", "POST"])
def answers(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The standard answers of the body; a POST keeps a new one."""
    round = round_to_handle(request, slug, uid)
    form = StandardAnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        verbs.save_answer(body=round.plan.body, facts=form.cleaned_data, by=request.user)
        messages.success(request, _("The standard answer is kept."))
        return redirect("consultations:remark-answers", slug, uid)
    context = frame(request, round) | {
        "here": _("Standard answers"), "form": form, "answers": answers_of(round),
    }  # fmt: skip
    return _render(request, "answers", context, 422 if form.is_bound else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, slug: str, uid: UUID, answer: UUID) -> HttpResponse:
    """Change a standard answer, or take it out of use (``retire``)."""
    round = round_to_handle(request, slug, uid)
    row = get_object_or_404(answers_of(round), uid=answer)
    if "retire" in request.POST:
        verbs.retire_answer(answer=row, by=request.user)
        messages.success(request, _("The standard answer is not offered any more."))
        return redirect("consultations:remark-answers", slug, uid)
    form = StandardAnswerForm(request.POST if request.method == "POST" else None, answer=row)
    status, theirs = (422 if form.is_bound else 200), None
    if form.is_valid():
        facts = form.cleaned_data
        try:
            verbs.save_answer(
                body=round.plan.body, facts=facts, answer=row, seen=facts["seen"], by=request.user
            )
            messages.success(request, _("The standard answer is kept."))
            return redirect("consultations:remark-answers", slug, uid)
        except Conflict:
            theirs, status = StandardAnswer.objects.get(pk=row.pk), 409
            form.data = {**request.POST.dict(), "seen": theirs.version}
    context = frame(request, round) | {
        "here": row.title, "answer": row, "form": form, "theirs": theirs,
    }  # fmt: skip
    return _render(request, "answer", context, status)
