"""How documents and calendars are handed out: names, caching, a seal to revalidate by."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, quote_etag

from kommuneplan.clock import local_day
from kommuneplan.core.models import Municipality
from plans import exports
from plans.document import plan_document as doc
from plans.document.told_dates import (
    ToldDates,
    as_given_up,
    told_dates,
    told_otherwise,
    told_version,
    with_told_dates,
)
from plans.enums import PublicState
from plans.models import PlanVersion, Publication, Redaction
from plans.public.gone import gone
from plans.public.publications import moved_address, number_now, published
from plans.public.standing import (
    PlanStanding,
    seal_of,
    standing_of_version,
    standings,
    with_seal,
)
from plans.public.treated import is_treated
from plans.text import image_bytes

logger = logging.getLogger(__name__)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


KEPT = 24 * 60 * 60  # seconds in the cache; the key changes with all that the bytes depend on


def publication_of(request: HttpRequest, slug: str, number: int | None) -> Publication | None:
    """The current publication, or the last one of the version with a number; without the text
    itself."""
    at = request.arrived_at
    if number is None:
        rows = published(at=at)
    else:
        rows = Publication.objects.published(at=at).filter(
            plan__retired_at__isnull=True, version__public_number=number
        )
    wanted = with_seal(rows.filter(plan__slug=slug), at=at).select_related("version", "plan")
    wanted = wanted.newest_first()
    last = Redaction.objects.filter(plan=OuterRef("plan")).order_by("-pk").values("pk")[:1]
    wanted = wanted.with_sequence().annotate(
        hidden=Subquery(last), told=told_version("plan"), is_treated=is_treated()
    )
    return wanted.defer("version__content", "version__search_text", "plan__search_text").first()


def content_of(publication: Any, number: int | None, at: dt.datetime) -> tuple[object, ...]:
    """What tells one content from another: the seal, what was last hidden since, where the plan
    stands, and of the plan
    as it is now (no ``number``) what rounds say of its consultations, and the day they are over."""
    sealed = (publication.version.digest, publication.hidden, *seal_of(publication))
    if number is not None or publication.told is None:
        return sealed
    return *sealed, publication.told, local_day(at)


def told_of(publication: Any, number: int | None) -> ToldDates:
    """What is told of the consultations of a publication's plan: nothing where the publication
    was asked for by its number, since it then shows what it said."""
    if number is not None or publication.told is None:
        return {}
    return told_dates([publication.plan_id])


def standing_of(publication: Publication, at: dt.datetime) -> PlanStanding:
    """Where its plan stands, and what this publication is to it."""
    rows = Publication.objects.filter(pk=publication.pk)
    return standings(rows, at=at)[publication.plan_id]


def document_of(publication: Any, told: ToldDates, at: dt.datetime) -> doc.PlanDocument:
    """The document of a publication, with its consultations as they are told at an instant."""
    rows = PlanVersion.objects.values_list("content", flat=True)
    document = doc.from_json(rows.get(pk=publication.version_id))
    document = with_told_dates(document, told, on=local_day(at))
    withdrawn = publication.public_state == PublicState.WITHDRAWN
    return as_given_up(document) if withdrawn else document


def elsewhere(request: HttpRequest, slug: str) -> HttpResponse:
    """The same document at the plan's new address or at the one number of its version, or the page
    saying that it was taken back.

    Raises Http404 when there never was any: what is not published does not exist.
    """
    number = request.resolver_match.kwargs.get("number")
    taken_back = gone(slug, number, at=request.arrived_at)
    if taken_back is not None:
        return taken_back
    here = request.resolver_match
    moved = _numbered(request, slug, here.kwargs.get("number"))
    if not moved and (other := moved_address(slug, at=request.arrived_at)):
        moved = {"slug": other}
    if not moved:
        raise Http404
    address = reverse(here.view_name, kwargs={**here.kwargs, **moved})
    query = request.META.get("QUERY_STRING")
    return redirect(f"{address}?{query}" if query else address, permanent=True)


def _numbered(request: HttpRequest, slug: str, former: int | None) -> dict[str, int]:
    """The number of the version that was once numbered so as well."""
    if former is None:
        return {}
    number = number_now(slug, former, at=request.arrived_at)
    return {"number": number} if number else {}


def issue_of(publication: Any, at: dt.datetime) -> exports.Issue:
    """What papers tell of a publication, with its ``sequence``, at an instant."""
    replaced = publication.superseded_at
    return exports.Issue(
        slug=publication.plan.slug,
        number=publication.number or 0,
        sequence=publication.sequence or 0,
        visible_from=publication.visible_from,
        replaced_at=replaced if replaced and replaced <= at else None,
        link=exports.version_address(publication.plan.slug, publication.number),
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


def not_found_again(answer: HttpResponseBase, issue: exports.Issue) -> HttpResponseBase:
    """A paper of a version that no longer applies is not listed by search engines."""
    if issue.replaced_at:
        answer["X-Robots-Tag"] = "noindex"
    return answer


def file_name(name: str) -> str:
    """A name every system can store, without losing æ, ø and å."""
    safe = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e]', " ", name)
    return " ".join(safe.split())[:100].strip(" .") or "procesplan"


def version_paper(request: HttpRequest, version: PlanVersion, form: str) -> HttpResponse:
    """A version on paper for a reader who may read it; never kept. Inside it says what it was
    frozen with; on its cover where the plan stands now, and when its consultations are."""
    at = request.arrived_at
    out = Publication.objects.published(at=at).filter(version=version)
    publication = out.with_sequence().select_related("plan", "version").newest_first().first()
    standing = standing_of_version(version, at=at)
    if publication:
        said = exports.published_paper(issue_of(publication, at), standing)
    else:
        said = exports.frozen_paper(version, standing)
    document = doc.from_json(version.content)
    told = told_otherwise(document, told_dates([version.plan_id]), on=local_day(at))
    make = partial(
        paper,
        form,
        document,
        said=exports.with_present_dates(said, told),
        house=house_row(),
        images=image_bytes.of_version(version),
        home=request.build_absolute_uri("/"),
    )
    return private_download(make, form, f"{version.title} ({said.mark or said.issue})")


def paper(
    form: str,
    document: doc.PlanDocument,
    *,
    said: exports.Paper,
    house: Municipality,
    images: Callable[[str], bytes | None],
    home: str,
) -> bytes:
    """The bytes of a plan as ``docx`` or ``pdf``: in the municipality's template; in our own, with
    a line in the log, where that fails."""
    about = {"paper": said, "municipality": house, "pictures": images, "home": home}
    if form == "pdf":
        return exports.whole_pdf(document, **about)
    if house.plan_template:
        try:
            with house.plan_template.content.open("rb") as stored:
                return exports.whole_docx(document, template=stored.read(), **about)
        except Exception:  # whatever is wrong with it, the reader shall not pay for it
            logger.exception("the municipality's template for plans cannot be used")
    return exports.whole_docx(document, **about)


def private_download(make: Callable[[], bytes], form: str, name: str) -> HttpResponse:
    """The answer to one person; nobody else gets it from a cache."""
    response = HttpResponse(make(), content_type=WORD if form == "docx" else PDF)
    response["Content-Disposition"] = content_disposition_header(
        form == "docx", f"{file_name(name)}.{form}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
