"""Thirty days in a town in which anything may happen: who is told what, and how often?

Whether somebody may read a thing is asked at the door: at the moment in which a mail is sent its
reader follows every link in it.
"""

from __future__ import annotations

import collections
import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail as outbox
from django.test import Client

from kommuneplan import clock
from kommuneplan.core.mail import sending
from kommuneplan.core.models import Notice, User
from kommuneplan.core.notices import telling
from kommuneplan.timespan.calendar import is_office_day
from plans.models import Matter, Question, Treatment

from .town import SECRET, Town

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,  # thirty days hour by hour, and every link is followed
    pytest.mark.one_database,  # what may be read is asked at doors that are tried on both
]
FIRST = dt.datetime(2027, 3, 12, 5, 30, tzinfo=clock.COPENHAGEN)  # Easter and summer time lie ahead
DAYS, ACTS_A_DAY = 30, 14
LINK = re.compile(r"https?://[^\s<>\"]+")


class Watch:
    """What was sent, and everything that was wrong with it."""

    def __init__(self) -> None:
        self.daily: collections.Counter[tuple[str, dt.date]] = collections.Counter()
        self.urgent = self.links = 0
        self.wrong: list[str] = []

    def look(self) -> None:
        for mail in outbox.outbox:
            self._look_at(mail)
        outbox.outbox.clear()

    def _look_at(self, mail: Any) -> None:
        (address,) = mail.to
        user = User.objects.get(email=address)
        whole = f"{mail.subject} {mail.body} {mail.alternatives[0][0]}"
        if not user.is_active:
            self.wrong.append(f"{address} may not sign in")
        if SECRET in whole.lower():
            self.wrong.append(f"words in a mail to {address}: {mail.body}")
        if mail.subject.startswith("Nyt til dig"):
            self.daily[address, clock.today()] += 1
            if (
                not is_office_day(clock.today())
                or clock.now().astimezone(clock.COPENHAGEN).hour < 7
            ):
                self.wrong.append(f"told at {clock.now()}")
        else:
            self.urgent += 1
        self._follow(user, mail.body)

    def _follow(self, user: User, body: str) -> None:
        client = Client()
        if user.is_active:
            client.force_login(user)
        for part in body.split("\n\n"):
            for link in LINK.findall(part):
                where = urlsplit(link)
                path = f"{where.path}?{where.query}"
                self.links += 1
                # where nothing is to be approved yet, an approver is led on to what is theirs
                page = client.get(path, follow=True)
                if page.status_code != 200 or "/log-ind/" in page.request["PATH_INFO"]:
                    self.wrong.append(f"{page.status_code} for {user} at {path}: {part}")
                if "Strategi" in part and _is_closed(where.path):
                    self.wrong.append(f"a title of a closed item: {part}")


def _is_closed(path: str) -> bool:
    """Whether the page is of a matter of which a body has treated a closed item."""
    uid = path.strip("/").rpartition("/")[2]
    if "/sager/" in path:
        matters = Matter.objects.filter(uid=uid)
    elif "/spoergsmaal/" in path:
        versions = Question.objects.filter(uid=uid).values("frozen")
        matters = Matter.objects.filter(plans__version__in=versions)
    else:
        return False
    return Treatment.objects.filter(matter__in=matters, is_closed=True).exists()


@pytest.mark.parametrize("seed", [1, 2])
def test_nobody_is_told_what_they_may_not_read_or_twice_a_day(seed, record_property):
    watch = Watch()
    with time_machine.travel(FIRST, tick=False) as clocks:
        town = Town(seed)
        for hour in range(DAYS * 24):
            clocks.move_to(FIRST + dt.timedelta(hours=hour))
            for _act in range(town.chance.choice([0] * 10 + [ACTS_A_DAY])):
                town.act()
            for minutes in (30, 31, 42, 59):  # the hour turns at the first
                clocks.move_to(FIRST + dt.timedelta(hours=hour, minutes=minutes))
                if minutes == 30:
                    telling.tell_by_day()
                telling.tell_urgent()
                sending.send_waiting()
                watch.look()
    assert not watch.wrong, "\n".join(watch.wrong[:5])
    assert max(watch.daily.values()) == 1
    ends = collections.Counter(Notice.objects.values_list("end", flat=True))
    told = collections.Counter(Notice.objects.filter(end="told").values_list("kind", flat=True))
    # the town was alive: every kind was told, much was passed over, and hundreds of links followed
    assert len(told) >= 6 and ends["gone"] > 20 and ends["off"] > 0, (told, ends)
    assert sum(watch.daily.values()) > 50 and watch.urgent > 10 and watch.links > 200
    print(seed, sum(watch.daily.values()), watch.urgent, watch.links, told, ends, town.done)
