"""Addresses of plans: public ones in Danish, lasting for ever, and the workspace's."""

from django.urls import URLPattern

from .agenda import urls as agenda
from .agenda_papers import urls as agenda_papers
from .annexes import urls as annexes
from .budget import urls as budget
from .decisions import urls as decisions
from .desk import urls as desk
from .details import urls as details
from .duties import urls as duties
from .effects import urls as effects
from .exports import urls as exports
from .focus import urls as focus
from .follow import urls as follow
from .history import urls as history
from .indicators import urls as indicators
from .initiatives import urls as initiatives
from .members import urls as members
from .open_data import urls as open_data
from .process import urls as process
from .process_import import urls as process_import
from .public import urls as public
from .requests import urls as requests
from .search import urls as search
from .setup import urls as setup
from .status_reports import urls as status_reports
from .text import urls as text
from .text_import import urls as text_import
from .versions import urls as versions
from .year_wheel import urls as year_wheel

app_name = "plans"

_WINGS = (
    public,
    open_data,
    members,
    exports,
    follow,
    desk,
    search,
    setup,
    process_import,
    process,
    versions,
    details,
    decisions,
    text,
    text_import,
    focus,
    history,
    agenda,
    agenda_papers,
    annexes,
    budget,
    duties,
    effects,
    indicators,
    initiatives,
    requests,
    status_reports,
    year_wheel,
)

urlpatterns: list[URLPattern] = [address for wing in _WINGS for address in wing.urlpatterns]
