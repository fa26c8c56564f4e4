"""Questions of members to the administration: asked, answered, and shown only when both agree."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kommuneplan.access import may
from kommuneplan.core.forms import SeenVersionForm
from kommuneplan.locking import Conflict
from plans.document import plan_document as doc
from plans.models import Question
from plans.models.version import named
from plans.permissions import ANSWER_QUESTIONS, READ_AS_MEMBER

from .. import reading as members
from ..actions import questions as verbs
from ..actions import reading
from ..forms import AskForm, ReplyForm
from .reading import version_to_read

PER_PAGE = 25
_ABOUT = ("frozen__content", "frozen__search_text")


# --- the member's side ---------------------------------------------------------------------------


@may(READ_AS_MEMBER)
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """My questions, and those that are shown to my bodies."""
    rows = members.questions_for(request.user, at=request.arrived_at)
    page = Paginator(rows.order_by("-asked_at", "-pk"), PER_PAGE)
    context = {"page": page.get_page(request.GET.get("side"))}
    return render(request, "plans/members/questions.html", context)


@may(READ_AS_MEMBER)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str, key: UUID | int) -> HttpResponse:
    """Ask about the plan, or with ``?afsnit=`` about one paragraph of it."""
    version = version_to_read(request, slug, key)
    anchor = request.GET.get("afsnit", "")
    try:
        quote = reading.quote_of(doc.from_json(version.content), anchor) if anchor else ""
    except reading.NoSuchParagraph:
        raise Http404 from None
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        question = verbs.ask(version=version, anchor=anchor, by=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("Your question is sent. Only you and the administration can see it."),
        )
        return redirect("plans:member-question", question.uid)
    context = {"version": version, "anchor": anchor, "quote": quote, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "plans/members/ask.html", context, status=status)


@may(READ_AS_MEMBER)
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, uid: str) -> HttpResponse:
    """A question with its answer; the asker agrees to showing it, takes that back, or withdraws."""
    rows = members.questions_for(request.user, at=request.arrived_at)
    row = get_object_or_404(rows, uid=uid)
    if request.method == "POST":
        if row.asker_id != request.user.pk:
            raise Http404
        _step(request, row)
        return redirect("plans:member-question", uid)
    context = {"question": row, "is_mine": row.asker_id == request.user.pk}
    return render(request, "plans/members/question.html", context)


def _step(request: HttpRequest, row: Question) -> None:
    """What the pressed button does, told in a message."""
    form = SeenVersionForm(request.POST)
    try:
        if "withdraw" in request.POST:
            verbs.withdraw(question=row, by=request.user)
            done = _("Your question is withdrawn.")
        elif "take-back" in request.POST:
            verbs.take_back_agreement(question=row, by=request.user)
            done = _("From now on only you and the administration can see it.")
        elif "agree" in request.POST and form.is_valid():
            row = verbs.agree(question=row, seen=form.cleaned_data["seen"], by=request.user)
            done = (
                _("You agree. The members of the body can see question and answer.")
                if row.is_shown
                else _("You agree. It is shown when the administration agrees as well.")
            )
        else:
            return
    except (Conflict, verbs.QuestionMovedOn):
        messages.warning(
            request, _("The question has been changed meanwhile, so nothing was done. Look again.")
        )
    else:
        messages.success(request, done)


# --- the administration's side -------------------------------------------------------------------


@may(ANSWER_QUESTIONS)
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """The questions I may answer: those that wait first, the oldest first; with ``?plan=`` of
    one plan."""
    rows = Question.objects.answerable_by(request.user)
    if slug := request.GET.get("plan", "").replace("\x00", ""):
        rows = rows.filter(frozen__plan__slug=slug)
    rows = rows.select_related("asker", "body").prefetch_related(named("frozen"))
    waiting = list(rows.waiting().order_by("asked_at", "pk"))
    rest = rows.filter(answered_at__isnull=False) | rows.filter(withdrawn_at__isnull=False)
    page = Paginator(rest.order_by("-asked_at", "-pk"), PER_PAGE)
    context = {"waiting": waiting, "page": page.get_page(request.GET.get("side")), "slug": slug}
    return render(request, "plans/members/replies/list.html", context)


@may(ANSWER_QUESTIONS)
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, uid: str) -> HttpResponse:
    """Answer a question, write the answer anew, agree to showing it or take that back."""
    rows = Question.objects.answerable_by(request.user)
    rows = rows.select_related("asker", "frozen__plan", "body", "answered_by").defer(*_ABOUT)
    row = get_object_or_404(rows, uid=uid)
    form = ReplyForm(
        request.POST if request.method == "POST" else None,
        initial={
            "words": row.answer,
            "show": bool(row.administration_agreed_at),
            "seen": row.version,
        },
    )
    status, theirs = 200, None
    if request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        trouble = _answered(request, row, form)
        if trouble is None:
            return redirect("plans:questions")
        current = rows.get(pk=row.pk)
        form.data = {**request.POST.dict(), "seen": current.version}
        status, theirs, row = 409, trouble, current
    context = {"question": row, "form": form, "theirs": theirs}
    return render(request, "plans/members/replies/question.html", context, status=status)


def _answered(request: HttpRequest, row: Question, form: ReplyForm) -> str | None:
    """Store the answer; what stood in the way, in words, or None."""
    data = form.cleaned_data
    try:
        stored = verbs.answer(
            question=row,
            words=data["words"],
            show=data["show"],
            seen=data["seen"],
            by=request.user,
        )
    except verbs.QuestionMovedOn:
        return _("The question was withdrawn meanwhile. Your answer is not stored.")
    except Conflict:
        return _(
            "The question has been changed meanwhile. Your answer stands below and is not saved "
            "yet. Look at what is stored now, and save again if yours shall hold."
        )
    messages.success(
        request,
        _("The answer is sent. The members of the body can see it.")
        if stored.is_shown
        else _("The answer is sent. Only the one who asked can see it."),
    )
    return None
