"""What is written to the parties of a round by mail, and the consultation letter (høringsbrev).

A letter is rich text with placeholders in square brackets, which are filled in for each party.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from consultations.models import Invitation, Round
from consultations.models.round import last_day
from kommuneplan.clock import COPENHAGEN
from kommuneplan.core.models import Municipality
from kommuneplan.richtext.blocks import plain, sanitise, split
from kommuneplan.timespan.phrase import day_words

PLACEHOLDERS = ("titel", "plan", "part", "første dag", "frist", "link", "spørgsmål", "kontakt")


# --- mails ---------------------------------------------------------------------------------------


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
