"""Beside a section while it is written: the remarks that want it changed, for those who handle
them, in the words of the administration and never in the sender's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kommuneplan.core.models import Municipality
from plans.models import Section
from tests.consultations.handled import a_closed_round, a_remark, handler
from tests.consultations.round_factories import anchors
from tests.plans.matters import consulted, ready_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    return a_closed_round(plan=consulted(ready_plan()))


def beside(client, round, anchor: str) -> str:
    """The page on which the section with this paragraph is written."""
    rows = Section.objects.filter(plan=round.plan)
    row = next(one for one in rows if anchor in {block.anchor for block in one.anchored_blocks()})
    page = client.get(reverse("plans:section", args=[round.plan.slug, row.uid]))
    assert page.status_code == 200
    return page.content.decode()


def test_the_remarks_that_want_a_section_changed_stand_beside_it(round, client):
    here, *_others, elsewhere = anchors(round)
    met = a_remark(round, "Ordret fra borgeren.", proposal="met", wanted_anchor=here)
    met.wanted_change = "Tilføj en indgang."
    met.save()
    refused = a_remark(round, proposal="not_met", wanted_anchor=here)
    other = a_remark(round, proposal="met", wanted_anchor=elsewhere)
    client.force_login(handler(round))
    words = beside(client, round, here)
    assert f"Bemærkning nr. {met.number}" in words
    assert "Tilføj en indgang." in words
    assert "Ordret fra borgeren." not in words
    assert f"#b{met.number}" in words
    assert f"Bemærkning nr. {refused.number}" not in words
    assert (f"Bemærkning nr. {other.number}" in words) == (here == elsewhere)
