"""A plan's history to hand out, when somebody asks for access: a row for each field of each
change, with who, when, why, before and after. Says itself who took it out, and when."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kommuneplan.clock import COPENHAGEN
from kommuneplan.documents.xlsx import Cell, Sheet
from kommuneplan.richtext import comparison

from .changes import FieldChange, HistoryAct, HistoryChange, verb_word
from .values import moment


@dataclass(frozen=True)
class HistoryHeader:
    """What stands above the history: of which plan, taken out by whom, when, filtered how."""

    title: str
    case_number: str
    by: str
    at: dt.datetime
    filters: str

    @property
    def lines(self) -> list[str]:
        """The head as it is written above a table."""
        lines = [
            _("History of “%(title)s”") % {"title": self.title},
            _("Case number: %(number)s") % {"number": self.case_number} if self.case_number else "",
            _("Taken out by %(name)s, %(when)s") % {"name": self.by, "when": moment(self.at)},
            _("Only: %(filters)s") % {"filters": self.filters} if self.filters else "",
            _("Of long texts the paragraphs that changed are shown."),
        ]
        return [line for line in lines if line]


def _texts(change: FieldChange) -> tuple[str, str]:
    """Before and after; of long texts only the paragraphs that differ."""
    if not (change.is_long and change.before and change.after):
        return change.before, change.after
    sides = [(comparison.words(part.before), comparison.words(part.after)) for part in change.parts]
    before, after = zip(*sides, strict=True) if sides else ((), ())
    return "\n".join(filter(None, before)), "\n".join(filter(None, after))


def who(act: HistoryAct) -> str:
    """The person's name, as it stands in the record."""
    return act.by.name if act.by else _("Not recorded")


# --- a spreadsheet -----------------------------------------------------------------------------


def sheets(head: HistoryHeader, acts: Iterable[HistoryAct]) -> list[Sheet]:
    """One sheet, with a filter's columns."""
    columns = [
        _("Date"), _("Clock time"), _("Who"), _("Kind"), _("Name"), _("What was done"), _("Field"),
        _("Before"), _("After"), _("Reason"), _("Reference"),
    ]  # fmt: skip
    widths = [12, 8, 24, 18, 36, 14, 20, 50, 50, 36, 38]
    return [Sheet(_("History"), columns, _rows(acts), head.lines, widths)]


def _rows(acts: Iterable[HistoryAct]) -> Iterator[list[Cell]]:
    for act in acts:
        local = act.at.astimezone(COPENHAGEN)
        for change in act.changes:
            first = [
                local.date(), local.time().replace(microsecond=0), who(act), change.kind.label,
                change.title, verb_word(change.verb),
            ]  # fmt: skip
            last = ["\n".join(change.reasons), str(change.uid or "")]
            for one in change.fields or [None]:
                middle = [one.label, *_texts(one)] if one else ["", "", ""]
                yield [*first, *middle, *last]


# --- for machines ------------------------------------------------------------------------------


def json_lines(head: HistoryHeader, acts: Iterable[HistoryAct]) -> Iterator[str]:
    """One JSON object, in pieces: the head, and the changes newest first."""
    told = {
        "plan": head.title,
        "case_number": head.case_number,
        "exported_by": head.by,
        "exported_at": head.at.isoformat(),
        "filters": head.filters,
    }
    yield json.dumps(told, ensure_ascii=False, indent=1)[:-2] + ',\n "changes": ['
    parting = "\n"
    for act in acts:
        for change in act.changes:
            yield parting + json.dumps(_told(act, change), ensure_ascii=False)
            parting = ",\n"
    yield "\n]}\n"


def _told(act: HistoryAct, change: HistoryChange) -> dict[str, Any]:
    fields = []
    for one in change.fields:
        before, after = _texts(one)
        fields.append({"name": one.name, "label": one.label, "before": before, "after": after})
    return {
        "at": act.at.isoformat(),
        "who": act.by.name if act.by else None,
        "kind": change.kind.code,
        "kind_label": change.kind.label,
        "uid": str(change.uid) if change.uid else None,
        "name": change.title,
        "done": change.verb,
        "reasons": change.reasons,
        "fields": fields,
    }
