"""The overview: what the plan is, and the steps it can take, as a room of the workspace."""

from django.utils.translation import gettext_lazy as _

from plans.rooms import Room, register_room

ROOM = Room(
    key="overview",
    title=_("Overview"),
    address="plans:overview",
    order=10,
    icon="house",
    begins=(
        "",
        "godkendelse",
        "sager",
        "behandlinger",
        "traek-tilbage",
        "revision",
        "ophaev",
        "vedtagelse",
        "oplysninger",
        "personer",
    ),
)


def register_rooms() -> None:
    """Called once, when the app is ready."""
    register_room(ROOM)
