"""The text and its chapters, as a room of the workspace."""

from django.utils.translation import gettext_lazy as _

from plans.rooms import Room, register_room

ROOM = Room(
    key="text", title=_("Text"), address="plans:text", order=20, icon="lines", begins=("tekst",)
)


def register_rooms() -> None:
    """Called once, when the app is ready."""
    register_room(ROOM)
