"""How a person is erased: by what is declared of each place, and by what apps add to that.

``actions.erasure`` goes through every declared place: rows that are the person's go with the
account, "who did it" becomes nobody, and in other texts the address is written over. Where that
is too little or too much, an app registers a function beside its declarations (in ``ready()``)::

    erasing.register("consultations", erase_answers)

    def erase_answers(person: erasing.Person) -> list[erasing.Outcome]:
        # in the transaction; a dry run is rolled back, so simply do it
        drafts = ResponseDraft.objects.filter(email__iexact=person.address)
        return [erasing.gone("consultations.ResponseDraft", drafts)]
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from kommuneplan.core.models import User

from .places import ErasureAct, places

REMOVED = "[slettet]"
NOT_SEARCHED = "Indholdet af filer er ikke søgt."


@dataclass(frozen=True)
class Person:
    """Whom it is about: the address in lower case, and the account if there is one."""

    address: str
    user: User | None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The address standing by itself: not as the end or the beginning of another one."""
        return re.compile(rf"(?<![\w.+-]){re.escape(self.address)}(?![\w-]|\.\w)", re.IGNORECASE)

    def is_in(self, words: str) -> bool:
        """Whether the address stands in a text."""
        return self.pattern.search(words) is not None

    def taken_out(self, words: str) -> str:
        """A text without the address."""
        return self.pattern.sub(REMOVED, words)


@dataclass(frozen=True, slots=True)
class ErasureOutcome:
    """What is done in one place: how many rows, and the legal ground."""

    place: str  # "plans.Comment.text", or a model
    act: ErasureAct
    count: int
    ground: str
    note: str = ""  # what a person must do themselves, if anything


Handler = Callable[[Person], list[ErasureOutcome]]

handlers: dict[str, Handler] = {}
sealed: dict[str, str] = {}  # models whose rows only an action of their own may change: which


def register(name: str, handler: Handler) -> None:
    """Have an app's own erasing done before the general one; a name is registered once."""
    if name in handlers:
        raise ValueError(f"{name} erases already")
    handlers[name] = handler


def seal(model: str, how: str) -> None:
    """Say that a model ("plans.PlanVersion") is never written over here, and what does it."""
    sealed[model] = how


def ground_of(place: str) -> str:
    """The ground declared for a place, or for the first field of a model."""
    known = (one for name, one in places.items() if name == place or name.startswith(f"{place}."))
    return next((one.ground for one in known), "GDPR art. 17(1)")


def gone(place: str, rows: QuerySet[Any]) -> ErasureOutcome:
    """Delete rows with their history; what is told of it."""
    history = getattr(rows.model, "history", None)
    keys = list(rows.values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=keys).delete()
    if history is not None:  # after it: deleting has written a line as well
        history.filter(**{f"{rows.model._meta.pk.name}__in": keys}).delete()
    return ErasureOutcome(place, ErasureAct.ERASE, len(keys), ground_of(place))
