"""Addresses of title, people, place in the structure."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from .views import head, people, structure

urlpatterns: list[URLPattern] = [
    path("arbejde/ny-plan/", structure.new_plan, name="plan-new"),
    path(f"{PLAN}struktur/", structure.place, name="structure"),
    path(f"{PLAN}personer/", people.people, name="people"),
    path(f"{PLAN}personer/ny/", people.add, name="people-add"),
    path(f"{PLAN}personer/afslut/", people.end, name="people-end"),
    path(f"{PLAN}oplysninger/", head.head, name="head"),
]
