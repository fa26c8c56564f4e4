"""What a page in which words are kept shows beside its fields, and what its script is told.

The page and the script's answer are made of the same two templates: ``{% beside "text" %}`` under
a field, ``{% writing %}`` once, both asking the ``keeping`` of the context (``KeepingPage``).
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import template
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kommuneplan.clock import COPENHAGEN
from kommuneplan.keeping import Typed, Weighed, Windows, mark

register = template.Library()
_SEEN = "seen."


def new_page() -> str:
    """The key of a page that is opened."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class KeepingPage:
    """One open page: what stands in each field (``stored``; None: nothing is kept there), what
    the fields are called, and the other pages. ``page``: the key of this one; ``sent``: that of the
    page whose form has just come. ``is_own``: all pages are one person's; ``rich``: fields whose
    words are HTML, sanitised; ``single``: those that hold one thing, so that two cannot be put one
    after the other; ``values``: what the values of a choice are called."""

    windows: Windows
    stored: Mapping[str, str | None]
    labels: Mapping[str, str]
    at: dt.datetime
    page: str = field(default_factory=new_page)
    sent: str = ""
    is_own: bool = False
    rich: frozenset[str] = frozenset()
    single: frozenset[str] = frozenset()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def _here(self) -> str:
        return self.sent or self.page

    def beside(self, name: str) -> str:
        """What is told under a field: texts that stand beside it, who writes in it."""
        texts = [
            {
                "text": one,
                "words": self._said(name, one.words),
                "is_mine": one.page == self._here,
                "standing": mark(self.standing(name)),
            }
            for one in self.windows.besides(name)
        ]
        others = [one for one in self.writing if one.name == name]
        if not texts and not others:
            return ""
        context = {"keeping": self, "texts": texts, "others": others, "name": name}
        said = self._said(name, self.standing(name))
        context |= {"standing": said, "is_rich": name in self.rich}
        return render_to_string("components/keeping_beside.html", context)

    def _said(self, name: str, words: str) -> str:
        return self.values.get(name, {}).get(words, words)

    def standing(self, name: str) -> str:
        """What stands in a field."""
        return self.stored.get(name) or ""

    @property
    def writing(self) -> list[Any]:
        """Who else writes just now."""
        return self.windows.writing(page=self._here, at=self.at)

    def who_writes(self) -> str:
        """Who else writes just now, and where, in words."""
        others = [(one, self.labels[one.name]) for one in self.writing if one.name in self.labels]
        context = {"keeping": self, "others": others}
        return render_to_string("components/keeping_writing.html", context) if others else ""

    def unsettled(self) -> list[tuple[str, str]]:
        """The fields beside which a text stands, and what they are called."""
        names = dict.fromkeys(one.name for one in self.windows.besides())
        return [(name, self.labels.get(name, "")) for name in names]

    def told(self, typed: Typed, done: Weighed, sent: QueryDict, **more: Any) -> dict[str, Any]:
        """What the script is told: of what it sent, what stands as it was sent (``seen``) and what
        is kept beside; of what it showed and did not send, what others have written (``news``)."""
        shown = {key[len(_SEEN) :]: sent[key] for key in sent if key.startswith(_SEEN)}
        aside = [one.name for one in self.windows.besides() if one.page == self._here]
        news = {
            name: {"words": words, "seen": mark(words)}
            for name in shown
            if (words := self.stored.get(name)) is not None
            and name not in (*typed.words, *aside)
            and mark(words) != shown[name]
        }
        fields = {one.name for one in (*self.windows.besides(), *self.writing)}
        return {
            "late": done.is_late,
            "sequence": self.windows.counted(self._here),
            "seen": done.accepted,
            "beside": aside,
            "unkept": done.unkept,
            "news": news,
            "more": any(words and name not in shown for name, words in self.stored.items()),
            "told": {name: self.beside(name) for name in fields},
            "writing": self.who_writes(),
            **more,
        }


def clock_of(at: dt.datetime) -> str:
    """The time of day of a keeping: "12.03"."""
    return f"{at.astimezone(COPENHAGEN):%H.%M}"


def shown_by(sent: QueryDict) -> Typed:
    """The page in which something was pressed, and the marks of what it has shown."""
    marks = {key[len(_SEEN) :]: sent[key] for key in sent if key.startswith(_SEEN)}
    return Typed({}, marks, page=sent.get("page", "")[:32])


def moved_words() -> str:
    """What is said where somebody chose between texts that are others by now."""
    return _("One of the texts has been changed since you chose. Look at both, and choose again.")


def written_on_words() -> str:
    """What is said where the words that were to be thrown away are not those that were shown."""
    return _(
        "Nothing was thrown away: you have written on in another window. This is the text as it "
        "is kept now."
    )


def keeping_words() -> dict[str, str]:
    """What every page says in which words are kept."""
    return {
        "beside": _(
            "Kept {at}. You have written in the same field in another window: both texts stand "
            "below it. Choose between them."
        ),
        "unkept": _("Not kept: press Save to see what stands there."),
        "news": _(
            "Somebody else, or you in another window, has written here. This is the text now."
        ),
        "before": _("Show the text that stood here before"),
    }


@register.simple_tag(takes_context=True)
def beside(context: Any, name: str) -> SafeString:
    """The place under a field in which it is told what stands beside it and who writes in it."""
    keeping: KeepingPage = context["keeping"]
    frame = '<div class="beside" id="beside-{}" data-beside="{}">{}</div>'
    return format_html(frame, dashed(name), name, SafeString(keeping.beside(name)))


@register.simple_tag(takes_context=True)
def seen(context: Any, name: str) -> SafeString:
    """The mark of what the page shows in a field."""
    keeping: KeepingPage = context["keeping"]
    value = context.get("marks", {}).get(name, mark(keeping.standing(name)))
    return format_html('<input type="hidden" name="seen.{}" value="{}">', name, value)


@register.filter
def dashed(name: str) -> str:
    """The name of a field as part of an id."""
    return name.replace(".", "-")


@register.simple_tag(takes_context=True)
def writing(context: Any) -> SafeString:
    """The place in which it is told who else writes."""
    keeping: KeepingPage = context["keeping"]
    said = SafeString(keeping.who_writes())
    return format_html('<div class="writing" data-writing>{}</div>', said)


@register.filter
def choice_of(told: Mapping[str, Any], what: str) -> str:
    """What the button says that takes a text from beside a field (``keeping.TextChoice``)."""
    text = told["text"]
    return "|".join([what, text.page, text.name, told["standing"], text.mark])


@register.filter
def writer_words(one: Any) -> str:
    """The name of somebody who writes, where it is known."""
    return one.writer or _("Somebody else")
