"""Addresses of the workbench: a round's responses looked through, split and answered."""

from django.urls import URLPattern, path

from consultations.addresses import ROUND

from .views import bench, keys

_BENCH = f"{ROUND}behandling/"

urlpatterns: list[URLPattern] = [
    path(_BENCH, bench.queue, name="workbench"),
    path(f"{_BENCH}stykke/", bench.live, name="workbench-live"),
    path(f"{_BENCH}taster/", keys.keys, name="workbench-keys"),
    path(f"{_BENCH}<int:number>/", bench.response, name="workbench-response"),
    path(f"{_BENCH}<int:number>/ligner/", bench.offers, name="workbench-offers"),
]
