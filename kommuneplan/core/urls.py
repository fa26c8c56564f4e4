"""Addresses of the account: signing in and out."""

from django.urls import URLPattern

app_name = "account"

urlpatterns: list[URLPattern] = []
