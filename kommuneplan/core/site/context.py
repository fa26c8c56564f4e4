"""What every template knows."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kommuneplan import clock
from kommuneplan.core.models import Municipality
from kommuneplan.prepared import Prepared

_COLUMNS = [column.attname for column in Municipality._meta.concrete_fields]
_ROW = Prepared(lambda at: Municipality.objects.filter(pk=1).order_by().values_list(*_COLUMNS))


def municipality(request: HttpRequest) -> dict[str, object]:
    """The municipality, read when a template first asks for it."""
    return {"municipality": municipality_of(request)}


def municipality_of(request: HttpRequest) -> Municipality:
    """The municipality, asked for at most once in a request."""
    if not hasattr(request, "municipality"):
        request.municipality = SimpleLazyObject(_current)  # type: ignore[attr-defined]
    return request.municipality  # type: ignore[attr-defined, no-any-return]


def _current() -> Municipality:
    """``Municipality.current()`` without composing the query anew for every page."""
    rows = _ROW.rows(at=clock.now())
    return Municipality.from_db("default", _COLUMNS, rows[0]) if rows else Municipality.current()
