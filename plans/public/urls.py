"""Addresses of what everybody reads."""

from django.urls import URLPattern, path

from .views import front, plan, since, versions

urlpatterns: list[URLPattern] = [
    path("", front.front, name="front"),
    path("planer/", front.plan_list, name="list"),
    path("kalender/", front.dates, name="dates"),
    path("planer/<slug:slug>/", plan.plan, name="plan"),
    path("planer/<slug:slug>/versioner/<int:number>/", plan.version, name="version"),
    path("planer/<slug:slug>/versioner/<int:number>/segl/", versions.seal, name="version-seal"),
    path(
        "planer/<slug:slug>/versioner/<int:number>/segl.json",
        versions.sealed_form,
        name="version-sealed",
    ),
    path("hvad-er-sket/", since.happened, name="happened"),
    path("planer/<slug:slug>/hvad-er-sket/", since.happened_to_plan, name="plan-happened"),
    path("planer/<slug:slug>/sammenlign/", versions.compare_choice, name="compare"),
    path(
        "planer/<slug:slug>/sammenlign/<int:before>/<int:after>/",
        versions.compared,
        name="compared",
    ),
]
