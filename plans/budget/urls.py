"""Addresses of the steps of a plan's money."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from . import views

_STEP = f"{PLAN}oekonomi/<uuid:uid>/"

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}oekonomi/nyt-trin/", views.add, name="budget-add"),
    path(_STEP, views.edit, name="budget-step"),
    path(f"{_STEP}slet/", views.delete, name="budget-delete"),
]
