"""That something is put before a body, to its members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan import clock
from kommuneplan.core.models import Notice, User
from kommuneplan.core.notices.kinds import NoticeKind, NoticeLine, register_notice
from kommuneplan.timespan.phrase import day_words
from plans.models import MatterPlan, Treatment
from plans.models.submitted import treatments_for, versions_for

from .names import PUT_BEFORE


def put_before(user: User, notices: Sequence[Notice]) -> Mapping[int, NoticeLine]:
    """Treatments that are still to come, of bodies in which the person may read the matter."""
    closed = Treatment.objects.filter(matter=OuterRef("matter"), is_closed=True)
    kept = MatterPlan.objects.filter(
        matter=OuterRef("matter"), cycle__plan__retired_at__isnull=True
    )
    to_come = Q(meeting__isnull=True) | Q(meeting__date__gte=clock.today())
    rows = (
        treatments_for(user)
        .filter(to_come, Exists(kept), outcome="", uid__in=[one.thing for one in notices])
        .annotate(behind_doors=Exists(closed))
        .select_related("body", "matter", "meeting")
    )
    found = {row.uid: row for row in rows}
    titles = _titles(user, [row for row in found.values() if not row.behind_doors])
    return {
        one.pk: _line(found[one.thing], titles.get(found[one.thing].matter_id, ""))
        for one in notices
        if one.thing in found
    }


def _titles(user: User, rows: Sequence[Treatment]) -> dict[int, str]:
    """By matter, what the plans are called in the versions that the person may read."""
    if not rows:
        return {}
    held = MatterPlan.objects.filter(
        matter__in=[row.matter_id for row in rows],
        version__in=versions_for(user, at=clock.now()),
    ).order_by("version__sort_key", "pk")
    titles: dict[int, list[str]] = {}
    for matter, title in held.values_list("matter", "version__title"):
        titles.setdefault(matter, []).append(title)
    return {matter: " · ".join(dict.fromkeys(found)) for matter, found in titles.items()}


def _line(row: Treatment, plan: str) -> NoticeLine:
    body, meeting = row.body.name, row.meeting
    if row.behind_doors:
        said = _("A matter on a closed item is put before %(body)s")
    else:
        said = _("A matter is put before %(body)s")
    words = said % {"body": body}
    if meeting:
        words = _("%(what)s, at the meeting on %(day)s") % {
            "what": words,
            "day": day_words(meeting.date),
        }
    return NoticeLine(words, reverse("plans:member-matter", args=[row.matter.uid]), plan)


def register_notices() -> None:
    """Called once, when the app is ready."""
    register_notice(
        NoticeKind(
            PUT_BEFORE,
            gettext_lazy(
                "something is put before a body of mine (at once when the meeting is fewer than"
                " four working days away)"
            ),
            put_before,
        )
    )
