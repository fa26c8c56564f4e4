"""A span in words, from the value alone."""

from __future__ import annotations

import datetime as dt

MONTHS = ("januar februar marts april maj juni juli august september oktober november "
          "december").split()


def day_words(day: dt.date) -> str:
    """"5. marts 2008"."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
