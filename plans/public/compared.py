"""Any two published versions of a plan side by side: what everybody could read of each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from plans.document.comparison import compare
from plans.document.plan_document import PlanDocument, from_json
from plans.models import PlanVersion

from .plan_page import public_versions


def choice(slug: str, *, at: dt.datetime) -> dict[str, Any]:
    """The versions to choose between, the newest two chosen."""
    versions = public_versions(slug, at=at)
    return {
        "slug": slug,
        "title": versions[0]["version__title"],
        "versions": versions,
        "before": versions[min(1, len(versions) - 1)],
        "after": versions[0],
    }


def compared(slug: str, before: int, after: int, *, at: dt.datetime) -> dict[str, Any] | None:
    """What differs between two versions, by their public numbers; None where one of them cannot
    be read at the instant. Words that were hidden stand in neither."""
    versions = public_versions(slug, at=at)
    by_number = {version["number"]: version for version in versions}
    if before not in by_number or after not in by_number:
        return None
    sides = by_number[before], by_number[after]
    one, two = _documents(sides)
    return {
        "slug": slug,
        "title": versions[0]["version__title"],
        "versions": versions,
        "before": sides[0],
        "after": sides[1],
        "comparison": compare(one, two),
        "in_details": one != two,
    }


def _documents(sides: tuple[dict[str, Any], dict[str, Any]]) -> list[PlanDocument]:
    keys = [side["version_id"] for side in sides]
    contents = dict(PlanVersion.objects.filter(pk__in=keys).values_list("pk", "content"))
    return [from_json(contents[key]) for key in keys]
