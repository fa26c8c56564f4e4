"""Looking an import through: the values of each row, and what was sent settled against them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models.municipality import year_parts
from kommuneplan.fingerprint import digest
from kommuneplan.timespan.forms import TimeSpanField
from kommuneplan.timespan.phrase import phrase
from kommuneplan.timespan.span import Reading, Status
from plans.enums import MilestoneKind, PlanKind
from plans.readers.process_plan.draft import reading_to_json

from ..preview import ImportPreview, PreviewRow
from ..proposals import BodyNames, split_names

NEW_BODIES = (BodyKind.UNIT, BodyKind.EXTERNAL, BodyKind.ADVISORY, BodyKind.COMMITTEE)


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
        self.fields["when"].year = _year_of(row) or year
        self.row = row
        self.conflict = now if mine else None
        self.seen = digest(now)


def _year_of(row: PreviewRow) -> int | None:
    """The year of corrected words that name none: the row's own, as it stands or was read."""
    for span in (row.said.when, row.now and row.now.when, row.item.said.when):
        day = span and (span.earliest or span.latest)
        if day:
            return day.year
    return None


def shown_values(row: PreviewRow) -> dict[str, Any]:
    """The values of a row as its inputs show them."""
    said = row.said
    written = " ".join(said.written.split())
    if not written and said.when:
        written = phrase(said.when)
    first, last = row.correction.get("calendar", ("", ""))
    return {
        "taken": row.taken,
        "title": " ".join(said.title.split()),
        "when": written,
        "when_from": first,
        "when_to": last,
        "kind": said.kind,
        "bodies": "; ".join(said.bodies),
        "phase": " ".join(said.phase.split()),
        "description": "\n".join(said.description.splitlines()),
        "conditional": said.conditional,
        "reason": row.correction.get("reason", ""),
        "confirmed": sorted(row.correction.get("confirmed", [])),
        "choices": {name: row.correction.get("choices", {}).get(name, "hand")
                    for name in row.merged.conflicts},
    }  # fmt: skip


def posted_values(row: PreviewRow, data: QueryDict, names: BodyNames) -> dict[str, Any]:
    """The values of a row as they were sent, in the same shape."""

    def one(name: str) -> str:
        return data.get(f"{row.key}-{name}", "")

    def line(name: str) -> str:
        return " ".join(one(name).split())

    return {
        "taken": bool(one("taken")),
        "title": line("title"),
        "when": line("when"),
        "when_from": one("when_from").strip(),
        "when_to": one("when_to").strip(),
        "kind": one("kind"),
        "bodies": "; ".join(names.all_resolved(split_names(one("bodies"), names.known))),
        "phase": line("phase"),
        "description": "\n".join(one("description").splitlines()),
        "conditional": bool(one("conditional")),
        "reason": data.get(f"{row.key}-reason", row.correction.get("reason", "")).strip(),
        "confirmed": sorted(
            {*data.getlist(f"{row.key}-confirmed")} & {one_.code for one_ in row.item.assumptions}
        ),
        "choices": {name: one(f"choice-{name}") or "hand" for name in row.merged.conflicts},
    }  # fmt: skip


def _without_nul(data: QueryDict) -> QueryDict:
    """The data without the one character that nobody types and PostgreSQL cannot store."""
    clean = data.copy()
    for name, values in data.lists():
        clean.setlist(name, [value.replace("\0", "") for value in values])
    return clean


