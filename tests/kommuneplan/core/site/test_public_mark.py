"""The mark of public pages: another after every change of what they may show, and by time."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kommuneplan import clock
from kommuneplan.core.models import Body, Meeting, Municipality
from kommuneplan.core.site import public_mark as marks
from kommuneplan.core.site.public_mark import counted, public_mark, without_triggers
from plans.models import Comment, DeskVisit
from tests.consultations.round_factories import a_response, a_round, an_invitation
from tests.factories import person
from tests.plans.demo.test_demo import load
from tests.standing import standing

pytestmark = pytest.mark.django_db
MOMENT = dt.timedelta(microseconds=1)

# Instants that lie behind when they are written, so that nothing is shown by their coming.
BEHIND = {
    "AnnexFile": {"decided_at"},
    "Agenda": {"sent_at"},
    "Attachment": {"examined_at"},
    "Cycle": {"opened_at", "closed_at"},
    "DateChange": {"changed_at"},
    "Duty": {"retired_at"},
    "DutyFulfilment": {"recorded_at"},
    "Evaluation": {"published_at"},
    "Invitation": {"link_revoked_at", "listed_at", "invited_at", "opened_at", "began_at",
                   "no_remarks_at", "reminded_at", "removed_at"},
    "ItemOutcome": {"recorded_at"},
    "Material": {"retired_at"},
    "Matter": {"created_at", "closed_at"},
    "Party": {"retired_at"},
    "Plan": {"retired_at"},
    "PlanExtension": {"recorded_at", "taken_back_at"},
    "PlanVersion": {"frozen_at"},
    "Redaction": {"redacted_at", "at", "lifted_at"},
    "Remark": {"handled_at", "retired_at"},
    "Report": {"made_at"},
    "ReservedSlug": {"created_at"},
    "Response": {"received_at", "verified_at", "withdrawn_at", "cleared_at"},
    "ResponseRevision": {"received_at"},
    "Round": {"ready_at"},
    "RoundEvent": {"old_closes_at", "new_closes_at"},
    "RoundQuestion": {"retired_at"},
    "StatusReport": {"begun_at", "frozen_at", "published_at", "withdrawn_at"},
    "StoredFile": {"created_at"},
    "Theme": {"retired_at"},
    "Treatment": {"recorded_at"},
    "YearlyStatus": {"closed_at"},
    "VersionBlock": {"redacted_at"},
}  # fmt: skip


def mark() -> str:
    return public_mark(at=clock.now())


def test_every_column_with_an_instant_is_declared_or_lies_behind() -> None:
    for model in counted():
        columns = {
            field.name
            for field in model._meta.concrete_fields
            if field.get_internal_type() == "DateTimeField"
        }
        declared = set(marks._instants.get(model._meta.label_lower, ()))
        behind = BEHIND.get(model.__name__, set())
        assert columns == declared | (behind & columns), f"{model.__name__}: {columns}"
        assert not declared & behind


def test_what_is_not_shown_is_a_table_there_is_and_says_why() -> None:
    for label, reason in marks._unshown.items():
        assert apps.get_model(label)._meta.managed and reason


def test_each_table_that_counts_tells() -> None:
    assert without_triggers() == []


def test_every_way_of_writing_gives_another_mark() -> None:
    Municipality.objects.create(pk=1, name="Naboby")
    seen = [mark()]

    def changed() -> bool:
        seen.append(mark())
        return len(seen) == len(set(seen))

    body = Body.objects.create(name="Socialudvalget", kind="committee")
    assert changed()
    Body.objects.filter(pk=body.pk).update(name="Børneudvalget")
    assert changed()
    Body.objects.bulk_create([Body(name=str(n), slug=f"b-{n}", kind="committee") for n in range(3)])
    assert changed()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_municipality SET accent_colour = '#112233'")
    assert changed()
    Body.objects.filter(name="1").delete()
    assert changed()
    assert mark() == seen[-1]


def test_what_was_undone_has_the_mark_it_had() -> None:
    before = mark()
    with transaction.atomic():
        Body.objects.create(name="Socialudvalget", kind="committee")
        inside = mark()
        transaction.set_rollback(True)
    assert mark() == before != inside


def test_what_nobody_outside_reads_leaves_the_mark() -> None:
    user = person("sekretær")
    before = mark()
    DeskVisit.objects.create(user=user, since=clock.now(), here_at=clock.now())
    Comment.objects.all().delete()
    user.name = "Et andet navn"
    user.save()
    assert mark() == before


def test_time_alone_gives_another_at_midnight_in_denmark_and_at_the_instants_that_are_stored():
    with time_machine.travel(dt.datetime(2027, 5, 4, 10, tzinfo=dt.UTC), tick=False) as traveller:
        round = a_round(opens=clock.now() + dt.timedelta(hours=1))
        party = an_invitation(round)
        party.closes_at = round.closes_at + dt.timedelta(hours=7)
        party.save()
        midnight = dt.datetime(2027, 5, 5, tzinfo=clock.COPENHAGEN)
        for instant in (round.opens_at, midnight, round.closes_at, party.closes_at):
            before, at_it = (public_mark(at=instant + n * MOMENT) for n in (-1, 0))
            assert before != at_it == public_mark(at=instant + MOMENT), instant
        traveller.move_to(round.closes_at)
        late = mark()
        traveller.move_to(round.opens_at - MOMENT)  # a clock may go back
        assert late != mark() != public_mark(at=round.opens_at)


def test_a_thousand_marks_cost_a_query_each(django_assert_num_queries) -> None:
    a_response(a_round())
    mark()
    with django_assert_num_queries(3):
        for _number in range(3):
            mark()


# --- what public pages ask ---

_FROM = re.compile(r'(?:FROM|JOIN)\s+"?((?:core|plans|consultations)_\w+)')
_HREF = re.compile(r'href="(/[^"#]*)')


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with standing(django_db_blocker):
        load()
        yield


@pytest.mark.slow
@pytest.mark.one_database
def test_every_table_that_a_public_page_asks_counts(demo) -> None:
    """The demo read as everybody reads it, each page made anew: were a table asked that does not
    count, what is written to it would be told too late."""
    tables = {model._meta.db_table for model in counted()} | {marks.TABLE}
    tables.add(Meeting.history.model._meta.db_table)  # written only together with the meeting
    waiting, seen, kept = ["/"], {"/"}, 0
    by_route: dict[str, int] = {}
    while waiting:
        address = waiting.pop()
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            answer = Client().get(address)
        route = answer.resolver_match.view_name if answer.resolver_match else ""
        by_route[route] = by_route.get(route, 0) + 1
        if by_route[route] > 12 or not answer.get("ETag", "").startswith("W/"):
            continue
        kept += 1
        found = {name for one in asked for name in _FROM.findall(one["sql"])}
        assert found <= tables, f"{address} asks {found - tables}"
        for href in _HREF.findall(answer.content.decode()):
            href = href.replace("&amp;", "&")
            if href not in seen and not href.startswith(("/static/", "/arbejde/", "/konto/")):
                seen.add(href)
                waiting.append(href)
    assert kept > 25, by_route
