"""What somebody is writing in a form of many fields and has not saved: kept, theirs alone.

The thing that is written in (a yearly status, a paper for an agenda) has its drafts in
``thing.drafts``, one for each person. A draft holds the fields that were touched, by the names of
the form, and of each group of them the lock version they began from (``version_of``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _

from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.core.templatetags.keeping_page import keeping_words
from kommuneplan.keeping import TextChoice, TextMoved, Typed, Weighed, Windows
from kommuneplan.richtext.editor import sayings as editor_sayings

MAX_TEXT = 20_000


class AutosaveForm(forms.Form):
    """What is typed: the page it comes from, its count, and what the page has shown."""

    page = forms.RegexField(r"^[0-9a-z]*$", required=False, max_length=32)
    sequence = forms.IntegerField(required=False, min_value=0, max_value=2**53)

    def sent(self, names: Collection[str]) -> dict[str, str]:
        """What was sent of the fields with these names; without NUL, which is no letter, and
        which PostgreSQL cannot keep."""
        return {name: self.data[name].replace("\0", "") for name in names if name in self.data}

    def is_too_long(self, names: Collection[str]) -> bool:
        """More than the form itself would take."""
        return any(len(words) > MAX_TEXT for words in self.sent(names).values())

    def typed(self, names: Collection[str]) -> Typed:
        """What was typed in the fields with these names."""
        where = self.cleaned_data if self.is_valid() else {}
        return Typed(
            words=self.sent(names),
            seen={name: self.data.get(f"seen.{name}", "") for name in names},
            page=where.get("page") or "",
            sequence=where.get("sequence") or 0,
        )


def version_of(name: str) -> str:
    """The name of the lock version that belongs to a field."""
    group, dash, _field = name.rpartition("-")
    return f"{group}{dash}seen"


def open_draft(thing: Any, user: User) -> Any | None:
    """What the person has written in a thing and not saved."""
    return thing.drafts.filter(user=user, is_open=True).first()


def windows_of(thing: Any, user: User) -> Windows:
    """The person's open pages of a thing, and their texts that stand beside."""
    draft = thing.drafts.filter(user=user).first()
    return Windows(draft.windows if draft else {})


@transaction.atomic
def keep_draft(
    *,
    thing: Any,
    typed: Typed,
    versions: Mapping[str, str],
    standing: Mapping[str, str],
    by: User,
) -> tuple[Weighed, Any]:
    """Keep the fields that were touched. ``versions``: the lock versions they began from;
    ``standing``: what is saved of each, so that what was taken back is no draft."""
    draft = _locked(thing, by)
    done = _weigh(draft, typed, versions, standing)
    if not done.is_late and typed.words:
        draft.saved_at = clock.now()
        draft.save()
    return done, draft


def _locked(thing: Any, by: User) -> Any:
    drafts = thing.drafts
    draft, _new = drafts.model.objects.select_for_update().get_or_create(
        user=by,
        **{drafts.field.name: thing},
        defaults={"saved_at": clock.now(), "is_open": False},
    )
    return draft


def _weigh(
    draft: Any, typed: Typed, versions: Mapping[str, str], standing: Mapping[str, str]
) -> Weighed:
    fields = dict(draft.fields) if draft.is_open else {}
    stored: dict[str, str | None] = {name: fields.get(name) for name in typed.words}
    done = Windows(draft.windows).weigh(typed, stored, at=clock.now())
    for name, words in done.store.items():
        fields[name] = words
        version = version_of(name)
        fields[version] = _older(fields.get(version), versions.get(version, "0"))
    _store(draft, fields, standing)
    return done


def _older(one: str | None, other: str) -> str:
    """Of two lock versions the one of which more may have changed since."""
    known = [int(version) for version in (one, other) if version and version.isdecimal()]
    return str(min(known, default=0))


def _store(draft: Any, fields: Mapping[str, str], standing: Mapping[str, str]) -> None:
    """Keep the fields that say something else than what is saved."""
    left = {
        name: words
        for name, words in fields.items()
        if not _is_version(name) and words != standing.get(name)
    }
    needed = {version_of(name) for name in left}
    draft.fields = {**left, **{name: fields[name] for name in needed if name in fields}}
    draft.is_open = bool(left)


def _is_version(name: str) -> bool:
    return name == version_of(name)


@transaction.atomic
def after_save(
    *,
    thing: Any,
    typed: Typed,
    failed: Collection[str],
    versions: Mapping[str, str],
    standing: Mapping[str, str],
    by: User,
) -> Any | None:
    """A page has been saved, all but the fields that ``failed``: these stay as the draft, and so
    does what another window has written meanwhile."""
    draft = _locked(thing, by)
    windows = Windows(draft.windows)
    if windows.is_late(typed):
        return draft if draft.is_open else None
    fields = {
        name: words
        for name, words in draft.fields.items()
        if _is_version(name)
        or name in failed
        or not (typed.words.get(name) == words or windows.knows(typed, name, words))
    }
    _store(draft, fields, standing)
    wanted = replace(typed, words={n: typed.words[n] for n in failed if n in typed.words})
    _weigh(draft, wanted, versions, standing)
    windows = Windows(draft.windows)
    beside = windows.rows.get(typed.page, {}).get("beside", {})
    windows.saved(typed, at=clock.now())
    if typed.page:
        windows.rows[typed.page]["beside"] = {
            n: words for n, words in beside.items() if n in failed
        }
    if not draft.is_open:
        windows.emptied()
    draft.saved_at = clock.now()
    draft.save()
    return draft if draft.is_open else None


@transaction.atomic
def settle_beside(
    *,
    thing: Any,
    choice: TextChoice,
    page: str,
    standing: Mapping[str, str],
    versions: Mapping[str, str],
    by: User,
) -> None:
    """Put the texts of two windows of one person together as they chose; what comes of it is their
    draft. Raises keeping.TextMoved when either is not what was shown."""
    draft = _locked(thing, by)
    if choice.name not in standing:
        raise TextMoved
    fields = dict(draft.fields) if draft.is_open else {}
    now = fields.get(choice.name, standing[choice.name])
    words = Windows(draft.windows).settle(choice, now, by_page=page)
    if words is not None:
        version = version_of(choice.name)
        fields[choice.name] = words
        fields[version] = _older(fields.get(version), versions.get(version, "0"))
        _store(draft, fields, standing)
        draft.saved_at = clock.now()
    draft.save()


@transaction.atomic
def discard_draft(*, thing: Any, by: User, typed: Typed) -> None:
    """Throw one's own unsaved words away. Raises keeping.TextMoved when another window has written
    on since they were shown (``typed``)."""
    draft = thing.drafts.select_for_update().filter(user=by, is_open=True).first()
    if draft is None:
        return
    windows = Windows(draft.windows)
    words = {name: said for name, said in draft.fields.items() if not _is_version(name)}
    if not all(windows.knows(typed, name, said) for name, said in words.items()):
        raise TextMoved
    windows.saved(typed, at=clock.now())
    windows.emptied()
    draft.fields, draft.is_open = {}, False
    draft.save()


def sayings() -> dict[str, str]:
    """What the page says of the words one is writing; {at} is a time of day."""
    return {
        **keeping_words(),
        **editor_sayings(),
        "kept": _("Saved as a draft {at}"),
        "outdated": _(
            "Saved as a draft {at}. A colleague has saved something at the same place meanwhile; "
            "when you save, you will see both texts."
        ),
    }
