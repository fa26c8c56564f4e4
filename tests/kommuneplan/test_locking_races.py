"""Several processes save one row: what is acknowledged is stored, and nothing else."""

import pytest

from kommuneplan.core.models import Body
from kommuneplan.locking import Conflict, Locked
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)

PROCESSES, SAVES = 4, 25


def add_ones(number: int, pk: int, guarded: bool) -> int:
    """Add one to a counter ``SAVES`` times; returns how many saves were acknowledged."""
    if not guarded:
        Locked._do_update = lambda self, query, *rest: super(Locked, self)._do_update(query, *rest)
    acknowledged = 0
    while acknowledged < SAVES:
        body = Body.objects.get(pk=pk)
        body.papers_due_days += 1
        try:
            body.save()
        except Conflict:
            continue
        acknowledged += 1
    return acknowledged


def raced(*, guarded: bool) -> tuple[int, int]:
    body = Body.objects.create(name="Socialudvalget", kind="committee", papers_due_days=0)
    acknowledged = race(
        f"{__name__}:add_ones",
        PROCESSES,
        body.pk,
        guarded,
    )
    body.refresh_from_db()
    return sum(acknowledged), body.papers_due_days


def test_every_acknowledged_save_is_there():
    acknowledged, stored = raced(guarded=True)
    assert acknowledged == stored == PROCESSES * SAVES


def test_without_the_guard_saves_are_lost():
    acknowledged, stored = raced(guarded=False)
    assert stored < acknowledged
