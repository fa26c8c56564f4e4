"""Inviting people to roles, and what they do with the invitation."""

from __future__ import annotations

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.mail import actions as mailing
from kommuneplan.core.models import Invitation, Membership, User

from .roles import role_taken


class InvitationNotOpen(Exception):
    """The invitation has been used, taken back, or has run out."""


@transaction.atomic
def invite(*, invitation: Invitation, address: str, by: User) -> Invitation:
    """Write the invitation down, and the mail with its link.

    ``address`` is the absolute address of the page, with ``TOKEN`` where the secret goes.
    """
    token = invitation.new_link()
    invitation.created_by = by
    invitation.save()
    mailing.send(
        to=invitation.email,
        template="core/invitation",
        context={
            "by": by.name or by.email,
            "role": str(invitation.get_role_display()),
            "body": invitation.body.name if invitation.body else "",
            "link": mailing.MailLink(address.replace("TOKEN", token)),
            "until": clock.local_day(invitation.expires_at),
        },
        reference=f"core.invitation:{invitation.uid}",
        by=by,
        until=invitation.expires_at,
    )
    return invitation


@transaction.atomic
def readdress(*, uid: str, address: str, by: User | None) -> None:
    """Write the corrected address of a mail in its invitation, if that is still open."""
    row = Invitation.objects.select_for_update().filter(uid=uid).first()
    if row is not None and row.is_open:
        row.email = address
        row.save()


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> None:
    """Take back an invitation that has not been used; its link opens nothing from now on."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not row.used_at and not row.withdrawn_at:
        row.withdrawn_at = clock.now()
        row.save()


@transaction.atomic
def accept(
    *, invitation: Invitation, by: User | None = None, name: str = "", password: str = ""
) -> User:
    """Use an invitation up: the role is taken by whoever has the account, or by a new person.

    Raises NotOpen when it is used, taken back or over by now, or belongs to somebody else.
    """  # fmt: skip
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not row.is_open:
        raise InvitationNotOpen
    holder = User.objects.filter(email=row.email).first()
    if holder is not None and holder != by:
        raise InvitationNotOpen
    user = holder or User.objects.create_user(row.email, password, name=name.strip())
    there = user.memberships.held(on=clock.today()).filter(role=row.role, body=row.body)
    if not there.exists():
        held = Membership.objects.create(user=user, role=row.role, body=row.body)
        role_taken(held, row.created_by)
    row.used_at = clock.now()
    row.save()
    return user
