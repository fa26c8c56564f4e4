"""The demo's consultation is open whenever it is loaded, and is loaded once."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import astuple

import pytest
import time_machine
from django.core.management import call_command

from consultations.demo.content import consultation
from consultations.enums import PublicationState, RoundState
from consultations.models import Response, Round
from kommuneplan import clock
from plans.demo import living
from plans.models import Milestone

pytestmark = pytest.mark.django_db


def load() -> Round:
    call_command("load_demo", logins=True, verbosity=0)
    return Round.objects.get()


@pytest.mark.slow  # loads the demo
def test_it_is_open_with_answers_of_which_one_waits_for_a_person(client) -> None:
    with time_machine.travel(dt.datetime(2027, 7, 15, 9, tzinfo=dt.UTC), tick=False):
        row = load()
        assert row.plan.slug == living.SLUG
        assert row.state_at(clock.now()) == RoundState.OPEN
        assert [one.publication_state for one in row.responses.all()] == [
            *[PublicationState.CLEARED] * 4,
            PublicationState.WAITING,
        ]
        assert row.remarks.filter(handled_at__isnull=False).count() == 2
        page = client.get(f"/hoeringer/{row.slug}/").content.decode()
        assert "Borger, nr. 1" in page and "Borger Et Demo" not in page
        assert "311299" not in page
        milestone = Milestone.objects.get(uid=row.milestone_uid)
        assert milestone.follows_consultation
        assert (milestone.when.earliest, milestone.when.latest) == (row.first_day, row.last_day)
        assert milestone.date_changes.count() == 1  # the extension, once
        before = [(one.pk, one.version) for one in Response.objects.all()], load().version
        assert before == ([(one.pk, one.version) for one in Response.objects.all()], row.version)


def test_nothing_in_it_could_reach_a_person() -> None:
    said = str(astuple(consultation()))
    assert set(re.findall(r"[\w.]+@((?:\w+\.)+\w+)", said)) == {"example.org"}
    assert not re.search(r"\b\d{2}[ .]?\d{2}[ .]?\d{2}[ .]?\d{2}\b", said)
