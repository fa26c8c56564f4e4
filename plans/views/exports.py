"""What the public can take along: the process plan on paper, and its dates in a calendar."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Max, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.clock import local_day
from kommuneplan.core.models import Municipality
from kommuneplan.documents import docx, ical, pdf
from kommuneplan.documents.memo import Memo

from .. import document as doc
from .. import exports
from ..enums import CycleState
from ..models import FrozenMilestone, PlanVersion, Publication, Redaction
from ..public import moved_address, published

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KEPT = 24 * 60 * 60  # seconds in the cache; the key changes with all that the bytes depend on
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
    sealed = seal(*content_of(publication), form, issue, activity_first, template, house.version)

    def make() -> bytes:
        content = PlanVersion.objects.values_list("content", flat=True).get(
            pk=publication.version_id
        )
        memo = exports.memo_of(
            doc.from_json(content),
            issue=issue,
            municipality=house,
            activity_first=activity_first,
        )
        return pdf.render_memo(memo) if form == "pdf" else _word(memo, house)

    kind = "application/pdf" if form == "pdf" else WORD
    name = _("Process plan – %(title)s") % {"title": publication.version.title}
    return answer(request, sealed, make, kind, f"{file_name(name)}.{form}", form == "docx")


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
    sealed = seal(*content_of(publication), "ics", issue, home, house.version)

    def make() -> bytes:
        content = PlanVersion.objects.values_list("content", flat=True).get(
            pk=publication.version_id
        )
        return ical.render_calendar(
            exports.plan_calendar(
                doc.from_json(content), issue=issue, municipality=house, home=home
            )
        )

    return answer(request, sealed, make, "text/calendar; charset=utf-8", f"{slug}.ics", False)


@public
@require_safe
def calendar_all(request: HttpRequest) -> HttpResponseBase:
    """The dates of all plans as iCalendar: the last twelve months and what is to come."""
    at = request.arrived_at
    current = published(at=at)
    rows = current.values_list(
        "version_id", "plan__slug", "number", "visible_from", "version__title", "version__state"
    )
    issues = {
        version: exports.Issue(
            slug, number, since, title=title, withdrawn=state == CycleState.WITHDRAWN
        )
        for version, slug, number, since, title, state in rows.order_by("pk")
    }
    house = house_row()
    home = request.build_absolute_uri("/planer/")
    cut = local_day(at) - CALENDAR_LOOKS_BACK
    hidden = Redaction.objects.aggregate(last=Max("pk"))["last"]
    sealed = seal("all", cut, home, house.version, hidden, *issues.items())

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
            )
        )

    return answer(request, sealed, make, "text/calendar; charset=utf-8", "kalender.ics", False)


# Which publication, and what it is sealed by


def publication_of(request: HttpRequest, slug: str, number: int | None) -> Publication | None:
    """The current publication, or the one with a number; without the text itself."""
    at = request.arrived_at
    if number is None:
        rows = published(at=at)
    else:
        rows = Publication.objects.published(at=at).filter(
            plan__retired_at__isnull=True, number=number
        )
    wanted = rows.filter(plan__slug=slug).select_related("version", "plan")
    last = Redaction.objects.filter(plan=OuterRef("plan")).order_by("-pk").values("pk")[:1]
    wanted = wanted.annotate(hidden=Subquery(last))
    return wanted.defer("version__content", "version__search_text", "plan__search_text").first()


def content_of(publication: Any) -> tuple[str, int | None]:
    """What tells one content from another: the seal, and what was last hidden since."""
    return publication.version.digest, publication.hidden


def elsewhere(request: HttpRequest, slug: str) -> HttpResponse:
    """The same document at the plan's new address.

    Raises Http404 when there is none: what is not published does not exist.
    """
    moved = moved_address(slug, at=request.arrived_at)
    if moved is None:
        raise Http404
    here = request.resolver_match
    address = reverse(here.view_name, kwargs={**here.kwargs, "slug": moved})
    query = request.META.get("QUERY_STRING")
    return redirect(f"{address}?{query}" if query else address, permanent=True)


def issue_of(publication: Publication, at: dt.datetime) -> exports.Issue:
    """What papers tell of a publication at an instant."""
    replaced = publication.superseded_at
    return exports.Issue(
        slug=publication.plan.slug,
        number=publication.number or 0,
        visible_from=publication.visible_from,
        replaced_at=replaced if replaced and replaced <= at else None,
    )


def house_row() -> Municipality:
    """The municipality with its templates."""
    templates = ("memo_template", "plan_template")
    found = Municipality.objects.select_related(*templates).filter(pk=1).first()
    return found or Municipality.current()


def seal(*parts: object) -> str:
    """A short digest of all that the bytes depend on: ETag and cache key."""
    words = "\n".join(map(str, (settings.CODE_REVISION, *parts)))
    return hashlib.sha256(words.encode()).hexdigest()[:40]


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


def answer(
    request: HttpRequest,
    seal: str,
    make: Callable[[], bytes],
    content_type: str,
    name: str,
    attached: bool,
) -> HttpResponseBase:
    """304 when the visitor has it already; else the bytes, made at most once a day."""
    etag = quote_etag(seal)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        content = cache.get_or_set(f"export:{seal}", make, KEPT)
        response = HttpResponse(content, content_type=content_type)
        response["Content-Disposition"] = content_disposition_header(attached, name)
        response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = etag
    patch_cache_control(response, public=True, no_cache=True)
    return response


def file_name(name: str) -> str:
    """A name every system can store, without losing æ, ø and å."""
    safe = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e]', " ", name)
    return " ".join(safe.split())[:100].strip(" .") or "procesplan"
