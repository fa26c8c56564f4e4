"""A theory of change to take along, as Word and PDF: what is published, for everybody; as it
stands, with what is internal, for those who write it."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommuneplan.access import public, signed_in
from plans import exports
from plans.document.building import gather_head
from plans.document.plan_document import PlanDocument
from plans.exports.downloads import (
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
)
from plans.exports.whole import no_pictures

from ..access import plan_of_chain
from ..page import effect_table
from ..paper import alone
from ..part import KEY


@public
@require_safe
def published(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The theory of change that is published now."""
    publication = publication_of(request, slug, None)
    if publication is None:
        return elsewhere(request, slug)
    document = document_of(publication, {}, request.arrived_at)
    if not document.more.get(KEY):
        raise Http404("nothing of it is published")
    house, issue = house_row(), issue_of(publication, request.arrived_at)
    home = request.build_absolute_uri("/")
    template = house.plan_template.sha256 if form == "docx" and house.plan_template else ""
    content = content_of(publication, 0, request.arrived_at)
    sealed = seal(KEY, *content, form, issue, template, house.version, home)
    make = partial(
        paper,
        form,
        alone(document),
        said=exports.published_paper(issue, standing_of(publication, request.arrived_at)),
        house=house,
        images=no_pictures,
        home=home,
    )
    kind = WORD if form == "docx" else PDF
    name = _("Theory of change: %(title)s") % {"title": publication.version.title}
    made = answer(request, sealed, make, kind, f"{file_name(name)}.{form}", form == "docx")
    return not_found_again(made, issue)


@signed_in
@require_safe
def live(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """As it stands, with what is internal."""
    plan = plan_of_chain(request, slug)
    chain = effect_table(plan, user=request.user).chain
    if not chain:
        raise Http404("there is nothing of it")
    document = PlanDocument(gather_head(plan, plan.shown_cycle), more={KEY: chain})
    make = partial(
        paper,
        form,
        alone(document),
        said=exports.draft_paper(request.arrived_at),
        house=house_row(),
        images=no_pictures,
        home=request.build_absolute_uri("/"),
    )
    name = _("Theory of change: %(title)s") % {"title": plan.title}
    return private_download(make, form, f"{name} ({_('draft')})")
