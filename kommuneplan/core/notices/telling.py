"""The worker's half: what waits is asked again, and told.

One mail a day to a person, in the morning (``NOTICES_HOUR``, Danish time) of an office day; what is
urgent by itself, some minutes after the act. The mail and "told" are one transaction, under the
lock of the person's row: whoever comes second finds nothing to tell, and who dies half-way has
written neither.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.enums import NoticeEnd
from kommuneplan.core.mail import actions as mailing
from kommuneplan.core.models import Mail, Notice, User
from kommuneplan.timespan.calendar import is_office_day

from .kinds import NoticeLine, kinds, lines_for

log = logging.getLogger(__name__)

DIGEST, URGENT = "core.notices", "core.urgent_notices"  # the two kinds of mail
QUIET = dt.timedelta(minutes=10)
"""How long an urgent act rests before it is told: what is taken back at once is not told at all,
and what is done in one sitting is one mail."""
OF_USE = dt.timedelta(hours=24)
"""A mail that the server has not taken by then is given up: rights may have changed, and what is
still to be done stands on the person's own page."""
MOST = 40  # lines of one mail


def tell_by_day() -> None:
    """Once a day each person who has something waiting; called every hour, and any number of times.
    What was noted after the hour waits for the next office day; a worker that comes late does the
    same a little later."""
    hour = _hour_of(clock.now())
    if clock.now() < hour or not is_office_day(clock.today()):
        return
    find(hour)
    waits = Notice.objects.due(at=hour)
    _tell_each(waits.order_by("user").values_list("user", flat=True).distinct(), hour, urgent=False)


def tell_urgent() -> None:
    """What is urgent and has rested; called every minute."""
    until = clock.now() - QUIET
    waits = Notice.objects.due(at=until).filter(urgent=True)
    _tell_each(waits.order_by("user").values_list("user", flat=True).distinct(), until, urgent=True)


def find(hour: dt.datetime) -> None:
    """Note what only time has brought; the same found twice is one row."""
    day = clock.local_day(hour)
    rows = [
        Notice(user_id=who, kind=kind.name, thing=thing, occasion=occasion, due_at=hour)
        for kind in kinds.values()
        if kind.find is not None
        for who, thing, occasion in kind.find(day)
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def _hour_of(at: dt.datetime) -> dt.datetime:
    """When people are told, on the Danish day of an instant."""
    time = dt.time(settings.NOTICES_HOUR, tzinfo=clock.COPENHAGEN)
    return dt.datetime.combine(clock.local_day(at), time).astimezone(dt.UTC)


def _tell_each(people: Iterable[int], until: dt.datetime, *, urgent: bool) -> None:
    """Each by themselves: what goes wrong with one is nobody else's."""
    for person in list(people):
        try:
            tell(person=person, until=until, urgent=urgent)
        except Exception as error:
            log.error("Somebody could not be told: %s", type(error).__name__)  # no address


@transaction.atomic
def tell(*, person: int, until: dt.datetime, urgent: bool) -> Mail | None:
    """Tell a person what waits and was due by then, of what is ``urgent`` or of everything; None
    when there is nothing, or the mail of the day was written already."""
    user = User.objects.select_for_update(no_key=True).filter(pk=person).first()
    if user is None or (not urgent and _has_mail_of_today(user)):
        return None
    waits = Notice.objects.due(at=until).filter(user=user, **({"urgent": True} if urgent else {}))
    rows = list(waits.order_by("due_at", "pk"))
    off = set(user.notices_turned_off.values_list("kind", flat=True))
    lines = lines_for(user, [row for row in rows if row.kind not in off])
    mail = _send(user, list(lines.values()), urgent=urgent) if lines else None
    _end(rows, off, lines, mail)
    return mail


def _has_mail_of_today(user: User) -> bool:
    midnight = dt.datetime.combine(clock.today(), dt.time(tzinfo=clock.COPENHAGEN))
    mails = Mail.objects.with_reference(f"{DIGEST}:{user.uid}")
    return mails.filter(created_at__gte=midnight.astimezone(dt.UTC)).exists()


def _send(user: User, lines: list[NoticeLine], *, urgent: bool) -> Mail:
    choices = mailing.absolute(reverse("notices:mine"))
    return mailing.send(
        to=user.email,
        template="notices/urgent" if urgent else "notices/digest",
        context={
            "lines": [
                {"words": one.words, "plan": one.plan, "link": mailing.absolute(one.address)}
                for one in lines[:MOST]
            ],
            "number": len(lines),
            "more": max(len(lines) - MOST, 0),
            "choices": choices,
        },
        reference=f"{URGENT if urgent else DIGEST}:{user.uid}",
        until=clock.now() + OF_USE,
        unsubscribe=choices,
    )


def _end(
    rows: list[Notice], off: set[str], lines: dict[int, NoticeLine], mail: Mail | None
) -> None:
    """What became of each; every one of them waits no longer."""
    for row in rows:
        if row.pk in lines:
            row.end, row.mail = NoticeEnd.TOLD, mail
        else:
            row.end = NoticeEnd.OFF if row.kind in off else NoticeEnd.GONE
        row.ended_at = clock.now()
    Notice.objects.bulk_update(rows, ["end", "mail", "ended_at"])
