"""Focus areas and the yearly status, as a room of the workspace."""

from django.utils.translation import gettext_lazy as _

from plans.rooms import Room, register_room

ROOM = Room(
    key="focus",
    title=_("Focus areas"),
    address="plans:focus",
    order=60,
    icon="target",
    begins=("indsatsomraader",),
)


def register_rooms() -> None:
    """Called once, when the app is ready."""
    register_room(ROOM)
