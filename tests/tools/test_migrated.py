"""A run goes through the migrations where they have not made a database here as they are."""

import pytest

from tools import migrated


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(migrated, "NOTED", tmp_path / "migrated.json")
    return migrated.NOTED


def test_one_kind_of_database_says_nothing_of_another():
    assert not migrated.has_made("sqlite")
    migrated.write_down("sqlite")
    assert migrated.has_made("sqlite") and not migrated.has_made("postgresql")
    migrated.write_down("postgresql")
    assert migrated.has_made("sqlite") and migrated.has_made("postgresql")


def test_what_cannot_be_read_is_nothing(place):
    place.write_text("{")
    assert not migrated.has_made("sqlite")


@pytest.mark.parametrize(
    "file",
    [
        "plans/migrations/0003_new.py",
        "kommuneplan/core/migrations/0001_initial.py",  # changed
        "kommuneplan/clock.py",  # named by one of them
        "requirements.txt",
    ],
)
def test_what_has_changed_is_gone_through_again(file, tmp_path, monkeypatch):
    monkeypatch.setattr(migrated, "ROOT", tmp_path)
    for path, text in (
        ("kommuneplan/core/migrations/0001_initial.py", "from kommuneplan import clock, access\n"),
        ("kommuneplan/clock.py", "now = 1\n"),
        ("requirements.txt", "django==5\n"),
        ("plans/views.py", "pass\n"),
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    migrated.write_down("sqlite")
    (tmp_path / "plans/views.py").write_text("something = 'else'\n")
    assert migrated.has_made("sqlite")
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    with (tmp_path / file).open("a") as changed:
        changed.write("# another word\n")
    assert not migrated.has_made("sqlite")
