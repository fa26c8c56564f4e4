"""The desk of a person: what waits, what is due, what others have changed, and my plans."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef

from kommuneplan.clock import local_day
from kommuneplan.core.models import Municipality, User
from plans.lifecycle.state import with_state
from plans.models import Plan
from plans.process.findings import PlanFindings, findings_for
from plans.versions.unpublished import Unpublished, unpublished

from .due import Dues, Papers, dues, papers
from .news import News, news
from .tasks import Me, Waiting, waiting

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the desk; a fixed number of queries, however many plans."""

    waits: list[Waiting]
    papers: list[Papers]
    checks: list[PlanFindings]
    due: Dues
    news: News
    plans: Page[Plan]
    changes: dict[int, Unpublished]  # by the keys of the plans on the page


def whose(user: User, *, at: dt.datetime) -> Me:
    """The person, and the plans the desk is about; plans that are put away are not."""
    plans = Plan.objects.filter(retired_at__isnull=True)
    return Me(user, local_day(at), plans.readable_by(user), plans.run_by(user))


def desk_of(
    user: User, *, at: dt.datetime, page: str = "", municipality: Municipality | None = None
) -> Desk:
    """The desk as it stands at an instant; ``page`` of the list of plans, the nearest there is."""
    me = whose(user, at=at)
    listed = with_state(me.plans, on=me.day).select_related("body").order_by("sort_key", "pk")
    listed = listed.annotate(is_run=Exists(me.run.filter(pk=OuterRef("pk"))))
    plans = Paginator(listed, PER_PAGE).get_page(page or 1)
    return Desk(
        waits=waiting(me),
        papers=papers(me),
        checks=findings_for(
            me.plans, readable=me.plans, municipality=municipality or Municipality.current()
        ),
        due=dues(me),
        news=news(me, at=at),
        plans=plans,
        changes=unpublished(list(plans)),
    )
