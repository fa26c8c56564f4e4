"""What others have changed in a person's plans, from the histories of the plans' things, in one
query; and since when that is news."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from plans.models import (
    Comment,
    Cycle,
    DeskVisit,
    FocusArea,
    Milestone,
    Plan,
    Publication,
    Section,
    Treatment,
    YearlyStatus,
)

from .tasks import Me

AT_FIRST = dt.timedelta(days=14)  # for somebody who was never here before
MOST = 40
_READ = 300  # history rows; the newest are told, each thing once

# What is told: the thing, its model, the way to its plan, and what it is called.
_THINGS = (
    ("head", Plan, "", "title"),
    ("section", Section, "plan", "title"),
    ("milestone", Milestone, "cycle__plan", "title"),
    ("focus", FocusArea, "plan", "title"),
    ("comment", Comment, "section__plan", "section__title"),
    ("state", Cycle, "plan", "state"),
    ("outcome", Treatment, "matter__plans__cycle__plan", "body__name"),
    ("status", YearlyStatus, "plan", "year"),
    ("publication", Publication, "plan", "version__public_number"),
)

# What follows by itself from something that is told already.
_NO_NEWS = {
    "outcome": Q(outcome=""),
    "state": Q(history_type="+", number=1),
    "publication": Q(history_type="~", withdrawn_at__isnull=True),
}


@dataclass(frozen=True, slots=True)
class NewsLine:
    """Somebody has done something to a thing of a plan, ``times`` times; ``at`` the last time.

    ``thing`` one of head, section, milestone, focus, comment, state, outcome, status and
    publication; ``act`` + made, ~ changed, - taken away; ``what`` its title, state or number.
    """

    thing: str
    act: str
    at: dt.datetime
    who: str
    slug: str
    plan: str
    what: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class PlanNews:
    """What others have changed in one plan, the newest first."""

    slug: str
    plan: str
    changes: list[NewsLine]

    @property
    def at(self) -> dt.datetime:
        """When the newest was."""
        return self.changes[0].at

    @property
    def who(self) -> str:
        """Those who did it: "Bo, Ida"."""
        return ", ".join(dict.fromkeys(change.who for change in self.changes))


@dataclass(frozen=True, slots=True)
class News:
    """The changes to tell, the newest first; ``more`` when there are others."""

    changes: list[NewsLine]
    more: bool
    since: dt.datetime

    @property
    def by_plan(self) -> list[PlanNews]:
        """The same, one line a plan."""
        found: dict[str, PlanNews] = {}
        for change in self.changes:
            line = found.setdefault(change.slug, PlanNews(change.slug, change.plan, []))
            line.changes.append(change)
        return list(found.values())


def news(me: Me, *, at: dt.datetime) -> News:
    """What others have done to my plans since I was last here (the last fortnight, if never)."""
    last = DeskVisit.objects.filter(user=me.user).values("since")[:1]
    since = Coalesce(Subquery(last), Value(at - AT_FIRST))
    parts = [_rows(me, since, *thing) for thing in _THINGS]
    first, *others = parts
    rows = first.union(*others, all=True).order_by("-row_at", "row_key")[:_READ]
    told = list(_once(rows))
    known = rows[0][-1] if rows else at - AT_FIRST
    return News(told[:MOST], len(told) > MOST, known)


def _rows(me: Me, since: Any, thing: str, model: Any, plan: str, what: str) -> QuerySet[Any]:
    history = model.history.model.objects
    plans = {f"{plan}__in": me.plans} if plan else {"id__in": me.plans.values("pk")}
    start = f"{plan}__" if plan else ""
    rows = history.filter(history_date__gt=since, history_user__isnull=False, **plans)
    if thing in _NO_NEWS:
        rows = rows.exclude(_NO_NEWS[thing])
    return (
        rows.exclude(history_user=me.user)
        .annotate(
            row_thing=Value(thing, output_field=CharField()),
            row_at=F("history_date"),
            row_slug=F(f"{start}slug"),
            row_plan=F(f"{start}title"),
            row_what=Coalesce(Cast(what, CharField()), Value("")),
            row_key=Cast("id", CharField()),
            row_since=since,
        )
        .order_by()
        .values_list("row_thing", "history_type", "row_at", "history_user__name", "row_slug",
                     "row_plan", "row_what", "row_key", "row_since")
    )  # fmt: skip


def _once(rows: Iterable[tuple[Any, ...]]) -> Iterable[NewsLine]:
    """Each thing once for each who has changed it: what was made is not told as changed too."""
    found: dict[tuple[Any, ...], NewsLine] = {}
    for thing, act, at, who, slug, plan, what, key, _since in rows:
        known = (thing, slug, who, key)
        before = found.get(known)
        if before is None:
            found[known] = NewsLine(thing, act, at, who, slug, plan, what)
        else:
            act = act if before.act == "~" else before.act
            found[known] = NewsLine(
                thing, act, before.at, who, slug, plan, before.what, before.times + 1
            )
    return found.values()
