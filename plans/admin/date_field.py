"""A date in the admin: one line of Danish words, read by the reader."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.admin.widgets import AdminTextInputWidget

from kommuneplan.timespan.forms import Chosen, TimeSpanField
from kommuneplan.timespan.phrase import phrase
from kommuneplan.timespan.span import TimeSpan


class WordsWidget(AdminTextInputWidget):
    """The words of a span in one line."""

    year: int | None = None

    def format_value(self, value: Any) -> str:
        """The words as written, else the span in our own."""
        if isinstance(value, Chosen):
            value = replace(value.span, written=value.written) if value.span else value.written
        if isinstance(value, TimeSpan):
            return value.written or phrase(value)
        return value or ""

    def decompress(self, value: Any) -> list[str]:
        """As the field's own widget gives its parts."""
        return [self.format_value(value)]


class WordsField(TimeSpanField):
    """A TimeSpan as one text field; words that hold no date ("afventer") are kept as words."""

    widget = WordsWidget

    def clean(self, value: Any) -> Chosen:
        """What the words mean; ValidationError says why they mean nothing."""
        return super().clean([value])

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other words were typed."""
        return super().has_changed(initial, [data])
