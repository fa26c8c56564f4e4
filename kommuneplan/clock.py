"""The clock: the one place that knows what time it is.

Instants are UTC; *today* is the civil date in Europe/Copenhagen. A request has one time,
stamped by the outermost middleware on arrival, however long it then takes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kommuneplan.room import with_room

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def now() -> dt.datetime:
    """This instant, aware, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """The civil date in Denmark."""
    return local_day(now())


def local_day(instant: dt.datetime) -> dt.date:
    """The Danish civil date of an aware instant."""
    return instant.astimezone(COPENHAGEN).date()


class ArrivalMiddleware:
    """Stamps ``request.arrived_at`` before anything else has had time to be slow."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.arrived_at = now()  # type: ignore[attr-defined]
        return with_room(lambda: self.get_response(request))
