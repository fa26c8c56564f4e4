"""One table of a plan's history: whose its rows are, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import F, Model, Q, QuerySet, Value
from django.utils.text import capfirst

from kommuneplan.locking import Locked
from plans.models import Plan


@dataclass(frozen=True)
class TrackedTable:
    """One table of a plan's history.

    ``of_plan`` gives the rows of a plan; ``why`` are the fields that hold a reason, told as such;
    ``beside`` says which other kind's own history shows these rows too, and by which columns.
    """

    code: str  # in addresses
    room: str
    model: type[Model]
    of_plan: Callable[[Plan], Q]
    why: tuple[str, ...] = ()
    quiet: frozenset[str] = frozenset()
    rich: frozenset[str] = frozenset()
    beside: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What such a thing is called."""
        return str(capfirst(self.model._meta.verbose_name))

    @cached_property
    def tracked(self) -> bool:
        """Is it a table with history? A version is frozen: the row itself is its only entry."""
        return hasattr(self.model._meta, "simple_history_manager_attribute")

    @cached_property  # asking the model for its history makes a class each time
    def history(self) -> type[Model]:
        """The table of its records."""
        return self.model.history.model if self.tracked else self.model

    @cached_property
    def has_uid(self) -> bool:
        """Can it be named in an address?"""
        return any(one.name == "uid" for one in self.model._meta.fields) and self.tracked

    @cached_property
    def has_states(self) -> bool:
        """Is every state of it numbered, by its lock version?"""
        return self.has_uid and issubclass(self.model, Locked)

    def records(self, plan: Plan) -> QuerySet[Any]:
        """All records of a plan, in no order."""
        return self.history._default_manager.filter(self.of_plan(plan)).order_by()

    def entries(self, plan: Plan, number: int, only: Q | None = None) -> QuerySet[Any]:
        """(when, who, kind, record, thing, sign) of each record, for ``entries.written``."""
        rows = self.records(plan)
        if only is not None:
            rows = rows.filter(only)
        names = ("history_date", "history_user_id", "history_id", "id", "history_type")
        if not self.tracked:
            names = ("frozen_at", "frozen_by_id", "pk", "pk", Value("+"))
        return rows.values_list(
            F(names[0]), F(names[1]), Value(number), F(names[2]), F(names[3]),
            names[4] if not self.tracked else F(names[4]),
        )  # fmt: skip

    def writers(self, plan: Plan, number: int) -> QuerySet[Any]:
        """(who, kind) of each who has written a record."""
        column = "history_user_id" if self.tracked else "frozen_by_id"
        return self.records(plan).values_list(F(column), Value(number)).distinct()