class Corrections:
    """What was sent from the preview, settled against what is stored.

    Called with the preview under the lock. A row that this tab has not touched is left as it
    is; one that only this tab has touched is stored; one that somebody else (or another tab) has
    changed meanwhile comes back in ``conflicts`` with both, and nothing of it is stored.
    """

    def __init__(self, data: QueryDict) -> None:
        self.data = _without_nul(data)
        self.conflicts: dict[str, dict[str, Any]] = {}
        self.changed = False

    def __call__(self, look: ImportPreview) -> dict[str, Any]:
        """The changes, in the shape of ``ImportDraft.corrections``."""
        changes: dict[str, Any] = {}
        rows = {row.key: row for row in (*look.rows, *look.left_out)}
        found = {}
        for key in self.data.getlist("row"):
            if key in rows and (correction := self._row(rows[key], look)) is not None:
                found[key] = correction
        if taken := rows.get(self.data.get("take", "")):
            found[taken.key] = {**taken.correction, **found.get(taken.key, {}), "taken": True}
        if code := self.data.get("confirm_all"):
            for row in look.taken:
                if any(one.code == code for one in row.open_assumptions):
                    before = found.get(row.key, row.correction)
                    confirmed = sorted({*before.get("confirmed", ()), code})
                    found[row.key] = {**before, "confirmed": confirmed}
        if found:
            changes["rows"] = found
        changes.update(self._head(look))
        changes.update(self._names(look))
        changes.update(self._gone(look))
        self.changed = bool(changes)
        return changes

    def _row(self, row: PreviewRow, look: ImportPreview) -> dict[str, Any] | None:
        mine, now = posted_values(row, self.data, look.names), shown_values(row)
        seen = self.data.get(f"{row.key}-seen", "")
        if mine == now or seen == digest(mine):
            return None
        if seen != digest(now):
            self.conflicts[row.key] = mine
            return None
        correction = dict(row.correction)
        for name in (
            "title",
            "description",
            "phase",
            "taken",
            "conditional",
            "reason",
            "confirmed",
        ):
            if mine[name] != now[name]:
                correction[name] = mine[name]
        if mine["kind"] != now["kind"] and mine["kind"] in MilestoneKind.values:
            correction["kind"] = mine["kind"]
        if mine["bodies"] != now["bodies"]:
            correction["bodies"] = list(split_names(mine["bodies"], look.names.known))
        if any(mine[name] != now[name] for name in ("when", "when_from", "when_to")):
            correction["when"] = reading_to_json(_read_words(row, mine, look))
            correction["calendar"] = [mine["when_from"], mine["when_to"]]
        if mine["choices"] != now["choices"]:
            correction["choices"] = {**correction.get("choices", {}), **mine["choices"]}
        return correction

    def _head(self, look: ImportPreview) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        head = look.head
        if look.plan is None and "title" in self.data:
            kind = self.data.get("kind", "")
            mine = {
                "title": " ".join(self.data.get("title", "").split()),
                "body": self.data.get("body", ""),
                "kind": kind if kind in PlanKind.values else PlanKind.STRATEGY.value,
            }
            shown = [head.title, str(head.body.uid) if head.body else "", head.kind]
            if [*mine.values()] != shown:
                changes["plan"] = mine
        for name in ("reason", "meeting"):
            mine_one = self.data.get(name, "").strip()
            if name in self.data and mine_one != look.draft.corrections.get(name, ""):
                changes[name] = mine_one
        return changes

    def _names(self, look: ImportPreview) -> dict[str, Any]:
        decided = {}
        offered = dict(look.unknown)
        allowed = {"words", *(f"new:{kind}" for kind in NEW_BODIES)}
        allowed |= {f"body:{name}" for name in look.names.known.values()}
        pairs = zip(self.data.getlist("unknown"), self.data.getlist("unknown_as"), strict=False)
        for name, decision in pairs:
            if decision in allowed and offered.get(name, decision) != decision:
                decided[name] = decision
        return {"bodies": decided} if decided else {}

    def _gone(self, look: ImportPreview) -> dict[str, Any]:
        chosen = {}
        for one in look.gone:
            choice = self.data.get(f"gone-{one.standing.uid}", "")
            if choice in {"keep", "cancel", "remove"} and choice != one.choice:
                chosen[one.standing.uid] = choice
        return {"gone": chosen} if chosen else {}


def _read_words(row: PreviewRow, mine: Mapping[str, Any], look: ImportPreview) -> Reading:
    """The corrected words as a reading; what cannot be used is kept with the reason."""
    field = TimeSpanField(
        required=False, undated=True, year=_year_of(row) or look.draft.year, year_parts=year_parts()
    )
    words = mine["when"]
    try:
        chosen = field.clean([words, mine["when_from"], mine["when_to"]])
    except forms.ValidationError as error:
        return Reading(Status.REJECT, (), tuple(error.messages), written=words)
    spans = (chosen.span,) if chosen.span else ()
    status = Status.OK if spans else Status.NODATE
    return Reading(status, spans, chosen.notes, written=chosen.written)
