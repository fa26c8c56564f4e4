"""What the public can take along: the process plan on paper, and its dates in a calendar."""

from __future__ import annotations

import datetime as dt
import logging

from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.clock import local_day
from kommuneplan.core.models import Municipality
from kommuneplan.documents import docx, ical, pdf
from kommuneplan.documents.memo import Memo
from plans import exports
from plans.document.told_dates import told_dates, told_version
from plans.enums import PublicState
from plans.models import FrozenMilestone, Publication, Redaction
from plans.public.publications import published
from plans.public.standing import SEAL, PlanStanding, standings, with_seal

from ..downloads import (
    WORD,
    answer,
    content_of,
    document_of,
    elsewhere,
    file_name,
    house_row,
    issue_of,
    not_found_again,
    publication_of,
    seal,
    standing_of,
    told_of,
)

CALENDAR_LOOKS_BACK = dt.timedelta(days=365)

logger = logging.getLogger(__name__)


@public
@require_safe
def memo_docx(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """The process plan as a Word memo; ``?orden=aktivitet`` turns the columns round."""
    return _memo(request, slug, number, "docx")


@public
@require_safe
def memo_pdf(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """The process plan as PDF."""
    return _memo(request, slug, number, "pdf")


def _memo(request: HttpRequest, slug: str, number: int | None, form: str) -> HttpResponseBase:
    publication = publication_of(request, slug, number)
    if publication is None:
        return elsewhere(request, slug)
    house = house_row()
    activity_first = request.GET.get("orden") == "aktivitet"
    issue = issue_of(publication, request.arrived_at)
    template = pdf.template_digest() if form == "pdf" else _word_digest(house)
    content = content_of(publication, number, request.arrived_at)
    sealed = seal(*content, form, issue, activity_first, template, house.version)

    def make() -> bytes:
        told = told_of(publication, number)
        memo = exports.memo_of(
            document_of(publication, told, request.arrived_at),
            issue=issue,
            municipality=house,
            activity_first=activity_first,
            standing=standing_of(publication, request.arrived_at),
        )
        return pdf.render_memo(memo) if form == "pdf" else _word(memo, house)

    kind = "application/pdf" if form == "pdf" else WORD
    name = _("Process plan – %(title)s") % {"title": publication.version.title}
    paper = answer(request, sealed, make, kind, f"{file_name(name)}.{form}", form == "docx")
    return not_found_again(paper, issue)


@public
@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The dates of one plan as iCalendar."""
    publication = publication_of(request, slug, None)
    if publication is None:
        return elsewhere(request, slug)
    house = house_row()
    issue = issue_of(publication, request.arrived_at)
    home = request.build_absolute_uri("/planer/")
    content = content_of(publication, None, request.arrived_at)
    sealed = seal(*content, "ics", issue, home, house.version)

    def make() -> bytes:
        told = told_of(publication, None)
        document = document_of(publication, told, request.arrived_at)
        return ical.render_calendar(
            exports.plan_calendar(
                document,
                issue=issue,
                municipality=house,
                home=home,
                told=told,
                standing=standing_of(publication, request.arrived_at),
            )
        )

    return answer(request, sealed, make, "text/calendar; charset=utf-8", f"{slug}.ics", False)


@public
@require_safe
def calendar_all(request: HttpRequest) -> HttpResponseBase:
    """The dates of all plans as iCalendar: the last twelve months and what is to come."""
    at = request.arrived_at
    current = published(at=at)
    rows = with_seal(current.with_sequence(), at=at).values_list(
        "version_id", "plan__slug", "version__public_number", "visible_from", "version__title",
        "sequence", told_version("plan"), *SEAL,
    )  # fmt: skip
    rows = list(rows.order_by("pk"))
    issues = {
        version: exports.Issue(
            slug, number, since, sequence, title=title, withdrawn=state == PublicState.WITHDRAWN
        )
        for version, slug, number, since, title, sequence, _told, state, *_more in rows
    }
    house = house_row()
    home = request.build_absolute_uri("/planer/")
    cut = local_day(at) - CALENDAR_LOOKS_BACK
    hidden = Redaction.objects.aggregate(last=Max("pk"))["last"]
    sealed = seal("all", cut, home, house.version, hidden, *rows)

    def make() -> bytes:
        # An open end ("fra 2015") is shown on its first day, so that day decides.
        recent = Q(sort_begin__gte=cut) | Q(sort_end__gte=cut, latest_end__isnull=False)
        wanted = FrozenMilestone.objects.filter(
            recent, version__in=current.values("version")
        ).order_by("sort_begin", "sort_end", "version", "position")
        return ical.render_calendar(
            exports.shared_calendar(
                wanted.exclude(precision="").iterator(2000),
                issues=issues,
                municipality=house,
                home=home,
                told=told_dates(current.values("plan")),
                standing=_by_version(standings(current, at=at), current),
            )
        )

    return answer(request, sealed, make, "text/calendar; charset=utf-8", "kalender.ics", False)


# Which publication, and what it is sealed by


def _by_version(
    by_plan: dict[int, PlanStanding], current: QuerySet[Publication]
) -> dict[int, PlanStanding]:
    pairs = current.values_list("version_id", "plan_id")
    return {version: by_plan[plan] for version, plan in pairs if plan in by_plan}


def _word_digest(house: Municipality) -> str:
    return house.memo_template.sha256 if house.memo_template else docx.own_template_digest()


def _word(memo: Memo, house: Municipality) -> bytes:
    """In the municipality's template; in our own, with a line in the log, where that fails."""
    if house.memo_template:
        try:
            with house.memo_template.content.open("rb") as stored:
                return docx.render_memo(memo, stored.read())
        except Exception:  # whatever is wrong with it, the visitor shall not pay for it
            logger.exception("the municipality's memo template cannot be used")
    return docx.render_memo(memo)


# The answer
