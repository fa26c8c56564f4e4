"""Whoever changes something that was frozen is found out, whatever they change."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from kommuneplan.core.models import Body
from plans.demo import families, loading
from plans.enums import Stage
from plans.models import FrozenMilestone, Plan, PlanVersion, Publication, VersionBlock
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from plans.versions.verification import verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def versions() -> list[PlanVersion]:
    loading.load_municipality()
    loading.load_plans([families.PLAN])
    plan = Plan.objects.get()
    freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    return list(plan.versions.order_by("number"))


def sql(statement: str, *values: object) -> None:
    """Behind the program's back: no model, no history, no foreign keys."""
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def found() -> str:
    return " / ".join(f"{fault.version} {fault.block} {fault.what}" for fault in verify().faults)


def test_untouched_versions_verify(versions):
    out = StringIO()
    call_command("verify_versions", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["ok"] and told["versions"] == 3 and told["blocks"] == VersionBlock.objects.count()


def test_a_changed_word_is_found_with_its_block_and_ends_with_1(versions):
    content = versions[1].content.replace("Rammeplanen beskriver", "Rammeplanen skjuler")
    assert content != versions[1].content
    sql("UPDATE plans_planversion SET content = %s WHERE id = %s", content, versions[1].pk)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_versions", stdout=out)
    assert ended.value.code == 1
    assert "boernefamilier-2009, version 2, #p" in out.getvalue()


TAMPERINGS = {
    "an index column": "UPDATE plans_planversion SET title = 'Andet' WHERE number = 2",
    "the state that lists show": "UPDATE plans_planversion SET state = 'adopted' WHERE number = 2",
    "what it was frozen for": "UPDATE plans_planversion SET stage = 'adopted' WHERE number = 2",
    "when it was frozen": "UPDATE plans_planversion SET frozen_at = '2020-01-01 12:00:00+00'"
    " WHERE number = 2",
    "the seal": "UPDATE plans_planversion SET digest = 'abc' WHERE number = 2",
    "the chain": "UPDATE plans_planversion SET previous_id ="
    " (SELECT id FROM plans_planversion WHERE number = 3) WHERE number = 2",
    "a block's digest": "UPDATE plans_versionblock SET digest = 'abc' WHERE position = 3",
    "a block's salt": "UPDATE plans_versionblock SET salt = 'abc' WHERE position = 3",
    "a block's kind": "UPDATE plans_versionblock SET kind = 'phase' WHERE position = 3",
    "the order": "UPDATE plans_versionblock SET position = 100 - position",
    "a lost block": "DELETE FROM plans_versionblock WHERE position = 3",
    "a date in the calendar": "UPDATE plans_frozenmilestone SET earliest_begin = '2000-01-01',"
    " sort_begin = '2000-01-01' WHERE position = 2",
    "a lost date": "DELETE FROM plans_frozenmilestone WHERE position = 2",
    "unreadable content": "UPDATE plans_planversion SET content = '{' WHERE number = 2",
    "the same content in other bytes": "UPDATE plans_planversion SET content = ' ' || content",
}


@pytest.mark.slow  # a house frozen for each way
@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_found(versions, what):
    assert not found()
    sql(TAMPERINGS[what])
    assert found()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_deleted_version_is_found(versions, number):
    if number == 3:
        publish(version=versions[2], by=None)
    gone = versions[number - 1].pk
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        for table in ("versionblock", "frozenmilestone", "publication"):
            cursor.execute(f"DELETE FROM plans_{table} WHERE version_id = %s", [gone])
        cursor.execute("DELETE FROM plans_planversion WHERE id = %s", [gone])
        told = found()
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")
    assert told


def test_history_is_about_rows_not_versions(versions):
    """A renamed body changes no version that was frozen before."""
    body = Body.objects.get(abbreviation="SUD")
    body.name = "Socialudvalget (nyt navn)"
    body.save()
    assert not found()
    assert FrozenMilestone.objects.exists() and Publication.objects.exists()
