"""Addresses of papers for agendas."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from . import views

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}sagsfremstilling/", views.papers, name="agenda-papers"),
]
