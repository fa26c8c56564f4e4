"""What core erases beyond what is declared: rows known by an address and not by an account."""

from __future__ import annotations

import re

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q
from post_office.models import Email

from kommuneplan.core.models import Invitation, User

from . import handlers
from .handlers import REMOVED, ErasureOutcome, Person, ground_of
from .places import ErasureAct

_MESSAGES = "_messages"


def register_handlers() -> None:
    """Called once, when the app is ready."""
    handlers.register("core", erase_own)


def erase_own(person: Person) -> list[ErasureOutcome]:
    """Invitations, mails, protocols of sign-ins, sessions, and lines in the admin's log."""
    told = [
        handlers.gone("core.Invitation", Invitation.objects.filter(email__iexact=person.address)),
        handlers.gone("core.Mail", Email.objects.filter(mail__address__iexact=person.address)),
    ]
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        rows = model.objects.filter(
            Q(username__iexact=person.address) | Q(username__istartswith=f"{person.address}#")
        )
        told.append(handlers.gone(model._meta.label, rows))
    return [*told, _sessions(person), _log(person)]


def _sessions(person: Person) -> ErasureOutcome:
    """The person's own sessions end; in others' a message may still name the address."""
    touched = 0
    for session in Session.objects.all().iterator():
        held = session.get_decoded()
        if person.user and held.get("_auth_user_id") == str(person.user.pk):
            session.delete()
            touched += 1
        elif person.is_in(str(held)):
            held.pop(_MESSAGES, None)
            kept = {} if person.is_in(str(held)) else held
            session.session_data = type(session).get_session_store_class()().encode(kept)
            session.save()
            touched += 1
    place = "sessions.Session.session_data"
    return ErasureOutcome(place, ErasureAct.ERASE, touched, ground_of(place))


def _log(person: Person) -> ErasureOutcome:
    """The admin's log repeats names; what was done stays."""
    touched = 0
    place = "admin.LogEntry.object_repr"
    if person.user is not None:
        names = [name for name in (person.user.name, person.address) if name]
        kind = ContentType.objects.get_for_model(User)
        for row in LogEntry.objects.all().iterator():
            about = row.content_type_id == kind.pk and row.object_id == str(person.user.pk)
            words = REMOVED if about else _without(row.object_repr, names)
            said = _without(row.change_message, names)
            if (words, said) != (row.object_repr, row.change_message):
                row.object_repr, row.change_message = words, said
                row.save(update_fields=["object_repr", "change_message"])
                touched += 1
    return ErasureOutcome(place, ErasureAct.REDACT, touched, ground_of(place))


def _without(words: str, names: list[str]) -> str:
    for name in names:
        words = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", REMOVED, words)
    return words
