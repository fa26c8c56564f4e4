"""The images of texts: their bytes, for those who may see them, and taking one in."""

from __future__ import annotations

import logging
import uuid

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kommuneplan.access import public_first, signed_in
from kommuneplan.core.accounts.second_factor import is_missing
from plans.models import SectionImage

from ..actions.images import ImageRefused, keep_image
from ..forms.images import ImageForm
from ..image_bytes import POLICY, PRIVATE
from .outline import section_to_write

logger = logging.getLogger(__name__)

# A day: an address never leads to another image, but a publication can be withdrawn.
PUBLIC = "public, max-age=86400, immutable"


@public_first
@require_safe
def image(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The bytes of an image: of what is published to everybody; else to those who may read a
    version it is in, or work with its plan. For all others it does not exist, and a digest they
    guessed is not compared with anything."""
    rows = SectionImage.objects.select_related("file")
    found = rows.published(at=request.arrived_at).filter(uid=uid).first()
    if found:
        return _bytes(request, found, PUBLIC)
    found = rows.readable_by(request.user, at=request.arrived_at).filter(uid=uid).first()
    if found is None or is_missing(request):
        raise Http404("no such image")
    return _bytes(request, found, PRIVATE)


def _bytes(request: HttpRequest, image: SectionImage, caching: str) -> HttpResponseBase:
    etag = f'"{image.sha256}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            content = image.file.content.open("rb")
        except FileNotFoundError:
            logger.error("the file of image %s is missing", image.uid)
            raise Http404("the file is missing") from None
        response = FileResponse(content, content_type=image.file.content_type)
        extension = image.file.name.rpartition(".")[2]
        response["Content-Disposition"] = f'inline; filename="billede.{extension}"'
    response["ETag"] = etag
    response["Cache-Control"] = caching
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """Take an image in: asked by the editor (JSON), or a page of its own without JavaScript,
    which then says what to write in the text."""
    plan, row = section_to_write(request, slug, section)
    asked_by_editor = request.headers.get("Accept") == "application/json"
    form = ImageForm(request.POST or None, request.FILES or None)
    kept = None
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_image(plan=plan, by=request.user, **form.upload)
        except ImageRefused as refused:
            form.add_error("file", str(refused))
    if asked_by_editor and request.method == "POST":
        if kept is None:
            return JsonResponse({"errors": form.errors}, status=422)
        return JsonResponse({"src": kept.src, "alt": form.cleaned_data["alt"]})
    context = {"plan": plan, "section": row, "form": form, "kept": kept, "here": _("Add an image")}
    if kept is not None:
        alt = form.cleaned_data["alt"]
        context |= {"form": ImageForm(), "alt": alt, "written": f"![{alt}]({kept.src})"}
    status = 422 if request.method == "POST" and kept is None else 200
    return render(request, "plans/text/image.html", context, status=status)
