"""Who may do what with people, and which people somebody sees.

An administrator sees and does everything. A secretary sees those who have a role in the
secretary's own bodies, and looks after the members there and after those who write and approve its
plans; who is secretary or administrator is for administrators to say.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import rules
from django.db.models import Q, QuerySet

from kommuneplan.clock import today

from .enums import Role
from .models import Body, Invitation, Membership, User

GIVEN_BY_SECRETARIES = tuple(role for role in Role if role == Role.MEMBER or role.on_plans)
"""The roles that a secretary gives in the secretary's own bodies."""


@rules.predicate
def is_administrator(user: User) -> bool:
    """Administers the municipality."""
    return user.is_superuser or user.has_role(Role.ADMINISTRATOR)


@rules.predicate
def keeps_a_body(user: User) -> bool:
    """Is secretary of some body."""
    return user.has_role(Role.SECRETARY)


@rules.predicate
def looks_after(user: User, role: Membership | Invitation | None) -> bool:
    """Is secretary of the body, and the role there is a member's, or one on its plans."""
    return (
        role is not None
        and role.role in GIVEN_BY_SECRETARIES
        and (role.body_id, Role.SECRETARY) in user.roles()
    )


MANAGE_PEOPLE = "core.manage_people"
SEE_PEOPLE = "core.see_people"
CHANGE_ROLE = "core.change_role"

rules.add_perm(MANAGE_PEOPLE, is_administrator)
rules.add_perm(SEE_PEOPLE, is_administrator | keeps_a_body)
rules.add_perm(CHANGE_ROLE, is_administrator | looks_after)


def bodies_of(user: User) -> QuerySet[Body]:
    """The bodies whose people somebody looks after."""
    bodies = Body.objects.all()
    if is_administrator(user):
        return bodies
    return bodies.filter(pk__in=[pk for pk, role in user.roles() if role == Role.SECRETARY])


def in_bodies_of(user: User) -> Q:
    """What of a membership or an invitation somebody sees."""
    return Q() if is_administrator(user) else Q(body__in=bodies_of(user))


def people_seen_by(user: User) -> QuerySet[User]:
    """Those somebody sees: the administrator everybody with an account, a secretary those with a
    role in the secretary's bodies, now, later or until a year ago."""
    if is_administrator(user):
        return User.objects.all()
    lately = Membership.objects.sharing(today() - dt.timedelta(days=365))
    theirs: Any = lately.filter(in_bodies_of(user)).values("user")
    return User.objects.filter(pk__in=theirs)
