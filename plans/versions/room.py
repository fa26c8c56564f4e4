"""Frozen versions and what is published, as a room of the workspace."""

from django.utils.translation import gettext_lazy as _

from plans.rooms import Room, register_room

ROOM = Room(
    key="versions",
    title=_("Versions"),
    address="plans:versions",
    order=70,
    icon="stack",
    begins=("versioner", "udgivelser"),
)


def register_rooms() -> None:
    """Called once, when the app is ready."""
    register_room(ROOM)
