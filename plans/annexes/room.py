"""Annexes as a room of the workspace."""

from django.utils.translation import gettext_lazy as _

from plans.rooms import Room, register_room

ROOM = Room(
    key="annexes",
    title=_("Annexes"),
    address="plans:annexes",
    order=25,
    icon="document",
    begins=("bilag",),
)


def register_rooms() -> None:
    """Called once, when the app is ready."""
    register_room(ROOM)
