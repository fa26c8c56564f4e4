"""What must be there before a round is announced. Registered in ``ready()``.

``listed``: the invitations on the round's list (``InvitationQuerySet.on_the_list``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.models import Invitation, Round
from kommuneplan import clock
from kommuneplan.clock import local_day
from kommuneplan.core.gates import Blocker, register_gate
from plans.enums import Audience, CycleState
from plans.models import Publication

ANNOUNCE = "announce_round"


def it_has_its_times(round: Round, listed: Sequence[Invitation]) -> Iterator[Blocker]:
    """Whoever is to answer must be told from when until when; neither lies in the past."""
    edit = _address("consultations:round-edit", round)
    if round.opens_at is None or round.closes_at is None:
        yield Blocker(_("The first and the last day are not chosen."), f"{edit}#div_id_first_day")
        return
    now = clock.now()
    if round.closes_at <= now:
        yield Blocker(_("The last day is past."), f"{edit}#div_id_last_day")
    elif local_day(round.opens_at) < local_day(now):
        yield Blocker(
            _("The first day is past. Choose today or a later day."), f"{edit}#div_id_first_day"
        )
    earliest = max(round.opens_at, now)
    for one in listed:
        if one.closes_at is not None and one.closes_at <= earliest:
            yield Blocker(
                _("The own deadline of %(name)s lies before the opening.") % {"name": one.name},
                _address("consultations:round-parties", round),
            )


def the_work_goes_on(round: Round, listed: Sequence[Invitation]) -> Iterator[Blocker]:
    """Nobody is asked about work that was given up."""
    if round.cycle.state == CycleState.WITHDRAWN:
        yield Blocker(_("The work on the draft was given up: nobody would use the answers."))


def it_is_said_in_plain_words(round: Round, listed: Sequence[Invitation]) -> Iterator[Blocker]:
    """Every reader can see at once what it is about."""
    if not round.introduction.strip():
        yield Blocker(
            _("It is not written in plain words what the consultation is about."),
            _address("consultations:round-edit", round) + "#div_id_introduction",
        )


def somebody_may_answer(round: Round, listed: Sequence[Invitation]) -> Iterator[Blocker]:
    """A round that is not public needs parties; each party needs an address for its link."""
    parties = [(one.name, one.email) for one in listed]
    page = _address("consultations:round-parties", round)
    if not round.is_public and not parties:
        yield Blocker(_("Nobody is on the list of parties."), page)
    without = [name for name, email in parties if not email]
    if without:
        yield Blocker(
            _("There is no e-mail address for %(names)s.") % {"names": ", ".join(without[:5])}
            if len(without) <= 5
            else _("There is no e-mail address for %(names)s and %(n)s more.")
            % {"names": ", ".join(without[:5]), "n": len(without) - 5},
            page,
        )


def everybody_can_read_the_draft(round: Round, listed: Sequence[Invitation]) -> Iterator[Blocker]:
    """What everybody may answer, everybody can read: the version is the newest that is published,
    no later than the day on which the round opens."""
    if not round.is_public or round.opens_at is None:
        return
    published = Publication.objects.current(
        at=max(round.opens_at, clock.now()), audience=Audience.PUBLIC
    ).filter(version=round.frozen_id)
    if not published.exists():
        yield Blocker(
            _("%(version)s is not published to everybody from the first day.")
            % {"version": round.frozen.name},
            reverse("plans:version-publish", args=[round.plan.slug, round.frozen.uid]),
        )


def _address(name: str, round: Round) -> str:
    return reverse(name, args=[round.plan.slug, round.uid])


def register_gates() -> None:
    """Called once, when the app is ready."""
    for gate in (
        the_work_goes_on,
        it_has_its_times,
        it_is_said_in_plain_words,
        somebody_may_answer,
        everybody_can_read_the_draft,
    ):
        register_gate(ANNOUNCE, gate)
