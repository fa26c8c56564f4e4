"""``import_plan``: what it prints, what it writes, and what it refuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from plans.models import ImportDraft, Milestone
from tests.factories import FIRST, REVISED, a_plan, facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "procesplan.txt"
    path.write_text(FIRST)
    return path


def test_json_is_exactly_the_agreed_form(file, capsys):
    call_command("import_plan", file, "--json")
    out = capsys.readouterr().out
    read = json.loads(out)
    assert "Høring" in out
    assert set(read) == {"title", "case_number", "document_number", "warnings", "milestones"}
    first = read["milestones"][0]
    assert list(first) == [
        "title", "description", "when", "kind", "body", "conditional", "warnings"
    ]  # fmt: skip
    assert first["when"] == {
        "earliest": "2027-03-05", "latest": "2027-03-05", "precision": "day", "modifier": "",
        "written": "5. marts 2027", "edtf": "2027-03-05",
    }  # fmt: skip
    assert not Milestone.objects.exists()


@pytest.mark.slow  # a process that starts the house
def test_without_a_plan_no_database_is_needed(file, tmp_path):
    """In a process of its own, beside a database that has no tables."""
    command = [sys.executable, "manage.py", "import_plan", file, "--dry-run"]
    empty = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}
    done = subprocess.run(
        command, env=empty, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Høring om strategien" in done.stdout


def test_into_a_plan_as_the_pages_would(file, capsys):
    plan = a_plan()
    call_command("import_plan", file, "--plan", plan.slug)
    assert Milestone.objects.filter(cycle__plan=plan, is_public=False).count() == 4
    before = facts(plan)
    call_command("import_plan", file, "--plan", plan.slug)
    assert facts(plan) == before
    file.write_text(REVISED)
    call_command("import_plan", file, "--plan", plan.slug, "--dry-run")
    assert facts(plan) == before
    call_command("import_plan", file, "--plan", plan.slug)
    assert Milestone.objects.filter(cycle__plan=plan).count() == 5
    assert not ImportDraft.objects.exists()


@pytest.mark.parametrize("name", ["plan.docm", "plan.exe", "findes-ikke.docx"])
def test_what_cannot_be_read_is_refused_with_its_name(tmp_path, name):
    path = tmp_path / name
    if "findes" not in name:
        path.write_bytes(b"PK\x03\x04")
    with pytest.raises(CommandError) as refused:
        call_command("import_plan", path)
    assert name in str(refused.value)
    assert refused.value.returncode == 1


def test_an_unknown_plan_is_refused(file):
    with pytest.raises(CommandError) as refused:
        call_command("import_plan", file, "--plan", "findes-ikke")
    assert "findes-ikke" in str(refused.value)
