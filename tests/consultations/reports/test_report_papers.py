"""The report on paper and as a spreadsheet: every word of the data, tagged, and of any length."""

import datetime as dt
import io
import os
import re
import subprocess
import sys
import zipfile

import pikepdf
import pytest
from docx import Document

from consultations.reports import exports
from consultations.reports import round_report as doc
from kommuneplan.documents import report_check, report_docx, report_pdf, report_template
from kommuneplan.documents.placeholders import TemplateProblem, W, text_of
from tests import pdf_text
from tests.consultations.written_report import large, make

AT = dt.datetime(2026, 6, 20, 9, tzinfo=dt.UTC)
SAID = (
    *("Eksempel Kommune", "Strategi for åer", "43 dage", "2026-7", "Rådet mødes senere."),
    *("Er målene tydelige?", "Handicaprådet", "Mange vil have bænke.", "Hvad koster det?"),
    *("Der mangler bænke <ved> søen & åen.", "Borger, nr. 4, Borger, nr. 5", "Kun ved søen"),
    *("Forvaltningen er enig.", "Det hjælper mange.", "Borgermøde 3. maj 2026"),
    *("[fjernet: kontaktoplysninger]", "Kort over åen.pdf"),
)


def tags(document):
    """Every element of the tree of tags, with its kind."""
    waiting = [document.Root.StructTreeRoot.K]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += reversed(list(one))
        elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
            waiting.append(one.get("/K", pikepdf.Array()))


def test_what_is_written_is_read_again():
    report = make()
    assert doc.from_json(doc.to_json(report)) == report
    assert doc.digest(report) == doc.digest(doc.from_json(doc.to_json(report)))
    assert doc.digest(make(summary="Andet")) != doc.digest(report)


def test_the_figures_are_counted_from_what_is_in_it():
    numbers = make().numbers
    assert (numbers.responses, numbers.withdrawn, numbers.late, numbers.remarks) == (3, 1, 1, 3)
    assert numbers.proposals == {"partly": 1, "no_change": 1}  # the committee's holds
    assert (numbers.open, numbers.changes) == (1, 1)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (dt.date(2026, 5, 1), dt.date(2026, 5, 1), 1),
        (dt.date(2026, 3, 28), dt.date(2026, 3, 30), 3),  # across the change to summer time
        (None, dt.date(2026, 5, 1), 0),
    ],
)
def test_a_period_counts_both_its_days(first, last, days):
    assert doc.AnsweringPeriod(first, last).days == days


def test_the_pdf_says_everything_and_is_tagged():
    data = exports.report_pdf(make(), made_at=AT)
    shown = pdf_text.words(data)
    for words in SAID:
        assert words in shown, words
    with pikepdf.open(io.BytesIO(data)) as document:
        with document.open_metadata() as facts:
            assert facts["pdfuaid:part"] == "1"
            assert (facts["pdfaid:part"], facts["pdfaid:conformance"]) == ("2", "A")
        kinds = [str(one.S) for one in tags(document)]
    assert kinds.count("/H2") == 2 + 1 + 3  # themes, changes and responses
    assert kinds.count("/H3") == 3  # remarks
    assert {"/TH", "/BlockQuote", "/TOCI"} <= set(kinds)


@pytest.mark.slow  # a long report, set twice
def test_a_long_pdf_is_bound_from_volumes_into_one(monkeypatch):
    report = large(8, 60)
    whole = exports.report_pdf(report, made_at=AT)
    monkeypatch.setattr(report_pdf, "VOLUME", 12_000)
    monkeypatch.setattr(report_pdf, "FRONT", 3_000)
    bound = exports.report_pdf(report, made_at=AT)
    with pikepdf.open(io.BytesIO(whole)) as one, pikepdf.open(io.BytesIO(bound)) as many:
        assert many.Root.MarkInfo.Marked
        with many.open_metadata() as facts:
            assert facts["pdfuaid:part"] == "1"
        heads = ("/H1", "/H2", "/H3", "/P", "/TD")
        # The contents are lines of their own in a bound report; all else is the same, in order.
        kinds = [[str(tag.S) for tag in tags(each) if str(tag.S) in heads] for each in (one, many)]
        assert [kind for kind in kinds[1] if kind != "/P"] == [
            kind for kind in kinds[0] if kind != "/P"
        ]
        assert _marked_pages(many) == len(many.pages)
        titles, pages = _bookmarks(many)
        assert titles == _bookmarks(one)[0]
        assert _contents(many) == pages
        _each_tag_has_its_page(many)
    shown = pdf_text.words(bound)
    for remark in report.remarks():
        assert f"Bemærkning {remark.number}:" in shown
    with pikepdf.open(io.BytesIO(bound)) as many:
        count = len(many.pages)
    assert f"Side {count} af {count}" in shown
    assert f"Side {count - 1} af {count}" in shown


