"""Addresses of plans: public ones in Danish, lasting for ever, and the workspace's."""

from django.urls import URLPattern, path

from .views import front

app_name = "plans"

public_addresses: list[URLPattern] = [
    path("", front.front, name="front"),
    path("planer/", front.plan_list, name="list"),
    path("kalender/", front.dates, name="dates"),
]

work_addresses: list[URLPattern] = []

urlpatterns = [*public_addresses, *work_addresses]
