"""What a file says of the head of a plan that is there already: asked about, field by field.

What the plan lacks is proposed to be taken over; what it says otherwise stays unless somebody
chooses the file's words. Nothing here asks the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kommuneplan.timespan.phrase import day_words
from plans.models import Plan
from plans.readers.process_plan.draft import DraftPlan

FILE, PLAN = "file", "plan"

LABELS = {
    "case_number": _("Case number"),
    "document_number": _("Document number"),
    "document_date": _("Date of the document"),
    "sender_unit": _("Sender"),
    "recipients": _("Recipient"),
    "annex_number": _("Annex number"),
}


def head_said(read: DraftPlan) -> dict[str, Any]:
    """What a file says of a plan's head, as the plan's columns hold it."""
    return {
        "case_number": read.case_number[:60],
        "document_number": read.document_number[:60],
        "document_date": read.document_date,
        "sender_unit": read.sender_unit[:200],
        "recipients": read.recipient[:500],
        "annex_number": read.annex_number[:20],
    }


@dataclass(frozen=True, slots=True)
class HeadField:
    """A field of the head that the file says something else of than the plan; ``choice`` is whose
    words hold."""

    name: str
    said: str | dt.date
    now: str | dt.date | None
    choice: str

    @property
    def label(self) -> Any:
        """What it is called."""
        return LABELS[self.name]

    @property
    def said_words(self) -> str:
        """The file's, as it is read."""
        return _words(self.said)

    @property
    def now_words(self) -> str:
        """The plan's, as it is read; "" where it has none."""
        return _words(self.now)

    @property
    def is_taken(self) -> bool:
        """Do the file's words hold?"""
        return self.choice == FILE


def head_fields(plan: Plan, read: DraftPlan, choices: Mapping[str, str]) -> Iterator[HeadField]:
    """The fields that are asked about, with what was chosen or is proposed."""
    for name, said in head_said(read).items():
        now = getattr(plan, name)
        if not said or _same(said, now):
            continue
        proposed = PLAN if now else FILE
        yield HeadField(name, said, now or None, choices.get(name, proposed))


def _words(value: str | dt.date | None) -> str:
    return day_words(value) if isinstance(value, dt.date) else value or ""


def _same(said: Any, now: Any) -> bool:
    if isinstance(said, str) and isinstance(now, str):
        return said.split() == now.split()
    return bool(said == now)
