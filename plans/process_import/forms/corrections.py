"""The preview of an import as a page: the form of each row, and what a page that was sent says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kommuneplan.fingerprint import digest
from kommuneplan.timespan.forms import TimeSpanField

from ..corrections import NewPlan
from ..plan_head import LABELS
from ..preview import PreviewRow
from ..settling import SentPreview, SentRow, shown_values, year_of
from ..three_way import FIELDS


class RowForm(forms.Form):
    """One row of the preview: the values of all its inputs, and the two that need a widget.

    Nothing here refuses: what cannot be used is kept and told.
    """

    when = TimeSpanField(label=_("When"), required=False, undated=True)
    reason = forms.CharField(
        label=_("Why is the date moved?"), required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(
        self, row: PreviewRow, year: int | None, mine: Mapping[str, Any] | None = None
    ) -> None:
        """``year``: of the whole draft. ``mine``: values that could not be stored, shown again."""
        now = shown_values(row)
        values = mine or now
        days = [values["when"], values["when_from"], values["when_to"]]
        super().__init__(prefix=row.key, initial={**values, "when": days})
        self.fields["when"].year = year_of(row) or year
        self.row = row
        self.conflict = now if mine else None
        self.seen = digest(now)


def sent_preview(data: QueryDict) -> SentPreview:
    """The fields of a page of the preview as one value."""
    data = _without_nul(data)
    names = zip(data.getlist("unknown"), data.getlist("unknown_as"), strict=False)
    return SentPreview(
        rows={key: _sent_row(key, data) for key in data.getlist("row")},
        take=data.get("take", ""),
        confirm_all=data.get("confirm_all", ""),
        plan=_new_plan(data) if "title" in data else None,
        reason=_stripped(data, "reason"),
        meeting=_stripped(data, "meeting"),
        bodies=dict(names),
        gone={
            name.removeprefix("gone-"): data.get(name, "")
            for name in data
            if name.startswith("gone-")
        },
        head={name: data.get(f"head-{name}", "") for name in LABELS},
    )


def _sent_row(key: str, data: QueryDict) -> SentRow:
    def one(name: str) -> str:
        return data.get(f"{key}-{name}", "")

    def line(name: str) -> str:
        return " ".join(one(name).split())

    return SentRow(
        seen=one("seen"),
        taken=bool(one("taken")),
        title=line("title"),
        when=line("when"),
        when_from=one("when_from").strip(),
        when_to=one("when_to").strip(),
        kind=one("kind"),
        bodies=one("bodies"),
        phase=line("phase"),
        description="\n".join(one("description").splitlines()),
        conditional=bool(one("conditional")),
        reason=_stripped(data, f"{key}-reason"),
        confirmed=frozenset(data.getlist(f"{key}-confirmed")),
        choices={name: one(f"choice-{name}") for name in FIELDS},
    )


def _new_plan(data: QueryDict) -> NewPlan:
    title = " ".join(data.get("title", "").split())
    return NewPlan(title, data.get("body", ""), data.get("kind", ""))


def _stripped(data: QueryDict, name: str) -> str | None:
    return data.get(name, "").strip() if name in data else None


def _without_nul(data: QueryDict) -> QueryDict:
    """The data without the one character that nobody types and PostgreSQL cannot store."""
    clean = data.copy()
    for name, values in data.lists():
        clean.setlist(name, [value.replace("\0", "") for value in values])
    return clean
