"""Addresses of whole plans as Word and PDF."""

from django.urls import URLPattern, path

from .views import whole

_PUBLIC = "planer/<slug:slug>/"
_PLAN = f"arbejde/{_PUBLIC}"
_NUMBERED = "versioner/<int:number>/"

paper_addresses: list[URLPattern] = [
    path(f"{under}plan.{form}", view, {"form": form}, name=name.format(form))
    for under, view, name in (
        (_PUBLIC, whole.published, "whole_{}"),
        (f"{_PUBLIC}{_NUMBERED}", whole.published, "version_whole_{}"),
        (f"{_PLAN}{_NUMBERED}", whole.frozen, "work-version-{}"),
        (f"{_PLAN}tekst/", whole.draft, "draft-{}"),
    )
    for form in ("docx", "pdf")
]
