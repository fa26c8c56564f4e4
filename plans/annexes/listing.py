"""The annexes of a plan in their order, with all that is shown of each."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from plans.models import Annex, AnnexFile, EffortDescription, Plan


def with_contents(annexes: QuerySet[Annex]) -> QuerySet[Annex]:
    """Annexes with the versions of their files, and their descriptions."""
    files = AnnexFile.objects.select_related("file").order_by("-number")
    efforts = EffortDescription.objects.select_related("section", "focus_area")
    return annexes.prefetch_related(Prefetch("files", files), Prefetch("effort", efforts))


def annexes_of(plan: Plan, *, retired: bool = False) -> list[Annex]:
    """Those in use, or those taken out (the latest first)."""
    rows = with_contents(plan.annexes.filter(retired_at__isnull=not retired))
    return list(rows.order_by("-retired_at" if retired else "position", "pk"))
