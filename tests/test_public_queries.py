"""How many questions a public page asks: two where it is kept, twelve where it is made anew."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.models import Report, Round
from kommuneplan import clock
from plans.models import Plan
from tests.plans.demo.test_demo import load
from tests.standing import standing
from tests.walk.surfaces import public_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.slow]

KEPT, ANEW = 2, 12
MORE = {  # what asks for more today, by what its address is like: never more than this
    r"/hoeringer/[^/]+/": 23,
    r"/planer/[^/]+/(versioner/\d+/)?": 22,
    r"(/planer/[^/]+)?/kalender.ics": 13,
}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with standing(django_db_blocker):
        load()
        yield


def addresses() -> list[str]:
    found = [*public_addresses(list(Plan.objects.all()))]
    rounds = Round.objects.public(at=clock.now())
    found += [f"/hoeringer/{row.slug}/" for row in rounds]
    found += [f"/hoeringer/{row.round.slug}/aendringer/" for row in Report.objects.all()]
    return list(dict.fromkeys(found))


def status(address: str) -> int:
    return Client().get(address).status_code


def asked(address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(address).status_code in {200, 404, 410}, address
    return len(queries)


def test_a_public_page_asks_little_and_next_to_nothing_where_it_is_kept(loaded):
    for address in addresses():
        asked(address)  # what is composed once is composed
        for one in (cache, caches["searched"]):
            one.clear()
        anew, kept = asked(address), asked(address)
        most = next((most for like, most in MORE.items() if re.fullmatch(like, address)), ANEW)
        assert anew <= most, address
        assert kept <= KEPT or status(address) != 200, address
