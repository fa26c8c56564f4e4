"""Addresses of plans: public ones in Danish, lasting for ever, and the workspace's."""

from django.urls import URLPattern

app_name = "plans"

public_addresses: list[URLPattern] = []

work_addresses: list[URLPattern] = []

urlpatterns = [*public_addresses, *work_addresses]
