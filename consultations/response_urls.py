"""Addresses of the room of responses, and of what everybody reads of them."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import annexes, clearing, published, responses

_RESPONSES = "arbejde/planer/<slug:slug>/hoeringer/<uuid:uid>/svar/"
_RESPONSE = f"{_RESPONSES}<int:number>/"
_ANNEX = f"{_RESPONSE}bilag/<uuid:annex>/"
response_addresses: list[URLPattern] = [
    path(_RESPONSES, responses.responses, name="responses"),
    path(f"{_RESPONSES}registrer/", responses.register, name="response-register"),
    path(f"{_RESPONSES}aabnet/", responses.reads, name="response-reads"),
    path(f"{_RESPONSES}frigiv/", clearing.clear_all, name="response-clear-all"),
    path(_RESPONSE, responses.response, name="response"),
    path(f"{_RESPONSE}aabn/", responses.open_original, name="response-open"),
    path(f"{_RESPONSE}fund/", clearing.findings, name="response-findings"),
    path(f"{_RESPONSE}fjern/", clearing.passage, name="response-passage"),
    path(f"{_RESPONSE}fjern/<uuid:redaction>/", clearing.lift, name="response-lift"),
    path(f"{_RESPONSE}frigiv/", clearing.clear, name="response-clear"),
    path(f"{_RESPONSE}skjul/", clearing.hide, name="response-hide"),
    path(f"{_RESPONSE}frist/", clearing.late, name="response-late"),
    path(_ANNEX, annexes.annex, name="response-annex"),
    path(f"{_ANNEX}hent/", annexes.fetch, name="response-annex-fetch"),
    # As everybody reads it.
    path("hoeringer/<slug:slug>/svar/<int:number>/", published.response, name="response-shown"),
    path(
        "hoeringer/<slug:slug>/svar/<int:number>/bilag/<uuid:annex>/",
        published.annex,
        name="response-annex-shown",
    ),
]
