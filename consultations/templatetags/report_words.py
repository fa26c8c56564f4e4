"""The words of a report on pages: the same as on paper."""

from __future__ import annotations

from django import template
from django.utils.translation import ngettext

from consultations.enums import Proposal, SenderKind
from consultations.reports.exports import words
from consultations.reports.round_report import AnsweringPeriod, PartyLine, RemarkLine, ResponseLine

register = template.Library()


@register.filter
def period_words(period: AnsweringPeriod) -> str:
    """ "1. maj 2026 til og med 12. juni 2026 (43 dage)"."""
    return words.period_words(period)


@register.filter
def standing_words(party: PartyLine) -> str:
    """What became of a party that was asked."""
    return words.standing_words(party)


@register.filter
def says(remark: RemarkLine) -> str:
    """Who says it, and how many more."""
    return words.sender_words(remark)


@register.filter
def about(remark: RemarkLine) -> str:
    """Where it comes from and what it is about."""
    return " · ".join(words.about_remark(remark))


@register.filter
def decided(remark: RemarkLine) -> str:
    """The committee's own decision, if it made one."""
    return words.decision_words(remark)


@register.filter
def why_not_shown(response: ResponseLine) -> str:
    """What stands in place of a response that is not shown."""
    return words.shown_words(response)


@register.simple_tag
def outcomes(remarks: list[RemarkLine]) -> list[tuple[str, int]]:
    """How many remarks are met, partly met …, those that are there."""
    held = [one.stands for one in remarks]
    order = [*(one for one in Proposal if one), ""]
    counted = [(words.proposal_words(one) or words.undecided(), held.count(one)) for one in order]
    return [(name, many) for name, many in counted if many]


@register.filter
def senders_of(kind: str, many: int) -> str:
    """ "12 til privatpersoner"."""
    said = {
        SenderKind.CITIZEN: ngettext("%(n)d to a private person", "%(n)d to private persons", many),
        SenderKind.ORGANISATION: ngettext(
            "%(n)d to an association, company or organisation",
            "%(n)d to associations, companies and organisations",
            many,
        ),
        SenderKind.COUNCIL: ngettext(
            "%(n)d to a council or committee", "%(n)d to councils and committees", many
        ),
        SenderKind.AUTHORITY: ngettext(
            "%(n)d to an authority or administration",
            "%(n)d to authorities and administrations",
            many,
        ),
    }[SenderKind(kind)]
    return said % {"n": many}
