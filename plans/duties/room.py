"""Duties, evaluations and the end of a plan, as a room of the workspace."""

from django.utils.translation import gettext_lazy as _

from plans.rooms import Room, register_room

ROOM = Room(
    key="duties",
    title=_("Duties"),
    address="plans:duties",
    order=66,
    icon="repeat",
    begins=("pligter", "evaluering"),
)


def register_rooms() -> None:
    """Called once, when the app is ready."""
    register_room(ROOM)
