"""Addresses of agenda papers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
