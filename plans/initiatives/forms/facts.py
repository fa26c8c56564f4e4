"""What is said of a row, field by field; kroner, years and dates as people write them."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.forms import SeenVersionForm
from kommuneplan.core.models.municipality import year_parts
from kommuneplan.timespan.forms import Chosen, TimeSpanField


def capital(choices: Any) -> list[tuple[str, str]]:
    return [(value, str(capfirst(label))) for value, label in choices]


def line(longest: int = 300, **more: Any) -> forms.CharField:
    return forms.CharField(max_length=longest, **more)


def when_field(**more: Any) -> TimeSpanField:
    return TimeSpanField(undated=True, required=False, **more)


DATE_HELP = _(
    "In words, as precise as you know it: “ultimo 2009”, “november/december 2009”, “fra juni 2009”."
)


class KroneField(forms.CharField):
    """Whole kroner as people write them: "4.000.000", "4 mio.", "4,5 mio. kr."."""

    default_error_messages = {
        "amount": _("Write the amount in whole kroner, for example 4.000.000, or “4 mio.”."),
    }

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=40, required=False, **more)
        self.widget.attrs |= {"inputmode": "text", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """With dots between the thousands."""
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """The number; None where nothing is written."""
        written = super().clean(value).casefold().removesuffix("kr.").removesuffix("kr").strip()
        if not written:
            return None
        million = re.fullmatch(r"(\d{1,6})(?:,(\d{1,6}))? ?(?:mio\.?|millioner|million)", written)
        if million:
            whole, part = million.group(1), (million.group(2) or "").ljust(6, "0")
            return int(whole) * 1_000_000 + int(part)
        plain = re.sub(r"[. \u00a0]", "", written)
        grouped = re.fullmatch(r"\d{1,3}([. \u00a0]\d{3})*|\d+", written)
        if not grouped or len(plain) > 15:
            raise forms.ValidationError(self.error_messages["amount"], "amount")
        return int(plain)


class FactsForm(SeenVersionForm):
    """What is said of a row, field by field. ``NAMES`` are the columns it writes."""

    NAMES: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        self.row = row
        initial = {name: stored(row, name) for name in self.NAMES} if row else {}
        initial |= {"seen": row.version if row else 0, **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)
        if "when" in self.fields:
            self.fields["when"].year_parts = year_parts()

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        return {name: self.cleaned_data[name] for name in self.NAMES if name in self.fields}

    def differs(self, other: Any) -> list[tuple[Any, str, str]]:
        """What somebody else has saved beside what was typed: (label, mine, theirs)."""
        found = []
        for name, mine in self.facts.items():
            theirs = stored(other, name)
            pair = (self._said(name, mine), self._said(name, theirs))
            if pair[0] != pair[1]:
                found.append((self.fields[name].label, *pair))
        return found

    def _said(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _t("Yes") if value else _t("No")
        if isinstance(value, Chosen):
            return value.written
        if hasattr(value, "written"):
            return str(value.written)
        labels = dict(getattr(self.fields[name], "choices", ()) or ())
        return str(labels.get(value, value)) if isinstance(value, str) else str(value)


def stored(row: Any, name: str) -> Any:
    """A column as a form shows it: a date with its words, or the words alone."""
    if name == "when":
        return Chosen(row.when, row.written) if row.when else row.written
    return getattr(row, name)
