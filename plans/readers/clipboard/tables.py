"""The tables of pasted HTML: their rows, and what Word parts with remarks for other programs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ..word_text.reader import FIRST_ROW
from .sheet import declared, level_number

_FOR_OTHERS = re.compile(r"\[if !support(?:Annotations|MisalignedColumns|LineBreakNewLine)\]")
_OF_TABLES = {"caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr"}
_OF_ROWS = {"td", "th"}


def begins_for_others(remark: HtmlElement) -> bool:
    """Does a part begin here that is meant for programs that cannot do what Word can? One that has
    no end is no such part, and is read."""
    if not _FOR_OTHERS.search(remark.text or ""):
        return False
    after = (one for one in remark.itersiblings() if not isinstance(one.tag, str))
    return any(ends(one) for one in after)


def ends(remark: HtmlElement) -> bool:
    """Does such a part end here?"""
    return "[endif]" in (remark.text or "")


def rows_of(table: HtmlElement) -> list[tuple[HtmlElement, bool]]:
    """The rows of a table, and which of them stand in its head."""
    found, real = [], True
    for child in table:
        if not isinstance(child.tag, str):
            real = (real or ends(child)) and not begins_for_others(child)
        elif child.tag == "tr" and real:
            found.append((child, table.tag == "thead"))
        elif child.tag in ("thead", "tbody", "tfoot"):
            found += rows_of(child)
    return found


def outside_of_cells(table: HtmlElement) -> Iterator[HtmlElement | str]:
    """What stands in a table and in none of its cells, as nobody should write it."""
    parts = [table, *table.iterchildren("thead", "tbody", "tfoot")]
    for part in [*parts, *(tr for tr, _head in rows_of(table))]:
        usual = _OF_ROWS if part.tag == "tr" else _OF_TABLES
        yield part.text or ""
        for child in part:
            if isinstance(child.tag, str) and child.tag not in usual:
                yield child
            yield child.tail or ""


def says_first_row(table: HtmlElement) -> bool:
    """Is the first row the heading by the look of the table? Word for the web says it too."""
    said = declared(table.get("style") or "").get("mso-yfti-tbllook")
    look = level_number(said or table.get("data-tablelook"))
    return bool(look and look & FIRST_ROW)
