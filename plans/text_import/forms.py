"""Forms of a text from Word: handing it in, and what is answered while it is looked through."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.readers.files.source import RefusedFile
from plans.readers.word_text import upload as door
from plans.readers.word_text.parts import WordText

from .blocks import ACCEPT, REJECT
from .matching import NEW
from .preview import AS_HERE, AS_IN_WORD, KEEP, OURS, OUT, THEIRS, TextPreview
from .sections import LEFT, LEVELS, PLAIN, SUB

LONGEST_ALT = 300
_LATER = ("headings", "intro", "matches", "order")  # what they lead to has to be seen first


class WordForm(forms.Form):
    """The document. A valid form has read it: ``text``, ``name`` and ``data``."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(
        label=_("Word document"),
        help_text=_("A .docx of at most 25 MB. You see what becomes of it before it is read in."),
        widget=forms.FileInput({"accept": ".docx"}),
        error_messages={
            "required": _("Choose the Word document."),
            "empty": _("The file is empty. Choose another one."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        self.text = WordText()
        self.name, self.data_read = "", b""

    def clean_file(self) -> Any:
        """Read the document; what cannot be read is refused, with what to do."""
        upload = self.cleaned_data["file"]
        try:
            if upload.size > door.MAX_BYTES:
                raise door.too_large(upload.name, upload.size)
            self.name, self.data_read = upload.name, upload.read()
            self.text = door.open_word(upload.name, self.data_read)
        except RefusedFile as refused:
            raise forms.ValidationError(str(refused)) from refused
        return upload


# What is answered: every field of the page by its name, as it is shown and as it comes back


def shown(look: TextPreview) -> dict[str, str]:
    """The value of every field as the page shows it; boxes that are not ticked are empty."""
    values = {
        f"change-{change.id}": change.decision
        for paragraph in look.changed
        for change in paragraph.changes
    }
    values |= {f"heading-{one.paragraph.id}": one.choice for one in look.headings}
    for row in look.rows:
        values[f"section-{row.key}"] = row.choice
        if not row.sure and row.free:
            values[f"match-{row.key}"] = str(row.section.uid) if row.section else NEW
        if row.key == "intro":
            values["intro"] = row.proposed.title
    for image in look.images:
        values[f"alt-{image.image.id}"] = image.alt
        values[f"left-{image.image.id}"] = "on" if image.is_left else ""
    for comment in look.comments:
        values[f"comment-{comment.id}"] = "on" if comment.take else ""
    values |= {f"gone-{row.section.uid}": row.choice for row in look.gone}
    values["order"] = str(look.answers.get("order", AS_IN_WORD))
    return values


class Answers:
    """What a page that was sent says otherwise than it was shown; settled under the lock.

    Only what somebody changed on this page is written, so that two tabs go together. Values
    that no page offers are passed over.
    """

    def __init__(self, post: Mapping[str, Any], look: TextPreview) -> None:
        self.post, self.look = post, look
        self.parts: dict[str, Any] = {}
        self._read()
        self._all_at_once()

    def __call__(self, _draft: Any) -> Mapping[str, Any]:
        return self.parts

    @property
    def needs_another_look(self) -> bool:
        """Did something change whose consequences were not on the page?"""
        return any(name in self.parts for name in _LATER)

    def _read(self) -> None:
        was = self._was()
        for name, usual in shown(self.look).items():
            if name not in was:
                continue  # was not on that page
            said = str(self.post.get(name, "")).replace("\x00", "").strip()
            if said == was[name]:
                continue
            kind, _dash, key = name.partition("-")
            self._settle(kind, key, said, usual)

    def _was(self) -> dict[str, str]:
        try:
            was = json.loads(self.post.get("shown", "") or "{}")
        except ValueError:
            return {}
        return {str(k): str(v) for k, v in was.items()} if isinstance(was, dict) else {}

    def _settle(self, kind: str, key: str, said: str, usual: str) -> None:
        if kind == "change" and said in (ACCEPT, REJECT):
            self._part("changes")[key] = said
        elif kind == "heading" and said in {*LEVELS, SUB, PLAIN, LEFT} and said != usual:
            self._part("headings")[key] = said
        elif kind == "section" and said in (THEIRS, OURS):
            self._choose(key, said)
        elif kind == "match" and said != usual and (said == NEW or _is_uid(said)):
            self._part("matches")[key] = said
        elif kind == "alt":
            self._part("alts")[key] = " ".join(said.split())[:LONGEST_ALT]
        elif kind == "left":
            self._part("images")[key] = LEFT if said else ""
        elif kind == "comment":
            self._part("comments")[key] = bool(said)
        elif kind == "gone" and said in (OUT, KEEP):
            self._part("gone")[key] = said
        elif kind == "intro" and said and said != usual:
            self.parts["intro"] = " ".join(said.split())[:300]
        elif kind == "order" and said in (AS_IN_WORD, AS_HERE) and said != usual:
            self.parts["order"] = said

    def _part(self, name: str) -> dict[str, Any]:
        part: dict[str, Any] = self.parts.setdefault(name, {})
        return part

    def _choose(self, key: str, said: str) -> None:
        """A choice holds for the section as it was seen: with its lock version."""
        row = next((one for one in self.look.rows if one.key == key), None)
        if row is not None and row.section is not None:
            name = f"{key}:{row.section.uid}"
            self._part("sections")[name] = f"{said}@{row.section.version}"

    def _all_at_once(self) -> None:
        decision, _colon, paragraph = str(self.post.get("decide", "")).partition(":")
        if decision in (ACCEPT, REJECT):
            for name in self._changes(paragraph, {*self.parts.get("changes", ())}):
                self._part("changes")[name] = decision
        if self.post.get("choose") in (THEIRS, OURS):
            for row in self.look.open_choices:
                self._choose(row.key, str(self.post["choose"]))
        if self.post.get("bold") == "sections":
            for one in self.look.headings:
                if one.paragraph.offered and one.choice == PLAIN:
                    level = str(min(one.paragraph.level, len(LEVELS)))
                    self._part("headings")[one.paragraph.id] = level

    def _changes(self, paragraph: str, said: set[str]) -> Iterator[str]:
        """Those of a paragraph, or all that nobody has decided on, here or before."""
        for one in self.look.changed:
            if not paragraph or one.id == paragraph:
                for change in one.changes:
                    if paragraph or not (change.decision or change.id in said):
                        yield change.id


def _is_uid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
