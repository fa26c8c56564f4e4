"""A plan is read while somebody waits: processor time, so that a busy machine changes nothing."""

from __future__ import annotations

import io
import time

from docx import Document

from plans.readers.files.docx import read_docx
from plans.readers.files.source import Source
from plans.readers.files.text import read_text
from plans.readers.process_plan.reader import read_process_plan

MONTHS = ("januar", "februar", "marts", "april", "maj", "juni")


def seconds(source: Source) -> float:
    begin = time.process_time()
    plan = read_process_plan(source)
    assert len(plan.milestones) >= 50
    return time.process_time() - begin


def test_a_word_plan_of_fifty_rows_takes_less_than_a_second():
    document = Document()
    table = document.add_table(rows=0, cols=3)
    for row in [("Dato", "Aktivitet", "Ansvarlig")] + [
        (f"{n % 28 + 1}. {MONTHS[n // 9]} 2026", f"Udvalget drøfter emne {n}", "Socialudvalget")
        for n in range(50)
    ]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    begin = time.process_time()
    rows = tuple(read_docx(stream.getvalue()).rows)
    opened = time.process_time() - begin
    assert opened + seconds(Source("plan.docx", "docx", rows)) < 1


def test_a_gantt_of_three_hundred_rows_takes_less_than_three_seconds():
    weeks = range(1, 37)
    lines = ["Uge 2026\t" + "\t".join(map(str, weeks))]
    for n in range(300):
        marks = ("x" if n % 30 <= week - 1 <= n % 30 + 3 else "" for week in weeks)
        lines.append(f"Opgave {n}: forvaltningen skriver udkast\t" + "\t".join(marks))
    rows = tuple(read_text("\n".join(lines)).rows)
    assert seconds(Source("plan.txt", "text", rows)) < 3
