"""Addresses of frozen versions and what is published."""

from django.urls import URLPattern, path

from plans.addresses import PLAN, VERSION

from .views import draft, process_plan, redaction, versions

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}versioner/", versions.versions, name="versions"),
    path(f"{PLAN}versioner/sammenlign/", versions.compared, name="version-compare"),
    path(f"{PLAN}versioner/{VERSION}", versions.version, name="work-version"),
    path(f"{PLAN}versioner/{VERSION}offentliggoer/", versions.publish, name="version-publish"),
    path(f"{PLAN}versioner/{VERSION}skjul/", redaction.hide, name="version-hide"),
    path(f"{PLAN}udgivelser/<uuid:uid>/traek/", versions.withdraw, name="publication-withdraw"),
    path(f"{PLAN}forhaandsvis/", process_plan.preview, name="work-preview"),
    path(f"{PLAN}offentliggoer/", process_plan.publish, name="publish"),
    path(f"{PLAN}offentliggoer/udkast/", draft.publish, name="publish-draft"),
]
