"""What the pages of answering tell of what is kept: to the script, and beside the fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from consultations.models import ResponseDraft
from consultations.responses.content import SENDER
from kommuneplan.core.strangers import UsedUp
from kommuneplan.core.templatetags.keeping_page import KeepingPage, clock_of, keeping_words
from kommuneplan.keeping import Typed, Weighed, Windows

from ..actions import drafts
from ..actions.drafts import KeptDraft
from ..budgets import limits_of
from ..forms.draft import AnswerWords, SenderForm
from ..forms.sent_words import SentWords
from ..unsent import unsent
from .desk import AnsweringDesk
from .phrases import no_room_for_answers

SINGLE = frozenset({"sender_kind", "name", "organisation", "role", "postcode", "email",
                    "is_protected"})  # fmt: skip


def keeping_page(
    request: HttpRequest,
    desk: AnsweringDesk,
    words: AnswerWords,
    sender: SenderForm,
    *,
    sent: str = "",
) -> KeepingPage:
    """The open page of an answer; ``sent``: the key of the one that has just come."""
    draft = desk.draft
    kinds = dict(sender.fields["sender_kind"].choices)  # type: ignore[attr-defined]
    return KeepingPage(
        windows=Windows(draft.windows if draft else {}),
        stored=drafts.words_of(draft) if draft else {},
        labels=_labels(words) | {name: str(field.label) for name, field in sender.fields.items()},
        at=request.arrived_at,
        sent=sent,
        single=SINGLE,
        values={
            "sender_kind": {str(key): str(label) for key, label in kinds.items()},
            "is_protected": {"on": _("Yes"), "": _("No")},
        },
    )


def _labels(words: AnswerWords) -> dict[str, str]:
    remarks = {
        box.name: _("Remark to “%(quote)s”") % {"quote": _begins(box.quote)}
        if box.quote
        else _("A remark")
        for box in words.remarks
    }
    answers = {box.name: box.label for box in words.answers}
    return {"text": _("Your remarks on the whole"), **answers, **remarks}


def _begins(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"


def by_script(request: HttpRequest) -> bool:
    """Did the script of the page send this, which keeps what is typed?"""
    return request.headers.get("Accept") == "application/json"


def keep(request: HttpRequest, desk: AnsweringDesk, *, too_soon: Callable[[], str]) -> JsonResponse:
    """Keep what the script of a page has sent, and tell it what stands. Asks for no more of the
    answer than that: it is sent every few seconds by everybody who writes. ``too_soon``: why
    nothing may be begun yet, or empty."""
    there = drafts.words_of(desk.draft) if desk.draft is not None else {}
    most = limits_of(desk.draft, is_known=desk.is_known)["letters"]
    words = SentWords(request.POST, there, most=most)
    typed = words.typed(_sent_sender(request, desk))
    if not typed.words and not words.errors:
        return _told(request, desk, typed, KeptDraft(_row(desk), Weighed(), there))
    if why := too_soon():
        return not_kept(why)
    try:
        desk.draft = desk.begin()
    except UsedUp:
        return not_kept(no_room_for_answers())
    if desk.addresses is not None:
        desk.write, desk.send = desk.addresses()
    if desk.by is not None and not typed.writer:
        typed = replace(typed, writer=desk.by.name)
    kept = drafts.keep(draft=desk.draft, typed=typed, new=words.new, at=request.arrived_at)
    desk.draft = kept.draft
    return _told(request, desk, typed, kept, words.errors.values())


def _row(desk: AnsweringDesk) -> ResponseDraft:
    return desk.draft if desk.draft is not None else ResponseDraft(round=desk.round)


def _sent_sender(request: HttpRequest, desk: AnsweringDesk) -> dict[str, str]:
    """The sender's fields that were sent and can be kept; a script sends those that changed."""
    if "only" in request.POST and not any(name in request.POST for name in SENDER):
        return {}
    return SenderForm(request.POST, _row(desk), invited=desk.is_known).sound


def not_kept(why: str) -> JsonResponse:
    """Nothing is stored, and why; the words stay on the page."""
    return JsonResponse({"said": why}, status=429)


def _told(
    request: HttpRequest,
    desk: AnsweringDesk,
    typed: Typed,
    kept: KeptDraft,
    errors: Iterable[str] = (),
) -> JsonResponse:
    """What the script is told: of what it sent what stands, of the rest what others have written.
    A page of an older script, which has no key, is told of a clash by the status."""
    windows = Windows(kept.draft.windows)
    page = KeepingPage(windows, kept.words, {}, request.arrived_at, sent=typed.page)
    if windows.besides() or page.writing:  # only then is anything told that has to be named
        words = AnswerWords(desk.round, desk.draft)
        sender = SenderForm(None, kept.draft, invited=desk.is_known)
        page = keeping_page(request, desk, words, sender, sent=typed.page)
    saved = desk.draft.saved_at if desk.draft is not None else request.arrived_at
    more = {"at": clock_of(saved), "write": desk.write, "errors": list(errors)}
    if (told_unsent := unsent(desk.draft)) is not None:
        more["unsent"] = sorted(told_unsent.names)
    done = kept.weighed
    status = 409 if done.clashes and not typed.page else 200
    return JsonResponse(page.told(typed, done, request.POST, **more), status=status)


def sayings() -> dict[str, str]:
    """What the page says of the words one is writing; {at} is a time of day."""
    return {
        **keeping_words(),
        "kept": _("Kept at {at}"),
        "beside": _(
            "Kept at {at}. Somebody else, or you in another window, has written in the same field: "
            "both texts stand below it. Choose between them before the response is sent."
        ),
        "offline": _(
            "Not kept: there is no connection. Your words stay on the page, and are kept as soon "
            "as there is one."
        ),
        "closed": _("The deadline is past. Nothing more can be sent."),
        "failed": _("The text could not be kept. It stays on this page, and we try again."),
        "forbidden": _("The link does not hold any more. Copy your words before you leave."),
    }
