"""Addresses of setting up, and of the meetings of the bodies."""

from django.urls import URLPattern, path

from .views import bodies, colleagues, meetings, municipality, overview

_SETUP = "arbejde/opsaetning/"
_MEETINGS = "arbejde/moeder/"

urlpatterns: list[URLPattern] = [
    path(_SETUP, overview.overview, name="setup"),
    path(f"{_SETUP}kommunen/", municipality.municipality, name="setup-municipality"),
    path(f"{_SETUP}udvalg/", bodies.bodies, name="setup-bodies"),
    path(f"{_SETUP}udvalg/<slug:slug>/", bodies.body, name="setup-body"),
    path(f"{_SETUP}kolleger/", colleagues.colleagues, name="setup-colleagues"),
    path(f"{_SETUP}procesplan/", overview.first_plan, name="setup-plan"),
    path(_MEETINGS, meetings.meetings, name="meetings"),
    path(f"{_MEETINGS}nyt/", meetings.meeting, name="meeting-new"),
    path(f"{_MEETINGS}flere/", meetings.many, name="meetings-many"),
    path(f"{_MEETINGS}<uuid:uid>/", meetings.meeting, name="meeting-edit"),
]
