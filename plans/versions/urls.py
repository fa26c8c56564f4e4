"""Addresses of frozen versions and what is published."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from .views import process_plan, redaction, versions

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}versioner/", versions.versions, name="versions"),
    path(f"{PLAN}versioner/sammenlign/", versions.compared, name="version-compare"),
    path(f"{PLAN}versioner/<int:number>/", versions.version, name="work-version"),
    path(f"{PLAN}versioner/<int:number>/offentliggoer/", versions.publish, name="version-publish"),
    path(f"{PLAN}versioner/<int:number>/skjul/", redaction.hide, name="version-hide"),
    path(f"{PLAN}udgivelser/<uuid:uid>/traek/", versions.withdraw, name="publication-withdraw"),
    path(f"{PLAN}forhaandsvis/", process_plan.preview, name="work-preview"),
    path(f"{PLAN}offentliggoer/", process_plan.publish, name="publish"),
]
