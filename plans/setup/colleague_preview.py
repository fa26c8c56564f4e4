"""Whom a pasted list would invite, before a mail is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from kommuneplan import clock
from kommuneplan.core.enums import BodyKind, Role
from kommuneplan.core.models import Body, Invitation, Membership, User
from kommuneplan.core.permissions import CHANGE_ROLE
from kommuneplan.fingerprint import digest

from .colleague_lines import ReadColleague, ReadColleagues
from .lines import LineFault


class Fate(StrEnum):
    """What becomes of a line."""

    INVITE = "invite"
    HAS = "has"  # the person has the role already
    INVITED = "invited"  # an open invitation says the same
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class PlannedInvitation:
    """A colleague with the role and body asked to take."""

    line: int
    email: str
    name: str
    role: str
    body: Body | None
    fate: Fate

    @property
    def role_word(self) -> str:
        """The role in a word."""
        return str(Role(self.role).label)


@dataclass(slots=True)
class ColleaguePreview:
    """Everybody whom a text would invite, and the lines that cannot be taken."""

    rows: list[PlannedInvitation] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)

    @property
    def inviting(self) -> list[PlannedInvitation]:
        """Those who would get a mail."""
        return [row for row in self.rows if row.fate is Fate.INVITE]

    @property
    def fingerprint(self) -> str:
        """One value for what was shown."""
        return digest(
            [(row.email, row.name, row.role, row.body.uid if row.body else "", row.fate)
             for row in self.rows]
        )  # fmt: skip


def weighed(read: ReadColleagues, *, bodies: Sequence[Body], by: User) -> ColleaguePreview:
    """The lines that were read, against who is here and what ``by`` may give."""
    known = {str(body.uid): body for body in bodies}
    found = ColleaguePreview(faults=list(read.faults))
    has, invited = _held(read.people)
    seen: set[tuple[str, str, int | None]] = set()
    for one in read.people:
        body = known.get(one.body)
        role = _role(one.role, body)
        fault = _fault(role, body, by)
        if fault:
            found.faults.append(LineFault(one.line, one.text, fault))
            continue
        key = (one.email, role, body.pk if body else None)
        fate = Fate.TWICE if key in seen else Fate.INVITED if key in invited else Fate.INVITE
        fate = Fate.HAS if key in has else fate
        seen.add(key)
        found.rows.append(PlannedInvitation(one.line, one.email, one.name, role, body, fate))
    found.faults.sort(key=lambda fault: fault.line)
    return found


def _role(role: str, body: Body | None) -> str:
    """Who is secretary of an advisory council answers for it; that is a role of its own."""
    if role == Role.SECRETARY and body is not None and body.kind == BodyKind.ADVISORY:
        return Role.COUNCIL_SECRETARY.value
    return role


def _fault(role: str, body: Body | None, by: User) -> str:
    if not role:
        return _("There is no role in the line. Write it, or choose one above.")
    if body is None and role != Role.ADMINISTRATOR:
        return _("There is no committee or council in the line. Write it, or choose one above.")
    if not by.has_perm(CHANGE_ROLE, Invitation(role=role, body=body)):
        return _("An administrator has to invite a person to that role.")
    return ""


_Keys = set[tuple[str, str, int | None]]


def _held(people: Iterable[ReadColleague]) -> tuple[_Keys, _Keys]:
    """Who has which role today, and who has been asked to take it."""
    mails = {one.email for one in people}
    held = Membership.objects.held(on=clock.today()).filter(user__email__in=mails)
    open_ones = Invitation.objects.filter(
        email__in=mails, used_at=None, withdrawn_at=None, expires_at__gt=clock.now()
    )
    return (
        set(held.values_list("user__email", "role", "body")),
        set(open_ones.values_list("email", "role", "body")),
    )