def _marked_pages(document):
    """How many pages have their own number in the tree, and their parents there."""
    numbers = dict(zip(*[iter(document.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
    own = [int(page.obj.StructParents) for page in document.pages]
    assert len(set(own)) == len(own)
    for page, number in zip(document.pages, own, strict=True):
        for element in numbers[number]:
            assert element is None or element.get("/Pg", page.obj).objgen == page.obj.objgen
    return len(own)


def _each_tag_has_its_page(document):
    known = {page.obj.objgen for page in document.pages}
    for tag in tags(document):
        if "/Pg" in tag:
            assert tag.Pg.objgen in known


def _bookmarks(document):
    numbers = {page.obj.objgen: place for place, page in enumerate(document.pages)}
    titles, pages = [], []
    with document.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop(0)
            titles.append(item.title)
            pages.append(numbers[item.destination[0].objgen])
            waiting = [*item.children, *waiting]
    return titles, pages


def _contents(document):
    """The pages that the lines of the contents lead to, in order."""
    numbers = {page.obj.objgen: place for place, page in enumerate(document.pages)}
    return [
        numbers[note.Dest[0].objgen]
        for page in document.pages
        for note in page.obj.get("/Annots", [])
    ]


def test_the_word_file_says_everything_in_real_headings():
    document = Document(io.BytesIO(exports.report_docx(make(), made_at=AT)))
    lines = [text_of(one) for one in document.element.body.iter(f"{W}p")]
    shown = " ".join(" ".join(lines).split())
    for words in SAID:
        assert words in shown, words
    struck = [run.text for one in document.paragraphs for run in one.runs if run.font.strike]
    added = [run.text for one in document.paragraphs for run in one.runs if run.font.underline]
    assert struck == []
    assert "".join(added).strip() == "og bænke"
    assert document.core_properties.title.endswith("Strategi for åer")


def test_the_template_in_the_repository_is_the_one_the_script_writes():
    built = io.BytesIO()
    report_template.build().save(built)
    new, kept = zipfile.ZipFile(built), zipfile.ZipFile(report_docx.TEMPLATE)
    for name in set(new.namelist()) - {"docProps/core.xml"}:
        assert new.read(name) == kept.read(name), name


def _changed(old, new):
    document = Document(str(report_docx.TEMPLATE))
    for paragraph in document.element.body.iter(f"{W}t"):
        paragraph.text = (paragraph.text or "").replace(old, new)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_check_of_a_template_takes_ours_and_says_what_is_wrong_with_others():
    assert report_check.template_problems(report_docx.TEMPLATE.read_bytes()) == []
    (problem,) = report_check.template_problems(_changed("{{ titel }}", "{{ titlen }}"))
    assert "titlen" in problem
    (problem,) = report_check.template_problems(_changed("{{ tekst }}", ""))
    assert "tekst" in problem
    assert report_check.template_problems(b"nej")
    with pytest.raises(TemplateProblem):
        exports.report_docx(make(), made_at=AT, template=_changed("{{ tekst }}", "a {{ tekst }}"))


def test_every_remark_is_a_row_and_no_cell_a_formula():
    with zipfile.ZipFile(io.BytesIO(exports.report_xlsx(make(), made_at=AT))) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        first = book.read("xl/worksheets/sheet1.xml").decode()
        everything = b"".join(book.read(name) for name in book.namelist()).decode(errors="replace")
    assert len(sheets) == 4
    assert first.count("<row ") == 2 + 1 + 3  # what stands above, the heads, the remarks
    assert "<f>" not in everything
    assert re.search(r'<c r="A\d+" s="\d+"><v>1</v>', first)  # a number can be reckoned with
    assert "=SUM(A1) Hvad koster det?" in everything


# Large ones: a tenth in every run, the whole with REPORT_LOAD=1.

_MEASURED = """
import datetime as dt, django, resource, sys, time
django.setup()
from consultations.reports import exports
from tests import pdf_text
from tests.consultations.written_report import large
report = large(int(sys.argv[1]), int(sys.argv[2]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
made_at, begun = dt.datetime(2026, 6, 20, tzinfo=dt.UTC), time.monotonic()
data = getattr(exports, "report_" + sys.argv[3])(report, made_at=made_at)
took = time.monotonic() - begun
own, child = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
# not ru_maxrss: a process that was started by a large one is told to have been as large itself
status = open("/proc/self/status").read()
most = int(status.split("VmHWM:")[1].split()[0])
print(took, own.ru_utime + own.ru_stime - before + child.ru_utime + child.ru_stime,
      most // 1024, child.ru_maxrss // 1024)
"""


def measured(responses, remarks, form):
    """Seconds on the wall and of processors, and the most memory in MB of this process and of two
    of its children at once."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", _MEASURED, str(responses), str(remarks), form]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    wall, worked, own, child = map(float, done.stdout.split())
    return wall, worked, own + report_pdf.AT_ONCE * child


@pytest.mark.slow  # a tenth of the largest there can be
@pytest.mark.parametrize(("form", "seconds"), [("pdf", 10), ("docx", 15)])
def test_a_tenth_of_the_largest_is_made_in_the_same_room(form, seconds):
    _wall, worked, memory = measured(50, 500, form)  # the bound of time is for a busy machine
    assert worked < seconds
    assert memory < 700


@pytest.mark.skipif("REPORT_LOAD" not in os.environ, reason="takes a minute: REPORT_LOAD=1")
@pytest.mark.parametrize(("form", "seconds"), [("pdf", 10), ("docx", 60)])
def test_500_responses_with_5000_remarks(form, seconds):
    wall, worked, memory = measured(500, 5000, form)
    print(f"{form}: {wall:.1f} s, {worked:.1f} s of processors, {memory:.0f} MB")
    assert wall < seconds
    assert memory < 1000
