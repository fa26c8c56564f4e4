"""Where the index is made and looked after: after migrating, after a restored backup, and when the
installation is examined."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_migrate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan.core.backup.restoring import register_afterwards
from kommuneplan.core.integrity import IntegrityCheck, IntegrityFault, register_integrity
from kommuneplan.core.privacy import handlers
from plans.models.searched import SearchEntry

from . import engine
from .indexing import after_migrating, compared, rebuild, refresh


def register_index(app: AppConfig) -> None:
    """Called once, when the app is ready."""
    post_migrate.connect(_migrated, sender=app, dispatch_uid="plans.public_search")
    register_integrity(
        IntegrityCheck("plans.search", gettext_lazy("Search of the public pages"), _looked_at)
    )
    register_afterwards(rebuild)
    if "plans.public_search" not in handlers.handlers:
        handlers.register("plans.public_search", _erased)


def _migrated(**facts: Any) -> None:
    after_migrating(using=facts.get("using", "default"))


def _looked_at() -> Iterator[IntegrityFault | None]:
    """The index beside the pages, word for word."""
    yield None if engine.is_whole() else _fault("", _("The index of the search is damaged."))
    for one in compared():
        for keys, words in (
            (one.lacking, _("The index of the search lacks it.")),
            (one.too_many, _("The index of the search has it, and no page shows it.")),
            (one.told_otherwise, _("The index of the search tells it otherwise than its page.")),
        ):
            yield from (_fault(f"{one.source} {key}", words) for key in keys)
        yield from [None] * one.alike


def _fault(where: str, words: str) -> IntegrityFault:
    return IntegrityFault(where, f"{words} ({_('manage.py search_index mends it')})")


def _erased(person: handlers.Person) -> list[handlers.ErasureOutcome]:
    """Entries in which the address stands go at once, and come again with what is left of their
    words when the erasure is done."""
    rows = SearchEntry.objects.filter(
        Q(text__icontains=person.address) | Q(title__icontains=person.address)
    )
    things: dict[str, set[int]] = {}
    for source, key in rows.values_list("source", "key"):
        things.setdefault(source, set()).add(key)
    if not things:
        return []
    outcome = handlers.gone("plans.SearchEntry", rows)
    for source, keys in things.items():
        SearchEntry.objects.filter(source=source, key__in=keys).delete()
        transaction.on_commit(partial(refresh, source, sorted(keys), takes_words=True))
    engine.overwrite_what_is_gone()
    return [outcome]
