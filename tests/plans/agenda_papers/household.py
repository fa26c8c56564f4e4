"""Papers for agendas, for the doors of the house and for tests of their own."""

from __future__ import annotations

from django.urls import reverse

from plans.agenda_papers.actions import begin_paper, choose_annexes, hand_in
from plans.agenda_papers.building import fingerprint, live_value
from plans.models import AgendaPaper, PaperHeading, Plan, Treatment


def handed_in(paper: AgendaPaper) -> AgendaPaper:
    """The paper, handed in as it is."""
    return hand_in(paper=paper, seen=fingerprint(live_value(paper)), by=None)


class Papers:
    """One that is being written, and one that was handed in to a body, with an annex."""

    def __init__(self, plan: Plan, treatment: Treatment | None) -> None:
        title = "Godkendelse af strategien"
        self.draft = begin_paper(plan=plan, treatment=treatment, title=title, by=None)
        other = begin_paper(plan=plan, treatment=treatment, title="Drøftelse", by=None)
        annexes = plan.annexes.filter(retired_at__isnull=True)
        choose_annexes(paper=other, versions=[], annexes=list(annexes), by=None)
        self.handed_in = handed_in(other)
        PaperHeading.objects.create(position=1, part="summary", heading="Resumé")

    @property
    def things(self) -> dict[str, AgendaPaper]:
        """What the address of a route names below the plan."""
        names = ("", "-write", "-draft", "-discard", "-head", "-annexes", "-hand-in", "-retire",
                 "-docx", "-pdf")  # fmt: skip
        return {f"plans:agenda-paper{name}": self.draft for name in names}

    def member_address(self, route: str) -> str:
        """Where a member reads what was handed in."""
        names = {"uid": self.handed_in.uid}
        if route == "plans:member-paper-annex":
            names["annex"] = self.handed_in.annexes.first().uid
        return reverse(route, kwargs=names)
