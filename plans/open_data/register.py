"""Which tables of plans are given out, for the page that tells of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kommuneplan.core.site.open_data import OpenTable, register_open_table
from kommuneplan.documents.tables import DataTable

from .rows import ROWS_OF_A_PLAN, OpenPlan, Row, first_slug
from .tables import OF_A_PLAN, PLANS


def register_plan_table(table: DataTable, rows: Callable[[OpenPlan], Iterator[Row]]) -> None:
    """Add a table beside the page of every plan, and the page that tells of it. Called in
    ``ready()`` of a wing above, after ``register_open_tables`` and before addresses are read."""
    OF_A_PLAN[table.key] = table
    ROWS_OF_A_PLAN[table.key] = rows
    order = 10 + len(OF_A_PLAN)
    register_open_table(OpenTable(table, f"planer/<plan>/{table.key}", order, first_slug))


def register_open_tables() -> None:
    """Called once, when the app is ready."""
    register_open_table(OpenTable(PLANS, "planer", 10))
    for order, (key, table) in enumerate(OF_A_PLAN.items(), start=11):
        register_open_table(OpenTable(table, f"planer/<plan>/{key}", order, first_slug))
