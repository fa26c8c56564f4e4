"""The queue of the workbench: which responses wait for what, and where one stands among them.

A response may wait for several things at once, and stands under each of them.
"""

from __future__ import annotations

import datetime as dt
import enum
import itertools
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef

from consultations.enums import PublicationState
from consultations.handling.remarks import UNANSWERED
from consultations.models import Remark, Round
from consultations.review.actions.originals import opened_by
from consultations.review.reviews import with_newest
from kommuneplan.core.models import User

PER_PAGE = 20


class Waits(enum.StrEnum):
    """What a response waits for: a person who looks it through, who splits it, who answers its
    remarks; for any of them, or for nothing more."""

    ANYTHING = ""
    REVIEW = "gennemse"
    SPLIT = "del"
    ANSWER = "svar"
    NOTHING = "faerdige"

    @classmethod
    def asked(cls, value: str) -> Waits:
        """What an address asks for; anything, when it asks for what there is not."""
        return cls(value) if value in list(cls) else cls.ANYTHING


def _kinds(review: bool, split: bool, answer: bool) -> frozenset[Waits]:
    waits = {Waits.REVIEW: review, Waits.SPLIT: split, Waits.ANSWER: answer}
    found = {one for one, it_does in waits.items() if it_does}
    return frozenset({*found, Waits.ANYTHING} if found else {Waits.NOTHING})


_KINDS = {kinds: _kinds(*kinds) for kinds in itertools.product((True, False), repeat=3)}


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some responses of a queue, and the pages before and after (0: there is none)."""

    rows: list[Any]
    number: int
    previous: int = 0
    next: int = 0


class Queue:
    """The responses of a round that are to be handled, and which of them ``waits`` asks for. All
    their numbers are read at once: that is quicker than counting each queue in the tables."""

    def __init__(self, round: Round, waits: Waits) -> None:
        self.round, self.waits = round, waits

    @cached_property
    def _waiting(self) -> dict[int, frozenset[Waits]]:
        """By number, what each response waits for; in one query."""
        rows = self.round.responses.standing()
        split = self.round.responses.to_go_through().filter(pk=OuterRef("pk"))
        unanswered = Remark.objects.filter(
            UNANSWERED, response=OuterRef("pk"), retired_at__isnull=True
        )
        found = (
            rows.annotate(split=Exists(split), unanswered=Exists(unanswered))
            .order_by("number")
            .values_list("number", "publication_state", "split", "unanswered")
        )
        return {
            number: _KINDS[state == PublicationState.WAITING, to_split, to_answer]
            for number, state, to_split, to_answer in found
        }

    @cached_property
    def counts(self) -> dict[Waits, int]:
        """How many wait for what."""
        found = Counter(one for kinds in self._waiting.values() for one in kinds)
        return {one: found[one] for one in Waits}

    @cached_property
    def numbers(self) -> list[int]:
        """Those of this queue."""
        return [number for number, kinds in self._waiting.items() if self.waits in kinds]

    @property
    def total(self) -> int:
        """How many there are in all."""
        return len(self._waiting)

    def place(self, number: int) -> int:
        """The how manieth of all a response is."""
        return sum(one <= number for one in self._waiting)

    def next(self, number: int) -> int | None:
        """The one after it in this queue; after the last one comes the first."""
        others = [one for one in self.numbers if one != number]
        return next((one for one in others if one > number), others[0] if others else None)

    def previous(self, number: int) -> int | None:
        """The one before it in this queue."""
        before = [one for one in self.numbers if one < number]
        return before[-1] if before else None

    def page(self, number: int, *, user: User, at: dt.datetime) -> QueuePage:
        """A page of the queue; the last one for a number there is none of. One query."""
        return self._page(self.numbers, number, user, at)

    def page_with(self, number: int, *, user: User, at: dt.datetime) -> QueuePage:
        """The page on which a response stands; where it waits for nothing here, it stands among
        the others all the same."""
        numbers = sorted({*self.numbers, number})
        return self._page(numbers, numbers.index(number) // PER_PAGE + 1, user, at)

    def _page(self, numbers: list[int], page: int, user: User, at: dt.datetime) -> QueuePage:
        last = max(1, -(-len(numbers) // PER_PAGE))
        page = min(page, last)
        listed = numbers[(page - 1) * PER_PAGE : page * PER_PAGE]
        opened = opened_by(user, at=at).filter(response=OuterRef("pk"))
        rows = with_newest(self.round.responses.filter(number__in=listed))
        rows = rows.annotate(opened=Exists(opened)).select_related("invitation", "cleared_by")
        found = list(rows.defer("search_text", "published").order_by("number"))
        for one in found:
            one.round = self.round
        return QueuePage(found, page, page - 1, page + 1 if page < last else 0)


def first_words(response: Any) -> str:
    """How what was received begins (a response ``with_newest``); nothing of one that the person
    has not opened: no GET shows an original response."""
    if not response.opened:
        return ""
    content = getattr(response, "newest_content", None) or {}
    said = [content.get("text"), *(one.get("words") for one in content.get("answers") or ())]
    said += [one.get("words") for one in content.get("remarks") or ()]
    found = next((words for words in said if isinstance(words, str) and words.strip()), "")
    return " ".join(found[:240].split())
