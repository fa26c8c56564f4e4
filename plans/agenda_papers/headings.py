"""Which sections papers for agendas have: the municipality's own, else the usual ones."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from plans.enums import PaperPart
from plans.models import PaperHeading


@dataclass(frozen=True, slots=True)
class WantedSection:
    """A section of every paper: what it is made from, what it is called, what belongs there."""

    part: str
    heading: str
    help_text: str = ""


def usual() -> list[WantedSection]:
    """The sections of a Danish sagsfremstilling."""
    return [
        WantedSection(
            PaperPart.SUMMARY,
            _("Summary of the matter"),
            _("The matter in three or four sentences, for somebody who reads nothing else."),
        ),
        WantedSection(
            PaperPart.RECOMMENDATION,
            _("Recommendation"),
            _("What the body is asked to decide: one line for each, beginning with “at”."),
        ),
        WantedSection(PaperPart.PROBLEM, _("The problem"), _("Why is it put before the body now?")),
        WantedSection(PaperPart.SOLUTION, _("The solution"), _("What does the plan do about it?")),
        WantedSection(
            PaperPart.ECONOMY,
            _("Economy"),
            _("What it costs, from where the money comes, and what it means for staff."),
        ),
        WantedSection(
            PaperPart.CONSULTATION,
            _("Consultation"),
            _("Who was consulted, what they said, and what was changed."),
        ),
        WantedSection(
            PaperPart.PROCESS,
            _("The further process"),
            _("The steps that are still to come stand below, from the process plan."),
        ),
        WantedSection(PaperPart.ANNEXES, _("Annexes"), ""),
    ]


def headings() -> list[WantedSection]:
    """Those of this municipality."""
    own = PaperHeading.objects.order_by("position", "pk")
    return [WantedSection(one.part, one.heading, one.help_text) for one in own] or usual()


def help_of(part: str) -> str:
    """What belongs in a section."""
    return next((one.help_text for one in headings() if one.part == part), "")
