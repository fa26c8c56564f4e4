"""The workbench at the door: the queue, a response opened, looked through, split and answered."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.models import OriginalRead, Response, Round
from kommuneplan.core.models import Municipality
from tests.consultations.handled import a_closed_round, a_long_response, handler, standing
from tests.consultations.round_factories import a_response
from tests.plans.matters import consulted, ready_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> Round:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    return a_closed_round(plan=consulted(ready_plan()))


def bench(round: Round, number: int | None = None) -> str:
    args = [round.plan.slug, round.uid]
    if number is None:
        return reverse("consultations:workbench", args=args)
    return reverse("consultations:workbench-response", args=[*args, number])


class Desk:
    """A secretary at the workbench, who sends what the page holds, as a browser does."""

    def __init__(self, client, round: Round, number: int) -> None:
        self.client, self.address = client, bench(round, number)

    def press(self, do: str, **typed: str):
        """Press a button of the page as it is now, with something typed in it."""
        fields = {}
        page = self.client.get(self.address)
        import lxml.html

        form = lxml.html.fromstring(page.content).get_element_by_id("bench")
        fields = {name: value for name, value in form.form_values() if name != "do"}
        names = {name.replace("_", "-", 1): value for name, value in typed.items()}
        return self.client.post(self.address, fields | names | {"do": do}, follow=True)


def test_from_received_to_answered(round, client):
    response = a_long_response(round)
    other = a_response(round, text="Husk bænkene.")
    client.force_login(handler(round))
    page = client.get(bench(round))
    assert "Vi er glade for planen." in page.content.decode()
    page = client.post(bench(round), {"do": f"go:{response.number}"}, follow=True)
    assert OriginalRead.objects.filter(response=response, what="response").count() == 1

    desk = Desk(client, round, response.number)
    desk.press("each")
    rows = standing(round)
    assert [row.words for row in rows] == [
        "Vi er glade for planen.",
        "Borgerne skal spørges.",
        "Huset skal ligge centralt.",
        "Ja.",
        "Værkstedet skal være åbent om aftenen.",
    ]
    typed = {f"b{row.number}_reply": f"Tak for nr. {row.number}." for row in rows}
    typed |= {f"b{row.number}_proposal": "no_change" for row in rows}
    page = desk.press("clear", **typed)
    assert page.redirect_chain[-1][0].startswith(bench(round, other.number))
    assert all(row.is_answered for row in standing(round))
    assert Response.objects.get(pk=response.pk).publication_state == "cleared"
    assert OriginalRead.objects.filter(response=other, what="response").count() == 1
