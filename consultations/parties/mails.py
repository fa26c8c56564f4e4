"""The mails to a round's parties: invitation, reminder, news."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from consultations.models import Invitation, Response, Round
from consultations.responses.mails import reference_of
from kommuneplan.core.mail import actions
from kommuneplan.core.models import User
from kommuneplan.timespan.phrase import day_words

from .letters import letter_paragraphs, moment_words

INVITATION = "consultations.invitation"


REMINDER = "consultations.reminder"


NEWS = "consultations.news"


def send_invitation(invitation: Invitation, *, token: str, by: User | None) -> None:
    """The letter by mail with the personal link. Not sent any more once the deadline is past."""
    round = invitation.round
    actions.send(
        to=invitation.email,
        template="consultations/invitation",
        context={
            **_facts(round, invitation),
            "letter": letter_paragraphs(round, invitation),
            "link": _personal(token),
        },
        reference=reference_of(INVITATION, invitation.uid),
        by=by,
        until=invitation.deadline,
    )


def send_reminder(invitation: Invitation, *, token: str, by: User | None) -> None:
    """That the deadline draws near, with a link that leads in."""
    actions.send(
        to=invitation.email,
        template="consultations/reminder",
        context={**_facts(invitation.round, invitation), "link": _personal(token)},
        reference=reference_of(REMINDER, invitation.uid),
        by=by,
        until=invitation.deadline,
    )


def send_news(
    round: Round,
    *,
    kind: str,
    reason: str,
    invitations: Iterable[tuple[Invitation, str]],
    responses: Iterable[Response],
    old_closes_at: dt.datetime | None = None,
    by: User | None,
) -> int:
    """Tell what happened to a round: each invited party with a link of its own (its token), and
    each who has answered by themselves; once to an address. Returns how many mails were written.
    """
    told: set[str] = set()
    for invitation, token in invitations:
        told.add(invitation.email.lower())
        link = _personal(token)
        _send_news(round, invitation.email, kind, reason, old_closes_at, link, invitation, by)
    for response in responses:
        if response.email.lower() not in told:
            told.add(response.email.lower())
            _send_news(round, response.email, kind, reason, old_closes_at, None, None, by)
    return len(told)


def _send_news(
    round: Round,
    to: str,
    kind: str,
    reason: str,
    old_closes_at: dt.datetime | None,
    link: actions.MailLink | None,
    invitation: Invitation | None,
    by: User | None,
) -> None:
    actions.send(
        to=to,
        template="consultations/news",
        context={
            **_facts(round, invitation),
            "kind": str(kind),
            "reason": reason,
            "old_deadline": moment_words(old_closes_at),
            "link": link,
        },
        reference=reference_of(NEWS, round.uid),
        by=by,
    )


def _facts(round: Round, invitation: Invitation | None) -> dict[str, Any]:
    closes_at = round.deadline_of(invitation)
    return {
        "title": round.title,
        "plan": round.plan.title,
        "introduction": round.introduction,
        "first_day": day_words(round.first_day) if round.first_day else "",
        "deadline": moment_words(closes_at),
        "renewed_because": round.renewed_because,
        "party": invitation.name if invitation else "",
        "open_list": round.open_list,
    }


def _personal(token: str) -> actions.MailLink:
    return actions.absolute(reverse("consultations:answer-invited", args=[token]))
