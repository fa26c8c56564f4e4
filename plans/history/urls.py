"""Addresses of who changed what, when and why."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from . import views

_THING = f"{PLAN}historik/<slug:kind>/<uuid:uid>/"

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}historik/", views.history, name="history"),
    path(f"{PLAN}historik/historik.xlsx", views.as_xlsx, name="history-xlsx"),
    path(f"{PLAN}historik/historik.json", views.as_json, name="history-json"),
    path(_THING, views.of_thing, name="history-thing"),
    path(f"{_THING}<int:number>/", views.one_state, name="history-state"),
    path(f"{_THING}<int:number>/gendan/", views.put_back, name="history-put-back"),
]
