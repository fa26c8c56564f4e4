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
from django.utils.text import capfirst

from kommuneplan.core.models import Municipality
from plans import exports
from plans.document import plan_document as doc
from plans.enums import Stage
from plans.models import PlanVersion, Publication, Redaction
from plans.public.gone import gone
from plans.public.publications import moved_address, published
from plans.text import image_bytes

logger = logging.getLogger(__name__)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


KEPT = 24 * 60 * 60  # seconds in the cache; the key changes with all that the bytes depend on


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
    """The same document at the plan's new address, or the page saying that it was taken back.

    Raises Http404 when there never was any: what is not published does not exist.
    """
    number = request.resolver_match.kwargs.get("number")
    taken_back = gone(slug, number, at=request.arrived_at)
    if taken_back is not None:
        return taken_back
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


def version_paper(request: HttpRequest, version: PlanVersion, form: str) -> HttpResponse:
    """A version on paper for a reader who may read it; never kept."""
    out = Publication.objects.published(at=request.arrived_at).filter(version=version)
    publication = out.select_related("plan").order_by("-number").first()
    if publication:
        said = exports.published_paper(issue_of(publication, request.arrived_at))
    else:
        stage = capfirst(str(Stage(version.stage).label))
        said = exports.frozen_paper(stage, version.frozen_at)
    make = partial(
        paper,
        form,
        doc.from_json(version.content),
        said=said,
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
