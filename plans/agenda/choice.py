"""An item of a meeting chosen in a form of a wing above. An item that a treatment is need not have
a row yet; whoever stores the choice asks ``actions.writing.stored`` for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.models import Meeting, User
from kommuneplan.timespan.phrase import day_words
from plans.models import AgendaItem, Plan, Treatment

from .items import items_at, shown_through


class ItemField(forms.ChoiceField):
    """One of some items under their meetings, or none; ``clean`` gives the item."""

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, **more)
        self._items: dict[str, AgendaItem] = {}

    def offer(self, items: Iterable[AgendaItem]) -> None:
        """Offer these, in this order."""
        by_meeting: dict[Meeting | None, list[tuple[str, str]]] = {}
        for one in items:
            key = str(one.uid)
            self._items[key] = one
            by_meeting.setdefault(one.meeting, []).append((key, item_name(one)))
        groups = [
            (f"{meeting.body.name}, {day_words(meeting.date)}" if meeting else "–", choices)
            for meeting, choices in by_meeting.items()
        ]
        self.choices = [("", _("None of these")), *groups]

    @property
    def has_items(self) -> bool:
        """Is there anything to choose?"""
        return bool(self._items)

    def clean(self, value: Any) -> AgendaItem | None:
        """The item that was chosen."""
        return self._items.get(super().clean(value))


def item_name(item: AgendaItem) -> str:
    """ "C. Bevilling fra satspuljen" """
    return f"{item.label}. {item.title}" if item.label else item.title


def items_of_plan(plan: Plan, also: UUID | None = None) -> list[AgendaItem]:
    """All items a plan is treated in, the latest first, those of treatments without a row too; two
    questions. ``also``: one that is chosen already."""
    rows = AgendaItem.objects.of_plan(plan) | AgendaItem.objects.filter(uid=also)
    stored = list(rows.told().distinct())
    bare = Treatment.objects.filter(
        matter__plans__cycle__plan=plan, meeting__isnull=False, agenda_item__isnull=True
    )
    bare = bare.select_related("matter", "meeting__body", "body").distinct()
    found = [*stored, *(shown_through(row) for row in bare)]
    held = [one for one in found if one.meeting is not None]
    return sorted(held, key=lambda one: (one.meeting.date, -one.position), reverse=True)  # type: ignore[union-attr]


def items_of_meetings(meetings: Iterable[Meeting], user: User, *, on: dt.date) -> list[AgendaItem]:
    """The items of some meetings that a person may know, meeting by meeting."""
    meetings = list(meetings)
    by_meeting = items_at(meetings, user, on=on) if meetings else {}
    return [one for meeting in meetings for one in by_meeting[meeting.pk]]
