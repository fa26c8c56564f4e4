"""One remark: the list beside it, the draft's paragraph above it, reply and proposal; and the
steps taken with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consultations.models import Remark, Round
from consultations.permissions import RUN_ROUND
from kommuneplan.access import signed_in
from kommuneplan.locking import Conflict
from kommuneplan.read_only import writes_when_opened
from kommuneplan.richtext.blocks import plain

from .. import remarks
from ..access import round_to_handle
from ..actions import remarks as verbs
from ..actions import splitting
from ..actions.remarks import NotAlike
from ..draft import Draft
from ..fields import copied_in
from ..forms.remarks import AnswerChoice, DecideForm, Filter, HandleForm, JoinForm
from ..many_changes import Wish, outcome
from ..meanwhile import left_over, put_together, theirs_of
from ..resembling import resembling
from .frame import answers_of, choices_of, frame, people_of, seen_of, told_first


def remark_to_handle(
    request: HttpRequest, slug: str, uid: UUID, remark: UUID
) -> tuple[Round, Remark]:
    """A standing remark of this round; another round's is 404."""
    round = round_to_handle(request, slug, uid)
    return round, _standing(round, remark)


def _standing(round: Round, uid: UUID) -> Remark:
    rows = remarks.remarks_of(round).select_related(
        "theme", "assignee", "response__invitation", "revision", "meeting", "same_as", "changed_in"
    )
    row = get_object_or_404(rows.defer("changed_in__content", "changed_in__search_text"), uid=uid)
    row.round = round
    return row


@signed_in
@require_http_methods(["GET", "POST"])
@writes_when_opened
def remark(request: HttpRequest, slug: str, uid: UUID, remark: UUID) -> HttpResponse:
    """Read it, and write what the administration replies and proposes."""
    round = round_to_handle(request, slug, uid)
    if request.method == "POST" and (told := _left(request, round, remark)):
        return told
    row, draft = _standing(round, remark), Draft(round)
    if request.method != "POST":
        return _page(request, draft, row)
    if "copy" in request.POST:
        return _with_answer(request, draft, row)
    if "use" in request.POST:
        return _with_answer_of(request, draft, row)
    form = _form(draft, row, request.POST)
    if not form.is_valid():
        return _page(request, draft, row, form=form, status=422)
    facts = {name: form.cleaned_data[name] for name in form.fields if name != "seen"}
    try:
        verbs.handle(remark=row, facts=facts, seen=form.cleaned_data["seen"], by=request.user)
    except Conflict:
        return _both(request, draft, row, form)
    except Remark.DoesNotExist:  # taken back this moment
        told = _left(request, round, remark)
        return told or redirect("consultations:remark-list", round.plan.slug, round.uid)
    messages.success(request, _("Remark no. %(number)d is saved.") % {"number": row.number})
    return redirect(_onward(request, draft, row))


def _form(draft: Draft, row: Remark, data: Any = None) -> HandleForm:
    return HandleForm(
        data,
        remark=row,
        draft=draft,
        themes=remarks.themes_of(draft.round),
        people=people_of(draft.round),
    )


def _with_answer(request: HttpRequest, draft: Draft, row: Remark) -> HttpResponse:
    """The form as it was typed, with a standard answer copied in below it; not saved."""
    choice = AnswerChoice(request.POST, answers=answers_of(draft.round))
    data = request.POST.copy()
    answer = choice.cleaned_data["answer"] if choice.is_valid() else None
    if answer is None:
        messages.warning(request, _("Choose which standard answer is to be copied in."))
    else:
        data["reply"], data["proposal"] = copied_in(
            data.get("reply", ""),
            data.get("proposal", ""),
            answer=answer.reply,
            proposes=answer.proposal,
        )
        messages.info(request, _("The standard answer is copied in. It is not saved yet."))
    return _page(request, draft, row, form=_form(draft, row, data))


