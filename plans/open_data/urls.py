"""Addresses of what is given out as tables: those of the pages, with an ending."""

from django.urls import URLPattern, path

from . import views
from .tables import OF_A_PLAN

urlpatterns: list[URLPattern] = [
    path("planer.<data:form>", views.plans, name="data-planer"),
    *(
        path(
            f"planer/<slug:slug>/{key}.<data:form>",
            views.of_a_plan,
            {"table": key},
            name=f"data-{key}",
        )
        for key in OF_A_PLAN
    ),
]
