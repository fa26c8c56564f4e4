"""What is asked for, and money that is not marked public, is in no answer to a stranger."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kommuneplan.core.site.open_data import FORMS
from plans.models import BudgetStep, CommitteeRequest, RequestAnswer
from tests.test_access import Household
from tests.test_hazards import everything

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
CANARY = "Kanariefuglenqx"


@pytest.fixture
def house(db) -> Household:
    made = Household()
    words = {"title": CANARY, "words": CANARY, "item_label": CANARY}
    CommitteeRequest.objects.update(**words)
    RequestAnswer.objects.update(document=CANARY, words=CANARY)
    BudgetStep.objects.update(title=CANARY, source=CANARY, words=CANARY, milestone=made.milestone)
    return made


def addresses(house: Household) -> list[str]:
    slug = house.plan.slug
    of_plan = ("plan", "feed-plan", "calendar", "memo_docx", "memo_pdf", "whole_docx", "whole_pdf")
    tables = ("data-procesplan", "data-beslutninger")
    return [
        reverse("plans:front"),
        reverse("plans:list") + f"?q={CANARY}",
        reverse("plans:dates"),
        reverse("plans:feed-all"),
        reverse("plans:calendar_all"),
        reverse("plans:body-calendar", args=[house.body.slug]),
        *(reverse(f"plans:{name}", args=[slug]) for name in of_plan),
        *(reverse(f"plans:{name}", args=[slug, form]) for name in tables for form in FORMS),
        reverse("plans:version", args=[slug, 1]),
        reverse("plans:requests"),
        reverse("plans:request", args=[house.promise.uid]),
        reverse("plans:plan-requests", args=[slug]),
        reverse("plans:budget-step", args=[slug, house.money.uid]),
    ]


def test_a_stranger_reads_no_word_of_it(client, house):
    for address in addresses(house):
        said = everything(client.get(address)).decode(errors="replace")
        assert CANARY not in said.replace(f"?q={CANARY}", "").replace(f'value="{CANARY}"', ""), (
            address
        )
        client.cookies.clear()


def test_marked_public_it_is_read_and_the_request_still_is_not(client, house):
    CommitteeRequest.objects.update(title="Hemmeligt", words="Hemmeligt", item_label="")
    for step in BudgetStep.objects.all():
        step.is_public = True
        step.save()
    page = client.get(f"/planer/{house.plan.slug}/").content.decode()
    assert page.count(CANARY) >= 3
    assert "Hemmeligt" not in page
