"""A page of a plan's history: acts by day, the newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator

from kommuneplan.clock import local_day
from kommuneplan.core.models import User
from plans.models import Plan

from .changes import HistoryAct, tell
from .entries import HistorySelection, acts, before_each, chosen, written
from .kinds import KINDS
from .values import Titles

PER_PAGE = 25  # acts
AT_ONCE = 100  # acts put into words together, where all are


@dataclass(frozen=True)
class HistoryPage:
    """A page of acts, and how many records there are at all."""

    page: Page
    acts: list[HistoryAct]
    total: int

    @property
    def days(self) -> list[tuple[dt.date, list[HistoryAct]]]:
        """The acts by the Danish day they were done on."""
        by_day = groupby(self.acts, key=lambda act: local_day(act.at))
        return [(day, list(those)) for day, those in by_day]


def listing(
    plan: Plan, wanted: HistorySelection, titles: Titles, page: str | int = 1
) -> HistoryPage:
    """One page of what is wanted; a page that does not exist is the nearest that does."""
    entries = written(plan, wanted)
    before = before_each(entries)
    found = chosen(plan, entries, wanted)
    shown = Paginator(acts(found), PER_PAGE).get_page(page)
    only = wanted.field[1] if wanted.field else ""
    return HistoryPage(shown, tell(list(shown.object_list), before, titles, only), len(entries))


def everything(plan: Plan, wanted: HistorySelection, titles: Titles) -> Iterator[HistoryAct]:
    """All acts that are wanted, put into words some at a time."""
    entries = written(plan, wanted)
    before = before_each(entries)
    found = acts(chosen(plan, entries, wanted))
    only = wanted.field[1] if wanted.field else ""
    for first in range(0, len(found), AT_ONCE):
        yield from tell(found[first : first + AT_ONCE], before, titles, only)


@dataclass(frozen=True)
class Writers:
    """Who has changed something in a plan, by name, and the codes of the kinds that it has."""

    people: list[User]
    kinds: frozenset[str]


def writers(plan: Plan) -> Writers:
    """What the filter of a plan's history can ask for."""
    first, *others = (kind.writers(plan, number) for number, kind in enumerate(KINDS))
    written = set(first.union(*others))
    people = User.objects.filter(pk__in={pk for pk, _number in written if pk})
    kinds = frozenset(KINDS[number].code for _pk, number in written)
    return Writers(list(people.order_by("name", "pk")), kinds)
