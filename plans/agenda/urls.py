"""Addresses of meetings and their items."""

from django.urls import URLPattern, path

from .views import items, meetings, people

_ROOM = "arbejde/udvalgsmoeder/"
_MEETING = f"{_ROOM}moede/<uuid:uid>/"
_ITEM = f"{_ROOM}punkt/<uuid:uid>/"

urlpatterns: list[URLPattern] = [
    path(_ROOM, meetings.bodies, name="agenda"),
    path(f"{_ROOM}udvalg/<slug:slug>/", meetings.year, name="agenda-body"),
    path(_MEETING, meetings.meeting, name="agenda-meeting"),
    path(f"{_MEETING}tilfoej/", meetings.add, name="agenda-add"),
    path(f"{_MEETING}udsend/", meetings.send, name="agenda-send"),
    path(f"{_MEETING}protokol/", meetings.protocol, name="agenda-protocol"),
    path(_ITEM, items.item, name="agenda-item"),
    path(f"{_ITEM}ret/", items.edit, name="agenda-item-edit"),
    path(f"{_ITEM}indstilling/", items.recommendation, name="agenda-recommendation"),
    path(f"{_ITEM}udfald/", items.minutes, name="agenda-minutes"),
    path(f"{_ITEM}flyt/", meetings.move, name="agenda-move"),
    path(f"{_ITEM}slet/", items.take_off, name="agenda-take-off"),
    path(f"{_ITEM}inhabile/", people.recusals, name="agenda-recusals"),
    path(f"{_ROOM}indsigt/", people.insight, name="insight"),
    path(f"{_ROOM}indsigt/<uuid:uid>/", people.insight_request, name="insight-request"),
]
