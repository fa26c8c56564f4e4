"""Answers that were never sent are their writers' own: they go, with their files, some time after
they were left, or after the deadline (``kept_until``), and at once when a person is erased. What
has been received is kept elsewhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from consultations.models import Attachment, ContactPerson, DraftFile, ResponseDraft
from kommuneplan import clock
from kommuneplan.core import upkeep
from kommuneplan.core.models import StoredFile
from kommuneplan.core.privacy import handlers
from kommuneplan.core.privacy.places import ErasureAct, places
from kommuneplan.core.strangers import kept

from ..kept_until import left, left_files, old


def register_upkeep() -> None:
    """Called once, when the app is ready."""
    upkeep.register("consultations.drafts", forget_old)
    handlers.register("consultations.drafts", erase_unsent)


def forget_old() -> int:
    """Take away what nobody can send any more, and what strangers have left; about every hour.
    Returns how many answers."""
    at = clock.now()
    _forget_networks(at)
    with transaction.atomic():
        files = left_files(at=at)
        keys = list(files.values_list("file", flat=True))
        files.delete()
        forget_files(keys)
        return forget({*old(at=at).values_list("pk", flat=True), *left(at=at)})


def _forget_networks(at: dt.datetime) -> None:
    """From which network an answer was begun is known for a day, for its budget."""
    begun = ResponseDraft.objects.exclude(network="").filter(began_at__lt=at - kept("network"))
    begun.update(network="")


def forget(keys: Iterable[int]) -> int:
    """Take some answers being written away, and the files that were handed in with none other."""
    rows = ResponseDraft.objects.filter(pk__in=list(keys))
    number = rows.count()
    files = list(DraftFile.objects.filter(draft__in=rows).values_list("file", flat=True))
    rows.delete()
    forget_files(files)
    return number


def forget_files(keys: Iterable[int]) -> None:
    """Take files away that belong to no answer any more, sent or not; their bytes once this
    transaction is committed."""
    held = Attachment.objects.filter(Q(file=OuterRef("pk")) | Q(published=OuterRef("pk")))
    laid = DraftFile.objects.filter(file=OuterRef("pk"))
    for file in StoredFile.objects.filter(~Exists(held), ~Exists(laid), pk__in=list(keys)):
        key, content = file.pk, file.content
        file.delete()
        StoredFile.history.filter(id=key).delete()
        transaction.on_commit(partial(content.storage.delete, content.name))


def _filed(person: handlers.Person) -> list[handlers.ErasureOutcome]:
    """The files of answers that a person has sent: they are filed with them, and not searched."""
    sent = Attachment.objects.filter(response__email__iexact=person.address).count()
    if not sent:
        return []
    place = places["core.StoredFile.content"]
    return [
        handlers.ErasureOutcome(
            place.field, ErasureAct.RETAIN, sent, place.ground, handlers.NOT_SEARCHED
        )
    ]


def erase_unsent(person: handlers.Person) -> list[handlers.ErasureOutcome]:
    """What a person was writing and has not sent, and where they are a party's contact, by their
    address."""
    rows = ResponseDraft.objects.filter(email__iexact=person.address, invitation__isnull=True)
    files = list(DraftFile.objects.filter(draft__in=rows).values_list("file", flat=True))
    told = [handlers.gone("consultations.ResponseDraft", rows), *_filed(person)]
    forget_files(files)
    contacts = ContactPerson.objects.filter(email__iexact=person.address)
    return [*told, handlers.gone("consultations.ContactPerson", contacts)]
