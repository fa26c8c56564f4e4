"""Whether others have read something of a theory of change: is it in any frozen version?"""

from __future__ import annotations

from typing import Any

from plans.models import EffectNode, EffectTheme, VersionBlock
from plans.models.effects import EffectRow


def was_published(row: EffectRow) -> bool:
    """Does it stand in a version, or, of a theme, anything of it? What is frozen has been put
    before somebody; what stands in none can go without a trace."""
    return VersionBlock.objects.filter(anchor__in=_anchors(row)).exists()


def _anchors(row: Any) -> list[str]:
    uids = [row.uid]
    if isinstance(row, EffectTheme):
        uids += EffectNode.objects.filter(theme=row).values_list("uid", flat=True)
    return [str(uid) for uid in uids]
