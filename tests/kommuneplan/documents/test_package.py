"""A package for a case system: no name leads elsewhere, no file is lost, no cell is a formula."""

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommuneplan.documents import package
from kommuneplan.documents.package import COLUMNS, PackageFile, free_path, safe_name, write_package


def item(name="svar.pdf", title="Høringssvar nr. 1", data=b"indhold", **facts):
    read = data if callable(data) else lambda: data
    facts = {"kind": "svar-modtaget", "direction": "ind", "date": dt.date(2026, 5, 9), **facts}
    return PackageFile("4-hoeringssvar", name, title, data=read, **facts)


def written(*items):
    target = io.BytesIO()
    rows = write_package(target, items, head={"hoering": "Åer"}, case_number="2026-7")
    return zipfile.ZipFile(target), rows


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\mappe\\brev.docx", "brev.docx"),
        ("con.txt", "_con.txt"),
        ("  . ", "fil"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("linje\nskift\x00.pdf", "linje skift.pdf"),
        ("æøå: hvad?.pdf", "æøå hvad .pdf".replace(" .", ".")),
    ],
)
def test_a_name_leads_nowhere(name, safe):
    assert safe_name(name) == safe


@given(st.text(max_size=200))
def test_every_name_is_one_that_a_system_can_store(name):
    safe = safe_name(name)
    assert safe
    assert not set(safe) & set('<>:"/\\|?*\x00\n\t')
    assert len(safe) <= package.LONGEST_NAME + 7
    assert not safe.endswith((" ", "."))


def test_files_of_one_name_all_have_their_place():
    taken = set()
    paths = [free_path("a", name, taken) for name in ("x.pdf", "X.pdf", "x.pdf", "x")]
    assert paths == ["a/x.pdf", "a/X (2).pdf", "a/x (3).pdf", "a/x"]


def test_every_file_is_listed_with_its_digest_in_both_lists():
    archive, rows = written(item(), item(data=b"andet"), item("bilag.pdf", "=cmd|' /c'!A1"))
    assert len(rows) == 3
    listed = json.loads(archive.read("metadata.json"))
    assert (listed["hoering"], listed["sagsnummer"]) == ("Åer", "2026-7")
    assert listed["filer"] == rows
    text = archive.read("metadata.csv").decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert tuple(table[0]) == COLUMNS
    assert len(table) == 4
    for row in rows:
        assert hashlib.sha256(archive.read(row["fil"])).hexdigest() == row["sha256"]
        assert (row["sagsnummer"], row["retning"], row["dato"]) == ("2026-7", "ind", "2026-05-09")
    assert set(archive.namelist()) == {
        "metadata.json", "metadata.csv", *(row["fil"] for row in rows),
    }  # fmt: skip
    assert table[3][2] == "'=cmd|' /c'!A1"


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(begins):
    (_heads, row) = package.as_csv([dict.fromkeys(COLUMNS, f"{begins}1")]).decode().splitlines()[:2]
    assert package.as_text(f"{begins}1").startswith("'")
    assert "'" in row or "\r" in begins


def test_a_file_that_cannot_be_read_is_not_left_out_in_silence():
    def missing():
        raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        written(item(), item(data=missing))
