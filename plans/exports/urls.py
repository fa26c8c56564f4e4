"""Addresses of documents and calendars that leave the house."""

from django.urls import URLPattern, path

from plans.addresses import PLAN, VERSION

from .views import calendars, process_plan, whole_plan

urlpatterns: list[URLPattern] = [
    path("kalender.ics", calendars.of_all, name="calendar_all"),
    path("planer/<slug:slug>/kalender.ics", calendars.of_plan, name="calendar"),
    path("udvalg/<slug:slug>/kalender.ics", calendars.of_body, name="body-calendar"),
    path("planer/<slug:slug>/procesplan.docx", process_plan.memo_docx, name="memo_docx"),
    path("planer/<slug:slug>/procesplan.pdf", process_plan.memo_pdf, name="memo_pdf"),
    path(
        "planer/<slug:slug>/versioner/<int:number>/procesplan.docx",
        process_plan.memo_docx,
        name="version_memo_docx",
    ),
    path(
        "planer/<slug:slug>/versioner/<int:number>/procesplan.pdf",
        process_plan.memo_pdf,
        name="version_memo_pdf",
    ),
    *(
        path(f"{under}plan.{form}", view, {"form": form}, name=name.format(form))
        for under, view, name in (
            ("planer/<slug:slug>/", whole_plan.published, "whole_{}"),
            (
                "planer/<slug:slug>/versioner/<int:number>/",
                whole_plan.published,
                "version_whole_{}",
            ),
            (f"{PLAN}versioner/{VERSION}", whole_plan.frozen, "work-version-{}"),
            (f"{PLAN}tekst/", whole_plan.draft, "draft-{}"),
        )
        for form in ("docx", "pdf")
    ),
]
