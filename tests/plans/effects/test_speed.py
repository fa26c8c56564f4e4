"""How many questions the pages of a large theory of change ask, however much stands in it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.enums import Stage
from plans.models import Plan
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.factories import secretary
from tests.plans.effects.rows import node, theme, whole
from tests.plans.published import published_plan

pytestmark = pytest.mark.django_db

MOST = 12


def large(plan: Plan, themes: int = 4) -> None:
    """Four themes of fifteen: sixty nodes, each with what it contributes to."""
    for number in range(themes):
        place = theme(plan, f"Tema {number}", position=number)
        goals = [node(place, "goal", f"Mål {number}.{n}") for n in range(3)]
        results = [node(place, "result", f"Resultat {number}.{n}", goals[n % 3]) for n in range(4)]
        acts = [node(place, "activity", f"Besøg {number}.{n}", results[n % 4]) for n in range(4)]
        for n in range(4):
            node(place, "resource", f"Penge {number}.{n}", acts[n], amount=1000 * n)


@pytest.mark.parametrize("page", ["", "billede/", "kilder/"])
def test_a_room_asks_as_much_of_sixty_nodes_as_of_four(client, page):
    plan = published_plan("Plan for haver")
    client.force_login(secretary())
    address = f"/arbejde/planer/{plan.slug}/forandringsteori/{page}"
    whole(plan)
    client.get(address)
    few = asked(client, address)
    large(plan)
    client.get(address)
    many = asked(client, address)
    assert many <= few and many <= 2 * MOST


def test_the_public_page_asks_little(client):
    plan = published_plan("Plan for haver")
    large(plan)
    publish(version=freeze(plan=plan, stage=Stage.ADOPTED, by=None), by=None)
    address = f"/planer/{plan.slug}/forandringsteori/"
    first = asked(client, address)
    assert first <= MOST
    assert asked(client, address) <= 2  # kept


def asked(client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as questions:
        assert client.get(address).status_code == 200
    return len(questions)
