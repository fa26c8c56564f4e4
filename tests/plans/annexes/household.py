"""Annexes of each sort in a plan, for the doors of the house and for tests of its own."""

from __future__ import annotations

from typing import Any

from kommuneplan.core.examined import examine
from plans.annexes.actions import add_annex, retire_annex, write_effort
from plans.models import Annex, Plan

TEXT = b"Tid og sted for de fire v\xc3\xa6rksteder.\n"
WITH_FINDING = b"Ring til borgeren, cpr 311299-1235, om aftalen.\n"


def file_annex(plan: Plan, title: str = "Tidsplan", data: bytes = TEXT, **facts: Any) -> Annex:
    """An annex with a text file."""
    facts = {"title": title, "is_public": True, **facts}
    return add_annex(plan=plan, facts=facts, file=examine("tidsplan.txt", data), by=None)


def effort_annex(plan: Plan, title: str = "Bostøtte i eget hjem", **facts: Any) -> Annex:
    """An effort description with words in it."""
    facts = {"title": title, "kind": "effort", "is_public": True, **facts}
    annex = add_annex(plan=plan, facts=facts, by=None)
    said = {"purpose": "Borgeren klarer hverdagen selv.", "provider": "Bostøtten i Nord"}
    write_effort(annex=annex, seen=0, facts=said, by=None)
    return annex


class Annexes:
    """A public file, an internal one, an effort description, and one that was taken out."""

    def __init__(self, plan: Plan) -> None:
        self.file = file_annex(plan)
        self.internal = file_annex(plan, "Internt notat", is_public=False)
        self.effort = effort_annex(plan)
        out = file_annex(plan, "Gammelt bilag")
        self.out = retire_annex(annex=out, seen=out.version, reason="Forældet", by=None)

    @property
    def things(self) -> dict[str, Annex]:
        """What the address of a route names below the plan."""
        names = ("", "-file", "-found", "-move", "-retire")
        return {
            **{f"plans:annex{name}": self.file for name in names},
            "plans:public-annex": self.file,
            "plans:annex-effort": self.effort,
            "plans:annex-restore": self.out,
        }
