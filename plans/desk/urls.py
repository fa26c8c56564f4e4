"""Addresses of the desk."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("arbejde/", views.desk, name="desk"),
    path("arbejde/set/", views.seen, name="desk-seen"),
    path("arbejde/gennemfoert/<uuid:uid>/", views.tick, name="desk-tick"),
]
