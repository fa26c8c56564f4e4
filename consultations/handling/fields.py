"""Fields of which the forms about remarks are made, and how a standard answer is copied in: every
wing in which people write a reply makes its form of these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _t

from consultations.enums import Proposal
from kommuneplan.richtext.blocks import plain
from kommuneplan.richtext.plaintext import to_html, to_plain

from .draft import Spot

MAX_REPLY = 20_000
MAX_WORDS = 5_000
# What a remark that is answered together with another has none of.
ALONE = ("reply", "proposal", "reason", "wanted_anchor", "wanted_change")


def proposals(empty: Any = None) -> list[tuple[str, Any]]:
    """What can be proposed or decided, as choices begin: with a capital."""
    known = [(one.value, capfirst(one.label)) for one in Proposal if one.value]
    return [("", empty), *known] if empty is not None else known


def in_plain(html: str) -> str:
    """Stored words in a plain text box; formatting that it cannot show is left out."""
    shown = to_plain(html)
    return plain(html) if shown is None else shown


def copied_in(reply: str, proposal: str, *, answer: str, proposes: str) -> tuple[str, str]:
    """Reply and proposal with a standard answer copied in: below what was typed, and its proposal
    where none was chosen."""
    parts = (reply.strip(), in_plain(answer))
    return "\n\n".join(part for part in parts if part), proposal or proposes


def as_shown(remark: Any) -> dict[str, Any]:
    """What the fields of a form hold of a remark as it is stored, or as it was (``history``)."""
    return {
        "theme": remark.theme and remark.theme.uid,
        "assignee": remark.assignee and remark.assignee.uid,
        "anchor": remark.anchor,
        "reply": in_plain(remark.reply),
    } | {name: getattr(remark, name) for name in ALONE if name != "reply"}


class RichText(forms.CharField):
    """Words in a plain text box, stored as safe HTML (paragraphs, lists, headings)."""

    def __init__(self, *, rows: int = 6, **more: Any) -> None:
        more.setdefault("max_length", MAX_REPLY)
        more.setdefault("required", False)
        super().__init__(widget=forms.Textarea({"rows": rows}), strip=True, **more)

    def to_python(self, value: Any) -> str:
        """The words with one sign for the end of a line, whatever a browser sends."""
        return super().to_python(value).replace("\r\n", "\n")

    def clean(self, value: Any) -> str:
        """As safe HTML."""
        return to_html(super().clean(value))


class ByUid(forms.ModelChoiceField):
    """A row chosen by its uid; another round's or body's is no choice."""

    def __init__(self, queryset: QuerySet, **more: Any) -> None:
        super().__init__(queryset, to_field_name="uid", required=False, **more)


def long_words(rows: int = 3, **more: Any) -> forms.CharField:
    more.setdefault("max_length", MAX_WORDS)
    return forms.CharField(widget=forms.Textarea({"rows": rows}), **more)


def spot_choices(
    nothing: str, spots: Sequence[Spot], kept: str, new: Sequence[Spot] = ()
) -> list[Any]:
    """The places of the draft; what is kept stays a choice even where it is no place any more."""
    choices: list[Any] = [("", nothing), *((one.anchor, one.label) for one in spots)]
    if new:
        choices.append((_t("New in the text"), [(one.anchor, one.label) for one in new]))
    known = {one.anchor for one in [*spots, *new]}
    if kept and kept not in known:
        choices.append((kept, _t("A place that is gone")))
    return choices
