"""What everybody may read of a round: its page, the list of rounds, and whether the page is still
as it was. Only what was announced, and of the draft only what is published.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from consultations.enums import RoundState
from consultations.models import Invitation, Round
from consultations.models.round import last_day
from consultations.reports.published import shown_report
from consultations.responses.published import responses_part
from kommuneplan.clock import local_day
from kommuneplan.collation import fold, search_words
from plans.document.told_dates import draft_as_told
from plans.enums import Audience
from plans.models import Publication
from plans.public import plan_page
from plans.public.standing import standing_of_version

_MOST_WORDS = 8


def found(words: str, *, at: dt.datetime) -> QuerySet[Round]:
    """The visible rounds in whose title, plain words or published draft all the words stand."""
    rows = Round.objects.visible(at=at).select_related("plan", "frozen")
    rows = rows.defer("frozen__content", "frozen__search_text", "letter")
    wanted = search_words(words.replace("\x00", ""))[:_MOST_WORDS]
    if not wanted:
        return rows
    told = {pk: fold(f"{title} {text}") for pk, title, text in
            Round.objects.visible(at=at).values_list("pk", "title", "introduction")}  # fmt: skip
    drafts = Round.objects.visible(at=at).filter(
        opens_at__lte=at,
        frozen__publications__audience=Audience.PUBLIC,
        frozen__publications__visible_from__lte=at,
        frozen__publications__withdrawn_at__isnull=True,
    )
    for word in wanted:
        titles = [pk for pk, text in told.items() if word in text]
        texts = drafts.filter(frozen__search_text__contains=word).values("pk")
        rows = rows.filter(Q(pk__in=titles) | Q(pk__in=texts))
    return rows


def by_state(rows: QuerySet[Round], *, at: dt.datetime) -> tuple[QuerySet[Round], ...]:
    """Open ones, the most urgent first; coming ones; ended ones, the newest first."""
    live = rows.filter(withdrawn_at__isnull=True, closes_at__gt=at)
    is_over = Q(closes_at__lte=at) | Q(withdrawn_at__isnull=False)
    return (
        live.filter(opens_at__lte=at).order_by("closes_at", "pk"),
        live.filter(opens_at__gt=at).order_by("opens_at", "pk"),
        rows.filter(is_over).order_by("-closes_at", "-pk"),
    )


def days_left(round: Round, *, at: dt.datetime, closes_at: dt.datetime | None = None) -> int:
    """Civil days until the last one; 0 on the last."""
    last = last_day(closes_at or round.closes_at)
    return (last - local_day(at)).days if last else 0


def draft_is_shown(round: Round, *, at: dt.datetime, to_parties: bool = False) -> bool:
    """Is the version that is answered visible now, and not withdrawn?"""
    audiences = [Audience.PUBLIC, Audience.PARTIES] if to_parties else [Audience.PUBLIC]
    shown = Publication.objects.filter(
        version=round.frozen_id, audience__in=audiences, visible_from__lte=at
    ).filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at))
    return shown.exists()


def about(
    round: Round,
    *,
    at: dt.datetime,
    invitation: Invitation | None = None,
    to_parties: bool = False,
) -> dict[str, Any]:
    """What a page says of a round to whoever may answer it: to everybody, or to an invited party
    with its own deadline."""
    closes_at = round.deadline_of(invitation)
    state = round.state_at(at, closes_at)
    to_parties = to_parties or invitation is not None
    begun = state not in {RoundState.PREPARED, RoundState.COMING}
    shown = begun and draft_is_shown(round, at=at, to_parties=to_parties)
    return {
        "state": state,
        "closes_at": closes_at,
        "is_open": state == RoundState.OPEN,
        **_told(round, at=at, begun=begun, shown=shown, closes_at=closes_at),
    }


def preview_page(round: Round, *, at: dt.datetime) -> dict[str, Any]:
    """The page as everybody will see it when the round opens, from what is prepared now. A round
    without a deadline shows none."""
    parties = round.invitations.on_the_list()
    return {
        "state": RoundState.OPEN,
        "closes_at": round.closes_at,
        "is_open": False,
        **_told(round, at=at, begun=True, shown=True, closes_at=round.closes_at),
        "days_left": days_left(round, at=round.opens_at or at),
        "parties": list(parties.order_by("sort_key", "pk").values_list("name", flat=True)),
        "earlier": round.renews if round.renews_id and round.renews.is_public else None,
    }


def _told(
    round: Round, *, at: dt.datetime, begun: bool, shown: bool, closes_at: dt.datetime | None
) -> dict[str, Any]:
    """What is told of a round: its draft where it is ``shown``, the rest once it has ``begun``."""
    document = draft_as_told(round.frozen, on=local_day(at)) if shown else None
    return {
        "round": round,
        "days_left": days_left(round, at=at, closes_at=closes_at),
        "document": document,
        "decision": plan_page.decision(document, local_day(at)) if document else None,
        "standing": standing_of_version(round.frozen, at=at) if document else None,
        "questions": list(round.questions.filter(retired_at__isnull=True)) if begun else [],
        "materials": list(
            round.materials.filter(retired_at__isnull=True).select_related("file")
        ) if begun else [],
    }  # fmt: skip


def hearing_page(round: Round, *, at: dt.datetime, page: int = 1) -> dict[str, Any]:
    """The public page of a round; ``page``: which of its responses."""
    parties = round.invitations.on_the_list()
    everybody = Q(invitation__isnull=True)
    return {
        **about(round, at=at),
        "parties": list(parties.order_by("sort_key", "pk").values_list("name", flat=True)),
        "events": list(round.events.filter(everybody, at__lte=at).order_by("-at", "-pk")),
        "earlier": round.renews if round.renews_id and round.renews.is_public else None,
        "answers": responses_part(round, at=at, page=page),
        "report": shown_report(round, at=at),
        "later": Round.objects.visible(at=at).filter(renews=round).order_by("pk").first(),
    }
