"""Writing in a section: words kept as a draft while one writes, and saved with one decision.

A draft belongs to one person and is never seen by others. Saving is the one act that can meet
somebody else's: then both texts are kept, mine as my draft, theirs as the section.

A section is one of a plan's text, or whatever else is written as one is: it has title, text,
``anchored_blocks``, a ``plan``, and ``drafts`` (``Unsaved``).
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.html import format_html

from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.keeping import TextChoice, TextMoved, Typed, Weighed, Windows, mark
from kommuneplan.likeness import Likeness
from kommuneplan.locking import Conflict
from kommuneplan.richtext.blocks import sanitise, split

from .images import checked_images


class ConflictChoice(enum.StrEnum):
    """What one does with a conflict."""

    THEIRS = "theirs"
    MINE = "mine"
    JOINED = "joined"


NAMES = ("title", "text")

Written = Any  # a Section, or a row that is written as one


def keep_draft(
    *, section: Written, typed: Typed, base_version: int, by: User
) -> tuple[Weighed, Any]:
    """Keep what somebody is writing, title or text or both; sanitised, theirs alone. What another
    window of theirs has written meanwhile is not overwritten: mine is kept beside it."""
    with transaction.atomic():
        draft, _new = section.drafts.select_for_update().get_or_create(
            user=by,
            section=section,
            defaults={"base_version": base_version, "saved_at": clock.now(), "is_open": False},
        )
        typed = replace(
            typed, words={name: _clean(name, typed.words[name]) for name in typed.words}
        )
        stored = {name: getattr(draft, name) if draft.is_open else None for name in NAMES}
        done = Windows(draft.windows).weigh(typed, stored, at=clock.now())
        if done.is_late or not typed.words:
            return done, draft
        if not draft.is_open:
            _open(draft, section, base_version)
        for name, words in done.store.items():
            setattr(draft, name, words)
        draft.saved_at = clock.now()
        draft.save()
        return done, draft


def _clean(name: str, words: str) -> str:
    return sanitise(words) if name == "text" else words[:300]


def _open(draft: Any, section: Written, base_version: int) -> None:
    """The draft begins with the text that the page was opened with."""
    draft.is_open, draft.base_version = True, base_version
    draft.title, draft.text = section.title, section.text
    if section.version != base_version:
        base = section.history.filter(version=base_version).values_list("title", "text").first()
        draft.title, draft.text = base or (section.title, section.text)


def open_draft(section: Written, user: User) -> Any:
    """What the person has written here and not saved."""
    return section.drafts.filter(user=user, is_open=True).first()


def windows_of(section: Written, user: User) -> Windows:
    """The person's open pages of a section, and their texts that stand beside."""
    draft = section.drafts.filter(user=user).first()
    return Windows(draft.windows if draft else {})


def settle_beside(*, section: Written, choice: TextChoice, page: str, by: User) -> None:
    """Put the texts of two windows of one person together as they chose; what comes of it is their
    draft. Raises keeping.TextMoved when either is not what was shown."""
    with transaction.atomic():
        draft = section.drafts.select_for_update().filter(user=by).first()
        if draft is None or choice.name not in NAMES:
            raise TextMoved
        row = type(section).objects.get(pk=section.pk)
        standing = getattr(draft if draft.is_open else row, choice.name)
        windows = Windows(draft.windows)
        words = windows.settle(choice, standing, by_page=page, join=_join(choice.name))
        if words is not None:
            if not draft.is_open:
                _open(draft, row, row.version)
            setattr(draft, choice.name, _clean(choice.name, words))
            draft.saved_at = clock.now()
        draft.save()


def _join(name: str) -> Callable[[str, str], str]:
    if name == "title":
        return "{} / {}".format
    return lambda theirs, mine: joined(split(theirs), split(mine))


def discard_draft(*, section: Written, by: User, typed: Typed | None = None) -> None:
    """Throw one's own unsaved words away. ``typed``: what the page in which it was pressed has
    shown; raises TextMoved when another window has written on since."""
    with transaction.atomic():
        draft = section.drafts.select_for_update().filter(user=by, is_open=True).first()
        if draft is None:
            return
        windows = Windows(draft.windows)
        if typed is not None:
            if not all(windows.knows(typed, name, getattr(draft, name)) for name in NAMES):
                raise TextMoved
            windows.saved(typed, at=clock.now())
        _close(draft)


def _close(draft: Any) -> None:
    draft.title = draft.text = ""
    draft.is_open = False
    Windows(draft.windows).emptied()
    draft.save()


