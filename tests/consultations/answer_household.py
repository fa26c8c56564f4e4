"""Everything the addresses of answering can name, for the table of who gets in where."""

from __future__ import annotations

from django.urls import reverse

from consultations.models import Material
from consultations.responses import receipt
from kommuneplan import clock
from kommuneplan.core.models import StoredFile
from plans.models import PlanVersion
from tests.consultations.answers import SECRET, a_draft, submitted
from tests.consultations.round_factories import a_round, an_invitation


class Answered:
    """An open round for everybody, an answer begun and one sent, and an invited party."""

    def __init__(self, version: PlanVersion) -> None:
        self.round = a_round(version=version, title="Den åbne høring")
        file = StoredFile.keep("bilag.pdf", b"%PDF-1.7", "application/pdf")
        self.material = Material.objects.create(round=self.round, title="Bilag", file=file)
        self.draft = a_draft(self.round)
        self.sent = submitted(a_draft(self.round, secret="sendt"), clock.now())
        self.invitation = an_invitation(self.round, "Ældrerådet")

    def address(self, route: str) -> str:
        """The address of a route of answering for these things."""
        name = route.removeprefix("consultations:")
        secret = {"secret": self.sent.secret}
        token = {"token": self.invitation.token}
        uid = {"uid": self.invitation.uid}
        values = {
            "hearings": {},
            "hearing": {"slug": self.round.slug},
            "hearing-material": {"slug": self.round.slug, "uid": self.material.uid},
            "answer": {"slug": self.round.slug},
            "answer-draft": {"secret": SECRET},
            "answer-draft-send": {"secret": SECRET},
            "answer-draft-confirm": {
                "secret": SECRET,
                "token": receipt.verification(self.draft),
            },
            "answer-receipt": secret,
            "answer-correct": secret,
            "answer-correct-send": secret,
            "answer-verify": {**secret, "token": receipt.verification(self.sent.response)},
            "answer-invited": token,
            "answer-invited-write": token,
            "answer-invited-send": token,
            "answer-invited-material": {**token, "uid": self.material.uid},
            "answer-councils": {},
            "answer-council": uid,
            "answer-council-write": uid,
            "answer-council-send": uid,
            "answer-council-material": {**uid, "file": self.material.uid},
        }[name]
        return reverse(route, kwargs=values)
