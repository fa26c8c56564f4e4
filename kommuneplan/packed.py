"""Every text that is sent is compressed: a page is a fifth of its letters, on a telephone at once.

Pages of the public are kept compressed (``kommuneplan/core/site/page_cache.py``) and style sheets
lie compressed on the disk; this is for all the others. Those may hold something secret beside words
that somebody else has chosen, and how well the two compress together would tell of it (BREACH):
Django adds up to a hundred bytes by chance to each answer, and masks the token of a form anew.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")


class PackedMiddleware(GZipMiddleware):
    """Django's, for texts alone: a PDF, an image or a document of Word is compressed already."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress what is text, and is not sent piece by piece."""
        if response.streaming or not response.get("Content-Type", "").startswith(_TEXTS):
            return response
        return super().process_response(request, response)
