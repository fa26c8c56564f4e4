"""Papers for agendas as a room of the workspace."""

from django.utils.translation import gettext_lazy as _

from plans.rooms import Room, register_room

ROOM = Room(
    key="papers",
    title=_("Papers for the agenda"),
    address="plans:agenda-papers",
    order=27,
    icon="document",
    begins=("sagsfremstilling",),
)


def register_rooms() -> None:
    """Called once, when the app is ready."""
    register_room(ROOM)
