"""Addresses of what everybody reads."""

from django.urls import URLPattern, path

from .views import front, plan

urlpatterns: list[URLPattern] = [
    path("", front.front, name="front"),
    path("planer/", front.plan_list, name="list"),
    path("kalender/", front.dates, name="dates"),
    path("planer/<slug:slug>/", plan.plan, name="plan"),
    path("planer/<slug:slug>/versioner/<int:number>/", plan.version, name="version"),
]
