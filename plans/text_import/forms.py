"""Forms of a text from Word: handing it in, and what is answered while it is looked through."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .answers import AS_HERE, AS_IN_WORD, TextAnswers
from .blocks import ACCEPT, REJECT
from .matching import NEW
from .preview import KEEP, OURS, OUT, THEIRS, TextPreview
from .sections import LEFT, LEVELS, PLAIN, SUB

LONGEST_ALT = 300


class WordForm(forms.Form):
    """The document; it is read by ``read_text``."""

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


# What is answered: every field of the page by its name, as it is shown and as it comes back


def field_values(preview: TextPreview) -> dict[str, str]:
    """The value of every field as the page shows it; boxes that are not ticked are empty."""
    values = {
        f"change-{change.id}": change.decision
        for paragraph in preview.changed
        for change in paragraph.changes
    }
    values |= {f"heading-{one.paragraph.id}": one.choice for one in preview.headings}
    for row in preview.rows:
        values[f"section-{row.key}"] = row.choice
        if not row.sure and row.free:
            values[f"match-{row.key}"] = str(row.section.uid) if row.section else NEW
        if row.key == "intro":
            values["intro"] = row.proposed.title
    for image in preview.images:
        values[f"alt-{image.image.id}"] = image.alt
        values[f"left-{image.image.id}"] = "on" if image.is_left else ""
    for comment in preview.comments:
        values[f"comment-{comment.id}"] = "on" if comment.take else ""
    values |= {f"gone-{row.section.uid}": row.choice for row in preview.gone}
    values["order"] = preview.answers.order or AS_IN_WORD
    return values


def sent_answers(post: Mapping[str, Any], preview: TextPreview) -> TextAnswers:
    """What a page that was sent says otherwise than it was shown.

    Only what somebody changed on this page is said, so that two tabs go together. Values that
    no page offers are passed over.
    """
    return TextAnswers(**_Sent(post, preview).parts)


class _Sent:
    """The parts of ``TextAnswers`` while a page is read, field by field."""

    def __init__(self, post: Mapping[str, Any], preview: TextPreview) -> None:
        self.post, self.preview = post, preview
        self.parts: dict[str, Any] = {}
        self._read()
        self._all_at_once()

    def _read(self) -> None:
        was = self._was()
        for name, now in field_values(self.preview).items():
            if name not in was:
                continue  # was not on that page
            sent = str(self.post.get(name, "")).replace("\x00", "").strip()
            if sent == was[name]:
                continue
            kind, _dash, key = name.partition("-")
            self._settle(kind, key, sent, now)

    def _was(self) -> dict[str, str]:
        try:
            was = json.loads(self.post.get("shown", "") or "{}")
        except ValueError:
            return {}
        return {str(k): str(v) for k, v in was.items()} if isinstance(was, dict) else {}

    def _settle(self, kind: str, key: str, sent: str, now: str) -> None:
        if kind == "change" and sent in (ACCEPT, REJECT):
            self._part("changes")[key] = sent
        elif kind == "heading" and sent in {*LEVELS, SUB, PLAIN, LEFT} and sent != now:
            self._part("headings")[key] = sent
        elif kind == "section" and sent in (THEIRS, OURS):
            self._choose(key, sent)
        elif kind == "match" and sent != now and (sent == NEW or _is_uid(sent)):
            self._part("matches")[key] = sent
        elif kind == "alt":
            self._part("alts")[key] = " ".join(sent.split())[:LONGEST_ALT]
        elif kind == "left":
            self._part("images")[key] = LEFT if sent else ""
        elif kind == "comment":
            self._part("comments")[key] = bool(sent)
        elif kind == "gone" and sent in (OUT, KEEP):
            self._part("gone")[key] = sent
        elif kind == "intro" and sent and sent != now:
            self.parts["intro"] = " ".join(sent.split())[:300]
        elif kind == "order" and sent in (AS_IN_WORD, AS_HERE) and sent != now:
            self.parts["order"] = sent

    def _part(self, name: str) -> dict[str, Any]:
        part: dict[str, Any] = self.parts.setdefault(name, {})
        return part

    def _choose(self, key: str, text: str) -> None:
        """A choice holds for the section as it was seen: with its lock version."""
        row = next((one for one in self.preview.rows if one.key == key), None)
        if row is not None and row.section is not None:
            name = f"{key}:{row.section.uid}"
            self._part("sections")[name] = f"{text}@{row.section.version}"

    def _all_at_once(self) -> None:
        decision, _colon, paragraph = str(self.post.get("decide", "")).partition(":")
        if decision in (ACCEPT, REJECT):
            for name in self._changes(paragraph, {*self.parts.get("changes", ())}):
                self._part("changes")[name] = decision
        if self.post.get("choose") in (THEIRS, OURS):
            for row in self.preview.open_choices:
                self._choose(row.key, str(self.post["choose"]))
        if self.post.get("bold") == "sections":
            for one in self.preview.headings:
                if one.paragraph.offered and one.choice == PLAIN:
                    level = str(min(one.paragraph.level, len(LEVELS)))
                    self._part("headings")[one.paragraph.id] = level

    def _changes(self, paragraph: str, decided: set[str]) -> Iterator[str]:
        """Those of a paragraph, or all that nobody has decided on, here or before."""
        for one in self.preview.changed:
            if not paragraph or one.id == paragraph:
                for change in one.changes:
                    if paragraph or not (change.decision or change.id in decided):
                        yield change.id


def _is_uid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
