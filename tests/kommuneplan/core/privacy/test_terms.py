"""What is declared to be kept for a term is gone when it is over, and there until then."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib.sessions.models import Session
from post_office.models import Email

from consultations.models import ResponseDraft
from kommuneplan import clock
from kommuneplan.core import upkeep
from kommuneplan.core.models import Mail, Notice
from kommuneplan.core.privacy.terms import terms
from tests.consultations.round_factories import a_round
from tests.factories import person

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def a_mail() -> Email:
    email = Email.objects.create(from_email="a@example.org", to="b@example.org")
    Mail.objects.create(
        email=email, address="b@example.org", reference="x", keep_days=7, sent_at=clock.now()
    )
    return email


def a_draft() -> ResponseDraft:
    return ResponseDraft.objects.create(round=a_round(), began_at=clock.now(), saved_at=clock.now())


MAKERS: dict[str, Any] = {
    "axes.AccessAttempt": lambda: AccessAttempt.objects.create(
        username="b@example.org", ip_address="192.0.2.7", failures_since_start=1
    ),
    "axes.AccessFailureLog": lambda: AccessFailureLog.objects.create(username="b@example.org"),
    "axes.AccessLog": lambda: AccessLog.objects.create(username="b@example.org"),
    "usersessions.UserSession": lambda: UserSession.objects.create(
        user=person("ida"), ip="192.0.2.7", session_key="x", user_agent="x"
    ),
    "sessions.Session": lambda: Session.objects.create(
        session_key="x", session_data="x", expire_date=clock.now()
    ),
    "core.Mail": lambda: a_mail().mail,
    "core.Notice": lambda: Notice.objects.create(
        user=person("ida"), kind="plans.deadline", thing=uuid.uuid4()
    ),
    "post_office.Email": a_mail,
    "consultations.ResponseDraft": a_draft,
}


def put(row: Any, since: str, at: dt.datetime) -> None:
    """The time that the term counts from."""
    *way, name = since.split("__")
    for step in way:
        row = getattr(row, step)
    before = {"opens_at": at - DAY} if name == "closes_at" else {}
    type(row)._default_manager.filter(pk=row.pk).update(**{name: at, **before})


def test_every_declared_term_is_tried_here_and_has_somebody_to_look_after_it() -> None:
    assert set(terms()) == set(MAKERS)
    assert {term.by for term in terms().values()} <= set(upkeep.hourly)


@pytest.mark.parametrize("label", MAKERS)
@pytest.mark.parametrize("is_over", [True, False])
def test_a_term_is_kept_to_the_day(label, is_over) -> None:
    term, row = terms()[label], MAKERS[label]()
    term_is_over = clock.now() - dt.timedelta(days=term.days)
    put(row, term.since, term_is_over + (-DAY if is_over else DAY))
    for function in upkeep.hourly.values():
        function()
    assert apps.get_model(label)._default_manager.filter(pk=row.pk).exists() is not is_over
