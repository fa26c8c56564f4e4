"""The answer to the editor that asks what to make of a paste."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string

from plans.readers.files.source import RefusedFile

from .pasting import read_paste


def paste_answer(request: HttpRequest, *, letter: bool = False) -> JsonResponse:
    """HTML to put in, and what is to be said; or why not, and then the editor puts it in by
    itself."""
    home = request.build_absolute_uri("/")
    try:
        pasted = read_paste(request.POST.get("html", ""), home=home, letter=letter)
    except RefusedFile as refused:
        return JsonResponse({"refused": str(refused)}, status=422)
    said = render_to_string("plans/text_import/pasted.txt", {"pasted": pasted}, request)
    return JsonResponse({"html": pasted.html, "said": " ".join(said.split())})
