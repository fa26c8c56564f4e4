"""What was shown is saved once, however often the button is pressed and whoever else presses."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Invitation, Mail, Meeting, User
from kommuneplan.locking import Outdated
from plans.models import Milestone
from plans.setup.actions.colleagues import invite_all
from plans.setup.actions.meetings import enter_meetings
from plans.setup.colleague_lines import read_colleagues
from plans.setup.colleague_preview import weighed
from plans.setup.meeting_preview import names_of, preview_of
from tests.factories import a_plan, committee, person, secretary
from tests.pressed_at_once import pressed_at_once
from tests.standing import signed_in

MANY = "/arbejde/moeder/flere/"
COLLEAGUES = "/arbejde/opsaetning/kolleger/"
LINK = "https://example.org/TOKEN/"
FIRST_TABLE = re.compile(r'FROM "(\w+)"')
LENE = "lene@example.org; tovholder; Socialudvalget"


def looked(user: User, address: str, sent: dict[str, str]) -> dict[str, str]:
    """What is sent to save what somebody has looked at."""
    client = Client()
    client.cookies = signed_in(user)
    answer = client.post(address, {**sent, "look": "1"})
    return {**sent, "seen": str(answer.context["form"].data["seen"]), "save": "1"}


@pytest.mark.django_db
def test_meetings_are_looked_at_when_they_are_saved() -> None:
    ida = secretary()
    body = Body.objects.get(name="Socialudvalget")
    look = partial(preview_of, "12-01-2027", bodies=[body], mine=[body], body=body, year=2027)
    enter = partial(enter_meetings, preview=look, seen=look().fingerprint, bodies=[body], by=ida)
    assert len(enter().writing) == 1
    with pytest.raises(Outdated):
        enter()
    assert Meeting.objects.count() == 1


@pytest.mark.django_db
def test_colleagues_are_looked_at_when_they_are_invited() -> None:
    bodies, boss = [committee()], person("boss", Role.ADMINISTRATOR)
    read = read_colleagues(LENE, bodies=names_of(bodies), role="", body="")
    look = partial(weighed, read, bodies=bodies, by=boss)
    send = partial(invite_all, preview=look, seen=look().fingerprint, address=LINK, by=boss)
    assert len(send().inviting) == 1
    with pytest.raises(Outdated):
        send()
    assert (Invitation.objects.count(), Mail.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_meetings_are_entered_once_where_the_button_is_pressed_twice() -> None:
    ida = secretary()
    body = str(Body.objects.get(name="Socialudvalget").uid)
    sent = {"text": "12-01-2027\n19-01-2027 kl. 17", "year": "2027", "body": body}
    assert pressed_at_once(ida, ida, address=MANY, sent=looked(ida, MANY, sent)) == [302, 422]
    assert Meeting.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_colleagues_are_invited_once_by_two_administrators() -> None:
    committee()
    boss, other = person("boss", Role.ADMINISTRATOR), person("anden", Role.ADMINISTRATOR)
    sent = looked(boss, COLLEAGUES, {"text": LENE})
    assert pressed_at_once(boss, other, address=COLLEAGUES, sent=sent) == [302, 422]
    assert (Invitation.objects.count(), Mail.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_plans_are_locked_before_bodies_and_bodies_before_meetings() -> None:
    """The order of ``plans.process.actions.meetings``, whose verb moves a meeting."""
    ida = secretary()
    body = Body.objects.get(name="Socialudvalget")
    meeting = Meeting.objects.create(body=body, date=dt.date(2027, 1, 12))
    Milestone.objects.create(cycle=a_plan().open_cycle, title="Behandling", meeting=meeting)
    text = "19. januar (flyttet fra 12. januar)"
    look = partial(preview_of, text, bodies=[body], mine=[body], body=body, year=2027)
    seen = look().fingerprint
    with CaptureQueriesContext(connection) as asked:
        enter_meetings(preview=look, seen=seen, bodies=[body], by=ida)
    tables = [found[1] for query in asked if (found := FIRST_TABLE.search(query["sql"]))]
    order = ["plans_plan", "core_body", "core_meeting", "plans_milestone"]
    assert sorted(order, key=tables.index) == order
