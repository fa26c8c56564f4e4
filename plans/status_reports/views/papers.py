"""A status report as Word and PDF: for everybody once it is published, before that for those who
work with it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from kommuneplan.access import public, signed_in
from kommuneplan.core.mail.actions import absolute
from kommuneplan.core.models import Municipality
from plans.exports.downloads import PDF, WORD, answer, file_name, private_download, seal

from .. import paper, public_page
from ..actions import sending
from ..frozen import FrozenReport
from .reports import report_to_see


def _house() -> Municipality:
    found = Municipality.objects.select_related("status_template").filter(pk=1).first()
    return found or Municipality.current()


def _bytes(
    form: str, frozen: FrozenReport, house: Municipality, *, is_sent: bool, link: str, home: str
) -> bytes:
    whole = paper.whole_of(frozen, municipality=house, is_sent=is_sent, home=home, link=link)
    return paper.as_pdf(whole) if form == "pdf" else paper.as_word(whole, house)


@public
@require_safe
def published(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponseBase:
    """The newest published edition of a report."""
    shown = public_page.report_page(slug, number, None, at=request.arrived_at)
    if shown is None:
        raise Http404
    frozen, house = shown["frozen"], _house()
    link = absolute(reverse("plans:report-edition", args=[slug, number, frozen.edition]))
    home = request.build_absolute_uri("/")
    make = partial(_bytes, form, frozen, house, is_sent=True, link=link, home=home)
    key = seal(
        shown["report"].digest, form, link, paper.template_digest(form, house), house.version
    )
    kind = PDF if form == "pdf" else WORD
    name = f"{file_name(frozen.title)}.{form}"
    return answer(request, key, make, kind, name, form == "docx")


@signed_in
@require_safe
def of_work(request: HttpRequest, slug: str, uid: Any, form: str) -> HttpResponse:
    """A report as it was sent, or as it is being written."""
    _plan, row = report_to_see(request, slug, uid)
    if row.is_planned:
        raise Http404
    make = partial(
        _bytes,
        form,
        sending.frozen_of(row),
        _house(),
        is_sent=row.is_frozen,
        link="",
        home=request.build_absolute_uri("/"),
    )
    return private_download(make, form, row.title)
