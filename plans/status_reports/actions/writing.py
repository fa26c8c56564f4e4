"""Writing in a section of a report: as in a section of a plan, as long as it is not sent."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kommuneplan.core.models import User
from kommuneplan.keeping import TextChoice, Typed, Weighed
from kommuneplan.richtext.figures import image_uids
from plans.models import StatusReportSection
from plans.text.actions import sections
from plans.text.actions.images import TextRefused

from .reports import to_write

Written = StatusReportSection


@transaction.atomic
def keep_draft(
    *, section: Written, typed: Typed, base_version: int, by: User
) -> tuple[Weighed, Any]:
    """Keep what somebody is writing. Raises AlreadyFrozen: the words stay in the browser."""
    to_write(section.report)
    return sections.keep_draft(section=section, typed=typed, base_version=base_version, by=by)


def save_section(
    *,
    section: Written,
    title: str,
    text: str,
    base_version: int,
    by: User,
    typed: Typed | None = None,
) -> None:
    """Save what was written. Raises AlreadyFrozen, and what ``sections.save_section`` raises;
    what could not be saved is then kept as a draft."""
    with transaction.atomic():
        to_write(section.report)
    if image_uids(text):
        raise TextRefused(
            _("There are no images in a status report. Say in words what the image shows.")
        )
    sections.save_section(
        section=section, title=title, text=text, base_version=base_version, by=by, typed=typed
    )


@transaction.atomic
def settle_beside(*, section: Written, choice: TextChoice, page: str, by: User) -> None:
    """Put the texts of two windows together. Raises AlreadyFrozen, TextMoved."""
    to_write(section.report)
    sections.settle_beside(section=section, choice=choice, page=page, by=by)


def settle_conflict(
    *,
    section: Written,
    choice: sections.ConflictChoice,
    seen: int,
    by: User,
    shown: str | None = None,
) -> None:
    """Decide between the saved text and one's own. Raises AlreadyFrozen, Conflict."""
    with transaction.atomic():
        to_write(section.report)
    sections.settle_conflict(section=section, choice=choice, seen=seen, by=by, shown=shown)
