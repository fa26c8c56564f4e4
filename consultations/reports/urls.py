"""Addresses of reports and of what goes to the case system."""

from django.urls import URLPattern, path

from .views import packages, reports

_ROUND = "arbejde/planer/<slug:slug>/hoeringer/<uuid:uid>/"
_REPORTS = f"{_ROUND}notat/"
_JOURNAL = f"{_ROUND}journal/"
_PUBLIC = "hoeringer/<slug:slug>/notat"

# /arbejde/planer/<slug>/hoeringer/<uid>/notat/…: the report; …/journal/…: the journal package.
urlpatterns: list[URLPattern] = [
    path(f"{_PUBLIC}/", reports.shown, name="report-shown"),
    path("hoeringer/<slug:slug>/aendringer/", reports.after, name="report-after"),
    path(f"{_PUBLIC}.<str:form>", reports.shown_file, name="report-shown-file"),
    path(_REPORTS, reports.room, name="report-room"),
    path(f"{_REPORTS}dan/", reports.make, name="report-make"),
    path(f"{_REPORTS}<int:number>/", reports.report, name="report-page"),
    path(f"{_REPORTS}<int:number>/offentliggoer/", reports.publish, name="report-publish"),
    path(f"{_REPORTS}<int:number>/notat.<str:form>", reports.file, name="report-file"),
    path(_JOURNAL, packages.room, name="journal-room"),
    path(f"{_JOURNAL}dan/", packages.make, name="journal-make"),
    path(f"{_JOURNAL}numre/", packages.file_all, name="journal-numbers"),
    path(f"{_JOURNAL}<uuid:package>/hent/", packages.fetch, name="journal-fetch"),
]
