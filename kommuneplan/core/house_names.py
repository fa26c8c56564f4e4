"""The names of the house: the municipality and its bodies. Who writes from outside is not one."""

from __future__ import annotations

from functools import cached_property

from kommuneplan.look_alikes import skeleton

from .models import Body, Municipality

SHORTEST = 6
"""Letters of a skeleton: a shorter one (MED, SUD) is only itself, never a part of a name."""


class HouseNames:
    """What the municipality and its bodies are called, asked for when a name is first held
    against it; so one of them does for a whole list."""

    def __init__(self, municipality: Municipality) -> None:
        self._municipality = municipality

    @cached_property
    def _skeletons(self) -> frozenset[str]:
        bodies = Body.objects.values_list("name", "abbreviation")
        names = [self._municipality.name, *(name for both in bodies for name in both)]
        return frozenset(filter(None, map(skeleton, names)))

    def could_be(self, name: str) -> bool:
        """Whether a reader could take the name for one of them: it looks the same, or one of them
        stands in it ("Socialudvalgets sekretariat")."""
        bones = skeleton(name)
        if not bones:
            return False
        return bones in self._skeletons or any(
            own in bones for own in self._skeletons if len(own) >= SHORTEST
        )
