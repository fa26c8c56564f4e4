"""Two texts beside each other, word by word: what stands in the one only is marked there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kommuneplan.likeness import Likeness
from kommuneplan.richtext import comparison
from kommuneplan.richtext.blocks import plain, sanitise, split
from plans.models import Section


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph of each text; empty where the other has none."""

    same: bool
    theirs: SafeString
    mine: SafeString


def compared(section: Section, text: str) -> list[Pair]:
    """The saved text of a section beside another text of it, paragraph by paragraph."""
    theirs = [block.html for block in section.anchored_blocks()]
    mine = split(text)
    pairs: list[Pair] = []
    steps = Likeness(theirs, mine).get_opcodes()
    for step, i1, i2, j1, j2 in steps:
        if step == "equal":
            pairs += [Pair(True, _shown(html), _shown(html)) for html in theirs[i1:i2]]
        else:
            pairs += [_pair(*both) for both in zip_longest(theirs[i1:i2], mine[j1:j2])]
    return pairs


def _shown(html: str | None) -> SafeString:
    if not html:
        return mark_safe("")
    if "<table" in html:  # a table within a table is hard to hear; its rows read as lines
        return format_html('<p class="plain-words">{}</p>', comparison.lines(html))
    return mark_safe(sanitise(html))  # noqa: S308


def _pair(theirs: str | None, mine: str | None) -> Pair:
    if theirs is None or mine is None or plain(theirs) == plain(mine):
        return Pair(False, _shown(theirs), _shown(mine))
    pieces = comparison.compare(*comparison.both(theirs, mine))
    return Pair(False, _marked(comparison.before(pieces)), _marked(comparison.after(pieces)))


def _marked(pieces: Iterable[comparison.ComparedPiece]) -> SafeString:
    """Words as text, those the other has not marked; screen readers are told."""
    said = _("differs:")
    told = '<mark><span class="sr-only">{} </span>{}</mark>'
    parts = (
        (format_html(told, said, piece.text) if piece.mark else piece.text,) for piece in pieces
    )
    return format_html('<p class="plain-words">{}</p>', format_html_join("", "{}", parts))
