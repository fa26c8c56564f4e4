"""The theory of change, as a room of the workspace and a part of the document."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from plans.document.parts import register_part
from plans.exports.whole import register_drawn
from plans.rooms import Room, register_room

from .building import public_chain
from .paper import on_paper, pictures
from .part import EFFECTS

ROOM = Room(
    key="effects",
    title=_("Theory of change"),
    address="plans:effects",
    order=55,
    icon="chain",
    begins=("forandringsteori",),
)


def register_rooms() -> None:
    """Called once, when the app is ready."""
    register_room(ROOM)


def register_effects() -> None:
    """Called once, when the app is ready: what a document holds of it."""
    register_part(replace(EFFECTS, build=lambda plan, cycle: public_chain(plan), export=on_paper))
    register_drawn(pictures)
