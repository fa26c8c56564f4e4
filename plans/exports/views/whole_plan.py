"""Whole plans to take along, as Word and PDF: what is published, for everybody; what is frozen or
being written, for those who work with it."""

from __future__ import annotations

import logging
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommuneplan.access import public, signed_in
from kommuneplan.core.models import Municipality
from kommuneplan.documents import whole_pdf
from plans import exports
from plans.access import plan_to_edit, plan_to_write
from plans.document.building import gather_draft
from plans.public.treated import treated_of
from plans.text import image_bytes

from ..downloads import (
    PDF,
    WORD,
    answer,
    content_of,
    document_of,
    elsewhere,
    file_name,
    house_row,
    issue_of,
    not_found_again,
    paper,
    private_download,
    publication_of,
    seal,
    standing_of,
    told_of,
    version_paper,
)

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
    content = content_of(publication, number, request.arrived_at)
    told = number is None and publication.is_treated
    treated = treated_of(publication.plan_id) if told else ()
    sealed = seal("whole", *content, form, issue, template, house.version, home, treated)

    def make() -> bytes:
        told = told_of(publication, number)
        return paper(
            form,
            document_of(publication, told, request.arrived_at),
            said=exports.published_paper(
                issue, standing_of(publication, request.arrived_at), treated
            ),
            house=house,
            images=image_bytes.of_version(publication.version_id),
            home=home,
        )

    kind = WORD if form == "docx" else PDF
    name = f"{file_name(publication.version.title)}.{form}"
    return not_found_again(answer(request, sealed, make, kind, name, form == "docx"), issue)


@signed_in
@require_safe
def frozen(request: HttpRequest, slug: str, key: UUID | int, form: str) -> HttpResponse:
    """A frozen version, published or not, for those who work with the plan."""
    plan = plan_to_edit(request, slug)
    version = get_object_or_404(plan.versions.at(key))
    return version_paper(request, version, form)


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
    return private_download(make, form, f"{plan.title} ({_('draft')})")


def _template_digest(house: Municipality, form: str) -> str:
    if form == "pdf":
        return whole_pdf.template_digest()
    if house.plan_template:
        return str(house.plan_template.sha256)
    from kommuneplan.documents.whole_docx import own_template_digest  # slow to load

    return own_template_digest()
