"""Words that the report's page, papers and spreadsheet share."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.enums import PartyState, Proposal
from kommuneplan.core.enums import ReportName

from ..round_report import (
    AnsweringPeriod,
    PartyLine,
    RemarkLine,
    ReportedForm,
    ReportHead,
    ResponseLine,
)

SHORT = 240  # letters of a quote that are shown; the whole stands in the draft


def long_day(day: dt.date) -> str:
    """ "3. maj 2026"."""
    return date_format(day, "j. F Y")


def name_of(head: ReportHead) -> str:
    """What the report is called: "Høringsnotat"."""
    known = head.name in ReportName.values
    return capfirst(str(ReportName(head.name).label)) if known else head.name


def title_of(head: ReportHead) -> str:
    """ "Høringsnotat: Strategi for …"."""
    return _("%(name)s: %(title)s") % {"name": name_of(head), "title": head.plan}


def period_words(period: AnsweringPeriod) -> str:
    """ "1. maj 2026 til og med 12. juni 2026 (43 dage)"."""
    if not period.first or not period.last:
        return ""
    days = ngettext("%(count)d day", "%(count)d days", period.days) % {"count": period.days}
    facts = {"first": long_day(period.first), "last": long_day(period.last), "days": days}
    return _("%(first)s up to and including %(last)s (%(days)s)") % facts


def proposal_words(value: str) -> str:
    """ "Delvist imødekommet"; empty while nothing is proposed."""
    return str(Proposal(value).label) if value else ""


def standing_words(party: PartyLine) -> str:
    """What became of a party that was asked: "Har svaret"."""
    known = party.standing in PartyState.values
    return capfirst(str(PartyState(party.standing).label)) if known else party.standing


def sender_words(remark: RemarkLine) -> str:
    """Who says it: "Ældrerådet", "Ældrerådet og 11 andre afsendere"."""
    if remark.alike < 2:
        return remark.sender
    more = remark.alike - 1
    said = ngettext(
        "%(sender)s and %(count)d other sender", "%(sender)s and %(count)d other senders", more
    )
    return said % {"sender": remark.sender, "count": more}


def about_remark(remark: RemarkLine) -> tuple[str, ...]:
    """Where a remark comes from and what it is about, a few words each."""
    said = []
    if remark.response is not None:
        said.append(_("Response no. %(number)d") % {"number": remark.response})
    if remark.meeting:
        said.append(_("Said at a meeting: %(meeting)s") % {"meeting": remark.meeting})
    if remark.late:
        said.append(_("Received after the deadline"))
    said.append(
        _("To %(place)s") % {"place": remark.where} if remark.where else _("To the whole draft")
    )
    return tuple(said)


def decision_words(remark: RemarkLine) -> str:
    """The committee's decision, where it has said something of its own."""
    label = proposal_words(remark.decision)
    return ". ".join(one for one in (label, remark.decision_words.strip()) if one)


def change_words(remark: RemarkLine) -> str:
    """ "Se ændring 3 og 5"; empty where nothing was changed."""
    if not remark.changes:
        return ""
    numbers = ", ".join(map(str, remark.changes))
    return _("See change %(numbers)s") % {"numbers": numbers}


def shown_words(response: ResponseLine) -> str:
    """What stands in place of a response that is not shown; empty for one that is."""
    return {
        ReportedForm.PUBLIC: "",
        ReportedForm.HIDDEN: _("Hidden from the public. The response is received and filed."),
        ReportedForm.WITHDRAWN: _(
            "Withdrawn by its sender. The response stays received and filed."
        ),
        ReportedForm.NOT_PUBLISHED: _("Not published. The response is received and filed."),
    }[response.shown]


def shortened(quote: str) -> str:
    """The beginning of a quote, cut between two words."""
    quote = " ".join(quote.split())
    if len(quote) <= SHORT:
        return quote
    return quote[:SHORT].rsplit(" ", 1)[0].rstrip(" ,.;:") + " …"


def undecided() -> str:
    """What is said of a remark without a proposal."""
    return _("Not decided yet")
