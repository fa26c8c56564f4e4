"""Addresses of what everybody reads of rounds and responses."""

from django.urls import URLPattern, path

from .views import responses, rounds

urlpatterns: list[URLPattern] = [
    path("hoeringer/", rounds.hearings, name="hearings"),
    path("hoeringer/<slug:slug>/", rounds.hearing, name="hearing"),
    path("hoeringer/<slug:slug>/materiale/<uuid:uid>/", rounds.material, name="hearing-material"),
    path("hoeringer/<slug:slug>/svar/<int:number>/", responses.response, name="response-shown"),
    path(
        "hoeringer/<slug:slug>/svar/<int:number>/bilag/<uuid:annex>/",
        responses.annex,
        name="response-annex-shown",
    ),
]
