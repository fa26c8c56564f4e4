"""Any two published versions of a plan side by side: what everybody could read of each."""

from __future__ import annotations

from typing import Any

from plans.document.comparison import compare
from plans.document.plan_document import PlanDocument, from_json
from plans.models import PlanVersion


def choice(slug: str, versions: list[dict[str, Any]]) -> dict[str, Any]:
    """The versions to choose between, the newest two chosen."""
    return {
        "slug": slug,
        "title": versions[0]["version__title"],
        "versions": versions,
        "before": versions[min(1, len(versions) - 1)],
        "after": versions[0],
    }


def compared(slug: str, versions: list[dict[str, Any]], before: int, after: int) -> dict[str, Any]:
    """What differs between two of the ``versions`` that can be read, by their public numbers.
    Words that were hidden stand in neither."""
    by_number = {version["number"]: version for version in versions}
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
