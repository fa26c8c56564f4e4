"""A memo as PDF: accessible (PDF/UA-1), lasting (PDF/A-2a), set by typst without network."""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import re
import struct
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .memo import Memo, clean
from .typesetting import FONTS, ROOT, CannotSet, typeset

TEMPLATE = ROOT / "templates" / "documents" / "procesplan.typ"
FAMILY = "IBM Plex Sans"
FALLBACK = "Libertinus Serif"  # typst carries it itself
NO_GLYPH = "\N{WHITE SQUARE}"
LONG_WORD = 32
_NOT_SHOWN = {"link", "file", "kind"}  # addresses, and what sort of block it is

logger = logging.getLogger(__name__)


def render_memo(memo: Memo) -> bytes:
    """The memo as PDF/UA-1 and PDF/A-2a.

    A sign that the fonts do not have (an emoji, say) is shown as □: a lasting document must not
    hold text without a picture of it.
    """
    return with_known_signs(asdict(memo), _compile)


def with_known_signs(data: dict[str, Any], make: Callable[[dict[str, Any]], bytes]) -> bytes:
    """What is made of the data; where a sign cannot be set, of the data without it.

    Each sign is tried by itself: an emoji in one response costs no sign of another.
    """
    data = _map_text(data, _breakable)
    try:
        return make(data)
    except CannotSet as error:
        logger.info("document set again without the signs that no font has: %s", error)
    rare: set[str] = set()
    _map_text(data, lambda text: rare.update(set(text) - _signs()))
    nowhere = _without_picture(frozenset(rare - _JOINERS))
    try:
        return make(_map_text(data, functools.partial(_without, nowhere)))
    except CannotSet as error:  # a sign that can be set by itself, and not beside others
        logger.info("document set again with plain signs: %s", error)
        return make(_map_text(data, _only_known_signs))


def template_digest() -> str:
    """Changes when the layout or its fonts do; part of a cache key."""
    return digest_of(TEMPLATE)


def digest_of(*layout: Path) -> str:
    """Changes when the files of a layout or its fonts do."""
    parts = b"".join(one.read_bytes() for one in layout)
    return hashlib.sha256(parts + " ".join(families()).encode()).hexdigest()[:16]


def _compile(data: dict[str, Any]) -> bytes:
    files = {"main.typ": TEMPLATE.read_bytes(), "memo.json": as_file(data)}
    return typeset(files, created=data["created"], fonts=FONTS)


def as_file(data: dict[str, Any]) -> bytes:
    """The data, and the fonts to use, as the file a layout reads."""
    return json.dumps({**data, "fonts": families()}, ensure_ascii=False).encode()


@functools.cache
def families() -> list[str]:
    """The fonts to use, in order. Asked once: they are installed before the server starts."""
    if any(FONTS.glob("IBMPlexSans-*.ttf")):
        return [FAMILY, FALLBACK]
    logger.warning(
        "The fonts for PDF are missing in %s: documents are set in %s. Run `make setup`.",
        FONTS.relative_to(ROOT),
        FALLBACK,
    )
    return [FALLBACK]


def _map_text(value: Any, change: Any) -> Any:
    """The same structure with every text changed; keys stay, and what is read by the layout."""
    if isinstance(value, str):
        return change(str(value))
    if isinstance(value, dict):
        return {
            key: item if key in _NOT_SHOWN else _map_text(item, change)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_map_text(item, change) for item in value]
    return value


def _breakable(text: str) -> str:
    """Clean text in which a line can break inside a word longer than a column is wide."""
    pieces = f"(\\S{{{LONG_WORD}}})(?=\\S)"
    return re.sub(pieces, "\\1\u200b", clean(text))


def _without(nowhere: frozenset[str], text: str) -> str:
    """The text with □ for the signs that no font has, and without what joins them."""
    if nowhere.isdisjoint(text):
        return text
    kept = (sign for sign in text if sign not in _JOINERS)
    return "".join(NO_GLYPH if sign in nowhere else sign for sign in kept)


@functools.lru_cache(maxsize=256)
def _without_picture(signs: frozenset[str]) -> frozenset[str]:
    """Those of some signs that no font has, neither ours nor those that typst carries: set all
    together, and where that is refused by halves."""
    if not signs or _can_be_set(signs):
        return frozenset()
    if len(signs) == 1:
        return signs
    in_order = sorted(signs)
    half = len(in_order) // 2
    return _without_picture(frozenset(in_order[:half])) | _without_picture(
        frozenset(in_order[half:])
    )


def _can_be_set(signs: frozenset[str]) -> bool:
    trial = json.dumps({"fonts": families(), "signs": sorted(signs)}, ensure_ascii=False)
    try:
        typeset({"main.typ": _TRIAL, "signs.json": trial.encode()}, created=0, fonts=FONTS)
    except CannotSet:
        return False
    return True


_TRIAL = b"""#let trial = json("signs.json")
#set document(title: "x")
#set text(lang: "da", region: "DK", font: trial.fonts)
#for sign in trial.signs [#sign ]
"""


def _only_known_signs(text: str) -> str:
    signs = _signs()
    kept = (sign for sign in text if sign not in _JOINERS)
    return "".join(sign if sign in signs else NO_GLYPH for sign in kept)


# What joins or varies emoji, and has no picture of its own.
_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")


@functools.cache
def _signs() -> frozenset[str]:
    """The signs of the regular font; those of western Europe where it is missing."""
    always = {"\n", "\u200b", NO_GLYPH}
    try:
        font = (FONTS / "IBMPlexSans-Regular.ttf").read_bytes()
    except OSError:
        west = {chr(code) for code in [*range(0x20, 0x7F), *range(0xA1, 0x17F)]}
        return frozenset(west | always | set("–—‘’“”•…€"))
    return frozenset({chr(code) for code in _character_map(font)} | always)


def _character_map(font: bytes) -> set[int]:
    """The code points of a TrueType font's Unicode table (OpenType ``cmap``, formats 4 and 12)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    directory = [struct.unpack_from(">4sLLL", font, 12 + 16 * place) for place in range(tables)]
    base = next(offset for tag, _sum, offset, _length in directory if tag == b"cmap")
    codes: set[int] = set()
    for place in range(struct.unpack_from(">H", font, base + 2)[0]):
        at = base + struct.unpack_from(">HHL", font, base + 4 + 8 * place)[2]
        kind = struct.unpack_from(">H", font, at)[0]
        if kind == 4:
            codes |= _segments(font, at)
        elif kind == 12:
            for group in range(struct.unpack_from(">L", font, at + 12)[0]):
                first, last, _glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * group)
                codes |= set(range(first, last + 1))
    return codes


def _segments(font: bytes, at: int) -> set[int]:
    """Format 4: the ends of all segments, a gap of two bytes, and their starts."""
    twice = struct.unpack_from(">H", font, at + 6)[0]
    ends = struct.unpack_from(f">{twice // 2}H", font, at + 14)
    starts = struct.unpack_from(f">{twice // 2}H", font, at + 16 + twice)
    pairs = zip(starts, ends, strict=True)
    return {code for start, end in pairs if start != 0xFFFF for code in range(start, end + 1)}
