"""The consultations of a plan, as a room of the workspace."""

from django.utils.translation import gettext_lazy as _

from plans.rooms import Room, register_room

ROOM = Room(
    key="consultations",
    title=_("Consultations"),
    address="consultations:round-list",
    order=40,
    icon="speech",
    begins=("hoeringer",),
)


def register_rooms() -> None:
    """Called once, when the app is ready."""
    register_room(ROOM)
