"""A paper for an agenda, for the doors of the house and for tests of its own."""

from __future__ import annotations

from plans.models import AgendaPaper, PaperAnnex, PaperHeading, PaperSection, Plan


def paper_of(plan: Plan) -> AgendaPaper:
    """A paper that is being written, with a section and an annex."""
    paper = AgendaPaper.objects.create(plan=plan, title="Godkendelse af strategien")
    PaperSection.objects.create(
        paper=paper, position=1, part="summary", heading="Resumé", text="Kort."
    )
    PaperAnnex.objects.create(paper=paper, position=1, annex=plan.annexes.first())
    PaperHeading.objects.create(position=1, part="summary", heading="Resumé")
    return paper
