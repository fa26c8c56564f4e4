"""Whole plans to take along, as Word and PDF: what is published, for everybody; what is frozen or
being written, for those who work with it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommuneplan.access import public, signed_in
from kommuneplan.core.models import Municipality
from kommuneplan.documents import whole_pdf
from plans import exports
from plans.access import plan_to_edit, plan_to_write
from plans.document import plan_document as doc
from plans.document.building import gather_draft
from plans.enums import Stage
from plans.models import PlanVersion, Publication
from plans.text import image_bytes

from ..downloads import (
    WORD,
    answer,
    content_of,
    elsewhere,
    file_name,
    house_row,
    issue_of,
    publication_of,
    seal,
)

PDF = "application/pdf"

logger = logging.getLogger(__name__)


@public
@require_safe
def published(
    request: HttpRequest, slug: str, form: str, number: int | None = None
) -> HttpResponseBase:
    """The whole plan as it is published now, or the publication with a number."""
    publication = publication_of(request, slug, number)
    if publication is None:
        return elsewhere(request, slug)
    house, issue = house_row(), issue_of(publication, request.arrived_at)
    home = request.build_absolute_uri("/")
    template = _template_digest(house, form)
    sealed = seal("whole", *content_of(publication), form, issue, template, house.version, home)

    def make() -> bytes:
        content = PlanVersion.objects.values_list("content", flat=True).get(
            pk=publication.version_id
        )
        return paper(
            form,
            doc.from_json(content),
            said=exports.published_paper(issue),
            house=house,
            images=image_bytes.of_version(publication.version_id),
            home=home,
        )

    kind = WORD if form == "docx" else PDF
    name = f"{file_name(publication.version.title)}.{form}"
    return answer(request, sealed, make, kind, name, form == "docx")


@signed_in
@require_safe
def frozen(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """A frozen version, published or not, for those who work with the plan."""
    plan = plan_to_edit(request, slug)
    version = get_object_or_404(plan.versions, number=number)
    return version_paper(request, version, form)


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
    return _own(make, form, f"{version.title} ({said.mark or said.issue})")


@signed_in
@require_safe
def draft(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The text as it is being written, internal sections too, for those who write it."""
    plan = plan_to_write(request, slug)
    document, internal = gather_draft(plan)
    make = partial(
        paper,
        form,
        document,
        said=exports.draft_paper(request.arrived_at, internal),
        house=house_row(),
        images=image_bytes.of_plan(plan),
        home=request.build_absolute_uri("/"),
    )
    return _own(make, form, f"{plan.title} ({_('draft')})")


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


def _own(make: Callable[[], bytes], form: str, name: str) -> HttpResponse:
    """The answer to one person; nobody else gets it from a cache."""
    response = HttpResponse(make(), content_type=WORD if form == "docx" else PDF)
    response["Content-Disposition"] = content_disposition_header(
        form == "docx", f"{file_name(name)}.{form}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _template_digest(house: Municipality, form: str) -> str:
    if form == "pdf":
        return whole_pdf.template_digest()
    if house.plan_template:
        return str(house.plan_template.sha256)
    from kommuneplan.documents.whole_docx import own_template_digest  # slow to load

    return own_template_digest()