def save_section(
    *,
    section: Written,
    title: str,
    text: str,
    base_version: int,
    by: User | None,
    typed: Typed | None = None,
) -> Written:
    """Save the text that was written from ``base_version`` on. ``typed``: the page it comes from,
    and what that has shown.

    A section that has only been moved or marked meanwhile, or whose other field was changed, is
    no conflict. When somebody else has changed the same field: Conflict, and mine is kept as my
    draft; nothing is overwritten. Raises TextRefused for an image without words, or not the plan's.
    """
    text = checked_images(plan=section.plan, html="\n".join(split(text)), by=by)
    with transaction.atomic():
        row = type(section).objects.select_for_update().get(pk=section.pk)
        words = _reconciled(row, title, text, base_version)
        if words is not None:
            if words != (row.title, row.text):
                row.title, row.text = words
                row._history_user = by
                row.save()
            if by is not None:
                _close_own(row, by, {"title": title, "text": text}, typed)
            return row
        if by is not None:
            _keep_for_choice(row, title, text, base_version, by, typed or Typed({}, {}))
    section.title, section.text = title, text
    raise Conflict(section)


def _reconciled(row: Written, title: str, text: str, base_version: int) -> tuple[str, str] | None:
    """What is to stand, field by field; None when both have changed the same one differently."""
    if row.version == base_version:
        return title, text
    base = row.history.filter(version=base_version).values_list("title", "text").first()
    if base is None:
        return (title, text) if (title, text) == (row.title, row.text) else None
    words = []
    for before, theirs, mine in zip(base, (row.title, row.text), (title, text), strict=True):
        if theirs in (before, mine):
            words.append(mine)
        elif mine == before:
            words.append(theirs)
        else:
            return None
    return words[0], words[1]


def _close_own(row: Written, by: User, saved: dict[str, str], typed: Typed | None) -> None:
    """The draft is saved now; one in which another window has written meanwhile stays."""
    draft = row.drafts.select_for_update().filter(user=by).first()
    if draft is None:
        return
    windows, typed = Windows(draft.windows), typed or Typed({}, {})
    unknown = draft.is_open and not all(
        getattr(draft, name) == saved[name] or windows.knows(typed, name, getattr(draft, name))
        for name in NAMES
    )
    windows.saved(typed, at=clock.now())
    if unknown and typed.page:
        draft.save()
    else:
        _close(draft)


def _keep_for_choice(
    row: Written, title: str, text: str, base_version: int, by: User, typed: Typed
) -> None:
    """Mine becomes my draft; words that another window of mine has kept stand in it as well."""
    draft, created = row.drafts.select_for_update().get_or_create(
        user=by,
        section=row,
        defaults={"base_version": base_version, "saved_at": clock.now()},
    )
    windows = Windows(draft.windows)
    if not created and draft.is_open:
        if not windows.knows(typed, "text", draft.text):
            text = joined(split(draft.text), split(text))
        if draft.title != title and not windows.knows(typed, "title", draft.title):
            text = joined([sanitise(format_html("<p>{}</p>", draft.title))], split(text))
    draft.base_version, draft.title, draft.text = base_version, title[:300], text
    draft.is_open, draft.saved_at = True, clock.now()
    windows.saved(typed, at=clock.now())
    draft.save()


def mark_of(draft: Any) -> str:
    """The mark of a draft as a whole."""
    return mark(f"{draft.title}\n{draft.text}")


def in_conflict(section: Written, draft: Any) -> bool:
    """Would saving the draft now meet somebody else's change?"""
    text = "\n".join(split(draft.text))
    return _reconciled(section, draft.title, text, draft.base_version) is None


def settle_conflict(
    *, section: Written, choice: ConflictChoice, seen: int, by: User, shown: str | None = None
) -> Written:
    """Decide between the saved text and one's own draft, having seen the section's version, and
    the draft (``shown``: its ``mark_of``).

    Theirs: the draft is thrown away. Mine: it becomes the text; theirs stays in the history.
    Joined: both stand in the draft, one after the other where they differ, to be written
    together. Raises Conflict when somebody has saved again since ``seen``, or oneself has written
    on in another window; the draft stays.
    """
    draft = open_draft(section, by)
    if draft is None:
        return section
    if shown is not None and shown != mark_of(draft):
        raise Conflict(section)
    known = Typed({}, {name: mark(getattr(draft, name)) for name in NAMES}, page="choice")
    if choice == ConflictChoice.THEIRS:
        try:
            discard_draft(section=section, by=by, typed=known)
        except TextMoved:
            raise Conflict(section) from None
        return section
    if choice == ConflictChoice.MINE:
        return save_section(
            section=section, title=draft.title, text=draft.text, base_version=seen, by=by,
            typed=known,
        )  # fmt: skip
    with transaction.atomic():
        row = type(section).objects.select_for_update().get(pk=section.pk)
        if row.version != seen:
            raise Conflict(section)
        draft = row.drafts.select_for_update().get(user=by)
        draft.text = joined([b.html for b in row.anchored_blocks()], split(draft.text))
        draft.base_version, draft.saved_at = seen, clock.now()
        draft.save()
    return row


def joined(theirs: Sequence[str], mine: Sequence[str]) -> str:
    """Both texts as one: equal blocks once, where they differ theirs and then mine. No word of
    either is left out."""
    out: list[str] = []
    steps = Likeness(theirs, mine).get_opcodes()
    for step, i1, i2, j1, j2 in steps:
        out += theirs[i1:i2]
        if step != "equal":
            out += mine[j1:j2]
    return "\n".join(out)
