"""A round with answers, for the tests of its report and its journal package."""

from __future__ import annotations

import datetime as dt

from django.urls import NoReverseMatch, reverse

from consultations.enums import Ground, Proposal
from consultations.models import (
    JournalPackage,
    MeetingInput,
    Redaction,
    Remark,
    Report,
    Response,
    Round,
    Theme,
)
from consultations.reports import round_report as doc
from consultations.responses.passages import places
from consultations.review.actions import reviewing
from kommuneplan import clock
from kommuneplan.core.models import Municipality, StoredFile
from plans.document import plan_document as plan_doc
from tests.consultations.round_factories import DAY, a_response, a_round, an_invitation
from tests.consultations.written_report import make

CANARY = "Hemmelig-kanariefugl"


def a_remark(round: Round, response: Response | None = None, **fields) -> Remark:
    """A remark with the next number; from a whole place of a response, or from a meeting."""
    revision = response.newest if response else None
    words = fields.pop("words", "")
    if response:
        fields.setdefault("place", "text")
        words = words or places(revision.content).get(fields["place"], "") or "Alt"
    row = Remark.objects.create(
        round=round, number=round.next_remark, response=response, revision=revision,
        words=words, **fields,
    )  # fmt: skip
    round.next_remark += 1
    round.save()
    return row


def take_out(response: Response, words: str, by) -> None:
    """Take words out of what is published of a response."""
    text = response.newest.content["text"]
    begins = text.index(words)
    Redaction.objects.create(
        response=response, revision=response.newest, place="text", begins=begins,
        ends=begins + len(words), ground=Ground.CONTACT, at=clock.now(), by=by,
    )  # fmt: skip


def handled(by) -> Round:
    """A round that is over: a council, two citizens who say the same, one hidden response, one
    withdrawn, one nobody has looked through; a theme, a meeting, a proposal and a decision."""
    Municipality.objects.update_or_create(pk=1, defaults={"name": "Eksempel Kommune"})
    now = clock.now()
    round = a_round(opens=now - 40 * DAY, closes=now - DAY)
    round.plan.case_number = "2026-7"
    round.plan.save()
    an_invitation(round, "Ældrerådet")
    council = an_invitation(round, "Handicaprådet")
    document = plan_doc.from_json(round.frozen.content)
    blocks = [block for section in document.text for block in section.blocks]
    first, second = (
        next(block.anchor for block in blocks if words in block.html)
        for words in ("værksted", "vejledere")
    )
    answers = [
        a_response(round, invitation=council, text="Gør døren bredere.", received=now - 9 * DAY),
        a_response(round, text="Ring til mig på 12345678, døren er smal.", received=now - 8 * DAY),
        a_response(round, text="Døren er for smal.", received=now - 7 * DAY),
        a_response(round, text=f"{CANARY} om helbred.", received=now - 6 * DAY),
        a_response(round, text=f"{CANARY} trukket.", received=now - 5 * DAY),
        a_response(round, text=f"{CANARY} ikke set.", received=now - 4 * DAY),
    ]
    take_out(answers[1], "12345678", by)
    for row in answers[:3]:
        reviewing.clear(response=Response.objects.get(pk=row.pk), by=by)
    reviewing.hide(
        response=Response.objects.get(pk=answers[3].pk), reason="Helbred", seen=None, by=by
    )
    Response.objects.filter(pk=answers[4].pk).update(withdrawn_at=now - 2 * DAY)
    theme = Theme.objects.create(round=round, position=1, title="Døre", summary="<p>Smalle.</p>")
    head = a_remark(
        round, answers[0], theme=theme, anchor=first, quote="Vi åbner et værksted.",
        reply="<p>Enig.</p><p>Døren ændres.</p>", proposal=Proposal.MET, reason="Den er smal.",
        decision=Proposal.PARTLY, decision_words="Kun hoveddøren.", handled_at=now,
        wanted_anchor=first,
    )  # fmt: skip
    a_remark(round, answers[1], theme=theme, same_as=head, anchor=second)
    a_remark(round, answers[2], theme=theme, same_as=head)
    a_remark(round, answers[3], reply="<p>Tak.</p>", proposal=Proposal.NO_CHANGE, handled_at=now)
    a_remark(round, answers[4], words=f"{CANARY} trukket")
    meeting = MeetingInput.objects.create(
        round=round, title="Borgermøde i hallen", held_on=dt.date(2026, 5, 3)
    )
    a_remark(round, meeting=meeting, words="Hvad koster det?")
    return Round.objects.select_related("plan", "frozen").get(pk=round.pk)


class Reported:
    """A report that is published and a package of a round, for the table of who gets in where."""

    def __init__(self, round: Round) -> None:
        self.round = round
        told = make(responses=())
        file = StoredFile.keep("notat.pdf", b"%PDF", "application/pdf")
        self.report = Report.objects.create(
            round=round, number=1, name="note", made_at=clock.now(), published_at=clock.now(),
            digest=doc.digest(told), content=doc.to_json(told), pdf=file,
        )  # fmt: skip
        self.package = JournalPackage.objects.create(round=round, made_at=clock.now(), file=file)

    def address(self, route: str) -> str:
        """The address of a route of reports and packages."""
        of_round = {"slug": self.round.plan.slug, "uid": self.round.uid}
        for values in (
            of_round,
            {"slug": self.round.slug},
            {"slug": self.round.slug, "form": "pdf"},
            {**of_round, "number": 1},
            {**of_round, "number": 1, "form": "pdf"},
            {**of_round, "package": self.package.uid},
        ):
            try:
                return reverse(route, kwargs=values)
            except NoReverseMatch:
                continue
        raise AssertionError(f"{route}: no example for what its address names")
