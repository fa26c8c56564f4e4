"""How much strangers hold: answers nobody has confirmed, their files, and the mails of a day; from
one network, to one round, and all together. Counted from the rows, in the turn of whoever adds one
(``demand_room``); the limits stand in ``kommuneplan/strangers_settings.py``.

Whoever was invited by name, has signed in, or has confirmed their address is no stranger.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, Sum

from consultations.enums import Channel
from consultations.models import Attachment, DraftFile, Response, ResponseDraft, Round
from consultations.responses.mails import DRAFT, RECEIPT
from kommuneplan import clock
from kommuneplan.core import strangers
from kommuneplan.core.models import Mail, StoredFile
from kommuneplan.core.strangers import Budget

DAY = dt.timedelta(days=1)


def register_budgets() -> None:
    """Called once, when the app is ready."""
    strangers.register_budgets(_figures)


def limits_of(draft: ResponseDraft | None, *, is_known: bool) -> dict[str, int]:
    """How many files, bytes of them and letters there may be in one answer."""
    known = is_known or (draft is not None and draft.invitation_id is not None)
    return dict(settings.INVITED_ANSWER if known else settings.STRANGERS_ANSWER)


# --- whose they are ------------------------------------------------------------------------------


def by_strangers() -> Q:
    """Of answers being written, and of those that were sent from them."""
    unconfirmed = Q(response__isnull=True) | Q(response__verified_at__isnull=True)
    return Q(invitation__isnull=True, confirmed_at__isnull=True) & unconfirmed


def _answers(**where: Any) -> Any:
    return ResponseDraft.objects.filter(by_strangers(), **where)


def _files(drafts: Any, responses: Any) -> dict[str, int]:
    """How many files, and their bytes; one that was sent lies in both places and counts once."""
    laid = DraftFile.objects.filter(file=OuterRef("pk"), draft__in=drafts.values("pk"))
    sent = Attachment.objects.filter(file=OuterRef("pk"), response__in=responses.values("pk"))
    rows = StoredFile.objects.filter(Exists(laid) | Exists(sent))
    found = rows.order_by().aggregate(files=Count("pk"), bytes=Sum("size"))
    return {name: value or 0 for name, value in found.items()}


def _unconfirmed(**where: Any) -> Any:
    return Response.objects.filter(
        channel=Channel.WEB, invitation__isnull=True, verified_at__isnull=True, **where
    )


# --- how much ------------------------------------------------------------------------------------


def _measured(scope: str, kinds: tuple[str, ...], at: dt.datetime, **where: Any) -> list[Budget]:
    """What is held where the rows are ``where`` (``round`` or ``network``)."""
    drafts = _answers(**where)
    held: dict[str, int] = {}
    if "answers" in kinds:
        held["answers"] = drafts.count()
    if {"files", "bytes"} & {*kinds}:
        ours = {name: value for name, value in where.items() if name != "network"}
        responses = Response.objects.none() if "network" in where else _unconfirmed(**ours)
        held |= _files(drafts, responses)
    if "mails" in kinds:
        held["mails"] = _mails(drafts, at)
    return [Budget(scope, kind, held[kind]) for kind in kinds]


def _mails(drafts: Any, at: dt.datetime) -> int:
    """The mails of the last day to addresses that nobody has confirmed."""
    kinds: dict[str, list[UUID]] = {DRAFT: [], RECEIPT: []}
    for reference in _mails_of_the_day(at).values_list("reference", flat=True):
        kind, _colon, uid = reference.partition(":")
        kinds[kind].append(UUID(uid))
    links = set(drafts.filter(uid__in=kinds[DRAFT]).values_list("uid", flat=True))
    receipts = drafts.filter(response__uid__in=kinds[RECEIPT])
    theirs = links | set(receipts.values_list("response__uid", flat=True))
    return sum(uid in theirs for uids in kinds.values() for uid in uids)


def _mails_of_the_day(at: dt.datetime) -> Any:
    about = Q(reference__startswith=f"{DRAFT}:") | Q(reference__startswith=f"{RECEIPT}:")
    return Mail.objects.filter(about, created_at__gt=at - DAY)


def measure(
    *kinds: str, network: str = "", round: Round | None = None, at: dt.datetime
) -> list[Budget]:
    """What a network, a round and all strangers hold of some kinds; the narrowest first."""
    found = _measured("network", kinds, at, network=network) if network else []
    if round is not None:
        found += _measured("round", kinds, at, round=round)
    return found + _measured("all", kinds, at)


def demand_room(draft: ResponseDraft, *kinds: str, at: dt.datetime) -> None:
    """Called in the transaction that has just added something to an answer, or is about to mail:
    raises UsedUp where strangers would hold too much by it."""
    if not ResponseDraft.objects.filter(by_strangers(), pk=draft.pk).exists():
        return
    strangers.in_turn()
    found = measure(*kinds, network=draft.network, round=draft.round, at=at)
    strangers.demand(*found)


def has_room_for_mail(draft: ResponseDraft, *, at: dt.datetime) -> bool:
    """Called in the transaction that is about to mail the address in an answer. Whose mails they
    are is looked up only where there are many: on a last day thousands of receipts go out."""
    if not ResponseDraft.objects.filter(by_strangers(), pk=draft.pk).exists():
        return True
    strangers.in_turn()
    if draft.network and _is_full(_measured("network", ("mails",), at, network=draft.network)):
        return False
    few = min(settings.STRANGERS[scope]["mails"] for scope in ("round", "all"))
    if _mails_of_the_day(at).count() < few:
        return True
    return not _is_full(measure("mails", round=draft.round, at=at))


def _is_full(found: list[Budget]) -> bool:
    return any(one.held >= one.limit for one in found)


def _figures() -> list[Budget]:
    """All together; then, of rounds and of networks, the one with most answers."""
    at, kinds = clock.now(), ("answers", "files", "bytes", "mails")
    found = _measured("all", kinds, at)
    if key := _fullest("round"):
        round = Round.objects.get(pk=key)
        found += [
            replace(one, name=round.title) for one in _measured("round", kinds, at, round=key)
        ]
    if key := _fullest("network"):
        found += _measured("network", kinds, at, network=key)
    return found


def _fullest(scope: str) -> Any:
    rows = _answers().exclude(**({"network": ""} if scope == "network" else {"pk": None}))
    counted = rows.order_by().values_list(scope).annotate(number=Count("pk"))
    return next((key for key, _number in counted.order_by("-number", scope)[:1]), None)
