"""Addresses of a process plan from a file."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("arbejde/import/", views.start, name="import-start"),
    path("arbejde/import/<uuid:uid>/", views.look_through, name="import"),
    path("arbejde/import/<uuid:uid>/kasser/", views.discard, name="import-discard"),
]
