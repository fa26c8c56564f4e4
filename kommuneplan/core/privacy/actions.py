"""Erasing a person, and doing it again on a backup that is older than the erasure.

A dry run does everything and is rolled back, so what it tells is what would be done. Names are
not looked for: they belong to many; only the address tells one person from another.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Cast

from kommuneplan.core.models import Erasure, StoredFile, User
from kommuneplan.core.models.erasure import address_digest
from kommuneplan.core.site.page_cache import forget_pages
from kommuneplan.locking import Locked

from .handlers import NOT_SEARCHED, ErasureOutcome, Person, handlers, sealed
from .ledger import append, lines
from .places import DataPlace, ErasureAct, places

_LIKE_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,254}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}")
_TEXT = (models.CharField, models.TextField, models.JSONField, models.FileField)


def erase(*, address: str, dry_run: bool = False, again: bool = False) -> list[ErasureOutcome]:
    """Erase a person from every place where that is lawful; what is kept is told with its ground.

    The erasure is noted without the address, in the database and in the ledger beside it, unless
    it is one that was noted ``again``.
    """
    person = Person(address.strip().lower(), User.objects.filter(email__iexact=address).first())
    _overwrite_what_is_deleted()
    with transaction.atomic():
        told = [one for handler in handlers.values() for one in handler(person)]
        told += _account(person)
        told += [one for place in places.values() for one in _in_text(place, person)]
        if dry_run:
            transaction.set_rollback(True)
        elif not again:
            _note(person)
    if not dry_run:
        forget_pages()
        _empty_journal()
    return _summed(told)


def _summed(told: Iterable[ErasureOutcome]) -> list[ErasureOutcome]:
    totals: dict[tuple[str, ErasureAct, str, str], int] = {}
    for one in told:
        key = (one.place, one.act, one.ground, one.note)
        totals[key] = totals.get(key, 0) + one.count
    return sorted(
        (ErasureOutcome(place, act, count, ground, note)
         for (place, act, ground, note), count in totals.items() if count),
        key=lambda one: (list(ErasureAct).index(one.act), one.place),
    )  # fmt: skip


# --- the account, and all that hangs on it --------------------------------------------------------


def _account(person: Person) -> Iterator[ErasureOutcome]:
    """Rows that are the person's go with the account; "who did it" becomes nobody."""
    user = person.user
    if user is None:
        return
    links = list(_links())
    own = list(StoredFile.objects.filter(created_by=user).values_list("pk", flat=True))
    for model, field in links:
        count = model._default_manager.filter(**{field.name: user.pk}).count()
        place = f"{model._meta.label}.{field.name}"
        act = ErasureAct.ERASE if _goes(model, field) else ErasureAct.REDACT
        yield ErasureOutcome(place, act, count, places[place].ground)
    for name in ("email", "name"):
        yield ErasureOutcome(
            f"core.User.{name}", ErasureAct.ERASE, 1, places[f"core.User.{name}"].ground
        )
    key = user.pk
    user.delete()
    User.history.filter(id=key).delete()
    for model, field in links:
        if hasattr(model, "history_object"):
            rows = model._default_manager.filter(**{field.name: key})
            if _goes(model, field):
                rows.delete()
            else:
                rows.update(**{field.name: None})
    yield from _unused_files(own)


def _links() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every field that leads to a person, of live rows and of history rows."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if field.related_model is User and f"{model._meta.label}.{field.name}" in places:
                yield model, field


def _goes(model: type[models.Model], field: models.Field) -> bool:
    """Whether the row goes with the person: as the live field says, also for its history."""
    original: Any = getattr(model, "instance_type", None)  # of a history table
    if original is not None and field.name != "history_user":
        field = original._meta.get_field(field.name)
    return field.remote_field.on_delete is models.CASCADE


def _unused_files(keys: list[int]) -> Iterator[ErasureOutcome]:
    """Files the person handed in: those that nothing needs any more go; the others are filed, and
    told of, because nobody has looked for the person in them."""
    relations = [
        relation
        for relation in StoredFile._meta.get_fields(include_hidden=True)
        if relation.auto_created and relation.one_to_many
        and not hasattr(relation.related_model, "history_object")
    ]  # fmt: skip
    for stored in StoredFile.objects.filter(pk__in=keys):
        used = any(
            relation.related_model._default_manager.filter(**{relation.field.name: stored}).exists()
            for relation in relations
        )
        if used:
            place = places["core.StoredFile.content"]
            yield ErasureOutcome(place.field, ErasureAct.RETAIN, 1, place.ground, NOT_SEARCHED)
        else:
            key, content = stored.pk, stored.content
            stored.delete()
            StoredFile.history.filter(id=key).delete()
            transaction.on_commit(partial(content.storage.delete, content.name))
            yield ErasureOutcome(
                "core.StoredFile", ErasureAct.ERASE, 1, places["core.StoredFile.name"].ground
            )


