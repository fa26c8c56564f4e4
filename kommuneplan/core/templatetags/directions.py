"""A person's words in a page keep their direction to themselves. No template asks for these: they
are put behind every value that a template prints (``site.isolating``)."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from kommuneplan import directions

register = template.Library()

# Blocks with words of their own; and what shows that safe HTML is more than words in a line.
_BLOCK = re.compile(r"<(p|li|h[1-6]|blockquote|td|th|figcaption|dd|dt)\b([^<>]*)>")
_QUOTED = re.compile("“([^“”]*)”")
_IN_LINE = "a|abbr|b|bdi|br|code|del|em|i|ins|mark|small|span|strong|sub|sup"
_NOT_IN_LINE = re.compile(rf"</?(?!(?:{_IN_LINE})\b)\w")


@register.filter
def isolated(value: Any) -> Any:
    """Words in a line: in a ``<bdi>`` where they could turn round what stands beside them; in a
    sentence of ours so is what it quotes. Blocks of safe HTML take the direction of their own
    words."""
    if isinstance(value, SafeString):
        return _html(value) if directions.turns(value) else value
    if hasattr(value, "__html__"):
        return value
    words = value if isinstance(value, str) else str(value)
    return _sentence(words) if directions.turns(words) else value


def _sentence(words: str) -> SafeString:
    def own(quoted: re.Match[str]) -> str:
        return f"“<bdi>{quoted[1]}</bdi>”" if directions.turns(quoted[1]) else quoted[0]

    return format_html("<bdi>{}</bdi>", mark_safe(_QUOTED.sub(own, escape(words))))  # noqa: S308


def _html(value: SafeString) -> SafeString:
    if _NOT_IN_LINE.search(value):
        return mark_safe(_BLOCK.sub(_with_direction, value))  # noqa: S308  (safe before)
    return format_html("<bdi>{}</bdi>", value)


def _with_direction(block: re.Match[str]) -> str:
    return block[0] if " dir=" in block[2] else f'<{block[1]} dir="auto"{block[2]}>'


@register.filter
def running(value: Any) -> Any:
    """A piece of a text that runs on into the pieces beside it: the element around them takes its
    direction from all of them (``dir="auto"``), and none is isolated from the others."""
    return value


@register.filter
def isolated_words(value: Any) -> Any:
    """The same where a page takes words alone: titles, choices, drawings."""
    if hasattr(value, "__html__"):
        return value
    words = value if isinstance(value, str) else str(value)
    return directions.isolated(words) if directions.turns(words) else value
