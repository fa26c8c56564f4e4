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
PROSE = TEMPLATE.with_name("prose.typ")
ON_A_LINE = 76  # letters of a table's size in the width of the page
SYLLABLE = 6  # letters; a column with room for fewer breaks words anywhere
SOLID = 700  # letters; a cell with fewer is not broken over two pages


def render_whole(whole: Whole, pictures: Pictures) -> bytes:
    """The plan as PDF/UA-1 and PDF/A-2a; signs the fonts do not have are shown as □.

    A picture that ``pictures`` does not give is replaced by its words.
    """
    found = {uid: fetch(pictures, uid) for uid in dict.fromkeys(whole.pictures())}
    files = {_name(uid, one): one.data for uid, one in found.items() if one}

    def make(final: dict[str, Any]) -> bytes:
        return typeset_apart({**laid_out(TEMPLATE, final), **files}, created=whole.created)

    return pdf.with_known_signs(as_data(whole, found), make)


def template_digest() -> str:
    """Changes when the layout or its fonts do; part of a cache key."""
    return pdf.digest_of(TEMPLATE, PROSE)


def laid_out(template: Path, data: dict[str, Any]) -> dict[str, bytes]:
    """The files of a paper: its layout, how running text is set, and its data."""
    layout = {"main.typ": template.read_bytes(), PROSE.name: PROSE.read_bytes()}
    return {**layout, "plan.json": pdf.as_file(data)}


def as_data(whole: Whole, found: dict[str, Picture | None] | None = None) -> dict[str, Any]:
    """What a layout reads of a whole paper, with the pictures that were ``found``."""
    data = {
        **_plain(whole, leave="chapters"),
        # A PDF must have a title, whatever is left of one made of signs it cannot hold.
        "document_title": on_one_line(whole.document_title) or whole.municipality,
        "contents": whole.has_contents,
        "running_title": whole.running_title,
        "chapters": [
            {**_plain(chapter, leave="blocks"), "level": chapter.level, "blocks": blocks}
            for chapter in whole.chapters
            for blocks in [[_block(one, found or {}, whole.labels) for one in chapter.blocks]]
        ],
    }
    for name in ("facts", "questions", "labels"):
        data.setdefault(name, [])
    return data


def _name(uid: str, picture: Picture) -> str:
    return f"{Path(uid).name}.{picture.kind}"


def _block(
    block: Block, found: dict[str, Picture | None], labels: dict[str, str]
) -> dict[str, Any]:
    data = _plain(block)
    picture = found.get(block.uid) if isinstance(block, Figure) else None
    if isinstance(block, Figure) and picture:
        alt = block.alt or "".join(run.text for run in block.caption) or "?"
        size = {"width": picture.width, "height": picture.height}
        data |= {"alt": alt, "file": _name(block.uid, picture), **size}
    elif isinstance(block, Figure):
        data["instead"] = labels.get("picture", "{words}").replace("{words}", block.alt)
    if isinstance(block, Table):
        data["heads"] = _heads(block)
        shares = _shares(block.widths, data["heads"])
        for row, plain in zip(block.rows, data["rows"], strict=True):
            for cell, said in zip(row.cells, plain["cells"], strict=True):
                share = sum(shares[cell.column : cell.column + cell.across])
                if row not in block.rows[: block.headers]:
                    said["blocks"] = _fitted(said["blocks"], max(int(share * ON_A_LINE) - 3, 1))
    return data


def _shares(widths: Iterable[float], heads: list[list[str]]) -> list[float]:
    """What is about left of the columns when each has room for its head (templates/documents/
    prose.typ measures it)."""
    needs = [max(map(len, words), default=0) / ON_A_LINE for words in heads]
    given = sum(max(0.0, need - width) for width, need in zip(widths, needs, strict=True))
    return [
        max(need, width * max(0.0, 1 - given)) if given < 1 else width
        for width, need in zip(widths, needs, strict=True)
    ]


def _heads(table: Table) -> list[list[str]]:
    """The words in the head of each column: none of them is broken, so the layout makes the
    column as wide as its widest word, or all heads smaller where there is no room."""
    words: list[list[str]] = [[] for _width in table.widths]
    for row in table.rows[: table.headers]:
        for cell in row.cells:
            if cell.across == 1:
                words[cell.column] += " ".join(texts_of(cell.blocks)).split()
    return words


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
