"""What must be there before a round is ready for the agenda ("Klar til dagsorden"), and what that
means for the plan's next step. Registered in ``ready()``; nothing asks it when a decision is
recorded."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Response, Round
from kommuneplan import clock
from kommuneplan.core.gates import Blocker, register_gate
from plans.enums import CycleState, Purpose
from plans.lifecycle.gates import SUBMIT, SubmissionFacts

from .draft import unmade
from .remarks import later_than, progress

READY = "round_ready"
NAMED = 5  # numbers that a sentence names


def it_is_over(round: Round) -> Iterator[Blocker]:
    """Nobody can answer any more."""
    now = clock.now()
    own = round.invitations.on_the_list().filter(closes_at__gt=now)
    if round.closes_at is None or round.closes_at > now or own.exists():
        yield Blocker(
            _("The consultation is still open."),
            _address("round-page", round),
        )


def late_responses_are_decided(round: Round) -> Iterator[Blocker]:
    """Whoever came too late is told whether they count."""
    waiting = round.responses.late_and_undecided().count()
    if waiting:
        yield Blocker(
            ngettext(
                "It is not decided whether %(n)d late response counts.",
                "It is not decided whether %(n)d late responses count.",
                waiting,
            )
            % {"n": waiting},
            _address("responses", round),
        )


def every_response_is_handled(round: Round) -> Iterator[Blocker]:
    """Every standing response is cut into remarks to the end, or handled as a whole."""
    left = round.responses.to_go_through().count()
    if left:
        yield Blocker(
            ngettext(
                "%(n)d response is not divided into remarks to the end.",
                "%(n)d responses are not divided into remarks to the end.",
                left,
            )
            % {"n": left},
            _address("remark-responses", round),
        )


def every_remark_is_answered(round: Round) -> Iterator[Blocker]:
    """Every remark has a reply and a proposal, its own or that of the one it is answered with."""
    left = progress(round).open
    if left:
        yield Blocker(
            ngettext(
                "%(n)d remark has no reply or no proposal.",
                "%(n)d remarks have no reply or no proposal.",
                left,
            )
            % {"n": left},
            _address("remark-list", round) + "?stand=aaben",
        )


def changes_are_made(round: Round) -> Iterator[Blocker]:
    """What is proposed to be met by a change stands in the text of the plan."""
    rows = unmade(round)
    if rows:
        named = ", ".join(str(row.number) for row in rows[:NAMED])
        more = len(rows) - NAMED
        yield Blocker(
            ngettext(
                "The paragraph that is to be changed for remark %(numbers)s stands as it was.",
                "The paragraphs that are to be changed for remarks %(numbers)s stand as they were.",
                len(rows),
            )
            % {"numbers": f"{named} …" if more > 0 else named},
            _address("remark", round, rows[0].uid),
        )


def the_report_is_made(round: Round) -> Iterator[Blocker]:
    """The bodies get a report, made after the last change of a remark."""
    newest = round.reports.order_by("-number").values_list("made_at", flat=True).first()
    link = _address("report-room", round)
    if newest is None:
        yield Blocker(_("The report of the consultation is not made."), link)
    elif later_than(newest, round):
        yield Blocker(_("Remarks were changed after the report was made. Make it anew."), link)


def the_consultation_is_handled(facts: SubmissionFacts) -> Iterator[Blocker]:
    """What was answered is handled before the bodies get the plan again; or it is said why not."""
    if facts.purpose != Purpose.ADOPTION or facts.state != CycleState.AFTER_CONSULTATION:
        return
    rounds = Round.objects.counting().filter(cycle=facts.cycle)
    for round in rounds.order_by("opens_at", "pk"):
        round.plan = facts.plan
        if round.ready_at is None:
            words = _("The consultation “%(title)s” is not marked as ready for the agenda.")
        elif not round.ready_in_spite and _came_since(round):
            words = _("Responses to “%(title)s” are to be handled since it was marked as ready.")
        else:
            continue
        yield Blocker(words % {"title": round.title}, _address("remark-ready", round))


def _came_since(round: Round) -> bool:
    return Response.objects.filter(round=round).to_go_through().exists()


def _address(name: str, round: Round, *more: object) -> str:
    return reverse(f"consultations:{name}", args=[round.plan.slug, round.uid, *more])


def register_gates() -> None:
    """Called once, when the app is ready."""
    for gate in (
        it_is_over,
        late_responses_are_decided,
        every_response_is_handled,
        every_remark_is_answered,
        changes_are_made,
        the_report_is_made,
    ):
        register_gate(READY, gate)
    register_gate(SUBMIT, the_consultation_is_handled)
