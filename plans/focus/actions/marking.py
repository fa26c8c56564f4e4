"""Focus areas among what is marked public, many at once."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.models import User
from plans.models import FocusArea, Plan
from plans.process.marking import MarkKind, MarkLine, register_mark_kind

from ..yearly import areas_of


@transaction.atomic
def mark_area(*, area: FocusArea, public: bool, by: User | None) -> FocusArea:
    """Let a focus area be published, or keep it internal; what others see changes with the next
    publication."""
    row = FocusArea.objects.select_for_update().get(pk=area.pk)
    if row.is_public != public:
        row.is_public = public
        row._history_user = by
        row.save()
    return row


def _areas(plan: Plan) -> list[MarkLine]:
    return [MarkLine(row, words=row.period) for row in areas_of(plan)]


def register_mark_kinds() -> None:
    """Called once, when the app is ready."""
    register_mark_kind(
        MarkKind(
            "indsatsomraader",
            _("Focus areas"),
            _("Mark all focus areas"),
            _areas,
            areas_of,
            lambda row, public, by: mark_area(area=row, public=public, by=by),
            order=30,
        )
    )
