"""Everything the addresses of responses can name, for the table of who gets in where."""

from __future__ import annotations

import uuid

from django.urls import reverse

from consultations.enums import Ground
from consultations.models import Attachment
from consultations.review.actions import redacting, reviewing
from kommuneplan import clock
from kommuneplan.core.models import StoredFile
from plans.models import PlanVersion
from tests.consultations.round_factories import a_response, a_round


class Received:
    """A round with a late response that waits, and one with an annex that everybody reads."""

    def __init__(self, version: PlanVersion) -> None:
        self.round = a_round(version=version, title="Høringen med svar", publish_when="cleared")
        self.waiting = a_response(self.round, is_late=True, text="Jeg er enig.")
        (self.redaction,) = redacting.take_out_words(
            response=self.waiting, seen=self.waiting.newest, wanted="enig",
            ground=Ground.OTHER, words="Prøve", by=None,
        )  # fmt: skip
        file, uid = StoredFile.keep("svar.txt", b"Hej", "text/plain"), uuid.uuid4()
        listed = [{"uid": str(uid), "name": file.name, "sha256": file.sha256}]
        self.shown = a_response(self.round, files=listed)
        self.annex = Attachment.objects.create(
            uid=uid, response=self.shown, file=file, examined_at=clock.now()
        )
        reviewing.clear(response=self.shown, by=None)

    def address(self, route: str) -> str:
        """The address of a route of responses for these things."""
        name = route.removeprefix("consultations:")
        of_round = {"slug": self.round.plan.slug, "uid": self.round.uid}
        annex = {"number": self.shown.number, "annex": self.annex.uid}
        waiting = {**of_round, "number": self.waiting.number}
        values = {
            "responses": of_round,
            "response-register": of_round,
            "response-reads": of_round,
            "response-clear-all": of_round,
            "response-lift": {**waiting, "redaction": self.redaction.uid},
            "response-annex": {**of_round, **annex},
            "response-annex-fetch": {**of_round, **annex},
            "response-shown": {"slug": self.round.slug, "number": self.shown.number},
            "response-annex-shown": {"slug": self.round.slug, **annex},
        }
        return reverse(route, kwargs=values.get(name, waiting))
