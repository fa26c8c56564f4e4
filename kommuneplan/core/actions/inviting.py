"""Inviting people to roles, and what they do with the invitation."""

from __future__ import annotations

from functools import partial

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kommuneplan import clock

from ..models import Invitation, Membership, Municipality, User


class NotOpen(Exception):
    """The invitation has been used, taken back, or has run out."""


@transaction.atomic
def invite(*, invitation: Invitation, address: str, by: User) -> Invitation:
    """Write the invitation down and send its link, once the row is safely there.

    ``address`` is the absolute address of the page, with ``TOKEN`` where the secret goes.
    """
    token = invitation.new_link()
    invitation.created_by = by
    invitation.save()
    text = render_to_string(
        "account/mail/invitation.txt",
        {
            "invitation": invitation,
            "municipality": Municipality.current(),
            "by": by,
            "address": address.replace("TOKEN", token),
        },
    )
    subject = _("Invitation to %(place)s") % {"place": Municipality.current().name}
    transaction.on_commit(partial(send_mail, subject, text, None, [invitation.email]))
    return invitation


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
        raise NotOpen
    holder = User.objects.filter(email=row.email).first()
    if holder is not None and holder != by:
        raise NotOpen
    user = holder or User.objects.create_user(row.email, password, name=name.strip())
    held = user.memberships.held(on=clock.today()).filter(role=row.role, body=row.body)
    if not held.exists():
        Membership.objects.create(user=user, role=row.role, body=row.body)
    row.used_at = clock.now()
    row.save()
    return user
