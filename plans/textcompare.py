"""Two texts beside each other, word by word: what stands in the one only is marked there."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kommuneplan.richtext import plain, sanitise, split

from .models import Section

_WORD = re.compile(r"\S+\s*")


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
    steps = difflib.SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes()
    for step, i1, i2, j1, j2 in steps:
        if step == "equal":
            pairs += [Pair(True, _shown(html), _shown(html)) for html in theirs[i1:i2]]
        else:
            pairs += [_pair(*both) for both in zip_longest(theirs[i1:i2], mine[j1:j2])]
    return pairs


def _shown(html: str | None) -> SafeString:
    return mark_safe(sanitise(html)) if html else mark_safe("")


def _pair(theirs: str | None, mine: str | None) -> Pair:
    if theirs is None or mine is None or plain(theirs) == plain(mine):
        return Pair(False, _shown(theirs), _shown(mine))
    one, two = _WORD.findall(plain(theirs)), _WORD.findall(plain(mine))
    steps = difflib.SequenceMatcher(
        None, [word.strip() for word in one], [word.strip() for word in two], autojunk=False
    ).get_opcodes()
    return Pair(
        False,
        _marked([("".join(one[i1:i2]), step) for step, i1, i2, _j1, _j2 in steps]),
        _marked([("".join(two[j1:j2]), step) for step, _i1, _i2, j1, j2 in steps]),
    )


def _marked(parts: Sequence[tuple[str, str]]) -> SafeString:
    """Words as text, those the other has not marked; screen readers are told."""
    said = _("differs:")
    return format_html(
        "<p>{}</p>",
        format_html_join(
            "",
            "{}",
            (
                (
                    words
                    if step == "equal"
                    else format_html(
                        '<mark><span class="sr-only">{} </span>{}</mark>', said, words
                    ),
                )
                for words, step in parts
                if words
            ),
        ),
    )
