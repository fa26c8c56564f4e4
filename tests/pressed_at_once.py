"""The same button, pressed at once: twice by one person, or by several."""

from __future__ import annotations

from collections.abc import Mapping

from django.test import Client

from kommuneplan.core.models import User

from .races import race
from .standing import signed_in


def pressed_at_once(*users: User, address: str, sent: Mapping[str, str]) -> list[int]:
    """The statuses of the answers, the lowest first; one request for each time somebody is named.
    The test must be marked ``django_db(transaction=True)``."""
    cookies = [{name: one.value for name, one in signed_in(user).items()} for user in users]
    found = race(f"{__name__}:press", len(users), cookies, address, dict(sent))
    return sorted(int(str(status)) for status in found)


def press(number: int, cookies: list[dict[str, str]], address: str, sent: dict[str, str]) -> int:
    """One of them (run in a process of its own)."""
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    client.cookies.load(cookies[number])
    return client.post(address, sent).status_code
