"""Addresses of consultations: public ones in Danish, lasting for ever, and the workspace's."""

from django.urls import URLPattern

from .answering import urls as answering
from .handling import urls as handling
from .open_data import urls as open_data
from .parties import urls as parties
from .public import urls as public
from .reports import urls as reports
from .review import urls as review
from .rounds import urls as rounds
from .workbench import urls as workbench

app_name = "consultations"

_WINGS = (
    public,
    open_data,
    answering,
    rounds,
    parties,
    review,
    handling,
    workbench,
    reports,
)

urlpatterns: list[URLPattern] = [address for wing in _WINGS for address in wing.urlpatterns]
