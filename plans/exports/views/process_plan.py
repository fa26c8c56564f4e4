"""What the public can take along: the process plan on paper, and its dates in a calendar."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.core.models import Municipality
from kommuneplan.documents import docx, pdf
from kommuneplan.documents.memo import Memo
from plans import exports

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
