"""The status reports of a plan, as a room of the workspace."""

from django.utils.translation import gettext_lazy as _

from plans.rooms import Room, register_room

ROOM = Room(
    key="status_reports",
    title=_("Status reports"),
    address="plans:reports",
    order=64,
    icon="document",
    begins=("statusrapporter",),
)


def register_rooms() -> None:
    """Called once, when the app is ready."""
    register_room(ROOM)
