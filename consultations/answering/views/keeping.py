"""What the pages of answering tell of what is kept: to the script, and beside the fields."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from consultations.models import ResponseDraft
from kommuneplan.core.templatetags.keeping_page import KeepingPage, clock_of, keeping_words
from kommuneplan.keeping import Typed, Weighed, Windows

from ..actions import drafts
from ..forms.draft import AnswerWords, SenderForm
from ..unsent import unsent
from .desk import AnsweringDesk

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


def told(
    request: HttpRequest,
    desk: AnsweringDesk,
    typed: Typed,
    done: Weighed,
    errors: Iterable[str] = (),
) -> JsonResponse:
    """What the script is told: of what it sent what stands, of the rest what others have written.
    A page of an older script, which has no key, is told of a clash by the status."""
    draft = desk.draft if desk.draft is not None else ResponseDraft(round=desk.round)
    windows = Windows(draft.windows)
    page = KeepingPage(windows, drafts.words_of(draft), {}, request.arrived_at, sent=typed.page)
    if windows.besides() or page.writing:  # only then is anything told that has to be named
        words = AnswerWords(desk.round, desk.draft)
        sender = SenderForm(None, draft, invited=desk.is_known)
        page = keeping_page(request, desk, words, sender, sent=typed.page)
    saved = desk.draft.saved_at if desk.draft is not None else request.arrived_at
    more = {"at": clock_of(saved), "write": desk.write, "errors": list(errors)}
    if (told_unsent := unsent(desk.draft)) is not None:
        more["unsent"] = sorted(told_unsent.names)
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
