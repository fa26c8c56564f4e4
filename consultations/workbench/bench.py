"""What lies on the workbench: a response with the queue around it, what has to be decided of it,
how it is split, its remarks, and the draft they are about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404

from consultations.handling import remarks
from consultations.handling.draft import Draft
from consultations.handling.pieces import CutResponse, cut_of
from consultations.models import Remark, Round
from consultations.review.response_review import Clearance
from consultations.review.reviews import listed
from kommuneplan.clock import local_day
from kommuneplan.core.models import Municipality, User

from .queue import Queue, QueuePage
from .reading import ReadPart, parts_of

HIGHEST = 2**31 - 1  # number of a response that a column holds
AT_HAND = 40  # remarks that lie open at once


@dataclass
class Bench:
    """A response of a round on the workbench of a person."""

    queue: Queue
    page: QueuePage
    response: Any
    house: Municipality
    at: dt.datetime

    @property
    def round(self) -> Round:
        """The round it came to."""
        return self.queue.round

    @cached_property
    def state(self) -> Clearance:
        """What has to be decided before everybody reads it."""
        return listed([self.response], self.house)[0]

    @cached_property
    def remarks(self) -> list[Remark]:
        """Its standing remarks, in the order of their numbers."""
        rows = self.response.remarks.filter(retired_at__isnull=True)
        found = list(rows.select_related("theme", "assignee", "same_as").order_by("number"))
        for one in found:
            one.round, one.response = self.round, self.response
        return found

    @cached_property
    def at_hand(self) -> list[Remark]:
        """Those that lie open, by number: all, or of very many those that are to be answered
        first. A form holds no more fields than a server takes."""
        waiting = [one for one in self.remarks if not (one.is_answered or one.same_as_id)]
        done = [one for one in self.remarks if one not in waiting]
        return sorted([*waiting, *done][:AT_HAND], key=lambda one: one.number)

    @cached_property
    def cut(self) -> CutResponse:
        """How far it is split."""
        return cut_of(self.state.revision, self.remarks)

    @cached_property
    def parts(self) -> list[ReadPart]:
        """Its words as received."""
        return parts_of(self.state.originals, self.cut)

    @cached_property
    def draft(self) -> Draft:
        """What was sent out, and what has become of it."""
        return Draft(self.round)

    @cached_property
    def choices(self) -> remarks.Choices:
        """Themes, people and standard answers."""
        return remarks.choices_of(self.round, on=local_day(self.at))

    @property
    def place(self) -> int:
        """The how manieth of all it is."""
        return self.queue.place(self.response.number)

    @property
    def next(self) -> int | None:
        """The number of the one that waits after it."""
        return self.queue.next(self.response.number)

    @property
    def previous(self) -> int | None:
        """The number of the one that waits before it."""
        return self.queue.previous(self.response.number)

    @property
    def is_gone_through(self) -> bool:
        """Has a person split it to the end?"""
        return bool(self.response.gone_through == self.cut.revision.number)


def bench_of(
    queue: Queue, number: int, *, house: Municipality, user: User, at: dt.datetime
) -> Bench:
    """The workbench with a response of the round on it; another's number is 404."""
    if number > HIGHEST:
        raise Http404
    page = queue.page_with(number, user=user, at=at)
    row = next((one for one in page.rows if one.number == number), None)
    if row is None:
        raise Http404
    return Bench(queue, page, row, house, at)
