"""A plan's consultations with everything a route can name, for the table of who gets in where."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from consultations.models import Material, RoundQuestion, StandardList
from kommuneplan.core.models import StoredFile
from plans.models import PlanVersion
from tests.consultations.round_factories import a_party, a_question, a_round, an_invitation


class Consulted:
    """A round that is being prepared over a version of a household's plan, and the register."""

    def __init__(self, version: PlanVersion) -> None:
        self.round = a_round(version=version, announced=False)
        self.party = a_party("Naboforeningen")
        self.invitation = an_invitation(self.round, self.party)
        file = StoredFile.keep("plan.txt", b"Ro.", "text/plain")
        self.material = Material.objects.create(round=self.round, title="Kort", file=file)
        self.question: RoundQuestion = a_question(self.round)
        self.list = StandardList.objects.create(title="De sædvanlige")

    def address(self, route: str) -> str:
        """The address of a route of consultations for these things."""
        of_round = {"slug": self.round.plan.slug, "uid": self.round.uid}
        register = self.list if "party-list-" in route else self.party
        for values in (
            {},
            {"slug": self.round.plan.slug},
            {"uid": register.uid},
            of_round,
            {**of_round, "question": self.question.uid},
            {**of_round, "party": self.invitation.uid},
            {**of_round, "material": self.material.uid},
        ):
            try:
                return reverse(route, kwargs=values)
            except NoReverseMatch:
                continue
        raise AssertionError(f"{route}: no example for what its address names")
