"""Addresses of a text from Word."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from . import views

_WORD = f"{PLAN}tekst/word/"

urlpatterns: list[URLPattern] = [
    path(_WORD, views.start, name="word"),
    path(f"{PLAN}tekst/indsaet/", views.paste, name="paste"),
    path(f"{_WORD}<uuid:uid>/", views.look_through, name="word-import"),
    path(f"{_WORD}<uuid:uid>/kasser/", views.discard, name="word-discard"),
    path(f"{_WORD}<uuid:uid>/billede/<int:number>/", views.picture, name="word-picture"),
]
