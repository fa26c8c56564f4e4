"""Addresses of the room of responses."""

from django.urls import URLPattern, path

from consultations.addresses import ROUND

from .views import annexes, responses, reviewing

_RESPONSES = f"{ROUND}svar/"
_RESPONSE = f"{_RESPONSES}<int:number>/"
_ANNEX = f"{_RESPONSE}bilag/<uuid:annex>/"

urlpatterns: list[URLPattern] = [
    path(_RESPONSES, responses.responses, name="responses"),
    path(f"{_RESPONSES}aabnet/", responses.reads, name="response-reads"),
    path(f"{_RESPONSES}frigiv/", reviewing.clear_all, name="response-clear-all"),
    path(_RESPONSE, responses.response, name="response"),
    path(f"{_RESPONSE}aabn/", responses.open_original, name="response-open"),
    path(f"{_RESPONSE}fund/", reviewing.findings, name="response-findings"),
    path(f"{_RESPONSE}fjern/", reviewing.passage, name="response-passage"),
    path(f"{_RESPONSE}fjern/<uuid:redaction>/", reviewing.lift, name="response-lift"),
    path(f"{_RESPONSE}frigiv/", reviewing.clear, name="response-clear"),
    path(f"{_RESPONSE}skjul/", reviewing.hide, name="response-hide"),
    path(f"{_RESPONSE}frist/", reviewing.late, name="response-late"),
    path(_ANNEX, annexes.annex, name="response-annex"),
    path(f"{_ANNEX}hent/", annexes.fetch, name="response-annex-fetch"),
]
