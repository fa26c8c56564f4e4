"""What is written to the parties of a round by mail, and the consultation letter (høringsbrev).

A letter is rich text with placeholders in square brackets, which are filled in for each party.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan.clock import COPENHAGEN
from kommuneplan.core.actions import mailing
from kommuneplan.core.mail import kinds
from kommuneplan.core.models import Municipality, User
from kommuneplan.richtext import plain, sanitise, split
from kommuneplan.timespan.phrase import day_words
from plans.models import Plan

from .mails import reference_of
from .models import Invitation, Response, Round
from .models.round import last_day

INVITATION = "consultations.invitation"
REMINDER = "consultations.reminder"
NEWS = "consultations.news"
PLACEHOLDERS = ("titel", "plan", "part", "første dag", "frist", "link", "spørgsmål", "kontakt")


def register_kinds() -> None:
    """Called once, when the app is ready."""
    kinds.register(
        INVITATION,
        gettext_lazy("Invitation to a consultation"),
        seen_by=_seen_by(INVITATION),
        corrected=correct_address,
    )
    kinds.register(
        REMINDER,
        gettext_lazy("Reminder of a consultation"),
        seen_by=_seen_by(REMINDER),
        corrected=correct_address,
    )
    kinds.register(NEWS, gettext_lazy("News of a consultation"), seen_by=_news_seen_by)


def _rounds_of(user: User) -> Any:
    return Round.objects.filter(plan__in=Plan.objects.run_by(user).values("pk"))


def _seen_by(kind: str) -> Any:
    def references(user: User) -> list[str]:
        uids = Invitation.objects.filter(round__in=_rounds_of(user).values("pk"))
        return [reference_of(kind, uid) for uid in uids.values_list("uid", flat=True)]

    return references


def _news_seen_by(user: User) -> list[str]:
    return [reference_of(NEWS, uid) for uid in _rounds_of(user).values_list("uid", flat=True)]


def correct_address(*, uid: str, address: str, by: User | None) -> None:
    """A mail came back and goes to another address: it is written on the list of parties too."""
    row = Invitation.objects.select_for_update().filter(uid=uid).first()
    if row is not None:
        row._history_user = by
        row.email = address
        row.save()


# --- mails ---------------------------------------------------------------------------------------


def send_invitation(invitation: Invitation, *, token: str, by: User | None) -> None:
    """The letter by mail with the personal link. Not sent any more once the deadline is past."""
    round = invitation.round
    mailing.send(
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
    mailing.send(
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
    link: mailing.Link | None,
    invitation: Invitation | None,
    by: User | None,
) -> None:
    mailing.send(
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


def _personal(token: str) -> mailing.Link:
    return mailing.absolute(reverse("consultations:answer-invited", args=[token]))


def moment_words(closes_at: dt.datetime | None) -> str:
    """A deadline in words: "4. maj 2027", or with the hour where it is not the end of the day."""
    day = last_day(closes_at)
    if closes_at is None or day is None:
        return ""
    local = closes_at.astimezone(COPENHAGEN)
    if (local.hour, local.minute) == (0, 0):
        return day_words(day)
    return _("%(day)s at %(hour)s") % {"day": day_words(day), "hour": f"{local:%H.%M}"}


# --- the letter ----------------------------------------------------------------------------------


def usual_letter(round: Round) -> str:
    """The letter as it is offered to begin with, with its placeholders."""
    paragraphs = [
        _("The draft of [plan] is in consultation from [første dag] up to and including [frist]."),
        round.introduction or _("[Write in a few words what is proposed.]"),
        _("You can read the draft and answer it here: [link]"),
        _("We would like to hear your remarks on the draft as a whole and on its single parts."),
        _("Please consider these questions in particular:"),
        "[spørgsmål]",
        _("The link is for you alone and may be shared with your colleagues. One of you sends the "
          "answer for all. You can supplement it until the deadline."),
        _("If you have no remarks, you can say so with one click."),
        "" if round.is_internal else
        _("Responses are published. Do not write CPR numbers or other sensitive information."),
        _("If you have questions, write to [kontakt]."),
    ]  # fmt: skip
    return "".join(f"<p>{html.escape(words)}</p>" for words in paragraphs if words)


def filled_letter(round: Round, invitation: Invitation | None, *, contact: str = "") -> str:
    """The letter as HTML with what is known filled in: to a party, or to everybody on the list."""
    text = sanitise(round.letter) or usual_letter(round)
    closes_at = round.deadline_of(invitation)
    values = {
        "titel": round.title,
        "plan": round.plan.title,
        "part": invitation.name if invitation else _("the parties on the list"),
        "første dag": day_words(round.first_day) if round.first_day else _("[first day]"),
        "frist": moment_words(closes_at) or _("[deadline]"),
        "link": _("the link below") if invitation else _("the link in the mail to each party"),
        "kontakt": contact,
    }
    return fill(text, values, questions(round))


def questions(round: Round) -> list[str]:
    """What the secretary asks everybody to consider."""
    rows = round.questions.filter(retired_at__isnull=True)
    return list(rows.values_list("words", flat=True))


_ASKED = re.compile(r"<p>\s*\[spørgsmål\]\s*</p>|\[spørgsmål\]")


def fill(text: str, values: Mapping[str, str], asked: list[str]) -> str:
    """The letter with its placeholders filled in; what is filled in is never looked at again.
    Where no questions are asked, the line before their place goes too."""
    listed = "".join(f"<li>{html.escape(words)}</li>" for words in asked)
    pattern = re.compile(rf"\[({'|'.join(map(re.escape, values))})\]")
    parts = _ASKED.split(text)
    filled = [pattern.sub(lambda found: html.escape(values[found[1]]), part) for part in parts]
    if not asked and len(parts) > 1:
        filled[0] = re.sub(r"<p>[^<]*:\s*</p>\s*$", "", filled[0])
    return (f"<ol>{listed}</ol>" if listed else "").join(filled)


def letter_paragraphs(round: Round, invitation: Invitation) -> list[str]:
    """The letter as plain paragraphs, for a mail."""
    contact = Municipality.current().contact_email
    text = filled_letter(round, invitation, contact=contact)
    return [words for block in split(text) if (words := plain(block).strip())]
