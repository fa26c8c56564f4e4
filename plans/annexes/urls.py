"""Addresses of annexes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
