"""How a file is given out: to be stored by its reader, never shown in the browser or taken for a
page. Whoever asks for it is let in before; what they know of it opens nothing.
"""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response

from kommuneplan.clock import local_day
from kommuneplan.core import virus_scanner
from kommuneplan.core.models import StoredFile

from .models import Round

POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def file_answer(file: StoredFile) -> HttpResponseBase:
    """A file that this reader gets."""
    return _guarded(
        FileResponse(
            file.content.open("rb"),
            as_attachment=True,
            filename=file.name,
            content_type=file.content_type,
        )
    )


def file_once(request: HttpRequest, file: StoredFile, *, caching: str) -> HttpResponseBase:
    """The same, sent only where the browser has not got it already; ``caching``: for how long it
    need not ask. The digest is compared once it is known that the reader may have the file."""
    etag = f'"{file.sha256}"'
    known: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    answer = file_answer(file) if known is None else _guarded(known)
    answer["ETag"] = etag
    answer["Cache-Control"] = caching
    return answer


def _guarded(answer: HttpResponseBase) -> HttpResponseBase:
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    return answer


def material_bytes(request: HttpRequest, round: Round, uid: str) -> HttpResponseBase:
    """The bytes of a round's file, to be saved and never shown by the browser itself. Whoever asks
    may read the round; a digest that somebody guessed is compared only after that. One that was
    taken out says so (410)."""
    material = get_object_or_404(round.materials.select_related("file"), uid=uid)
    if material.retired_at is not None:
        context = {"round": round, "day": local_day(material.retired_at)}
        return render(request, "consultations/rounds/material_gone.html", context, status=410)
    file = material.file
    if file.scan_state not in virus_scanner.safe_states():
        raise Http404
    return file_once(request, file, caching="private, no-cache")
