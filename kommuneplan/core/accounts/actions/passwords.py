"""The way to a new password."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from kommuneplan import clock
from kommuneplan.core.mail import actions as mailing
from kommuneplan.core.models import User


def offer_new_password(*, user: User, address: str) -> None:
    """Write the mail with a link to a new password; its text is emptied as soon as it is sent.

    ``address`` is the absolute address of the page, with ``WHO`` and ``TOKEN`` to be filled in.
    """
    who = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    mailing.send(
        to=user.email,
        template="core/password",
        context={"link": mailing.MailLink(address.replace("WHO", who).replace("TOKEN", token))},
        reference=f"core.password:{user.uid}",
        until=clock.now() + dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
        keep_days=0,
    )