def _with_answer_of(request: HttpRequest, draft: Draft, row: Remark) -> HttpResponse:
    """The form as it was typed, with the answer of a remark that resembles it below; not saved."""
    asked = request.POST["use"]
    other = next((one.remark for one in resembling(row) if str(one.remark.uid) == asked), None)
    data = request.POST.copy()
    if other is None:
        messages.warning(request, _("That remark is not answered any more. Nothing was copied in."))
        return _page(request, draft, row, form=_form(draft, row, data))
    data["reply"], data["proposal"] = copied_in(
        data.get("reply", ""),
        data.get("proposal", ""),
        answer=other.reply,
        proposes=other.proposal,
    )
    data["reason"] = data.get("reason") or other.reason
    said = _("The answer of no. %(number)d is copied in. It is not saved yet.")
    messages.info(request, said % {"number": other.number})
    return _page(request, draft, row, form=_form(draft, row, data))


def _both(request: HttpRequest, draft: Draft, row: Remark, sent: HandleForm) -> HttpResponse:
    """Mine stays in the form; theirs is told above it, and what I save next has seen it."""
    stored = Remark.objects.select_related("theme", "assignee").get(pk=row.pk)
    data = request.POST.copy()
    put_together(sent, stored, data)
    form, theirs = _form(draft, stored, data), theirs_of(stored, draft)
    return _page(request, draft, row, form=form, theirs=theirs, status=409)


def _left(request: HttpRequest, round: Round, remark: UUID) -> HttpResponse | None:
    """What was typed of a remark that was taken back meanwhile, or is answered with another now;
    None where it can be saved, and where nothing was typed."""
    standing = remarks.remarks_of(round).filter(same_as__isnull=True)
    if standing.filter(uid=remark).exists():
        return None
    row = get_object_or_404(Remark.objects.select_related("same_as"), round=round, uid=remark)
    left = left_over(row.number, row, request.POST)
    if left is None:
        return None
    context = frame(request, round, originals=True) | {
        "here": _("Remark no. %(number)d") % {"number": row.number},
        "remark": row,
        "one": left,
        "places": Draft(round).places,
    }
    return render(request, "consultations/handling/left.html", context, status=409)


def _onward(request: HttpRequest, draft: Draft, row: Remark) -> str:
    query = _query(request)
    to = row
    if "next" in request.POST:
        find = _find(request, draft)
        rows = find.filtered(remarks.remarks_of(draft.round)).filter(number__gt=row.number)
        to = rows.order_by("number").first() or row
        if to is row:
            messages.info(request, _("This was the last remark in the list."))
    return _address(draft.round, to) + query


def _find(request: HttpRequest, draft: Draft) -> Filter:
    return Filter(
        request.GET,
        choices=choices_of(draft.round),
        draft=draft,
        me=request.user,
    )


def _query(request: HttpRequest) -> str:
    asked = request.GET.urlencode()
    return f"?{asked}" if asked else ""


def _address(round: Round, row: Remark) -> str:
    return reverse("consultations:remark", args=[round.plan.slug, round.uid, row.uid])


