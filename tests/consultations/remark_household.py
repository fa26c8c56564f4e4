"""Everything the addresses of handling can name, for the table of who gets in where."""

from __future__ import annotations

from django.urls import reverse

from consultations.alike.actions import lay_now
from consultations.handling.actions import meetings, themes
from plans.models import PlanVersion
from tests.consultations.alike.written_campaigns import CAMPAIGNS
from tests.consultations.handled import a_long_response, a_remark
from tests.consultations.round_factories import a_response, a_round


class Handled:
    """A round with a response, a remark, a theme, a standard answer and a meeting, and
    two responses that say the same."""

    def __init__(self, version: PlanVersion) -> None:
        self.round = a_round(version=version, title="Høringen, der behandles")
        self.remark = a_remark(self.round)
        self.response = a_long_response(self.round, remarks=[])
        self.theme = themes.add_theme(round=self.round, title="Trafik", by=None)
        facts = {"title": "Tak", "reply": "<p>Tak.</p>", "proposal": ""}
        self.answer = themes.save_answer(body=self.round.plan.body, facts=facts, by=None)
        for name in ("Anne Lund", "Bodil Dam"):
            self.round.refresh_from_db()
            a_response(self.round, name=name, text=CAMPAIGNS[0])
        lay_now(self.round)
        self.group = self.round.alike_groups.get()
        facts = {"title": "Borgermøde", "held_on": "2026-11-02"}
        self.meeting = meetings.note_meeting(
            round=self.round, facts=facts, said=["Mere lys."], anchor="", by=None
        )

    def address(self, route: str) -> str:
        """The address of a route of handling for these things."""
        things = {
            "remark": {"remark": self.remark.uid},
            "remark-decide": {"remark": self.remark.uid},
            "remark-join": {"remark": self.remark.uid},
            "remark-retire": {"remark": self.remark.uid},
            "remark-split": {"response": self.response.uid},
            "remark-theme": {"theme": self.theme.uid},
            "remark-theme-move": {"theme": self.theme.uid},
            "remark-alike-group": {"group": self.group.uid},
            "remark-answer": {"answer": self.answer.uid},
            "remark-meeting": {"meeting": self.meeting.uid},
            "workbench-response": {"number": self.response.number},
            "workbench-offers": {"number": self.response.number},
        }
        more = things.get(route.removeprefix("consultations:"), {})
        values = {"slug": self.round.plan.slug, "uid": self.round.uid, **more}
        return reverse(route, kwargs=values)
