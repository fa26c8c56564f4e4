"""What goes out with a round: questions to consider, and the consultation letter."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.access import round_to
from consultations.locking import RoundMovedOn
from consultations.models import Round
from consultations.parties import letters
from consultations.parties.letter_file import DOCX, head_of, letter_docx, letter_pdf
from consultations.permissions import HANDLE, RUN_ROUND
from kommuneplan.access import signed_in
from kommuneplan.clock import local_day
from kommuneplan.core.site.context import municipality_of
from kommuneplan.locking import Conflict
from kommuneplan.richtext import editor
from kommuneplan.richtext.plaintext import to_plain
from plans.text_import.paste_answer import paste_answer

from ..actions import preparing
from ..forms.letter import LetterForm
from ..forms.rounds import QuestionForm


def _gone_on(request: HttpRequest, round: Round) -> HttpResponse:
    messages.warning(
        request,
        _("The consultation is open or withdrawn, so what was sent out can no longer be changed."),
    )
    return redirect("consultations:round-page", round.plan.slug, round.uid)


@signed_in
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The questions everybody is asked, and one more."""
    round = round_to(request, slug, uid, RUN_ROUND)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            preparing.ask(round=round, words=data["words"], help=data["help"], by=request.user)
        except RoundMovedOn:
            return _gone_on(request, round)
        messages.success(request, _("The question is added."))
        return redirect("consultations:round-questions", slug, uid)
    context = {
        "plan": round.plan,
        "round": round,
        "questions": round.questions.filter(retired_at__isnull=True),
        "form": form,
        "may_change": round.announced_at is None and round.withdrawn_at is None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/rounds/questions.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, slug: str, uid: UUID, question: UUID) -> HttpResponse:
    """A question in other words, or asked no more."""
    round = round_to(request, slug, uid, RUN_ROUND)
    row = get_object_or_404(round.questions.filter(retired_at__isnull=True), uid=question)
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        initial={"words": row.words, "help": row.help, "seen": row.version},
    )
    status = 200
    try:
        if "take-back" in request.POST:
            preparing.take_back(question=row, by=request.user)
            messages.success(request, _("The question is taken out."))
            return redirect("consultations:round-questions", slug, uid)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            seen = data["seen"] if data["seen"] is not None else row.version
            preparing.reword(
                question=row, words=data["words"], help=data["help"], seen=seen, by=request.user
            )
            messages.success(request, _("Saved."))
            return redirect("consultations:round-questions", slug, uid)
        status = 422 if form.is_bound else 200
    except RoundMovedOn:
        return _gone_on(request, round)
    except Conflict:
        status = 409
        row = round.questions.get(pk=row.pk)
        form.data = {**request.POST.dict(), "seen": str(row.version)}
    context = {"plan": round.plan, "round": round, "question": row, "form": form}
    context["conflict"] = status == 409
    return render(request, "consultations/rounds/question.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The letter: written in the browser, and as a party will read it."""
    posted = request.method == "POST"
    round = round_to(request, slug, uid, RUN_ROUND if posted else HANDLE)
    form = LetterForm(
        request.POST if posted else None,
        initial={"text": round.letter or letters.usual_letter(round), "seen": round.version},
    )
    if not posted:
        return _letter(request, round, form)
    if not form.is_valid():
        return _letter(request, round, form, status=422)
    written = "" if "usual" in request.POST else form.written
    seen = form.cleaned_data["seen"]
    try:
        preparing.write_letter(round=round, text=written, seen=seen, by=request.user)
    except RoundMovedOn:
        return _gone_on(request, round)
    except Conflict as theirs:
        form.data = {**request.POST.dict(), "seen": str(theirs.mine.version)}
        return _letter(request, round, form, status=409)
    messages.success(request, _("The letter is saved."))
    return redirect("consultations:round-letter", slug, uid)


@signed_in
@require_POST
def paste(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """What somebody pastes into the letter, asked by the editor."""
    round_to(request, slug, uid, RUN_ROUND)
    return paste_answer(request, letter=True)


def _letter(
    request: HttpRequest, round: Round, form: LetterForm, *, status: int = 200
) -> HttpResponse:
    prepared = round.announced_at is None and round.withdrawn_at is None
    text = form.initial["text"]
    words = form.data.get("text", text) if form.is_bound else text
    contact = municipality_of(request).contact_email
    context = {
        "plan": round.plan,
        "round": round,
        "form": form,
        "may_write": prepared and request.user.has_perm(RUN_ROUND, round),
        "conflict": status == 409,
        "head": head_of(round, None, day=local_day(round.announced_at or request.arrived_at)),
        "preview": letters.filled_letter(round, None, contact=contact),
        "plain": form.data.get("plain") or to_plain(words),
        "placeholders": letters.PLACEHOLDERS,
        "editor_media": editor.media(request.csp_nonce),
        "editor_words": {"labels": editor.words(), "pasting": editor.pasting()},
    }
    return render(request, "consultations/rounds/letter.html", context, status=status)


@signed_in
@require_safe
def letter_file(request: HttpRequest, slug: str, uid: UUID, form: str) -> HttpResponse:
    """The letter as Word or PDF: to everybody on the list, or with ``?part=`` to one party."""
    round = round_to(request, slug, uid, HANDLE)
    invitation = None
    if key := request.GET.get("part"):
        rows = round.invitations.on_the_list()
        invitation = get_object_or_404(rows, uid=key if _is_uid(key) else None)
    day = local_day(round.announced_at or request.arrived_at)
    make = letter_docx if form == "docx" else letter_pdf
    data = make(round, invitation, day=day, municipality=municipality_of(request))
    answer = HttpResponse(data, content_type=DOCX if form == "docx" else "application/pdf")
    name = f"{slugify(_('Consultation letter'))}-{round.slug}"[:80]
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{form}") or ""
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
