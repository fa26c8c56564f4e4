"""How a file is given out: to be stored by its reader, never shown in the browser or taken for a
page. Whoever asks for it is let in before; what they know of it opens nothing.
"""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from .models import StoredFile

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