def _page(
    request: HttpRequest,
    draft: Draft,
    row: Remark,
    *,
    form: HandleForm | None = None,
    decide: DecideForm | None = None,
    join: JoinForm | None = None,
    theirs: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    round, find = draft.round, _find(request, draft)
    around = remarks.neighbours(find.filtered(remarks.remarks_of(round)), row)
    invalid = next((one for one in (form, decide, join) if one is not None and one.errors), None)
    context = frame(request, round, originals=True) | {
        "here": _("Remark no. %(number)d") % {"number": row.number},
        "remark": row,
        "handle": form or _form(draft, row),
        "form": invalid,
        "decide": decide or DecideForm(None, remark=row),
        "join": join or JoinForm(None, remark=row),
        "answers": AnswerChoice(answers=answers_of(round)),
        "theirs": theirs,
        "around": around,
        "query": _query(request),
        "spot": draft.spots.get(row.anchor),
        "paragraph": draft.html.get(row.anchor, ""),
        "change": draft.change_of(row.wanted_anchor),
        "doubles": remarks.senders(row),
        "plain_reply": plain(row.reply),
    }
    return render(request, "consultations/handling/remark.html", context, status=status)


# --- the steps taken with it ---------------------------------------------------------------------


@signed_in
@require_POST
def decide(request: HttpRequest, slug: str, uid: UUID, remark: UUID) -> HttpResponse:
    """What the committee decided; the proposal stays as it was."""
    round, row = remark_to_handle(request, slug, uid, remark)
    if not request.user.has_perm(RUN_ROUND, round):
        raise PermissionDenied
    form = DecideForm(request.POST, remark=row)
    if not form.is_valid():
        return _page(request, Draft(round), row, decide=form, status=422)
    data = form.cleaned_data
    try:
        verbs.decide(
            remark=row,
            decision=data["decision"],
            words=data["decision_words"],
            seen=data["seen"],
            by=request.user,
        )
    except Conflict:
        fresh = Remark.objects.get(pk=row.pk)
        form.data = {**request.POST.dict(), "seen": fresh.version}
        row.decision, row.decision_words = fresh.decision, fresh.decision_words
        messages.warning(
            request,
            _("Somebody else has recorded a decision meanwhile. Look at it, and save again if "
              "yours shall hold."),
        )  # fmt: skip
        return _page(request, Draft(round), row, decide=form, status=409)
    messages.success(request, _("The committee's decision is recorded."))
    return redirect(_address(round, row) + _query(request))


@signed_in
@require_POST
def join(request: HttpRequest, slug: str, uid: UUID, remark: UUID) -> HttpResponse:
    """Answer it together with another, by its number; or by itself again (``apart``). When it has
    words of its own, what becomes of them is said first (``told``)."""
    round, row = remark_to_handle(request, slug, uid, remark)
    form = JoinForm(request.POST, remark=row)
    head = None
    if "apart" not in request.POST:
        if form.is_valid():
            number = form.cleaned_data["number"]
            others = remarks.remarks_of(round).select_related("same_as")
            head = others.filter(number=number).first()
        if head is None and form.is_valid():
            form.add_error("number", _("There is no remark of that number here."))
        if head is None:
            return _page(request, Draft(round), row, join=form, status=422)
        if "again" in request.POST:
            return _page(request, Draft(round), row, join=form)
        does = outcome([row], Wish(together=True), head=head.same_as or head)
        if does.left and head.pk != row.pk and does.told != request.POST.get("told"):
            return told_first(request, round, does, _("Together with others"))
    try:
        verbs.join(remark=row, head=head, seen=seen_of(request), by=request.user)
    except NotAlike:
        form.add_error("number", _("Write the number of another remark than this one."))
        return _page(request, Draft(round), row, join=form, status=422)
    except Conflict:
        messages.warning(
            request, _("The remark was changed meanwhile, so nothing was done. Look again.")
        )
        current, stored = remark_to_handle(request, slug, uid, remark)
        return _page(request, Draft(current), stored, status=409)
    done = (
        _("It is answered together with no. %(number)d.") % {"number": head.number} if head else ""
    )
    messages.success(request, done or _("It is answered by itself again."))
    return redirect(_address(round, row) + _query(request))


@signed_in
@require_POST
def retire(request: HttpRequest, slug: str, uid: UUID, remark: UUID) -> HttpResponse:
    """Take it back: its response is to be gone through again. Its number is not used again."""
    round, row = remark_to_handle(request, slug, uid, remark)
    try:
        splitting.retire_remark(remark=row, seen=seen_of(request), by=request.user)
    except splitting.LettersTaken as taken:
        said = _("No. %(number)d is answered with it, so it cannot be taken back. Part them first.")
        messages.warning(request, said % {"number": taken.remark.number})
        return redirect(_address(round, row))
    except Conflict:
        messages.warning(
            request, _("The remark was changed meanwhile, so nothing was done. Look again.")
        )
        return redirect(_address(round, row))
    messages.success(request, _("Remark no. %(number)d is taken back.") % {"number": row.number})
    if row.response is not None:
        args = [round.plan.slug, round.uid, row.response.uid]
        return redirect("consultations:remark-split", *args)
    return redirect("consultations:remark-list", round.plan.slug, round.uid)
