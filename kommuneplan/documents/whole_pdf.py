"""A whole plan as PDF: accessible (PDF/UA-1), lasting (PDF/A-2a), set by typst without network."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from . import pdf
from .memo import on_one_line
from .picturing import Picture, fetch
from .prose import Block, Cell, Figure, Pictures, Table, texts_of
from .typesetting import typeset_apart
from .whole import Whole

TEMPLATE = pdf.ROOT / "templates" / "documents" / "plan.typ"
ON_A_LINE = 76  # letters of a table's size in the width of the page
SYLLABLE = 6  # letters; a column with room for fewer breaks words anywhere
SOLID = 700  # letters; a cell with fewer is not broken over two pages


def render_whole(whole: Whole, pictures: Pictures) -> bytes:
    """The plan as PDF/UA-1 and PDF/A-2a; signs the fonts do not have are shown as □.

    A picture that ``pictures`` does not give is replaced by its words.
    """
    found = {uid: fetch(pictures, uid) for uid in dict.fromkeys(whole.pictures())}
    data = {
        **_plain(whole),
        # A PDF must have a title, whatever is left of one made of signs it cannot hold.
        "document_title": on_one_line(whole.document_title) or whole.municipality,
        "contents": whole.has_contents,
        "running_title": whole.running_title,
        "chapters": [
            {**_plain(chapter, leave="blocks"), "level": chapter.level, "blocks": blocks}
            for chapter in whole.chapters
            for blocks in [[_block(block, found) for block in chapter.blocks]]
        ],
    }
    for name in ("facts", "questions", "labels"):
        data.setdefault(name, [])
    files = {_name(uid, one): one.data for uid, one in found.items() if one}
    return pdf.with_known_signs(data, lambda final: _compile(final, files, whole.created))


def template_digest() -> str:
    """Changes when the layout or its fonts do; part of a cache key."""
    return pdf.digest_of(TEMPLATE)


def _compile(data: dict[str, Any], files: dict[str, bytes], created: int) -> bytes:
    layout = {"main.typ": TEMPLATE.read_bytes(), "plan.json": pdf.as_file(data)}
    return typeset_apart({**layout, **files}, created=created, fonts=pdf.FONTS)


def _name(uid: str, picture: Picture) -> str:
    return f"{Path(uid).name}.{picture.kind}"


def _block(block: Block, found: dict[str, Picture | None]) -> dict[str, Any]:
    data = _plain(block)
    picture = found.get(block.uid) if isinstance(block, Figure) else None
    if isinstance(block, Figure) and picture:
        alt = block.alt or "".join(run.text for run in block.caption) or "?"
        size = {"width": picture.width, "height": picture.height}
        data |= {"alt": alt, "file": _name(block.uid, picture), **size}
    if isinstance(block, Table):
        for row, plain in zip(block.rows, data["rows"], strict=True):
            for cell, said in zip(row.cells, plain["cells"], strict=True):
                share = sum(block.widths[cell.column : cell.column + cell.across])
                said["blocks"] = _fitted(said["blocks"], max(int(share * ON_A_LINE) - 3, 1))
    return data


def _fitted(value: Any, room: int) -> Any:
    """The content of a cell in which words can be broken that its column has no room for.

    Those of letters alone are hyphenated, as long as there is room for a syllable.
    """
    if isinstance(value, list):
        return [_fitted(item, room) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _broken(item, room) if key == "text" else _fitted(item, room)
        for key, item in value.items()
    }


def _broken(text: str, room: int) -> str:
    return re.sub(
        rf"\S{{{room + 1},}}",
        lambda word: (
            word[0]
            if word[0].isalpha() and room >= SYLLABLE
            else "\u200b".join(re.findall(f".{{1,{room}}}", word[0]))
        ),
        text,
    )


def _plain(value: Any, leave: str = "") -> Any:
    """A value as JSON knows it; what is as usual is left out, for most of a text is."""
    if is_dataclass(value):
        usual = _usual(type(value))
        data = {
            name: _plain(getattr(value, name))
            for name in usual
            if name != leave and (name == "kind" or getattr(value, name) != usual[name])
        }
        if isinstance(value, Cell) and value.down == 1 and _length(value.blocks) < SOLID:
            data["solid"] = True
        return data
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


@functools.cache
def _usual(kind: type) -> dict[str, Any]:
    """The fields of a dataclass with their defaults."""
    return {one.name: one.default for one in fields(kind)}


def _length(blocks: Iterable[Block]) -> int:
    return sum(map(len, texts_of(blocks)))
