"""What somebody holds from a day until a day ends: one rule for roles and for plans."""

from __future__ import annotations

import datetime as dt
from typing import Any


def end_on(row: Any, *, on: dt.date, by: Any) -> None:
    """Let a row with ``begins`` and ``ends``, which the caller has locked, end: ``on`` is the first
    day without it. What would have begun later never begins, and its row goes (the history keeps
    it); what ends earlier already stays so."""
    if row.ends and row.ends < on:
        return
    row._history_user = by
    if on <= row.begins:
        row.delete()
        return
    row.ends = on - dt.timedelta(days=1)
    row.save()
