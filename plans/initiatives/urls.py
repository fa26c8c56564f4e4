"""Addresses of initiatives."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from .views import initiatives, public, rows

_ROOM = f"{PLAN}initiativer/"
_ONE = f"{_ROOM}<uuid:uid>/"
_ROW = f"{_ONE}<slug:kind>/<uuid:row>/"

_PUBLIC = "planer/<slug:slug>/initiativer/"

urlpatterns: list[URLPattern] = [
    path(_PUBLIC, public.initiatives, name="public-initiatives"),
    path(f"{_PUBLIC}<uuid:uid>/", public.initiative, name="public-initiative"),
    path(_ROOM, initiatives.initiatives, name="initiatives"),
    path(f"{_ROOM}nyt/", initiatives.add_initiative, name="initiative-add"),
    path(_ONE, rows.initiative, name="initiative"),
    path(f"{_ONE}ret/", initiatives.edit_initiative, name="initiative-edit"),
    path(f"{_ONE}flyt/", initiatives.move_initiative, name="initiative-move"),
    path(f"{_ONE}tag-ud/", initiatives.retire_initiative, name="initiative-retire"),
    path(f"{_ONE}saet-ind/", initiatives.restore_initiative, name="initiative-restore"),
    path(f"{_ONE}<slug:kind>/ny/", rows.add_row, name="initiative-row-add"),
    path(_ROW, rows.edit_row, name="initiative-row"),
    path(f"{_ROW}slet/", rows.delete_row, name="initiative-row-delete"),
]
