"""The place of a plan among the others, as a room of the workspace."""

from django.utils.translation import gettext_lazy as _

from plans.rooms import Room, register_room

ROOM = Room(
    key="structure",
    title=_("Structure"),
    address="plans:structure",
    order=50,
    icon="tree",
    begins=("struktur",),
)


def register_rooms() -> None:
    """Called once, when the app is ready."""
    register_room(ROOM)