# --- the address in texts ------------------------------------------------------------------------


def _in_text(place: DataPlace, person: Person) -> Iterator[ErasureOutcome]:
    """The address in one declared column: written over, or kept and told."""
    label, _dot, name = place.field.rpartition(".")
    model = apps.get_model(label)
    field = model._meta.get_field(name)
    if not isinstance(field, _TEXT):
        return
    rows = list(_rows_with(model, name, person))
    if not rows:
        return
    how = sealed.get(label, "")
    kept = place.act is ErasureAct.RETAIN or bool(how)
    yield ErasureOutcome(
        place.field, ErasureAct.RETAIN if kept else ErasureAct.REDACT, len(rows), place.ground, how
    )
    if not kept:
        # whoever has the old words open in a form meets a conflict, and does not bring them back
        moved = {"version": F("version") + 1} if issubclass(model, Locked) else {}
        for key, value in rows:
            words = {name: _instead(field, value, person)}
            model._default_manager.filter(pk=key).update(**words, **moved)


def _rows_with(model: type[models.Model], name: str, person: Person) -> Iterator[tuple[Any, Any]]:
    words = model._default_manager.annotate(_words=Cast(name, models.TextField()))
    escaped = json.dumps(person.address)[1:-1]  # as it stands in JSON
    found = words.filter(Q(_words__icontains=person.address) | Q(_words__icontains=escaped))
    for key, value in found.order_by().values_list("pk", name):
        if person.is_in(json.dumps(value, ensure_ascii=False, default=str)):
            yield key, value


def _instead(field: models.Field, value: Any, person: Person) -> Any:
    """What stands there from now on: in a field for an address nothing, or one that leads nowhere
    (RFC 2606), so that whoever writes to it is not stopped by words in it."""
    if isinstance(field, models.EmailField):
        return "" if field.blank else f"slettet-{secrets.token_hex(4)}@slettet.invalid"
    return _without(value, person)


def _without(value: Any, person: Person) -> Any:
    if isinstance(value, str):
        return person.taken_out(value)
    if isinstance(value, list):
        return [_without(one, person) for one in value]
    if isinstance(value, dict):
        return {_without(name, person): _without(one, person) for name, one in value.items()}
    return value


# --- the ledger, and backups ---------------------------------------------------------------------


def _note(person: Person) -> None:
    first = Erasure.objects.first()
    salt = first.salt if first else secrets.token_hex(16)
    row = Erasure.objects.create(salt=salt, digest=address_digest(person.address, salt))
    transaction.on_commit(partial(append, line_of(row)))


def line_of(row: Erasure) -> dict[str, str]:
    """An erasure as the ledger has it."""
    return {
        "uid": str(row.uid),
        "digest": row.digest,
        "salt": row.salt,
        "at": row.at.isoformat(),
    }


def noted_in(*files: Path) -> list[Erasure]:
    """The erasures noted in some ledgers (unsaved rows), each once."""
    found: dict[str, Erasure] = {}
    for line in lines(*files):
        if "digest" in line:
            found[line["uid"]] = Erasure(**line)
    return list(found.values())


def replay(erasures: Iterable[Erasure]) -> int:
    """Erase again whoever was erased after this database was saved; how many people that were."""
    known = {str(uid) for uid in Erasure.objects.values_list("uid", flat=True)}
    wanted = [one for one in erasures if str(one.uid) not in known]
    salts = {one.salt for one in wanted}
    digests = {one.digest for one in wanted}
    again = 0
    for address in sorted(_addresses()) if wanted else ():
        if any(address_digest(address, salt) in digests for salt in salts):
            erase(address=address, again=True)
            again += 1
    for one in wanted:
        one.save(force_insert=True)
    return again


def _addresses() -> set[str]:
    """Every mail address in any declared place."""
    found: set[str] = set()
    for place in places.values():
        label, _dot, name = place.field.rpartition(".")
        model = apps.get_model(label)
        if isinstance(model._meta.get_field(name), _TEXT):
            words = model._default_manager.annotate(_words=Cast(name, models.TextField()))
            rows = words.filter(_words__contains="@").order_by().values_list("_words", flat=True)
            for text in rows.iterator():
                found.update(_LIKE_ADDRESS.findall(text.lower()))
    return found


# --- SQLite keeps what was deleted in free pages, unless it is told not to -----------------------


def _overwrite_what_is_deleted() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _empty_journal() -> None:
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
