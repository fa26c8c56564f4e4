"""Addresses of annexes."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from .views import reading, work

_ANNEX = f"{PLAN}bilag/<uuid:uid>/"

urlpatterns: list[URLPattern] = [
    path("planer/<slug:slug>/bilag/<uuid:uid>/", reading.published, name="public-annex"),
    path(
        "planer/<slug:slug>/versioner/<int:number>/bilag/<uuid:uid>/",
        reading.in_version,
        name="version-annex",
    ),
    path("arbejde/bilag/<uuid:key>/<uuid:uid>/", reading.of_version, name="annex-of-version"),
    path(f"{PLAN}bilag/", work.annexes, name="annexes"),
    path(f"{PLAN}bilag/nyt/", work.add, name="annex-add"),
    path(_ANNEX, work.edit, name="annex"),
    path(f"{_ANNEX}fil/", work.replace, name="annex-file"),
    path(f"{_ANNEX}fil/<int:number>/", work.edition, name="annex-edition"),
    path(f"{_ANNEX}fund/", work.found, name="annex-found"),
    path(f"{_ANNEX}beskrivelse/", work.effort, name="annex-effort"),
    path(f"{_ANNEX}flyt/", work.move, name="annex-move"),
    path(f"{_ANNEX}tag-ud/", work.retire, name="annex-retire"),
    path(f"{_ANNEX}saet-ind/", work.restore, name="annex-restore"),
]
