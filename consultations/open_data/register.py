"""Which tables of consultations are given out, for the page that tells of them."""

from __future__ import annotations

from kommuneplan.core.site.open_data import OpenTable, register_open_table

from .rows import newest, newest_reported
from .tables import CONSULTATIONS, OF_RESPONSES, OF_THE_REPORT


def register_open_tables() -> None:
    """Called once, when the app is ready."""
    register_open_table(OpenTable(CONSULTATIONS, "hoeringer", 20))
    beside = [(key, table, newest) for key, table in OF_RESPONSES.items()]
    beside += [(key, table, newest_reported) for key, table in OF_THE_REPORT.items()]
    for order, (key, table, which) in enumerate(beside, start=21):
        register_open_table(OpenTable(table, f"hoeringer/<høring>/{key}", order, which))
