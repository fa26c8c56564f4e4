"""Words that can be seen: a title of nothing but invisible letters is no title."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms

# Control and formatting characters (zero width, direction of writing), halves of a pair.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
# Letters and signs by their category, and still nothing to see: fillers of Hangul, empty Braille.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def can_be_seen(words: str) -> bool:
    """Whether anything in it leaves a mark on paper: not only spaces, invisible characters, and
    accents with no letter to stand on. What this Python's Unicode does not know yet is seen."""
    for letter in words:
        kind = unicodedata.category(letter)
        if kind not in _UNSEEN and kind[0] not in "ZM" and letter not in _BLANK:
            return True
    return False


def see_in_forms() -> None:
    """From now on a form's text field takes words that cannot be seen for an empty field, so that
    a required one says what it says when it is empty.

    Django has no place where this could be said once for all forms, also those made from a model,
    and a base class of our own would be forgotten in the next one. A field that keeps its spaces
    (``strip=False``: passwords, files of text) is left alone.
    """
    before = forms.CharField.to_python
    if getattr(before, "sees", False):
        return

    def to_python(self: forms.CharField, value: Any) -> Any:
        words = before(self, value)
        if self.strip and isinstance(words, str) and not can_be_seen(words):
            return self.empty_value
        return words

    to_python.sees = True  # type: ignore[attr-defined]
    forms.CharField.to_python = to_python  # type: ignore[method-assign]
