"""Texts as forms take them in: in one shape, and empty where there is nothing to see."""

from __future__ import annotations

from typing import Any

from django import forms

from kommuneplan.plain_text import can_be_seen, entered


def take_in_one_shape() -> None:
    """From now on a text field of any form takes its text in one shape (``plain_text.entered``):
    what is stored is what was stored before where nobody has typed, and a length is counted as the
    browser counts it. Words that cannot be seen are an empty field, so that a required one says
    what it says when it is empty.

    Django has no place where this could be said once for all forms, also those made from a model,
    and a base class of our own would be forgotten in the next one. A password is left as it is, and
    a field that keeps its spaces (``strip=False``) keeps also what cannot be seen.
    """
    before = forms.CharField.to_python
    if getattr(before, "takes_one_shape", False):
        return

    def to_python(self: forms.CharField, value: Any) -> Any:
        if isinstance(self.widget, forms.PasswordInput):
            return before(self, value)
        words = before(self, entered(value) if isinstance(value, str) else value)
        if self.strip and isinstance(words, str) and not can_be_seen(words):
            return self.empty_value
        return words

    def has_changed(self: forms.CharField, initial: Any, data: Any) -> bool:
        kept = entered(initial) if isinstance(initial, str) else initial
        return differs(self, kept, data)

    differs = forms.CharField.has_changed
    to_python.takes_one_shape = True  # type: ignore[attr-defined]
    forms.CharField.to_python = to_python  # type: ignore[method-assign]
    forms.CharField.has_changed = has_changed  # type: ignore[method-assign]
