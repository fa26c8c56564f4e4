"""Which tables of plans are given out, for the page that tells of them."""

from __future__ import annotations

from kommuneplan.core.site.open_data import OpenTable, register_open_table

from .rows import first_slug
from .tables import OF_A_PLAN, PLANS


def register_open_tables() -> None:
    """Called once, when the app is ready."""
    register_open_table(OpenTable(PLANS, "planer", 10))
    for order, (key, table) in enumerate(OF_A_PLAN.items(), start=11):
        register_open_table(OpenTable(table, f"planer/<plan>/{key}", order, first_slug))
