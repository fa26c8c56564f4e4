"""Insight in the final material of a matter (kommunestyrelsesloven § 9): asked for by a member of
the council, given or refused by whoever keeps the body's papers. All of it is kept."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import Body, User
from kommuneplan.locking import Conflict
from plans.enums import InsightAnswer
from plans.models import InsightRequest, PlanVersion


@transaction.atomic
def ask_insight(*, body: Body, wanted: str, by: User) -> InsightRequest:
    """Ask to see something of a body's matters. The same words sent again, while they wait, are
    one request."""
    User.objects.select_for_update().get(pk=by.pk)
    waiting = InsightRequest.objects.filter(asked_by=by, body=body, wanted=wanted, answer="")
    row = waiting.first()
    if row is None:
        row = InsightRequest(body=body, asked_by=by, asked_at=clock.now(), wanted=wanted)
        row._history_user = by
        row.save()
    return row


@transaction.atomic
def answer_insight(
    *,
    request: InsightRequest,
    seen: int,
    answer: str,
    reason: str = "",
    given: str = "",
    versions: Collection[PlanVersion] = (),
    by: User,
) -> InsightRequest:
    """Give or refuse it, and write down what was given; answered again, the history keeps the
    first answer. Raises Conflict when it was answered since version ``seen``."""
    row = InsightRequest.objects.select_for_update().get(pk=request.pk)
    if row.version != seen:
        raise Conflict(row)
    if answer == InsightAnswer.REFUSED and not reason.strip():
        raise ValueError("A refusal has a reason")
    is_given = answer == InsightAnswer.GIVEN
    row.answer, row.reason = answer, reason.strip()
    row.given = given.strip() if is_given else ""
    row.answered_at, row.answered_by = clock.now(), by
    row._history_user = by
    row.save()
    row.versions.set(versions if is_given else [])
    return row
