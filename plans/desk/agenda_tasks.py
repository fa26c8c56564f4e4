"""What waits of the meetings whose agendas a person makes: outcomes to record, papers that are
late, requests for insight to answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuneplan.core.models import Meeting
from kommuneplan.core.permissions import bodies_of
from kommuneplan.timespan.phrase import day_words
from plans.models import AgendaItem, InsightRequest

from .tasks import Me, Waiting, as_rows, register_task

LATELY = dt.timedelta(days=90)
"""What was held before, and has no outcome, is the past: nobody is waiting for it."""


def _outcomes(me: Me) -> QuerySet[Any]:
    """Items that are no matters, of meetings held lately, without an outcome."""
    held = AgendaItem.objects.filter(
        own_meeting__body__in=bodies_of(me.user),
        own_meeting__date__lt=me.day,
        own_meeting__date__gte=me.day - LATELY,
        own_meeting__cancelled=False,
        item_outcome__isnull=True,
    )
    return as_rows(held, plan="plan", uid="uid", words="own_title", day="own_meeting__date")


def _outcome(row: Waiting) -> tuple[str, str]:
    said = _("Record the outcome of “%(title)s” of %(day)s") % {
        "title": row.words,
        "day": day_words(row.day),
    }
    return said, reverse("plans:agenda-minutes", args=[row.uid])


def _late(me: Me) -> QuerySet[Any]:
    """Meetings to come whose deadline for papers is past, with the items whose papers are not
    in."""
    ahead = Meeting.objects.filter(
        body__in=bodies_of(me.user), cancelled=False, date__gte=me.day, date__lte=me.day + LATELY
    )
    is_late = Q(papers_due__lt=me.day)
    for days in bodies_of(me.user).order_by().values_list("papers_due_days", flat=True).distinct():
        usual = Q(papers_due__isnull=True, body__papers_due_days=days)
        is_late |= usual & Q(date__lt=me.day + dt.timedelta(days=days))
    late = ahead.filter(is_late)
    missing = Q(own_items__papers_on__isnull=True)
    counted = late.annotate(missing=Count("own_items", missing)).filter(missing__gt=0)
    return as_rows(
        counted, plan="body", title=Value(""), slug=Value(""),
        uid="uid", words="body__name", day="date", number=F("missing"),
    )  # fmt: skip


def _paper(row: Waiting) -> tuple[str, str]:
    said = ngettext(
        "The papers of %(n)s item for %(body)s %(day)s are late",
        "The papers of %(n)s items for %(body)s %(day)s are late",
        row.number,
    )
    facts = {"n": row.number, "body": row.words, "day": day_words(row.day)}
    return said % facts, reverse("plans:agenda-meeting", args=[row.uid])


def _insight(me: Me) -> QuerySet[Any]:
    """Requests for insight that nobody has answered."""
    waiting = InsightRequest.objects.filter(body__in=bodies_of(me.user), answer="")
    return as_rows(
        waiting, plan="body", title=Value(""), slug=Value(""), uid="uid", words="asked_by__name"
    )


def _request(row: Waiting) -> tuple[str, str]:
    said = _("Answer the request for insight from %(name)s") % {"name": row.words}
    return said, reverse("plans:insight-request", args=[row.uid])


def register_tasks() -> None:
    """Called once, when the app is ready."""
    register_task("item_outcome", rows=_outcomes, says=_outcome)
    register_task("late_papers", rows=_late, says=_paper)
    register_task("insight", rows=_insight, says=_request)
