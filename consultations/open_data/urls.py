"""Addresses of what is given out as tables: those of the pages, with an ending."""

from django.urls import URLPattern, path

from . import views
from .tables import OF_RESPONSES, OF_THE_REPORT

urlpatterns: list[URLPattern] = [
    path("hoeringer.<data:form>", views.consultations, name="data-hoeringer"),
    *(
        path(f"hoeringer/<slug:slug>/{key}.<data:form>", view, {"table": key}, name=f"data-{key}")
        for view, tables in (
            (views.of_responses, OF_RESPONSES),
            (views.of_the_report, OF_THE_REPORT),
        )
        for key in tables
    ),
]
