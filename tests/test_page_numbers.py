"""Whatever page of a list an address asks for, the list answers."""

from __future__ import annotations

import sys
from copy import deepcopy

import pytest
from django.db.models import Count
from django.urls import reverse

from consultations.models import Report, Round
from kommuneplan.core.models import User
from kommuneplan.page_number import HIGHEST, page_number
from plans.demo import people
from tests.plans.demo.test_demo import load
from tests.standing import signed_in, standing

ASKED = ["0", "-1", "2", "x", "²", "9" * 31, "9" * 5000, "\x00"]


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("1", 1), ("7", 7), ("007", 7), ("0", 1), ("-1", 1), ("x", 1), ("", 1), (None, 1),
        ("٣", 1), ("²", 1), ("1.5", 1), ("9" * 5000, HIGHEST), ("100000", HIGHEST),
    ],
)  # fmt: skip
def test_a_number_is_always_one_of_a_page(asked, number):
    assert page_number(asked) == number


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with standing(django_db_blocker):
        load()
        yield {
            login.name: signed_in(User.objects.get(email=login.email)) for login in people.LOGINS
        }


def lists() -> list[str]:
    """The addresses of the lists that come in pages, for the round with most to show."""
    answered = Round.objects.annotate(n=Count("responses", distinct=True)).order_by("-n", "pk")
    report = Report.objects.filter(published_at__isnull=False).order_by("pk").first()
    round = answered.first()
    own = {"slug": round.plan.slug, "uid": round.uid}
    named = [
        "responses", "response-reads", "remark-list", "remark-responses", "report-room",
        "journal-room",
    ]  # fmt: skip
    public = (report.round if report else round).slug
    return [
        *(reverse(f"consultations:{name}", kwargs=own) for name in named),
        reverse("consultations:party-list"),
        reverse("consultations:hearings"),
        reverse("consultations:hearing", args=[public]),
        reverse("consultations:report-shown", args=[public]),
        reverse("plans:history", args=[round.plan.slug]),
        reverse("plans:desk"),
        reverse("plans:list"),
        reverse("plans:dates"),
        reverse("plans:member-matters"),
        reverse("plans:member-plans"),
        reverse("plans:member-notes"),
        reverse("plans:member-questions"),
        reverse("plans:questions"),
        reverse("mails:list"),
    ]


@pytest.mark.django_db
@pytest.mark.slow  # some twenty lists
@pytest.mark.no_cover
@pytest.mark.parametrize(
    "who",
    [
        "Sekretær Demo",
        *(  # the same lists on both databases
            pytest.param(name, marks=pytest.mark.one_database)
            for name in ("Administrator Demo", "Medlem Demo")
        ),
    ],
)
def test_every_list_answers_whatever_page_is_asked_for(who, demo, client, monkeypatch):
    addresses = lists()  # asked first: every module with a view is loaded now
    for name, module in list(sys.modules.items()):
        if name.startswith(("plans.", "consultations.", "kommuneplan.")):
            for length in ("PER_PAGE", "READS_PER_PAGE"):
                if hasattr(module, length):
                    monkeypatch.setattr(module, length, 1)
    client.cookies = deepcopy(demo[who])
    answers = {
        (address, asked): client.get(address, {"side": asked}).status_code
        for address in addresses
        for asked in ASKED
    }
    assert {key: code for key, code in answers.items() if code not in (200, 302, 403, 404)} == {}
    assert 200 in answers.values()
