"""Words that papers and calendars share: publications, days, dates and titles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kommuneplan.clock import local_day
from kommuneplan.core.mail.actions import absolute
from kommuneplan.timespan import danish
from kommuneplan.timespan.calendar import YearParts
from kommuneplan.timespan.span import TimeSpan
from plans.document.plan_document import PlanSummary
from plans.public.standing import PlanStanding
from plans.readers.process_plan.vocabulary import CONDITIONAL


@dataclass(frozen=True, slots=True)
class Issue:
    """A publication as documents tell of it. ``replaced_at`` only when it is no longer current;
    ``sequence`` grows with each publication of the plan, for calendars; ``link``: where its version
    is read, whatever is published after it."""

    slug: str
    number: int
    visible_from: dt.datetime
    sequence: int = 0
    replaced_at: dt.datetime | None = None
    title: str = ""
    withdrawn: bool = False
    link: str = ""

    @property
    def words(self) -> str:
        """ "Version 3, published on 3 May 2015"."""
        facts = {"number": self.number, "date": long_day(local_day(self.visible_from))}
        if self.replaced_at is None:
            return _("Version %(number)s, published on %(date)s") % facts
        later = long_day(local_day(self.replaced_at))
        return _("Version %(number)s, published on %(date)s and replaced on %(later)s") % {
            **facts,
            "later": later,
        }


def version_address(slug: str, number: int | None) -> str:
    """Where everybody reads a version, for papers that leave the house; else nothing."""
    return str(absolute(reverse("plans:version", args=[slug, number]))) if number else ""


def titled(title: str, conditional: bool) -> str:
    """The title, with "(evt.)" where only a mark of its own tells that it depends on something."""
    if not conditional or CONDITIONAL.search(title):
        return title
    return _("%(title)s (if needed)") % {"title": title}


def sentence(text: str) -> str:
    """The words as a sentence: on one line, with a full stop where none ends them."""
    text = " ".join(text.split())
    return text if not text or text[-1] in ".!?" else f"{text}."


def paragraphs_of(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def date_words(when: TimeSpan | None, written: str, parts: YearParts = YearParts.THIRDS) -> str:
    """The words of a date that can stand alone on paper.

    Those it was written in, when they say the same to whoever reads them without the plan around
    them; else the words of the value, which do. Without a date only what was written.
    """
    written = " ".join(written.split())
    if when is None:
        return written
    if written:
        reading = danish.read(written, year_parts=parts)
        if reading.assumed_year is None and [*map(_outline, reading.spans)] == [_outline(when)]:
            return written
    return danish.phrase(when)


def _outline(when: TimeSpan) -> tuple[object, ...]:
    """What a reader gets from the words; whether it lasts throughout, the kind tells."""
    return when.earliest, when.latest, when.precision, when.modifier


def long_day(day: dt.date) -> str:
    """ "3. maj 2015"."""
    return date_format(day, "j. F Y")


def questions_of(
    head: PlanSummary, standing: PlanStanding | None = None
) -> tuple[tuple[str, str, str], ...]:
    """The plain answers about a plan: (placeholder of the Word template, question, answer). Of a
    plan that was adopted, or given up, nothing is proposed any more."""
    if not head.is_proposal or (standing and not standing.asks):
        return ()
    asked = (
        ("hvad_foreslås", _("What is proposed?"), head.proposal),
        ("hvad_kan_ændres", _("What can still be changed?"), head.still_open),
        ("hvem_beslutter", _("Who decides, and when?"), head.decided_by),
    )
    return tuple(one for one in asked if one[2].strip())
