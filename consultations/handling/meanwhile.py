"""What somebody else has done with a remark while one was writing of it: nothing that was typed is
lost, and nothing is overwritten that one has not touched. Every page on which a reply is written
asks here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from consultations.enums import Proposal
from consultations.models import Remark
from kommuneplan.locking import seen_in

from .draft import Draft
from .fields import ALONE, as_shown


def as_it_was(remark: Remark, seen: int) -> Any:
    """The remark in the version that somebody saw; None where there is none such."""
    rows = remark.history.filter(version=seen).select_related("theme", "assignee")
    return rows.order_by("history_id").first()


# --- both have changed it ------------------------------------------------------------------------


def put_together(form: forms.Form, stored: Remark, data: QueryDict) -> None:
    """Fill ``data``, with which a form that clashed is shown again: what I have typed stays, what
    I have not touched becomes what is stored, and what I save next has seen that."""
    base = as_it_was(stored, form.cleaned_data["seen"])
    if base is not None:
        shown, now = as_shown(base), as_shown(stored)
        for name in form.fields.keys() & shown.keys():
            if not form.fields[name].has_changed(shown[name], form[name].data):
                data[form.add_prefix(name)] = str(now[name] or "")
    data[form.add_prefix("seen")] = str(stored.version)


def theirs_of(stored: Remark, draft: Draft) -> dict[str, Any]:
    """What is told of it above the form: what is stored, by whom, and the places by name."""
    latest = stored.history.select_related("history_user").first()
    return {"remark": stored, "by": latest and latest.history_user, "places": draft.places}


# --- it has no reply of its own any more ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What was typed of a remark that was taken back meanwhile, or is answered together with
    another now (``head``: its number)."""

    number: int
    head: int | None
    typed: dict[str, str]


def left_over(
    number: int, remark: Remark | None, sent: Mapping[str, str], prefix: str = ""
) -> LeftOver | None:
    """What was typed of a remark that has no reply of its own any more (None: there is no such
    remark); None when nothing was, that is when all stands as the page showed it."""
    found = {name: _plain(sent.get(prefix + name, "")) for name in ALONE}
    if found["proposal"] not in Proposal.values:
        del found["proposal"]
    typed = {name: words for name, words in found.items() if words}
    if typed and remark is not None:
        base = as_it_was(remark, seen_in(sent.get(f"{prefix}seen", "")))
        shown = as_shown(base) if base is not None else {}
        typed = {name: words for name, words in typed.items() if words != _plain(shown.get(name))}
    head = remark and remark.retired_at is None and remark.same_as
    return LeftOver(number, head.number if head else None, typed) if typed else None


def _plain(words: str | None) -> str:
    return (words or "").replace("\r\n", "\n").strip()
