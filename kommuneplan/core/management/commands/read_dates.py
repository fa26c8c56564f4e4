"""Read Danish date expressions from the command line or from a table."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from kommuneplan.timespan.danish import phrase, read
from kommuneplan.timespan.edtf import to_edtf
from kommuneplan.timespan.messages import note
from kommuneplan.timespan.span import Reading, ReadingStatus


class Command(BaseCommand):
    help = "Read Danish date expressions and show how they are understood."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("expression", nargs="?", help="one expression, in quotes")
        parser.add_argument("--year", type=int, help="the year of the surroundings")
        parser.add_argument("--anchor", help="document or meeting date, YYYY-MM-DD")
        parser.add_argument(
            "--tsv",
            nargs="?",
            const="-",
            metavar="FILE",
            help="lines id, expression, context_year, anchor_date; - or nothing is stdin",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("da"):
            if options["tsv"] is not None:
                for line in _lines(options["tsv"]):
                    self.stdout.write(line)
            elif options["expression"] is not None:
                anchor = _anchor(options["anchor"])
                reading = read(options["expression"], year=options["year"], anchor=anchor)
                for line in describe(reading):
                    self.stdout.write(line)
            else:
                raise CommandError("Give an expression, or --tsv.")


def _anchor(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CommandError(f"--anchor: {error}") from error


def describe(reading: Reading) -> Iterator[str]:
    """The reading as lines for a terminal."""
    yield f"status:      {reading.status}"
    for span in reading.spans:
        yield f"dansk:       {phrase(span)}"
        yield f"dates:       {span.earliest or '..'} – {span.latest or '..'}"
        yield f"precision:   {span.precision}"
        yield f"modifier:    {span.modifier or '-'}"
        yield f"edtf:        {to_edtf(span) or '-'}"
    for remark in reading.notes:
        yield f"note:        {remark}"


def _lines(source: str) -> Iterator[str]:
    if source == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        yield from _table(sys.stdin)
        return
    try:
        with Path(source).open(encoding="utf-8", errors="replace") as lines:
            yield from _table(lines)
    except OSError as error:
        raise CommandError(str(error)) from error


def _table(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        line = line.rstrip("\r\n")
        if line.strip() and not line.lstrip("\ufeff").startswith("id\t"):
            yield json.dumps(read_line(line), ensure_ascii=False)


def read_line(line: str) -> dict[str, Any]:
    """One line of the table as a plain answer. Never raises: a bad line is a refusal."""
    fields = [_unquoted(field) for field in line.split("\t")] + ["", "", ""]
    identity, expression = fields[0], fields[1]
    try:
        if "\t" not in line:
            raise ValueError("no tab")
        year = int(fields[2]) if fields[2].strip() else None
        anchor = dt.date.fromisoformat(fields[3].strip()) if fields[3].strip() else None
        reading = read(expression, year=year, anchor=anchor)
    except Exception as error:  # a bad line must never stop the run
        reading = Reading(
            ReadingStatus.REJECT, notes=(note("The line cannot be read: %(error)s", error=error),)
        )
    return answer(identity, reading)


def _unquoted(field: str) -> str:
    """A field as a spreadsheet quotes it: "" stands for one quotation mark."""
    if len(field) > 1 and field[0] == field[-1] == '"':
        return field[1:-1].replace('""', '"')
    return field


def answer(identity: str, reading: Reading) -> dict[str, Any]:
    """A reading as plain JSON; several dates are told as first..last, modifier "multi"."""
    spans = reading.spans
    begins = [span.earliest for span in spans]
    ends = [span.latest for span in spans]
    earliest = min(filter(None, begins)) if spans and None not in begins else None
    latest = max(filter(None, ends)) if spans and None not in ends else None
    several = len(spans) > 1
    modifier = "multi" if several else (str(spans[0].modifier) if spans else "")
    return {
        "id": identity,
        "status": str(reading.status),
        "earliest": earliest and earliest.isoformat(),
        "latest": latest and latest.isoformat(),
        "precision": str(spans[0].precision) if spans else None,
        "modifier": modifier or None,
        "edtf": _edtf(reading),
        "danish": "; ".join(phrase(span) for span in spans) or None,
        "note": " ".join(reading.notes) or None,
    }


def _may_be_listed(part: str) -> bool:
    """A set lists days, months and years, no seasons or quarters (their numbers pass 12)."""
    return "/" not in part and "[" not in part and not (len(part) == 7 and part[5:] > "12")


def _edtf(reading: Reading) -> str | None:
    """One expression, or all of several as a set "{…,…}"."""
    parts = [to_edtf(span) for span in reading.spans]
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    if len(known) == 1:
        return known[0]
    plain = all(_may_be_listed(part) for part in known)
    return "{" + ",".join(known) + "}" if plain else None
