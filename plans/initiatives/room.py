"""The initiatives under a plan, as a room of the workspace."""

from django.utils.translation import gettext_lazy as _

from plans.rooms import Room, register_room

ROOM = Room(
    key="initiatives",
    title=_("Initiatives"),
    address="plans:initiatives",
    order=62,
    icon="flag",
    begins=("initiativer",),
)


def register_rooms() -> None:
    """Called once, when the app is ready."""
    register_room(ROOM)
