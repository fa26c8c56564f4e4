"""Addresses of year wheel."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
