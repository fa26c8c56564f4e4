"""The rooms of a plan's workspace. Each wing registers its own; wings of apps above do so too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from plans.models import Plan

May = Callable[[Any, Plan], bool]


def whoever_may_see_the_plan(user: Any, plan: Plan) -> bool:
    """For rooms that everybody enters who has been let in to the plan."""
    return True


@dataclass(frozen=True, slots=True)
class Room:
    """An entry of the navigation beside a plan's pages.

    ``address``: the route of the room's first page, which takes the plan's slug. ``begins``: the
    first words, below the plan's own address, of the addresses of the room's pages. ``order``:
    the place in the navigation, smallest first. ``icon``: its drawing (``icon`` of the components),
    which stands for it where the rooms are folded. ``may``: who is shown the way to it.
    """

    key: str
    title: Any  # lazily translated
    address: str
    order: int
    begins: tuple[str, ...]
    icon: str = "document"
    may: May = whoever_may_see_the_plan

    def address_for(self, slug: str) -> str:
        return reverse(self.address, args=[slug])


_rooms: dict[str, Room] = {}


def register_room(room: Room) -> None:
    """Make a room known; called in ``ready()``. The same key again replaces the room."""
    _rooms[room.key] = room


def unregister_room(key: str) -> None:
    """Take a room away again (tests)."""
    _rooms.pop(key, None)


def room(key: str) -> Room:
    """The room of this key. Raises KeyError."""
    return _rooms[key]


def rooms_for(user: Any, plan: Plan) -> list[Room]:
    """The rooms that a person is shown, in their order."""
    return sorted(
        (one for one in _rooms.values() if one.may(user, plan)), key=lambda one: one.order
    )


def room_at(path: str, slug: str) -> Room | None:
    """The room that an address belongs to."""
    word = path.removeprefix(reverse("plans:overview", args=[slug])).partition("/")[0]
    return next((one for one in _rooms.values() if word in one.begins), None)
