"""What bodies asked for about a plan, and its money, as a room of the workspace."""

from django.utils.translation import gettext_lazy as _

from plans.rooms import Room, register_room

ROOM = Room(
    key="requests",
    title=_("Requests and money"),
    address="plans:plan-requests",
    order=45,
    icon="clipboard",
    begins=("bestillinger", "oekonomi"),
)


def register_rooms() -> None:
    """Called once, when the app is ready."""
    register_room(ROOM)
