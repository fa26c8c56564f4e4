"""A round's file given out, to whoever may read the round."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from kommuneplan.clock import local_day
from kommuneplan.core import virus_scanner
from kommuneplan.core.file_response import file_once

from .models import Round


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
