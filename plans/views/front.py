"""The front page, the list of plans and the calendar page: what the public meets first."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommuneplan.access import public

from .. import overview
from ..enums import PublicState
from ..forms.search import PlanSearch
from ..public import published, successors, with_public_state
from ..templatetags.plan_words import kind_word, replaced_badge, state_badge

PER_PAGE = 25
_FRONT_DATES = 10


@public
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What is open, decided and coming; and the way to every plan."""
    at = request.arrived_at
    ahead = overview.coming(at=at)[: _FRONT_DATES + 1]
    dates = overview.lines(ahead, at=at)
    shelves = overview.shelves(at=at)
    context = {
        "consultations": overview.open_consultations(at=at),
        "decided": overview.decided_lately(at=at),
        "dates": dates[:_FRONT_DATES],
        "more_dates": len(dates) > _FRONT_DATES,
        "shelves": shelves,
        "plan_count": sum(shelf.plans for shelf in shelves),
    }
    return render(request, "plans/front.html", context)


@public
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """Every published plan in Danish order, searched and filtered, 25 a page."""
    at = request.arrived_at
    shelves = overview.shelves(at=at)
    firsts = [shelf.first_year for shelf in shelves if shelf.first_year]
    lasts = [shelf.last_year for shelf in shelves if shelf.last_year]
    form = PlanSearch(
        request.GET,
        bodies=[shelf.body for shelf in shelves],
        years=(min(firsts, default=None), max(lasts, default=None)),
    )
    rows = form.filtered(with_public_state(published(at=at), at=at), at=at)
    paginator = Paginator(
        rows.order_by("version__sort_key", "pk").values(
            "public_state",
            slug=F("plan__slug"),
            title=F("version__title"),
            kind=F("version__kind"),
            body=F("version__body_name"),
            first_year=F("version__first_year"),
            last_year=F("version__last_year"),
        ),
        PER_PAGE,
    )
    total = sum(shelf.plans for shelf in shelves)
    if not form.used:
        paginator.count = total
    page = paginator.get_page(request.GET.get("side"))
    context = {"form": form, "page": page, "total": total, "rows": _rows(page, at)}
    return render(request, "plans/list.html", context)


def _rows(page: object, at: dt.datetime) -> list[dict[str, object]]:
    """The rows of a page with their badges and facts as text; here, because templates are slow."""
    rows = list(page)  # type: ignore[call-overload]
    replaced = [row["slug"] for row in rows if row["public_state"] == PublicState.REPLACED]
    found = successors(replaced, at=at) if replaced else {}
    heard = [row["slug"] for row in rows if row["public_state"] == PublicState.IN_CONSULTATION]
    deadlines = overview.deadlines(heard, at=at) if heard else {}
    badges, kinds = dict[str, object](), dict[str, str]()
    for row in rows:
        state, kind = row["public_state"], row["kind"]
        successor = found.get(row["slug"])
        if successor:
            row["badge"] = replaced_badge(successor)
        else:
            row["badge"] = badges.get(state) or badges.setdefault(state, state_badge(state))
        word = kinds.get(kind) or kinds.setdefault(kind, capfirst(kind_word(kind)))
        years = [str(year) for year in (row["first_year"], row["last_year"]) if year]
        last_day = deadlines.get(row["slug"])
        deadline = _("deadline %(day)s") % {"day": date_format(last_day)} if last_day else ""
        facts = (deadline, word, row["body"], "–".join(dict.fromkeys(years)))
        row["facts"] = " · ".join(fact for fact in facts if fact)
    return rows


@public
@require_safe
def dates(request: HttpRequest) -> HttpResponse:
    """Everything that is coming in the published plans, month by month."""
    at = request.arrived_at
    page = Paginator(overview.coming(at=at, until=None), 50).get_page(request.GET.get("side"))
    context = {"page": page, "lines": overview.lines(page.object_list, at=at)}
    return render(request, "plans/dates.html", context)
