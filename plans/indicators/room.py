"""Indicators, as a room of the workspace."""

from django.utils.translation import gettext_lazy as _

from plans.rooms import Room, register_room

ROOM = Room(
    key="indicators",
    title=_("Indicators"),
    address="plans:indicators",
    order=57,
    icon="chart",
    begins=("indikatorer",),
)


def register_rooms() -> None:
    """Called once, when the app is ready."""
    register_room(ROOM)
