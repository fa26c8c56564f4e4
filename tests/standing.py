"""A world that is built once for the tests of a module.

A ``module`` fixture builds it inside ``standing``: it lies in the database before the first of
them and is gone after the last. What a test changes is rolled back inside it, so each finds it as
it was built. Not for tests that commit (``transaction=True``): they would wait for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.test import Client

from kommuneplan.core.models import User


@contextmanager
def standing(django_db_blocker: Any) -> Iterator[None]:
    """What is written inside stands in the database until the end of the fixture around it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def signed_in(user: User) -> SimpleCookie:
    """The cookies of somebody who is signed in; a test gives its client a copy of them."""
    client = Client()
    client.force_login(user)
    return client.cookies
