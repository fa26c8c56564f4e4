"""Writing an answer and sending it, the same behind every door (``AnsweringDesk``): a citizen's,
that of an invited party's colleagues, and that of a council's secretary.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from consultations.enums import RoundState
from consultations.models import ResponseDraft
from consultations.permissions import shows_private_names
from consultations.public import round_page
from consultations.responses import content as received
from consultations.responses import quotes
from consultations.responses.public_form import shown
from kommuneplan.core.strangers import UsedUp
from kommuneplan.keeping import TextChoice, TextMoved, Windows
from plans.document import plan_document as doc

from .. import proof_of_work
from ..actions import drafts, sending
from ..budgets import limits_of
from ..forms.draft import AnswerWords, SenderForm
from ..forms.sending import SendForm
from ..kept_until import kept_until
from ..look_through import pointed_at
from ..unsent import unsent
from .desk import AnsweringDesk
from .keeping import by_script, keeping_page, sayings
from .keeping import keep as keep_by_script
from .phrases import no_room_for_answers
from .uploads import laid, take_in

# --- writing -------------------------------------------------------------------------------------


def write(request: HttpRequest, desk: AnsweringDesk) -> HttpResponse:
    """The page on which an answer is written; every button of it keeps what was typed."""
    if desk.state(request.arrived_at) != RoundState.OPEN:
        return over(request, desk)
    if request.method == "POST":
        return _kept(request, desk)
    if "filer" in request.GET:
        context = {"desk": desk, **_files(desk)}
        return private(render(request, "consultations/answering/files.html", context))
    words = AnswerWords(desk.round, desk.draft)
    missing = desk.draft is not None and "mangler" in request.GET
    typed = _as_typed(desk.draft) if missing and desk.draft else None
    sender = SenderForm(typed, _stored(request, desk), complete=missing, **_door(desk))
    return _writing(request, desk, words, sender, add=request.GET.get("afsnit", ""))


def _door(desk: AnsweringDesk) -> dict[str, bool]:
    return {"invited": desk.is_known}


def _stored(request: HttpRequest, desk: AnsweringDesk) -> ResponseDraft:
    """The answer as it stands, also before anybody has begun it."""
    if desk.draft is not None:
        return desk.draft
    if desk.invitation is not None:
        return drafts.unwritten(desk.invitation, at=request.arrived_at)
    return ResponseDraft(round=desk.round)


def _kept(request: HttpRequest, desk: AnsweringDesk) -> HttpResponse:
    """Keep what was typed, then do what the pressed button says."""
    if by_script(request):
        return keep_by_script(request, desk, too_soon=partial(_too_soon, request, desk))
    review = "review" in request.POST
    words = AnswerWords(desk.round, desk.draft, request.POST)
    sender = SenderForm(request.POST, _stored(request, desk), complete=review, **_door(desk))
    typed = words.typed(sender)
    if why := _too_soon(request, desk):
        return _not_kept(request, desk, words, sender, why)
    try:
        desk.draft = desk.begin()
    except UsedUp:
        return _not_kept(request, desk, words, sender, no_room_for_answers())
    if desk.addresses is not None:
        desk.write, desk.send = desk.addresses()
    if desk.by is not None and not typed.writer:
        typed = replace(typed, writer=desk.by.name)
    kept = drafts.keep(
        draft=desk.draft, typed=typed, new=words.new, at=request.arrived_at, leaves=True
    )
    done = kept.weighed
    refused = take_in(desk.draft, request)
    desk.draft.refresh_from_db()
    settling = "settle" in request.POST
    moved = _settled(request, desk, typed.page)
    clashed = done.unkept or moved or (done.beside and not settling)
    if clashed or words.errors or refused or not sender.is_valid():
        words = AnswerWords(desk.round, desk.draft, request.POST, done)
        sender = SenderForm(request.POST, desk.draft, complete=review, weighed=done, **_door(desk))
        two = done.beside or moved or any(box.theirs for box in words.boxes)
        status = 409 if two else 422
        more = {"status": status, "refused": refused, "moved": moved, "sent": done.page}
        return _writing(request, desk, words, sender, **more)
    return _onwards(request, desk, review)


def _not_kept(
    request: HttpRequest, desk: AnsweringDesk, words: AnswerWords, sender: SenderForm, why: str
) -> HttpResponse:
    """Nothing is stored, and nothing typed is lost: the page comes again with it, and says why."""
    add = request.POST.get("afsnit", "")
    return _writing(request, desk, words, sender, add=add, status=429, not_kept=why)


def _too_soon(request: HttpRequest, desk: AnsweringDesk) -> str:
    """Why nothing may be stored yet of an answer that nobody has begun; empty where it may."""
    if desk.draft is not None or desk.is_known:
        return ""
    is_its_own = request.POST.get("token") == desk.token
    number = request.POST.get("proof", "") if is_its_own else ""
    seconds = proof_of_work.wait_to_begin(desk.token, number, request.arrived_at)
    if not seconds:
        return ""
    return ngettext(
        "So that machines do not fill the house, please wait %(seconds)s second, and press the "
        "button once more.",
        "So that machines do not fill the house, please wait %(seconds)s seconds, and press the "
        "button once more.",
        seconds,
    ) % {"seconds": seconds}


def _settled(request: HttpRequest, desk: AnsweringDesk, page: str) -> bool:
    """Put two texts together as the pressed button says; True where they are others by now."""
    choice = TextChoice.read(request.POST.get("settle", ""))
    if choice is None or desk.draft is None:
        return False
    try:
        drafts.settle(draft=desk.draft, choice=choice, page=page, at=request.arrived_at)
    except TextMoved:
        return True
    finally:
        desk.draft.refresh_from_db()
    return False


def _onwards(request: HttpRequest, desk: AnsweringDesk, review: bool) -> HttpResponse:
    if review:
        return redirect(desk.send)  # which leads back where two texts stand for one field
    if (choice := TextChoice.read(request.POST.get("settle", ""))) is not None:
        return redirect(f"{desk.write}?samlet=1#beside-{choice.name.replace('.', '-')}")
    if anchor := request.POST.get("afsnit", ""):
        asked = {"afsnit": anchor, "citat": request.POST.get("marked", "")[:1000]}
        return redirect(f"{desk.write}?{urlencode(asked)}#ny-bemaerkning")
    if "mail" in request.POST:
        assert desk.draft is not None
        mailed = drafts.mail_link(draft=desk.draft, secret=desk.secret, at=request.arrived_at)
        return redirect(f"{desk.write}?mail={'ja' if mailed else 'nej'}#gemt")
    return redirect(f"{desk.write}?gemt=1#gemt")


def _writing(
    request: HttpRequest,
    desk: AnsweringDesk,
    words: AnswerWords,
    sender: SenderForm,
    *,
    add: str = "",
    status: int = 200,
    refused: list[str] | None = None,
    moved: bool = False,
    sent: str = "",
    not_kept: str = "",
) -> HttpResponse:
    about = round_page.about(
        desk.round, at=request.arrived_at, invitation=desk.invitation, to_parties=desk.is_known
    )
    marked = request.POST.get("marked", "")[:1000] or request.GET.get("citat", "")
    new = _new_box(about["document"], words, add, marked)
    keeping = keeping_page(request, desk, words, sender, sent=sent)
    context = {
        **about,
        "desk": desk,
        "words": words,
        "sender": sender,
        "new": new,
        **_files(desk),
        "most_files": limits_of(desk.draft, is_known=desk.is_known)["files"],
        "refused": refused or [],
        "moved": moved,
        "not_kept": not_kept,
        "had_files": bool(request.FILES),
        "bits": proof_of_work.bits(),
        "keeping": keeping,
        "unsettled": keeping.unsettled(),
        "sayings": sayings(),
        "unsent": unsent(desk.draft),
        "kept": kept_until(desk.draft) if desk.draft and not desk.is_known else None,
        "terms": settings.STRANGERS_KEPT,
        "confirmed": request.GET.get("bekraeftet") == "1",
        "missing": "mangler" in request.GET,
        "saved": request.GET.get("gemt") == "1",
        "settled": request.GET.get("samlet") == "1",
        "mailed": request.GET.get("mail", ""),
        "link": request.build_absolute_uri(desk.write) if desk.draft and desk.secret else "",
    }
    return private(render(request, "consultations/answering/answer.html", context, status=status))


def _files(desk: AnsweringDesk) -> dict[str, Any]:
    """The files in the answer, and whether one of them is still being looked at."""
    files = laid(desk.draft)
    return {"files": files, "files_wait": any(one.is_waiting for one in files)}


def _new_box(
    document: doc.PlanDocument | None, words: AnswerWords, anchor: str, marked: str
) -> Any:
    """An empty box for a remark on the paragraph that was asked for, if the draft has it."""
    if not anchor or document is None:
        return None
    try:
        return words.add(anchor, quotes.quote(document, anchor, marked), marked)
    except quotes.NoSuchBlock:
        return None


# --- sending -------------------------------------------------------------------------------------


def send(request: HttpRequest, desk: AnsweringDesk) -> HttpResponse:
    """The answer as it will be received and what of it becomes public; and the button that
    sends it."""
    if desk.draft is None:
        return redirect(desk.write)
    if request.method == "POST":
        return _sent(request, desk)
    if desk.state(request.arrived_at) != RoundState.OPEN:
        return over(request, desk)
    return _reading(request, desk)


def _sent(request: HttpRequest, desk: AnsweringDesk) -> HttpResponse:
    assert desk.draft is not None
    form = SendForm(request.POST, draft=desk.draft, at=request.arrived_at, is_known=desk.is_known)
    if not form.is_valid():
        if desk.state(request.arrived_at) != RoundState.OPEN:
            return over(request, desk)
        return _reading(request, desk, form, status=422)
    if _is_unsettled(desk):
        return redirect(f"{desk.write}?to=1")
    if not _is_complete(desk):
        return redirect(f"{desk.write}?mangler=1")
    try:
        done = sending.submit(
            draft=desk.draft,
            key=form.cleaned_data["key"],
            seen=form.cleaned_data["seen"],
            arrived_at=request.arrived_at,
            by=desk.by,
        )
    except sending.RoundClosed:
        desk.round.refresh_from_db()
        return over(request, desk)
    except sending.Changed:
        desk.draft.refresh_from_db()
        return _reading(request, desk, status=409, changed=True)
    except sending.Empty:
        return redirect(desk.write)
    return redirect("consultations:answer-receipt", done.secret)


def _reading(
    request: HttpRequest,
    desk: AnsweringDesk,
    form: SendForm | None = None,
    *,
    status: int = 200,
    changed: bool = False,
) -> HttpResponse:
    draft = desk.draft
    assert draft is not None
    content = sending.content_of(draft)
    if _is_unsettled(desk):
        return redirect(f"{desk.write}?to=1")
    if not received.says_something(content) or not _is_complete(desk):
        return redirect(f"{desk.write}?mangler=1")
    names = shows_private_names()
    seen_by_all = shown(content, {}, names=names, trusted=desk.is_known)
    fresh = SendForm.fresh(draft, received.sha256_of(content))
    if form is not None:
        fresh.tell(form)
    context = {
        "desk": desk,
        "round": desk.round,
        "closes_at": desk.closes_at,
        "content": content,
        "shown": seen_by_all,
        "label": seen_by_all.label(names=names),
        "form": fresh,
        "changed": changed,
        "bits": proof_of_work.bits(),
        "wait": proof_of_work.wait(draft.began_at, request.arrived_at, proved=False),
        "pointed": pointed_at(content),
        "quotes": {one["uid"]: one["quote"] for one in content["remarks"]},  # type: ignore[attr-defined]
    }
    return private(render(request, "consultations/answering/send.html", context, status=status))


def _is_unsettled(desk: AnsweringDesk) -> bool:
    """Do two texts stand for one field? What is sent is what somebody has decided on."""
    return bool(desk.draft and Windows(desk.draft.windows).besides())


def _is_complete(desk: AnsweringDesk) -> bool:
    """Does the stored answer say who sends it?"""
    draft = desk.draft
    assert draft is not None
    return SenderForm(_as_typed(draft), draft, complete=True, **_door(desk)).is_valid()


def _as_typed(draft: ResponseDraft) -> dict[str, Any]:
    """The stored sender, to be asked whether anything is missing."""
    return {name: getattr(draft, name) for name in received.SENDER}


# --- too late ------------------------------------------------------------------------------------


def over(request: HttpRequest, desk: AnsweringDesk) -> HttpResponse:
    """The round cannot be answered (any more): nothing is received, and everything that was typed
    or kept is shown, with what to do."""
    typed = AnswerWords(desk.round, desk.draft, request.POST if request.POST else None)
    state = desk.state(request.arrived_at)
    context = {
        "desk": desk,
        "round": desk.round,
        "state": state,
        "closes_at": desk.closes_at,
        "boxes": [box for box in typed.boxes if box.value],
        "besides": Windows(desk.draft.windows).besides() if desk.draft else [],
        "typed": request.method == "POST",
        "response": desk.draft.response if desk.draft else None,
    }
    status = 410 if state == RoundState.WITHDRAWN else 200
    status = 409 if request.method == "POST" else status
    if by_script(request):
        return JsonResponse({"closed": True}, status=status)
    return private(render(request, "consultations/answering/over.html", context, status=status))


def private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
