"""To whoever measures: that a measurement is due soon. It comes two weeks before, once for each
period, and holds until the value is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan.clock import today
from kommuneplan.core.models import Notice, User
from kommuneplan.core.notices.kinds import NoticeKind, NoticeLine, register_notice
from kommuneplan.timespan.phrase import day_words
from plans.models import Plan

from .due import due_soon
from .periods import next_due

MEASUREMENT = "plans.measurement"


def find_due(day: dt.date) -> Iterator[tuple[int, UUID, str]]:
    """Each with whoever measures it, once for each day by which it is due."""
    rows = due_soon(day).filter(owner__isnull=False)
    for owner, uid, interval, newest in rows.values_list("owner", "uid", "interval", "newest"):
        due = next_due(interval, newest)
        if due is not None:
            yield owner, uid, due.isoformat()


def measurement_due(user: User, notices: Sequence[Notice]) -> Mapping[int, NoticeLine]:
    """Those that are still due by the same day, and still the person's to measure."""
    rows = due_soon(today()).filter(owner=user, uid__in=[one.thing for one in notices])
    columns = rows.values_list("uid", "interval", "newest", "home", "home__title")
    known = set(Plan.objects.readable_by(user).values_list("pk", flat=True))
    found = {}
    for uid, interval, newest, home, title in columns:
        due = next_due(interval, newest)
        if due is not None:
            found[uid, due.isoformat()] = due, title if home in known else ""
    lines = {}
    for one in notices:
        if (one.thing, one.occasion) in found:
            due, title = found[one.thing, one.occasion]
            said = _("A measurement is to be there on %(day)s") % {"day": day_words(due)}
            address = reverse("plans:indicator-measure", args=[one.thing])
            lines[one.pk] = NoticeLine(said, address, title)
    return lines


def register_notices() -> None:
    """Called once, when the app is ready."""
    label = gettext_lazy("a measurement that I see to is due within two weeks")
    register_notice(NoticeKind(MEASUREMENT, label, measurement_due, find_due))
