"""A report on a consultation as PDF: accessible (PDF/UA-1), lasting (PDF/A-2a).

typst holds a whole paper in memory, about 1.2 MB a page. A long report is therefore set in volumes,
two at a time, and bound together (``binding``), so that a report of any length takes the same room.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from . import binding, pdf
from .prose import Block, texts_of
from .typesetting import STANDARDS, typeset, typeset_apart
from .whole import Chapter, Whole
from .whole_pdf import PROSE, as_data, laid_out

TEMPLATE = pdf.ROOT / "templates" / "documents" / "hoeringsnotat.typ"
FEET = TEMPLATE.with_name("sidetal.typ")
VOLUME = 900_000  # letters: about 250 pages
FRONT = 60_000  # letters; the first volume is set twice, see _front
AT_ONCE = 2
PER_BLOCK = 60  # letters that a block's own space on the page is like
IN_CONTENTS = 2  # levels of headings


def render_report(whole: Whole) -> bytes:
    """The report; signs the fonts do not have are shown as □."""
    volumes = list(_volumes(whole.chapters))
    if len(volumes) < 2:
        return pdf.with_known_signs(as_data(whole), lambda data: _set(data, whole.created))
    return _bound(whole, volumes)


def render_short(whole: Whole) -> bytes:
    """A paper of a page or two in the same looks, without title page and contents."""
    data = {**as_data(whole), "short": True, "contents": False}
    return pdf.with_known_signs(
        data, lambda final: typeset(laid_out(TEMPLATE, final), created=whole.created)
    )


def template_digest() -> str:
    """Changes when the layout or its fonts do; part of a cache key."""
    return pdf.digest_of(TEMPLATE, PROSE, FEET)


def _set(data: dict[str, Any], created: int) -> bytes:
    # A volume that goes on in the middle of a chapter begins with a heading of a deeper level,
    # which PDF/UA-1 forbids of a whole paper; bound behind the first it keeps the order.
    standards = STANDARDS[1:] if data.get("part") else STANDARDS
    return typeset_apart(laid_out(TEMPLATE, data), created=created, standards=standards)


def _volumes(chapters: tuple[Chapter, ...]) -> Iterator[list[Chapter]]:
    """The chapters in portions. One that is longer goes on, without a heading, in the next."""
    volume: list[Chapter] = []
    length, room = 0, VOLUME
    if sum(PER_BLOCK + len(words) for one in chapters for words in texts_of(one.blocks)) > VOLUME:
        room = FRONT
    for one in chapters:
        rest: list[Block] = []
        for block in one.blocks:
            if length >= room and block.kind == "heading":
                yield [*volume, replace(one, blocks=tuple(rest))]
                volume, rest, length, room = [], [], 0, VOLUME
                one = replace(one, title="", number="")
            rest.append(block)
            length += PER_BLOCK + sum(map(len, texts_of([block])))
        volume.append(replace(one, blocks=tuple(rest)))
    yield volume


def _bound(whole: Whole, volumes: list[list[Chapter]]) -> bytes:
    """Set the volumes, then the first once more with the contents, and bind them."""

    def one(place: int) -> bytes:
        data = as_data(replace(whole, chapters=tuple(volumes[place])))
        data = {**data, "part": place, "entries": []}
        return pdf.with_known_signs(data, lambda final: _set(final, whole.created))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        made = [b"", *pool.map(one, range(1, len(volumes)))]
    made[0] = _front(whole, volumes[0], made[1:])
    pages = sum(map(binding.pages_of, made))
    return binding.bind(made, _feet(whole, pages))


def _front(whole: Whole, chapters: list[Chapter], others: list[bytes]) -> bytes:
    """The first volume: its contents name pages of all of them, which depend on its own length."""
    headings = [one for one in whole.chapters if one.title]
    data = {**as_data(replace(whole, chapters=tuple(chapters))), "part": 0}
    behind, before = [], 0
    for volume in others:
        behind += [before + page for page in binding.headings_of(volume)]
        before += binding.pages_of(volume)
    own: list[int] = [0] * (len(headings) - len(behind))
    length, made = 0, b""
    for _try in range(3):  # the second time the pages are known; a third if a line more was needed
        pages = [*own, *(length + page for page in behind)]
        entries = _entries(headings, pages)
        made = pdf.with_known_signs(
            {**data, "entries": entries}, lambda final: _set(final, whole.created)
        )
        settled = own, length
        own, length = binding.headings_of(made), binding.pages_of(made)
        if (own, length) == settled:
            break
    return made


def _entries(headings: list[Chapter], pages: list[int]) -> list[dict[str, Any]]:
    return [
        {
            "title": f"{one.number} {one.title}".strip(),
            "level": one.level,
            "page": page + 1,
            "address": f"{binding.PLACE}{place}",
        }
        for place, (one, page) in enumerate(zip(headings, pages, strict=True))
        if one.level <= IN_CONTENTS
    ]


def _feet(whole: Whole, pages: int) -> bytes:
    data = {
        "pages": pages,
        "issue": whole.issue or whole.title,
        "link": whole.link,
        "words": whole.labels.get("page", "{page}"),
    }
    return pdf.with_known_signs(
        data, lambda final: typeset_apart(laid_out(FEET, final), created=whole.created)
    )
