"""Addresses of focus areas and the yearly status."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from .views import areas, status, status_writing

_AREA = f"{PLAN}indsatsomraader/<uuid:uid>/"
_STATUS = f"{PLAN}indsatsomraader/status/"

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}indsatsomraader/", areas.areas, name="focus"),
    path(f"{PLAN}indsatsomraader/nyt/", areas.add_area, name="focus-add"),
    path(_AREA, areas.edit_area, name="focus-area"),
    path(f"{_AREA}flyt/", areas.move_area, name="focus-move"),
    path(f"{_AREA}afslut/", areas.end_area, name="focus-end"),
    path(f"{_AREA}tag-ud/", areas.retire_area, name="focus-retire"),
    path(f"{_AREA}saet-ind/", areas.restore_area, name="focus-restore"),
    path(f"{PLAN}indsatsomraader/aar-for-aar/", status.years, name="focus-years"),
    path(f"{_STATUS}ny/", status.open_year, name="status-open"),
    path(f"{_STATUS}<int:year>/", status_writing.status, name="status"),
    path(f"{_STATUS}<int:year>/kladde/", status_writing.keep, name="status-draft"),
    path(f"{_STATUS}<int:year>/kladde/kasser/", status_writing.discard, name="status-discard"),
    path(f"{_STATUS}<int:year>/rammer/", status.edit_status, name="status-edit"),
    path(f"{_STATUS}<int:year>/luk/", status.close_year, name="status-close"),
    path(f"{_STATUS}<int:year>/forelaeg/", status.submit_status, name="status-submit"),
]
