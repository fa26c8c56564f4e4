"""The worker's half: followers are told what happened, in one mail a day at most.

In the morning (``NOTICES_HOUR``, Danish time) of an office day; nothing is urgent. The mail and
``told_until`` are one transaction, under the lock of the follower's row: whoever comes second finds
nothing to tell. What is told is asked at that moment: what was taken back meanwhile is not told.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Min

from kommuneplan import clock
from kommuneplan.core import upkeep
from kommuneplan.core.mail import actions as mailing
from kommuneplan.core.models import Body, Mail
from kommuneplan.core.privacy import handlers
from kommuneplan.timespan.calendar import is_office_day
from plans.models import Follower, Following
from plans.public.happenings import Happening, happenings

from .actions.following import end_bounced, erase_followings, forget_unconfirmed
from .budgets import forget_networks
from .links import leave_link
from .mail_kinds import TOLD

log = logging.getLogger(__name__)

QUIET = dt.timedelta(minutes=10)
"""What was done just before the hour waits for the next day: it may not be committed yet."""
OF_USE = dt.timedelta(hours=48)
MOST = 40  # lines of one mail
_MANY = 5_000


def register_upkeep() -> None:
    """Called once, when the app is ready."""
    upkeep.register("plans.followers", look_after)
    handlers.register("plans.followers", erase_followings)


def look_after() -> None:
    """About every hour: who cannot be reached or has not said yes goes; then all are told."""
    end_bounced()
    forget_unconfirmed()
    forget_networks()
    tell_by_day()


def tell_by_day() -> int:
    """Tell each follower once a day; called every hour, and any number of times. How many mails."""
    hour = _hour_of(clock.now())
    if clock.now() < hour or not is_office_day(clock.today()):
        return 0
    until = hour - QUIET
    waiting = Follower.objects.told().filter(told_until__lt=until)
    since = waiting.aggregate(since=Min("told_until"))["since"]
    if since is None:
        return 0
    news = FollowedNews(since, until)
    told = 0
    for key in list(waiting.order_by("pk").values_list("pk", flat=True)) if news.all else ():
        try:
            told += tell(follower=key, news=news) is not None
        except Exception as error:
            log.error("A follower could not be told: %s", type(error).__name__)  # no address
    if not news.all:
        Follower.objects.filter(told_until__lt=until).update(told_until=until)
    return told


@dataclass(frozen=True)
class FollowedNews:
    """What happened between two instants and may be told now, asked once for all followers."""

    since: dt.datetime
    until: dt.datetime
    of_bodies: dict[int, set[UUID]] = field(default_factory=dict)
    all: list[Happening] = field(init=False)

    def __post_init__(self) -> None:
        found = happenings(at=clock.now(), since=self.since, most=_MANY)
        in_time = [one for one in found if one.at <= self.until]
        object.__setattr__(self, "all", in_time)

    def of(self, row: Following, since: dt.datetime) -> list[Happening]:
        """What of it is news to one who follows something, and was told until an instant."""
        after = max(since, row.confirmed_at or self.until)
        found = [one for one in self.all if one.at > after]
        if row.plan_id is not None:
            return [one for one in found if one.plan.pk == row.plan_id]
        if row.body is not None:
            ours = self._of_body(row.body)
            return [one for one in found if one.uid in ours]
        return found

    def _of_body(self, body: Body) -> set[UUID]:
        if body.pk not in self.of_bodies:
            found = happenings(at=clock.now(), since=self.since, body=body, most=_MANY)
            self.of_bodies[body.pk] = {one.uid for one in found}
        return self.of_bodies[body.pk]


@transaction.atomic
def tell(*, follower: int, news: FollowedNews) -> Mail | None:
    """Tell one follower what is news; None where nothing is, or it was told already."""
    row = Follower.objects.select_for_update().filter(pk=follower).first()
    if row is None or row.told_until >= news.until:
        return None
    own = row.followings.confirmed().select_related("body")
    found = {one.uid: one for thing in own for one in news.of(thing, row.told_until)}
    row.told_until = news.until
    row.save(update_fields=["told_until"])
    lines = sorted(found.values(), key=lambda one: one.at, reverse=True)
    return _send(row, lines) if lines else None


def _send(row: Follower, lines: list[Happening]) -> Mail:
    leave = leave_link(row)
    titles = list(dict.fromkeys(one.plan.title for one in lines))
    return mailing.send(
        to=row.email,
        template="plans/followed",
        context={
            "title": titles[0] if len(titles) == 1 else "",
            "lines": [
                {
                    "plan": one.plan.title,
                    "what": one.what,
                    "words": one.words,
                    "link": mailing.absolute(one.address),
                }
                for one in lines[:MOST]
            ],
            "more": max(len(lines) - MOST, 0),
            "leave": leave,
        },
        reference=f"{TOLD}:{row.uid}",
        until=clock.now() + OF_USE,
        keep_days=0,
        unsubscribe=leave,
        one_press=True,
    )


def _hour_of(at: dt.datetime) -> dt.datetime:
    time = dt.time(settings.NOTICES_HOUR, tzinfo=clock.COPENHAGEN)
    return dt.datetime.combine(clock.local_day(at), time).astimezone(dt.UTC)
