"""Addresses of the year wheel."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("aarshjul/", views.year_wheel, name="year-wheel"),
    path("arbejde/aarshjul/", views.work_wheel, name="work-wheel"),
]
