"""What every template knows."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kommuneplan import clock
from kommuneplan.prepared import Prepared

from .models import Municipality

_COLUMNS = [column.attname for column in Municipality._meta.concrete_fields]
_ROW = Prepared(lambda at: Municipality.objects.filter(pk=1).order_by().values_list(*_COLUMNS))


def municipality(request: HttpRequest) -> dict[str, object]:
    """The municipality, read when a template first asks for it."""
    return {"municipality": SimpleLazyObject(_current)}


def _current() -> Municipality:
    """``Municipality.current()`` without composing the query anew for every page."""
    rows = _ROW.rows(at=clock.now())
    return Municipality.from_db("default", _COLUMNS, rows[0]) if rows else Municipality.current()
