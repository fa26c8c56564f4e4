"""Who opens a page changes nothing: a view that is asked with GET or HEAD writes no row.

A page is opened by robots, by a browser ahead of time and by a mail scanner that follows links; a
write there is an act that nobody did. A view that has to write down that it was opened says so
(``writes_when_opened``): readings are logged, a sign-in ends with the address one comes back to.
Sessions are no fact of the house and are not asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

_WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(?!django_session")')


class WroteWhenOpened(Exception):
    """A view that was only opened has tried to write."""


def writes_when_opened(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view write although it is only opened."""
    view.writes_when_opened = True  # type: ignore[attr-defined]
    return view


class ReadOnlyMiddleware:
    """The innermost of all: between it and the database there are views only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)

        def refuse(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            if _WRITES.match(sql) and not _may_write(request):
                raise WroteWhenOpened(f"{request.path}: {sql[:80]}")
            return execute(sql, *rest)

        with connection.execute_wrapper(refuse):
            return self.get_response(request)


def _may_write(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and hasattr(match.func, "writes_when_opened")
