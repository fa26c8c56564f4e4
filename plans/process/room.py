"""The process plan and its milestones, as a room of the workspace."""

from django.utils.translation import gettext_lazy as _

from plans.rooms import Room, register_room

ROOM = Room(
    key="process",
    title=_("Process plan"),
    address="plans:work-plan",
    order=30,
    icon="calendar",
    begins=("procesplan", "milepaele", "forhaandsvis", "offentligt", "offentliggoer"),
)


def register_rooms() -> None:
    """Called once, when the app is ready."""
    register_room(ROOM)
