"""The list of parties of a round as its room shows it: how far each is, which councils meet before
their deadline, which council that is to be heard is not on it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.functional import cached_property

from consultations.enums import HeardBy, PartyState
from consultations.models import Invitation, Party, Response, Round
from consultations.models.round import last_day
from consultations.responses.mails import reference_of
from kommuneplan.clock import local_day
from kommuneplan.core.mail import actions as mailing
from kommuneplan.core.models import Meeting, Municipality

from .mails import INVITATION

LOOK_AHEAD = dt.timedelta(days=183)  # a council's next meeting lies within half a year
TO_REMIND = frozenset({PartyState.INVITED, PartyState.OPENED, PartyState.ANSWERING})


@dataclass(frozen=True, slots=True)
class CouncilCalendar:
    """When a council meets while it may answer, and when it does next after its deadline."""

    inside: tuple[dt.date, ...]
    after: dt.date | None


@dataclass(frozen=True, slots=True)
class First:
    """The first response of a party that was not withdrawn, as far as its state depends on it."""

    number: int
    is_late: bool
    no_remarks: bool


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party on the list: how far it is, its first response, and what became of its mail;
    ``withdrawn`` is the number of the response it took back, where it has no other."""

    invitation: Invitation
    state: PartyState
    response: First | None = None
    mail: Any = None
    calendar: CouncilCalendar | None = None
    withdrawn: int | None = None

    @property
    def is_trouble(self) -> bool:
        """The invitation did not arrive, and nothing shows that it was read all the same."""
        return bool(self.mail and self.mail.is_trouble and self.state == PartyState.INVITED)


@dataclass
class Roster:
    """The list of a round at an instant."""

    round: Round
    rows: list[PartyRow]
    taken_off: list[Invitation]

    @property
    def invitations(self) -> list[Invitation]:
        """Those that are on the list."""
        return [row.invitation for row in self.rows]

    @cached_property
    def numbers(self) -> list[tuple[PartyState, int]]:
        """How many parties are in each state, in the order of the states."""
        found = Counter(row.state for row in self.rows)
        return [(state, found[state]) for state in PartyState if found[state]]

    @cached_property
    def to_remind(self) -> list[PartyRow]:
        """Those that were invited, may still answer and have not."""
        return [row for row in self.rows if row.state in TO_REMIND]

    @property
    def is_inhabited(self) -> bool:
        """Somebody is on it."""
        return bool(self.rows)


def roster(round: Round, *, at: dt.datetime, details: bool = True) -> Roster:
    """Everybody on the list of a round, in the order of their names; three questions however long
    it is. Without ``details``, for their numbers alone: neither mails nor meetings."""
    invitations = with_first_response(round.invitations.select_related("party__body"))
    everybody = list(invitations.order_by("sort_key", "pk"))
    for one in everybody:
        one.round = round
    listed = [one for one in everybody if one.removed_at is None]
    answered = {one.pk: first_response(one) for one in listed}
    invited = [reference_of(INVITATION, one.uid) for one in listed if one.invited_at]
    mails = mailing.states_of(invited) if details else {}
    calendars = calendars_of(round, listed) if details else {}
    rows = [
        PartyRow(
            one,
            one.state_at(at, answered.get(one.pk)),
            answered.get(one.pk),
            mails.get(reference_of(INVITATION, one.uid)),
            calendars.get(one.pk),
            None if answered.get(one.pk) else one.withdrawn_number,
        )
        for one in listed
    ]
    return Roster(round, rows, [one for one in everybody if one.removed_at is not None])


def first_responses(round: Round) -> dict[int, Response]:
    """The first response of each invited party that was not withdrawn, by the invitation's key."""
    rows = round.responses.filter(invitation__isnull=False, withdrawn_at__isnull=True)
    rows = rows.only("uid", "number", "invitation", "is_late", "no_remarks", "round")
    found: dict[int, Response] = {}
    for row in rows.order_by("number"):
        found.setdefault(row.invitation_id, row)
    return found


def with_first_response(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Invitations with what their state depends on (``first_response``)."""
    rows = Response.objects.filter(invitation=OuterRef("pk"), withdrawn_at__isnull=True)
    first = rows.order_by("number")
    gone = Response.objects.filter(invitation=OuterRef("pk"), withdrawn_at__isnull=False)
    return invitations.annotate(
        withdrawn_number=Subquery(gone.order_by("-number").values("number")[:1]),
        first_number=Subquery(first.values("number")[:1]),
        first_is_late=Subquery(first.values("is_late")[:1]),
        first_no_remarks=Subquery(first.values("no_remarks")[:1]),
    )


def first_response(invitation: Any) -> First | None:
    """The first response of an invitation that came with ``with_first_response``."""
    if invitation.first_number is None:
        return None
    return First(invitation.first_number, invitation.first_is_late, invitation.first_no_remarks)


def calendars_of(round: Round, listed: Iterable[Invitation]) -> dict[int, CouncilCalendar]:
    """The meetings of the councils on the list, by the key of their invitation."""
    councils = [one for one in listed if one.party.body_id]
    if not councils or round.opens_at is None or round.closes_at is None:
        return {}
    first = local_day(round.opens_at)
    ends = [last_day(one.deadline) for one in councils]
    until = max(day for day in ends if day) + LOOK_AHEAD
    meetings = Meeting.objects.filter(
        body__in=[one.party.body_id for one in councils],
        cancelled=False,
        date__range=(first, until),
    ).order_by("date")
    days: dict[int, list[dt.date]] = {}
    for body, day in meetings.values_list("body_id", "date"):
        days.setdefault(body, []).append(day)
    return {
        one.pk: _calendar(days.get(one.party.body_id, []), end)
        for one, end in zip(councils, ends, strict=True)
        if end
    }


def _calendar(days: list[dt.date], end: dt.date) -> CouncilCalendar:
    return CouncilCalendar(
        tuple(day for day in days if day <= end), next((day for day in days if day > end), None)
    )


@dataclass(frozen=True, slots=True)
class MissingCouncil:
    """A council that is to be heard and is not on the list; ``party``: as it is in the register."""

    heard_by: HeardBy
    party: Party | None


def missing_councils(
    listed: Iterable[Invitation], municipality: Municipality
) -> list[MissingCouncil]:
    """The councils that law and the municipality's agreements ask to hear, and that are not on
    the list."""
    wanted = {
        HeardBy.DISABILITY: municipality.hears_disability_council,
        HeardBy.SENIOR: municipality.hears_senior_council,
    }
    named = {one.party.heard_by for one in listed}
    absent = [council for council, asked in wanted.items() if asked and council not in named]
    if not absent:
        return []
    known = Party.objects.filter(heard_by__in=absent, retired_at__isnull=True)
    by_rule = {party.heard_by: party for party in known}
    return [MissingCouncil(council, by_rule.get(council)) for council in absent]
