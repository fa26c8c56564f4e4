"""Forty things a citizen types, and the page that should come first."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client

from tests.plans.public_search.town import TODAY, town
from tests.standing import standing

QUESTIONS = [
    ("ældre", "elderly"),
    ("ældrepolitik", "elderly"),
    ("AELDREPOLITIKKEN", "elderly"),
    ("hvornår vedtages ældrepolitikken", "elderly"),
    ("plejehjem mad", "elderly"),
    ("ensomhed", "elderly"),
    ("demens", "elderly"),
    ("maj 2027", "elderly"),
    ("Ældreudvalget 2014", "old"),
    ("selvbestemmelse", "old"),
    ("bolig", "housing"),
    ("almene boliger", "housing"),
    ("boligstrategien", "housing"),
    ("ungdomsbolig ved stationen", "housing"),
    ("22. maj", "housing"),
    ("22/5-2027", "housing"),
    ("ultimo 2028", "housing"),
    ("2025-159321", "housing"),
    ("Sagsnr. 2025/0159321", "housing"),
    ("2025 - 159321 - 4", "housing"),
    ("byggegrunde østerskoven", "housing"),
    ("grønne tage", "climate"),
    ('"uden fossile brændsler"', "climate"),
    ("hvad gør kommunen ved skybrud", "climate"),
    ("solceller", "climate"),
    ("mobning i skolen", "school"),
    ("sikker skolevej", "school"),
    ("hjælp til børn med særlige behov", "school"),
    ("kørestol rådhus", "disabled"),
    ("fleksjob", "disabled"),
    ("fritid for alle", "disabled"),
    ("misbrug", "drugs"),
    ("behandling inden 14 dage", "drugs"),
    ("medio november 2027", "drugs"),
    ("svømmehal", "culture"),
    ("cafe frivillige", "culture"),
    ("bibliotek åbningstid søndag", "culture"),
    ("cykelsti aaboulevarden", "traffic"),
    ("parkering i midtbyen", "traffic"),
    ("borgermøde 14. januar", "traffic"),
    ("høring om ældrepolitik", "round"),
    ("nærhed", "round"),
    ("seniorbofællesskaber", "round"),
    ("trækfugle", "answer"),
    ("afstand til naboer vindmøller", "report"),
]
ASKED = [(typed, page) for typed, page in QUESTIONS if page]


@pytest.fixture(scope="module")
def addresses(django_db_setup, django_db_blocker):
    with standing(django_db_blocker), time_machine.travel(TODAY, tick=False):
        yield town()


@pytest.fixture
def homes(addresses, db) -> dict[str, str]:
    with time_machine.travel(TODAY, tick=False):
        yield addresses


def first(typed: str) -> str:
    html = Client().get("/planer/", {"q": typed}).content.decode()
    found = re.search(r'<li><h2><a href="([^"#?]+)', html)
    return found[1] if found else ""


def test_what_a_citizen_asks_for_stands_first(homes) -> None:
    wrong = [
        f"{typed}: {first(typed) or 'nothing'} instead of {homes[page]}"
        for typed, page in ASKED
        if first(typed) != homes[page]
    ]
    assert len(ASKED) >= 40
    assert len(ASKED) - len(wrong) >= len(ASKED) * 0.95, "\n".join(wrong)
    print(f"\n{len(ASKED) - len(wrong)} of {len(ASKED)} right", *wrong, sep="\n")
