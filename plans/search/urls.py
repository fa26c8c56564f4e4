"""The address of the search in the workspace."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [path("arbejde/soeg/", views.search, name="search")]
