"""Headings as they were typed: numbers that belong to the outline, bold lines that may be one."""

from __future__ import annotations

import re

from .parts import HEADING, TEXT, WordParagraph, WordText

_NUMBER = re.compile(
    r"^\s*(?:(?:kapitel|afsnit|chapter)\s+)?(?P<number>\d{1,2}(?:\.\d{1,2}){0,5})"
    r"(?P<end>[.):](?=\s)|[.):]?\t|:|(?=\s))\s*(?=[^\s\d.,%])",
    re.IGNORECASE,
)
LONGEST_OFFERED = 90  # letters; a longer bold paragraph is emphasis, not a heading


def name_headings(text: WordText) -> None:
    """Part typed numbers from headings, and offer short bold lines as headings."""
    last: dict[int, int] = {}
    deepest = 0
    for block in text.blocks:
        if not isinstance(block, WordParagraph):
            continue
        if block.shape == HEADING:
            deepest = block.level
            _part_number(block, last, block.level)
        elif _looks_like_heading(block):
            block.offered = True
            _part_number(block, last, 0)
            depth = block.number.count(".") + 1 if block.number else deepest + 1
            block.level = min(depth, 9)


def _part_number(paragraph: WordParagraph, last: dict[int, int], level: int) -> None:
    """Only a number that counts: 1, 2, 3 on its level, or parted by full stops; so "10 principper"
    keeps its ten."""
    first = next((run for run in paragraph.runs if run.text.strip()), None)
    match = _NUMBER.match(first.text) if first is not None else None
    if match is None or first is None:
        return
    parts = match["number"].split(".")
    place = level or len(parts)
    counted = int(parts[-1])
    if len(parts) == 1 and not match["end"].strip() and counted not in (1, last.get(place, 0) + 1):
        return
    last[place] = counted
    for deeper in [one for one in last if one > place]:
        del last[deeper]
    paragraph.number = match["number"]
    first.text = first.text[match.end() :]


def _looks_like_heading(paragraph: WordParagraph) -> bool:
    words = paragraph.words
    if paragraph.shape != TEXT or paragraph.boxed or not words or len(words) > LONGEST_OFFERED:
        return False
    if words[-1] in ".,;!" or not any(sign.isalpha() for sign in words):
        return False
    return all("b" in run.look for run in paragraph.runs if run.text.strip())
