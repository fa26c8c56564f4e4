"""What the public pages of consultations say of themselves, and which of them are to be found.

A single response is read by whoever follows the consultation; it is not to be found by the name of
whoever wrote it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.enums import RoundState
from consultations.models import Round
from kommuneplan.clock import COPENHAGEN
from kommuneplan.core.site.metadata import PageMetadata, breadcrumbs, shortened
from kommuneplan.core.site.open_data import absolute
from kommuneplan.core.site.sitemap import Entry, register_pages
from kommuneplan.timespan.phrase import day_words


def of_list(*, is_found: bool) -> PageMetadata:
    """The list of rounds; what somebody searched for is not to be found."""
    path = reverse("consultations:hearings")
    return PageMetadata(
        title=_("Consultations"),
        description=_(
            "Read what the municipality proposes, and say what you think while it can still be "
            "changed."
        ),
        path=path,
        is_found=is_found,
        tables=[("/hoeringer", _("Consultations"))],
        things=[breadcrumbs((_("Consultations"), path))],
    )


def of_round(round: Round, state: str, *, is_found: bool = True) -> PageMetadata:
    """The page of a round."""
    path = reverse("consultations:hearing", args=[round.slug])
    last = round.last_day
    deadline = _("Deadline: %(day)s.") % {"day": day_words(last)} if last else ""
    return PageMetadata(
        title=round.title,
        description=shortened(round.introduction, f"{round.title}. {deadline}"),
        path=path,
        kind="article",
        is_found=is_found and state != RoundState.WITHDRAWN,
        tables=tables_of(round.slug),
        things=[
            _event(round, state, path),
            breadcrumbs(
                (_("Consultations"), reverse("consultations:hearings")), (round.title, path)
            ),
        ],
    )


def of_report(round: Round, title: str, *, is_found: bool) -> PageMetadata:
    """The published report of a round."""
    path = reverse("consultations:report-shown", args=[round.slug])
    page = reverse("consultations:hearing", args=[round.slug])
    said = _("Every remark with its answer, and what was changed: %(title)s")
    return PageMetadata(
        title=title,
        description=shortened(said % {"title": round.title}),
        path=path,
        kind="article",
        is_found=is_found,
        tables=tables_of_report(round.slug),
        things=[
            breadcrumbs(
                (_("Consultations"), reverse("consultations:hearings")),
                (round.title, page),
                (title, path),
            )
        ],
    )


def tables_of(slug: str) -> list[tuple[str, str]]:
    """The tables that tell what the page of a round does."""
    path = reverse("consultations:hearing", args=[slug])
    return [(f"{path}svar", _("Responses")), (f"{path}svar-dele", _("Parts of the responses"))]


def tables_of_report(slug: str) -> list[tuple[str, str]]:
    """The tables that tell what the published report of a round does."""
    path = reverse("consultations:hearing", args=[slug])
    return [
        (f"{path}bemaerkninger", _("Remarks and replies")),
        (f"{path}parter", _("Parties")),
        (f"{path}aendringer", _("Changes after the consultation")),
    ]


def _event(round: Round, state: str, path: str) -> dict[str, Any]:
    """A round as something that takes place on the net, from when until when."""
    cancelled = state == RoundState.WITHDRAWN
    times = {
        name: at.astimezone(COPENHAGEN).isoformat(timespec="seconds")
        for name, at in (("startDate", round.opens_at), ("endDate", round.closes_at))
        if at
    }
    return {
        "@type": "Event",
        "name": round.title,
        **times,
        "eventStatus": f"https://schema.org/Event{'Cancelled' if cancelled else 'Scheduled'}",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": absolute(path)},
        "url": absolute(path),
        "isAccessibleForFree": True,
    }


# --- what is to be found ---


def register_findable() -> None:
    """Called once, when the app is ready."""
    register_pages(_findable)


def _findable(at: dt.datetime) -> Iterator[Entry]:
    """The list, and the page of every round that was not withdrawn."""
    yield reverse("consultations:hearings"), None
    rows = Round.objects.visible(at=at).filter(withdrawn_at__isnull=True).order_by("pk")
    for slug, announced, opens in rows.values_list("slug", "announced_at", "opens_at"):
        changed = max(one for one in (announced, opens) if one and one <= at)
        yield reverse("consultations:hearing", args=[slug]), changed
