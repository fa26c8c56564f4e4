"""Acts of all kinds in any order, and after each of them: do all surfaces tell the same?"""

from __future__ import annotations

import datetime as dt
import os
from contextlib import ExitStack
from typing import Any
from unittest import mock

import time_machine
from django.db import transaction
from django.test import Client, TestCase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from consultations.reports import exports
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Municipality
from kommuneplan.core.site.page_cache import forget_pages
from tests.factories import lead, person, secretary

from .doors import Visitor
from .house import REFUSED, House
from .surfaces import disagreements, faults_of_pages, unsealed

FIRST_DAY = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)  # before both clock changes of the year
PAGES_EVERY = int(os.environ.get("WALK_PAGES_EVERY", "12"))
number = st.integers(0, 199)
steps_walked = 0


class InOneHouse(RuleBasedStateMachine):
    """A house in which everything happens in one transaction that is rolled back; what is to
    follow a commit follows each act."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(FIRST_DAY, tick=False)
        self.now = self.clock.start()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        forget_pages()
        self.papers = ExitStack()  # set in no time; how they are set has tests of its own
        for name in ("report_pdf", "report_docx"):
            paper = mock.patch.object(exports, name, lambda report, **facts: b"%PDF or PK")
            self.papers.enter_context(paper)
        self.count = 0

    @initialize()
    def begin(self) -> None:
        Municipality.objects.update_or_create(
            pk=1, defaults={"name": "Naboby Kommune", "contact_email": "post@example.org"}
        )
        self.user = secretary()
        self.house = House(self.user)

    def look(self) -> None:
        self.count += 1
        plans = self.house.plans()
        found = list(disagreements(plans))
        if self.count % PAGES_EVERY == 0:
            found += [*unsealed(), *faults_of_pages(plans, self.user)]
        assert not found, found

    def teardown(self) -> None:
        try:
            if self.count:
                found = [*unsealed(), *faults_of_pages(self.house.plans(), self.user)]
                assert not found, found
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
            self.clock.stop()
            self.papers.close()
            forget_pages()

    @rule(days=st.sampled_from([0, 1, 2, 5, 9, 17, 31, 60]), hours=st.integers(0, 23))
    def time_passes(self, days: int, hours: int) -> None:
        self.now.shift(dt.timedelta(days=days, hours=hours))
        self.look()


class Walk(InOneHouse):
    """The acts of ``House`` as rules."""

    def act(self, name: str, **chosen: Any) -> None:
        """One act, a minute after the one before; then everything is looked at."""
        global steps_walked
        self.now.shift(dt.timedelta(minutes=1))
        with TestCase.captureOnCommitCallbacks(execute=True):
            try:
                with transaction.atomic():
                    getattr(self.house, name)(**chosen)
            except REFUSED:
                pass
        self.look()
        steps_walked += 1

    @rule(pick=number, kind=number, date=number, is_public=st.booleans())
    def add_milestone(self, **chosen: Any) -> None:
        self.act("add_milestone", **chosen)

    @rule(pick=number, which=number, date=number, with_reason=st.booleans())
    def move_milestone(self, **chosen: Any) -> None:
        self.act("move_milestone", **chosen)

    @rule(pick=number, which=number, how=number)
    def end_milestone(self, **chosen: Any) -> None:
        self.act("end_milestone", **chosen)

    @rule(pick=number)
    def mark_public(self, **chosen: Any) -> None:
        self.act("mark_public", **chosen)

    @rule(pick=number, which=number, days=number)
    def hold_meeting(self, **chosen: Any) -> None:
        self.act("hold_meeting", **chosen)

    @rule(which=number, days=number)
    def move_meeting(self, **chosen: Any) -> None:
        self.act("move_meeting", **chosen)

    @rule(pick=number)
    def publish_process_plan(self, **chosen: Any) -> None:
        self.act("publish_process_plan", **chosen)

    @rule(pick=number, stage=number, days=number)
    def publish_plan(self, **chosen: Any) -> None:
        self.act("publish_plan", **chosen)

    @rule(pick=number)
    def publish_newest(self, **chosen: Any) -> None:
        self.act("publish_newest", **chosen)

    @rule(which=number)
    def withdraw_publication(self, **chosen: Any) -> None:
        self.act("withdraw_publication", **chosen)

    @rule(which=number)
    def redact(self, **chosen: Any) -> None:
        self.act("redact", **chosen)

    @rule(pick=number, purpose=number, length=number)
    def submit(self, **chosen: Any) -> None:
        self.act("submit", **chosen)

    @rule(which=number, outcome=number, days=number)
    def decide(self, **chosen: Any) -> None:
        self.act("decide", **chosen)

    @rule(which=number, outcome=number)
    def correct(self, **chosen: Any) -> None:
        self.act("correct", **chosen)

    @rule(pick=number)
    def revise(self, **chosen: Any) -> None:
        self.act("revise", **chosen)

    @rule(pick=number)
    def give_up(self, **chosen: Any) -> None:
        self.act("give_up", **chosen)

    @rule(pick=number, days=number)
    def repeal(self, **chosen: Any) -> None:
        self.act("repeal", **chosen)

    @rule(pick=number, first=number, length=number, audience=number)
    def prepare_round(self, **chosen: Any) -> None:
        self.act("prepare_round", **chosen)

    @rule(which=number)
    def announce(self, **chosen: Any) -> None:
        self.act("announce", **chosen)

    @rule(which=number, days=number)
    def extend(self, **chosen: Any) -> None:
        self.act("extend", **chosen)

    @rule(which=number, days=number)
    def close_early(self, **chosen: Any) -> None:
        self.act("close_early", **chosen)

    @rule(which=number)
    def withdraw_round(self, **chosen: Any) -> None:
        self.act("withdraw_round", **chosen)

    @rule(which=number, length=number)
    def renew(self, **chosen: Any) -> None:
        self.act("renew", **chosen)

    @rule(which=number)
    def answer(self, **chosen: Any) -> None:
        self.act("answer", **chosen)

    @rule(which=number)
    def answer_for_all_to_read(self, **chosen: Any) -> None:
        self.act("answer_for_all_to_read", **chosen)

    @rule(which=number, how=number)
    def look_through(self, **chosen: Any) -> None:
        self.act("look_through", **chosen)

    @rule(which=number)
    def make_report(self, **chosen: Any) -> None:
        self.act("make_report", **chosen)

    @rule(which=number)
    def publish_report(self, **chosen: Any) -> None:
        self.act("publish_report", **chosen)

    @rule(pick=number, first=number, length=number)
    def import_process_plan(self, **chosen: Any) -> None:
        self.act("import_process_plan", **chosen)

    @rule(pick=number, days=number)
    def open_year(self, **chosen: Any) -> None:
        self.act("open_year", **chosen)

    @rule(pick=number)
    def close_year(self, **chosen: Any) -> None:
        self.act("close_year", **chosen)


class WalkThroughDoors(InOneHouse):
    """The same house, used by people of all roles through the pages and forms they are shown."""

    @initialize()
    def begin(self) -> None:
        super().begin()
        plans = self.house.plans()
        body = plans[0].body
        people = {
            "secretary": self.user,
            "lead": lead(plans[0]),
            "member": person("medlem", Role.MEMBER, body),
            "administrator": person("administrator", Role.ADMINISTRATOR),
        }
        self.visitors = [Visitor("visitor", Client())]
        for name, user in people.items():
            client = Client()
            client.force_login(user)
            self.visitors.append(Visitor(name, client, ways=["/arbejde/", "/", "/planer/"]))
        for one in self.visitors[1:]:
            one.go(0)

    def _done(self, complaint: str) -> None:
        global steps_walked
        assert not complaint, complaint
        self.look()
        steps_walked += 1

    @rule(who=st.integers(0, 4), pick=number)
    def open_a_page(self, who: int, pick: int) -> None:
        self.now.shift(dt.timedelta(seconds=20))
        with TestCase.captureOnCommitCallbacks(execute=True):
            complaint = self.visitors[who].go(pick)
        self._done(complaint)

    @rule(who=st.integers(0, 4), pick=number, seed=st.integers(0, 10**6))
    def send_a_form(self, who: int, pick: int, seed: int) -> None:
        self.now.shift(dt.timedelta(seconds=40))
        with TestCase.captureOnCommitCallbacks(execute=True):
            complaint = self.visitors[who].send(pick, seed)
        self._done(complaint)
