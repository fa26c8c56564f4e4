"""What every installation has: health, colours, accessibility statement, living components."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.core.models import Municipality, WorkerBeat

from ..colours import dark_palette, palette

# When our own accessibility statement was last gone through; older than a year, it is void.
STATEMENT_REVIEWED = dt.date(2026, 11, 22)
# Grows when the sheet of colours is made otherwise; templates/base.html names it in its address.
COLOURS_EDITION = 2
_YEAR = 365 * 24 * 3600
_FIVE_MINUTES = 300


@public
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Can this machine answer? 200 "ok" when the program runs and the database answers; for who
    shares the requests out among several, and for whoever looks after it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _said("database: silent", 503)
    return _said("ok")


@public
@require_safe
@never_cache
def worker_health(request: HttpRequest) -> HttpResponse:
    """Is a worker alive? A question of its own: without one mails and long documents wait, but
    every page is shown, so no machine is taken out for it."""
    try:
        silent = WorkerBeat.is_silent()
    except DatabaseError:
        return _said("database: silent", 503)
    return _said("worker: silent, mails wait", 503) if silent else _said("ok")


def _said(words: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")


@public
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the icon of what is no page of ours: the admin, a PDF, a feed."""
    return redirect(static("img/favicon.svg"))


@public
@require_safe
def colours(request: HttpRequest) -> HttpResponse:
    """The municipality's colour as custom properties.

    Pages name the colour in the address (``?v=0059b3-2``), so that it can be kept for a year.
    """
    accent = Municipality.current().accent_colour.lower()
    by_day, in_the_dark = (_properties(shades(accent)) for shades in (palette, dark_palette))
    sheet = f"{by_day}@media screen and (prefers-color-scheme: dark) {{\n{in_the_dark}}}\n"
    response = HttpResponse(sheet, content_type="text/css; charset=utf-8")
    edition = f"{accent[1:]}-{COLOURS_EDITION}"
    lasting = request.GET.get("v", "").lower() == edition
    patch_cache_control(response, public=True, max_age=_YEAR if lasting else _FIVE_MINUTES)
    response["ETag"] = quote_etag(edition)
    return get_conditional_response(request, response["ETag"], response=response) or response


def _properties(shades: dict[str, str]) -> str:
    lines = "".join(f"  --{name}: {value};\n" for name, value in shades.items())
    return f":root {{\n{lines}}}\n"


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: the municipality's own where it has one, else this page."""
    house = Municipality.current()
    if house.accessibility_statement:
        return redirect(house.accessibility_statement)
    context = {"reviewed": house.statement_reviewed_on or STATEMENT_REVIEWED}
    return render(request, "core/accessibility.html", context)


_STATES = [
    ("draft", "Udkast"),
    ("before_bodies", "Til politisk behandling"),
    ("in_consultation", "I høring"),
    ("after_consultation", "Efter høring"),
    ("adopted", "Vedtaget"),
    ("replaced", "Afløst"),
    ("repealed", "Ophævet"),
    ("expired", "Udløbet"),
    ("withdrawn", "Trukket tilbage"),
]


class _SampleForm(forms.Form):
    """One field of each sort, for the page of components."""

    title = forms.CharField(label="Titel", help_text="Som den står på planens forside.")
    text = forms.CharField(label="Resumé", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="Slags", choices=[("a", "Strategi"), ("b", "Rammeplan")])
    day = forms.DateField(label="Dato", help_text="For eksempel 22-12-2026.")
    agree = forms.BooleanField(label="Jeg har læst høringsmaterialet")
    who = forms.ChoiceField(
        label="Hvem svarer du for?",
        choices=[("me", "Mig selv"), ("them", "En forening")],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label="Emner",
        choices=[("1", "Bolig"), ("2", "Beskæftigelse")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    file = forms.FileField(label="Procesplan", help_text="Word eller PDF, højst 10 MB.")


@public
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component once, for eyes and tests; only where the program is being developed."""
    if not settings.DEBUG:
        raise Http404
    context = {
        "states": _STATES,
        "steps": [("Fil", "#"), ("Gennemse", "#"), ("Opret", "#")],
        "facts": [("Sagsnummer", "2026-001"), ("Udvalg", "Socialudvalget")],
        "page": Paginator(range(250), 25).page(5),
        "form": _SampleForm(),
        "faulty": _SampleForm({"title": "", "kind": "c"}, {}, auto_id="faulty_%s"),
    }
    return render(request, "core/components.html", context)
