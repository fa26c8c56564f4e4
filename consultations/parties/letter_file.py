"""The consultation letter on paper: to one party, or as it goes to everybody on the list."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from consultations.models import Invitation, Round
from kommuneplan.core.models import Municipality
from kommuneplan.documents.letter import render_letter_docx, render_letter_pdf
from kommuneplan.documents.prose_html import read_blocks
from kommuneplan.documents.whole import Whole, chapter
from kommuneplan.timespan.phrase import day_words

from .letters import filled_letter, moment_words

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def head_of(
    round: Round, invitation: Invitation | None, *, day: dt.date
) -> list[tuple[str, str, str]]:
    """What stands in the head of the letter: key, name, words; "" where the plan does not say."""
    plan = round.plan
    closes_at = invitation.deadline if invitation else round.closes_at
    return [
        ("modtager", _("To"), invitation.name if invitation else _("The parties on the list")),
        ("dato", _("Date"), day_words(day)),
        ("enhed", _("From"), plan.sender_unit),
        ("sagsnummer", _("Case no."), plan.case_number),
        ("dokumentnummer", _("Document no."), plan.document_number),
        ("bilag", _("Annex"), plan.annex_number),
        ("sagsbehandler", _("Case worker"), plan.case_worker),
        ("frist", _("Deadline"), _("up to and including %(day)s") % {"day": moment_words(closes_at)}
         if closes_at else ""),
    ]  # fmt: skip


def letter_of(
    round: Round, invitation: Invitation | None, *, day: dt.date, municipality: Municipality
) -> Whole:
    """The letter as plain values, dated ``day``. The link stands in the mail alone."""
    text = filled_letter(round, invitation, contact=municipality.contact_email)
    facts = head_of(round, invitation, day=day)
    return Whole(
        municipality=municipality.name,
        title=round.title,
        document_title=_("Consultation letter: %(title)s") % {"title": round.title},
        address=municipality.address,
        facts=tuple(fact for fact in facts if fact[2].strip()),
        chapters=(chapter(round.title, 1, read_blocks(text)),),
        labels={"page": _("Page {page} of {pages}"), "picture": _("[Image: {words}]")},
        created=int(dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC).timestamp()),
    )


def letter_docx(
    round: Round, invitation: Invitation | None, *, day: dt.date, municipality: Municipality
) -> bytes:
    """The letter as Word."""
    return render_letter_docx(letter_of(round, invitation, day=day, municipality=municipality))


def letter_pdf(
    round: Round, invitation: Invitation | None, *, day: dt.date, municipality: Municipality
) -> bytes:
    """The letter as PDF."""
    return render_letter_pdf(letter_of(round, invitation, day=day, municipality=municipality))
