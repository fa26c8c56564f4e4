"""What is published, given out as tables for programs (``kommuneplan.documents.tables``).

Each kind of table is registered by the wing that knows its rows, and is told of on the page /data/.
A table has one address with the endings ``.json`` and ``.csv``, beside the page on which everybody
reads the same; ``.csv-metadata.json`` tells what the CSV cannot say of itself.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import register_converter
from django.urls.converters import StringConverter
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kommuneplan.clock import COPENHAGEN
from kommuneplan.core.models import Municipality
from kommuneplan.documents.tables import (
    Dataset,
    DataSource,
    DataTable,
    as_csv,
    as_json,
    as_metadata,
)

from .page_cache import kept_bytes

JSON, CSV, METADATA = "json", "csv", "csv-metadata.json"
FORMS = (JSON, CSV, METADATA)
_THE_TABLE = (200, 304)  # the answers that are the page or table itself
_TYPES = {
    JSON: "application/json; charset=utf-8",
    CSV: "text/csv; charset=utf-8; header=present",
    METADATA: "application/csvm+json; charset=utf-8",
}
_WRITERS: dict[str, Callable[[Dataset], bytes]] = {
    JSON: as_json,
    CSV: as_csv,
    METADATA: as_metadata,
}


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A kind of table that is given out. ``place`` is where one stands, as one reads it
    (``planer/<plan>/procesplan``); ``example`` gives the part in brackets of one that is there at
    an instant, empty while there is none. Without brackets there is one table alone."""

    table: DataTable
    place: str
    order: int
    example: Callable[[dt.datetime], str] | None = None

    def path(self, part: str) -> str:
        """The path of one, without ending; empty where there is none."""
        if self.example is None:
            return f"/{self.place}"
        return f"/{_BRACKETS.sub(part, self.place)}" if part else ""


_BRACKETS = re.compile(r"<[^<>]+>")


class FormConverter(StringConverter):
    """The ending of an address that tells in which form a table is given out."""

    regex = "|".join(form.replace(".", r"\.") for form in sorted(FORMS, key=len, reverse=True))


def register_converters() -> None:
    """Called once, when the app is ready."""
    register_converter(FormConverter, "data")


_known: dict[str, OpenTable] = {}


def register_open_table(one: OpenTable) -> None:
    """Make a kind of table known; called in ``ready()``. The same key again replaces it."""
    _known[one.table.key] = one


def open_tables() -> list[OpenTable]:
    """Every kind of table, in the order in which the page tells of them."""
    return sorted(_known.values(), key=lambda one: one.order)


def examples(at: dt.datetime) -> list[tuple[OpenTable, str]]:
    """Every kind of table with the path of one that is there at an instant."""
    asked = {one.example: "" for one in _known.values() if one.example}
    parts = {example: example(at) for example in asked}
    return [(one, one.path(parts.get(one.example, ""))) for one in open_tables()]


def open_table(key: str) -> OpenTable | None:
    """The kind of table with that key."""
    return _known.get(key)


def absolute(path: str) -> str:
    """The whole address of a path: what is read elsewhere must lead back to this house."""
    return f"{settings.SITE_ADDRESS}{path}"


def dataset(
    table: DataTable,
    rows: Sequence[Sequence[Any]],
    *,
    path: str,
    page: str,
    title: str,
    at: dt.datetime,
    house: Municipality,
    version: int | None = None,
    seal: str = "",
) -> Dataset:
    """Rows with where they come from. ``path``: where they are, without ending; ``page``: the path
    of the page that tells the same; ``title`` what it is about."""
    source = DataSource(
        publisher=house.name,
        home=absolute("/"),
        title=title,
        page=absolute(page),
        licence=str(house.get_data_licence_display()),
        licence_address=house.licence_address,
        read_at=at.astimezone(COPENHAGEN),
        version=version,
        seal=seal,
    )
    return Dataset(table, rows, source, absolute(path), f"{absolute('/data/')}#{table.key}")


def given_out(
    request: HttpRequest, form: str, path: str, make: Callable[[], Dataset | HttpResponseBase]
) -> HttpResponseBase:
    """A table in one of its forms, kept as public pages are; another answer of ``make`` is given as
    it is. Any page of any site may read it: nothing in it depends on who asks."""

    def render() -> bytes | HttpResponseBase:
        made = make()
        return made if isinstance(made, HttpResponseBase) else _WRITERS[form](made)

    answer = kept_bytes(request, f"data-{form}", render, content_type=_TYPES[form])
    if answer.status_code not in _THE_TABLE:
        return answer
    if form == CSV:
        answer["Content-Disposition"] = content_disposition_header(True, f"{_file_name(path)}.csv")
    address = absolute(path)
    beside = [_link(f"{address}.{METADATA}", "describedby", METADATA)] if form == CSV else []
    others = [one for one in (JSON, CSV) if one != form]
    return _open_to_all(answer, [*alternates(address, others), *beside])


def taken_away(form: str, *, reason: str, since: dt.datetime | None, page: str) -> HttpResponse:
    """410 for what was given out once and is withdrawn: why, and where more is told."""
    told = {"trukket_tilbage": since and since.astimezone(COPENHAGEN).isoformat("T", "seconds")}
    told |= {"begrundelse": reason, "side": absolute(page)}
    if form == CSV:
        words = _("Withdrawn: %(reason)s") % {"reason": reason}
        answer = HttpResponse(f"{words}\n", status=410, content_type="text/plain; charset=utf-8")
    else:
        body = json.dumps(told, ensure_ascii=False, indent=1)
        answer = HttpResponse(body, status=410, content_type=_TYPES[JSON])
    answer["Cache-Control"] = "no-cache"
    return _open_to_all(answer, [])


def alternates(address: str, forms: Iterable[str] = (JSON, CSV)) -> list[str]:
    """``Link`` to the table at an address, in some of its forms."""
    return [_link(f"{address}.{form}", "alternate", form) for form in forms]


def linked(answer: HttpResponseBase, tables: Iterable[str]) -> HttpResponseBase:
    """A page that tells in its head where the same stands as tables (their paths)."""
    if answer.status_code not in _THE_TABLE:
        return answer
    links = [one for path in tables for one in alternates(absolute(path))]
    before = [answer["Link"]] if answer.has_header("Link") else []
    answer["Link"] = ", ".join([*before, *links])
    return answer


def _link(address: str, relation: str, form: str) -> str:
    kind = _TYPES[form].partition(";")[0]
    return f'<{address}>; rel="{relation}"; type="{kind}"'


def _open_to_all(answer: Any, links: Sequence[str]) -> Any:
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = "ETag, Link"
    answer["X-Robots-Tag"] = "noindex"  # the page is what people shall find
    if links:
        answer["Link"] = ", ".join(links)
    return answer


def _file_name(path: str) -> str:
    return path.strip("/").removeprefix("planer/").removeprefix("hoeringer/").replace("/", "-")
