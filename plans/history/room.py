"""Who changed what, when and why, as a room of the workspace."""

from django.utils.translation import gettext_lazy as _

from plans.rooms import Room, register_room

ROOM = Room(
    key="history",
    title=_("History"),
    address="plans:history",
    order=80,
    icon="clock",
    begins=("historik",),
)


def register_rooms() -> None:
    """Called once, when the app is ready."""
    register_room(ROOM)
