"""What the public pages of plans say of themselves, from what stands on them; and which of them are
to be found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.clock import local_day
from kommuneplan.core.site.metadata import PageMetadata, authority, breadcrumbs, shortened
from kommuneplan.core.site.open_data import absolute
from kommuneplan.core.site.sitemap import Entry, register_pages
from plans.document.plan_document import MilestoneLine, PlanDocument
from plans.enums import MilestoneKind, MilestoneState, PlanKind, PublicState

from .publications import published
from .standing import PlanStanding
from .standing_words import headline

_EVENTS = {MilestoneKind.PUBLIC_MEETING, MilestoneKind.WORKSHOP, MilestoneKind.INVOLVEMENT}
_FORCE = {
    PublicState.ADOPTED: "InForce",
    PublicState.REPLACED: "NotInForce",
    PublicState.REPEALED: "NotInForce",
    PublicState.EXPIRED: "NotInForce",
}


def of_plan(page: dict[str, Any]) -> PageMetadata:
    """The page of a plan, from what it shows (``plan_page.plan_page``)."""
    document, slug = page["document"], page["slug"]
    path = reverse("plans:plan", args=[slug])
    above = [(one.title, reverse("plans:plan", args=[one.slug])) for one in page["above"]]
    return PageMetadata(
        title=document.head.title,
        description=description(document, page["standing"]),
        path=path,
        kind="article",
        tables=tables_of(slug),
        things=[
            _legislation(page, path),
            *_meetings(document, path),
            breadcrumbs((_("Plans"), reverse("plans:list")), *above, (document.head.title, path)),
        ],
    )


def of_version(page: dict[str, Any]) -> PageMetadata:
    """A version at its lasting address. Only the newest is to be found: what no longer applies must
    not meet anybody who searches."""
    document, slug = page["document"], page["slug"]
    number = page["this_version"]["number"]
    path = reverse("plans:version", args=[slug, number])
    title = _("%(title)s, version %(number)s") % {"title": document.head.title, "number": number}
    plan = reverse("plans:plan", args=[slug])
    return PageMetadata(
        title=title,
        description=description(document, page["standing"]),
        path=path,
        kind="article",
        is_found=page["is_newest"],
        things=[
            _legislation(page, path),
            breadcrumbs(
                (_("Plans"), reverse("plans:list")),
                (page["newest"]["version__title"], plan),
                (_("Version %(number)s") % {"number": number}, path),
            ),
        ],
    )


def of_front(municipality: str) -> PageMetadata:
    """The front page."""
    return PageMetadata(
        title=_("Plans and strategies in %(name)s") % {"name": municipality},
        description=shortened(
            _(
                "Follow how the municipality's strategies come about, see when they are decided, "
                "and have your say while they can still be changed."
            )
        ),
        path="/",
        things=[
            {
                "@type": "WebSite",
                "name": _("Plans and strategies in %(name)s") % {"name": municipality},
                "url": absolute("/"),
                "inLanguage": "da",
                "publisher": authority(municipality),
            }
        ],
    )


def of_list(*, is_found: bool) -> PageMetadata:
    """The list of plans; what somebody searched for is not to be found."""
    path = reverse("plans:list")
    return PageMetadata(
        title=_("Plans"),
        description=_("All published plans and strategies, with their state and responsible body."),
        path=path,
        is_found=is_found,
        tables=[("/planer", _("Plans"))],
        things=[breadcrumbs((_("Plans"), path))],
    )


def of_dates(*, is_found: bool) -> PageMetadata:
    """The calendar page."""
    path = reverse("plans:dates")
    return PageMetadata(
        title=_("Calendar"),
        description=_("Meetings, consultations and decisions to come, in all published plans."),
        path=path,
        is_found=is_found,
        things=[breadcrumbs((_("Calendar"), path))],
    )


def of_wheel(*, is_found: bool) -> PageMetadata:
    """The year wheel."""
    path = reverse("plans:year-wheel")
    calendar = (_("Calendar"), reverse("plans:dates"))
    return PageMetadata(
        title=_("The year wheel"),
        description=_("Meetings, consultations, money and dates of the published plans in a year."),
        path=path,
        is_found=is_found,
        things=[breadcrumbs(calendar, (_("The year wheel"), path))],
    )


def description(document: PlanDocument, standing: PlanStanding | None) -> str:
    """The plan in its own plain words; else what was decided, or what kind of plan it is."""
    head = document.head
    kind = capfirst(str(PlanKind(head.kind).label)) if head.kind in PlanKind.values else ""
    facts = {"kind": kind, "title": head.title, "body": head.body}
    said = _("%(kind)s: %(title)s. Responsible: %(body)s.") if head.body else "%(kind)s: %(title)s."
    decided = headline(standing) if standing else ""
    return shortened(head.proposal, f"{said % facts} {decided}")


def tables_of(slug: str) -> list[tuple[str, str]]:
    """The tables that tell what the page of a plan does."""
    path = reverse("plans:plan", args=[slug])
    return [
        (f"{path}procesplan", _("Process plan")),
        (f"{path}nye-datoer", _("New dates")),
        (f"{path}beslutninger", _("Decisions")),
    ]


def _legislation(page: dict[str, Any], path: str) -> dict[str, Any]:
    """A plan as schema.org knows it: what a public body has decided, or is about to."""
    document, standing = page["document"], page["standing"]
    head, this = document.head, page["this_version"]
    told = {
        "@type": "Legislation",
        "@id": absolute(path),
        "url": absolute(path),
        "name": head.title,
        "inLanguage": "da",
        "legislationType": str(PlanKind(head.kind).label) if head.kind in PlanKind.values else "",
        "legislationIdentifier": head.case_number,
        "version": this["number"],
        "datePublished": local_day(this["visible_from"]).isoformat(),
        "legislationJurisdiction": "DK",
    }
    if head.first_year:
        told["temporalCoverage"] = f"{head.first_year}/{head.last_year or '..'}"
    if head.body:
        told["legislationResponsible"] = authority(head.body)
    if standing and standing.adopted:
        told["legislationDate"] = standing.adopted.day.isoformat()
        if standing.adopted.body:
            told["legislationPassedBy"] = authority(standing.adopted.body)
    force = _FORCE.get(PublicState(standing.state)) if standing else None
    told["legislationLegalForce"] = f"https://schema.org/{_in_force(page, force)}"
    return {name: value for name, value in told.items() if value}


def _in_force(page: dict[str, Any], force: str | None) -> str:
    """An older version of a plan in force is not in force, nor is a draft of its revision."""
    is_newest = page.get("is_newest", True)
    is_adopted = page["document"].head.state == "adopted"
    return force if force and is_newest and is_adopted else "NotInForce"


def _meetings(document: PlanDocument, path: str) -> Iterator[dict[str, Any]]:
    """Meetings that everybody may come to, where day and place are known."""
    for line in document.process_plan.milestones:
        if line.kind in _EVENTS and line.when and line.when.is_exact and line.place:
            yield _event(line, path)


def _event(line: MilestoneLine, path: str) -> dict[str, Any]:
    assert line.when is not None
    cancelled = line.state == MilestoneState.CANCELLED
    begins = line.when.earliest.isoformat() if line.when.earliest else ""
    hour, _dot, minute = line.begins_at.partition(".")
    if hour.isdigit() and minute.isdigit():
        begins = f"{begins}T{int(hour):02}:{int(minute):02}"
    return {
        "@type": "Event",
        "name": line.title,
        "startDate": begins,
        "endDate": line.when.latest.isoformat() if line.when.latest else begins,
        "eventStatus": f"https://schema.org/Event{'Cancelled' if cancelled else 'Scheduled'}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": line.place, "address": line.place},
        "url": f"{absolute(path)}#{line.uid}",
    }


# --- what is to be found ---


def register_findable() -> None:
    """Called once, when the app is ready."""
    register_pages(_findable)


def _findable(at: dt.datetime) -> Iterator[Entry]:
    """The front page, the lists, and the page of every published plan. Each version but the newest
    is left out: it no longer applies, and says so itself."""
    rows = published(at=at).order_by("pk")
    newest = rows.aggregate(last=Max("visible_from"))["last"]
    yield reverse("plans:front"), newest
    yield reverse("plans:list"), newest
    yield reverse("plans:dates"), newest
    yield reverse("plans:year-wheel"), newest
    for slug, since in rows.values_list("plan__slug", "visible_from"):
        yield reverse("plans:plan", args=[slug]), since
