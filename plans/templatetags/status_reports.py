"""The status reports of a plan on its public page."""

from __future__ import annotations

from typing import Any

from django import template

from plans.status_reports.public_page import public_reports

register = template.Library()


@register.inclusion_tag("plans/status_reports/on_plan.html")
def status_reports_of(slug: str) -> dict[str, Any]:
    """Those that everybody may read, in their newest editions."""
    return {"slug": slug, "reports": [one for one in public_reports(slug) if one.is_newest]}


@register.inclusion_tag("plans/status_reports/settling.html")
def settling_reports(thing: Any) -> dict[str, Any]:
    """The reports that were sent and settle a request or a duty; one that everybody may read
    leads on."""
    rows = thing.status_reports.frozen().newest_editions().select_related("plan")
    return {"reports": rows.defer("content", "facts").order_by("-frozen_at")}
