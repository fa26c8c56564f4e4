"""Addresses of approval, matters, and what the bodies decided."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from .views import approving, matters, settling, steps

urlpatterns: list[URLPattern] = [
    path(PLAN, steps.overview, name="overview"),
    path(f"{PLAN}godkendelse/", approving.approval, name="approval"),
    path(f"{PLAN}sager/ny/", steps.submit, name="submit"),
    path(f"{PLAN}sager/<uuid:uid>/", matters.matter, name="matter"),
    path(f"{PLAN}sager/<uuid:uid>/rettet/", matters.amended, name="matter-amended"),
    path(f"{PLAN}behandlinger/<uuid:uid>/", matters.outcome, name="outcome"),
    path(f"{PLAN}behandlinger/<uuid:uid>/moede/", matters.reschedule, name="reschedule"),
    path(f"{PLAN}traek-tilbage/", steps.withdraw, name="withdraw"),
    path(f"{PLAN}vedtagelse/trin/", settling.settling, name="overtaken"),
    path(f"{PLAN}revision/", steps.revise, name="revise"),
    path(f"{PLAN}ophaev/", steps.repeal, name="repeal"),
]
