"""The values of records in words: dates as written and as understood, yes and no, names of what
is pointed to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from kommuneplan.clock import COPENHAGEN, local_day
from kommuneplan.core.models import Meeting, User
from kommuneplan.richtext import comparison
from kommuneplan.timespan.fields import Dated
from kommuneplan.timespan.phrase import day_words, phrase
from kommuneplan.timespan.span import TimeSpan
from plans.document.parts import part
from plans.models import Plan, PlanVersion
from plans.public.publications import published

from .kinds import WHEN, WHEN_COLUMNS, TrackedTable, many_fields, model_field, told_fields

# What a kind's own name is made of, besides the fields that are told.
_NAMED_BY = {
    "tovholder": ("user",),
    "ny-dato": ("milestone",),
    "afhaengighed": ("milestone", "after"),
    "status-for-omraade": ("focus_area", "status"),
    "kommentar": ("section",),
    "plan-i-sag": ("cycle",),
    "offentliggoerelse": ("version",),
}


def span_of(record: Any) -> TimeSpan | None:
    """The date of a record of something dated."""
    return Dated.when.fget(record)


def raw(kind: TrackedTable, record: Any, name: str) -> Any:
    """A value as it is compared: equal exactly when nothing has changed."""
    if name == WHEN:
        return tuple(getattr(record, column) for column in WHEN_COLUMNS)
    if name in many_fields(kind.code):
        return record.members[name]
    return getattr(record, model_field(kind, name).attname)


Titles = Callable[[set[int]], dict[int, str]]


def titles_for(user: User, at: dt.datetime) -> Titles:
    """The titles of plans as a person may know them: of those they may work with, and of others
    as they are published. What is neither has no name here."""

    def known(ids: set[int]) -> dict[int, str]:
        public = published(at=at).filter(plan_id__in=ids)
        own = Plan.objects.readable_by(user).filter(pk__in=ids)
        titles = dict(public.values_list("plan_id", "version__title"))
        return titles | dict(own.values_list("pk", "title"))

    return known


class RecordNames:
    """The names of everything some records point to, asked for once: one query a table."""

    def __init__(self, records: Iterable[tuple[TrackedTable, Any]], titles: Titles) -> None:
        wanted: dict[type[models.Model], set[int]] = {}
        for kind, record in records:
            for model, pk in _pointed_to(kind, record):
                wanted.setdefault(model, set()).add(pk)
        self._names = {
            model: titles(ids) if model is Plan else _named(model, ids)
            for model, ids in wanted.items()
        }

    def of(self, model: type[models.Model], pk: int | None) -> str:
        """The name; empty for nothing, "(slettet)" for what is no more."""
        if pk is None:
            return ""
        unknown = _("(another plan)") if model is Plan else _("(deleted)")
        return self._names.get(model, {}).get(pk) or unknown


def _pointed_to(kind: TrackedTable, record: Any) -> Iterable[tuple[type[models.Model], int]]:
    if kind.code == "version":
        yield PlanVersion, record.pk
    for name in (*told_fields(kind.code), *_NAMED_BY.get(kind.code, ())):
        if name == WHEN:
            continue
        column = model_field(kind, name)
        if not column.is_relation:
            continue
        value = raw(kind, record, name)
        for pk in value if isinstance(value, tuple) else (value,):
            if pk:
                yield column.related_model, pk


def _named(model: type[models.Model], ids: set[int]) -> dict[int, str]:
    rows = model._default_manager.filter(pk__in=ids)
    if model is Meeting:
        meetings = rows.values_list("pk", "body__name", "date")
        return {pk: f"{body}, {day_words(day)}" for pk, body, day in meetings}
    if model is PlanVersion:
        return {row.pk: row.name for row in rows.listed()}
    if model.__name__ == "Cycle":
        return dict(rows.values_list("pk", "plan__title"))
    if model.__name__ == "YearlyStatus":
        return {pk: str(year) for pk, year in rows.values_list("pk", "year")}
    fields = {field.name for field in model._meta.fields}
    column = next((one for one in ("title", "name") if one in fields), None)
    if column is None:
        return {row.pk: str(row) for row in rows}
    names = dict(rows.values_list("pk", column))
    gone = ids - names.keys()
    if gone and hasattr(model, "history") and model is not User:
        # What was deleted keeps the name it had last.
        last = model.history.filter(id__in=gone).order_by("history_date", "history_id")
        names |= dict(last.values_list("id", column))
    return names


def said_of_both(
    kind: TrackedTable, was: Any, now: Any, name: str, names: RecordNames
) -> tuple[str, str]:
    """A value of two records in words in which everything that differs can be seen; of a record
    that is None nothing is said."""
    if name in kind.rich and was is not None and now is not None:
        return comparison.both(raw(kind, was, name) or "", raw(kind, now, name) or "")
    before, after = (said(kind, row, name, names) if row is not None else "" for row in (was, now))
    return before, after


def said(kind: TrackedTable, record: Any, name: str, names: RecordNames) -> str:
    """A value in words; empty where nothing is said."""
    if name == WHEN:
        return _date(record)
    value = raw(kind, record, name)
    column = model_field(kind, name)
    if column.is_relation:
        many = value if isinstance(value, tuple) else (value,)
        return ", ".join(sorted(filter(None, (names.of(column.related_model, pk) for pk in many))))
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return _plain(value, rich=name in kind.rich)


def _plain(value: Any, *, rich: bool) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return day_words(value)
    if isinstance(value, dt.time):
        return f"{value:%H.%M}"
    if isinstance(value, list):  # the parts of a version
        named = [(part(one), one) for one in value]
        return ", ".join(str(known.label) if known else one for known, one in named)
    return comparison.lines(value) if rich else str(value)


def _date(record: Any) -> str:
    """ "21.–31. oktober 2015 (skrevet: ultimo oktober)"; the words alone where there is no date."""
    span, written = span_of(record), " ".join(record.written.split())
    if span is None:
        return written
    words = phrase(span)
    if not written or _folded(written) in _folded(words):
        return words
    return _("%(date)s, written: %(words)s") % {"date": words, "words": written}


def _folded(words: str) -> str:
    return re.sub(r"[\s,.]", "", re.sub(r"–|\btil\b", "-", words.casefold()))


def moment(instant: dt.datetime) -> str:
    """ "5. marts 2026 kl. 12.03"."""
    day, clock = day_words(local_day(instant)), instant.astimezone(COPENHAGEN)
    return _("%(day)s at %(time)s") % {"day": day, "time": f"{clock:%H.%M}"}


def title(kind: TrackedTable, record: Any, names: RecordNames) -> str:
    """What a thing is called in a list."""
    code = kind.code
    if code == "ny-dato":
        return names.of(model_field(kind, "milestone").related_model, record.milestone_id)
    if code == "afhaengighed":
        milestone = model_field(kind, "after").related_model
        pair = [names.of(milestone, pk) for pk in (record.milestone_id, record.after_id)]
        return _("“%(one)s” waits for “%(other)s”") % {"one": pair[0], "other": pair[1]}
    if code == "status-for-omraade":
        area = names.of(model_field(kind, "focus_area").related_model, record.focus_area_id)
        status = model_field(kind, "status").related_model
        return f"{area} ({names.of(status, record.status_id)})"
    if code == "version":
        return names.of(PlanVersion, record.pk)
    if code == "aarlig-status":
        return str(record.year)
    if code == "forloeb":
        kinds = dict(model_field(kind, "kind").flatchoices)
        return f"{record.number}: {kinds.get(record.kind, record.kind)}"
    pointing = {
        "kommentar": "section", "plan-i-sag": "cycle", "offentliggoerelse": "version",
        "behandling": "body", "moede": "body", "tovholder": "user",
    }.get(code)  # fmt: skip
    if pointing:
        column = model_field(kind, pointing)
        return names.of(column.related_model, getattr(record, column.attname))
    return getattr(record, "title", "") or ""


__all__ = ["RecordNames", "Titles", "moment", "raw", "said", "span_of", "title", "titles_for"]
