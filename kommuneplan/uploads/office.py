"""What stands in the way of those who hear a Word or OpenDocument text instead of seeing it."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

MAX_PART = 30_000_000
LONG = 2_000  # letters: a text of more than a page needs headings
Barriers = list[tuple[str, int]]


def docx_barriers(data: bytes) -> Barriers:
    """(code, how many) of a .docx."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = _root(archive, "word/document.xml")
        headings = _heading_styles(_root(archive, "word/styles.xml"))
        properties = _root(archive, "docProps/core.xml")
    if document is None:
        return []
    paragraphs = [one for one in document.iter() if _local(one) == "p"]
    headed = any(_is_heading(one, headings) for one in paragraphs)
    pictures = [one for one in document.iter() if _local(one) == "docPr"]
    tables = [one for one in document.iter() if _local(one) == "tbl"]
    return _told(
        letters=len("".join(document.itertext())),
        headed=headed,
        no_alt=sum(not (one.get("descr") or one.get("title") or _decorates(one))
                   for one in pictures),
        no_head=sum(_rows(one, "tr") > 1 and not any(_local(x) == "tblHeader" for x in one.iter())
                    for one in tables),
        title=_text_of(properties, "title"),
    )  # fmt: skip


def odt_barriers(data: bytes) -> Barriers:
    """(code, how many) of an .odt."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = _root(archive, "content.xml")
        meta = _root(archive, "meta.xml")
    if document is None:
        return []
    frames = [one for one in document.iter() if _local(one) == "frame"
              and any(_local(child) == "image" for child in one)]  # fmt: skip
    tables = [one for one in document.iter() if _local(one) == "table"]
    return _told(
        letters=len("".join(document.itertext())),
        headed=any(_local(one) == "h" for one in document.iter()),
        no_alt=sum(not (_text_of(one, "title") or _text_of(one, "desc")) for one in frames),
        no_head=sum(_rows(one, "table-row") > 1
                    and not any(_local(x) == "table-header-rows" for x in one.iter())
                    for one in tables),
        title=_text_of(meta, "title"),
    )  # fmt: skip


def _told(*, letters: int, headed: bool, no_alt: int, no_head: int, title: str) -> Barriers:
    found: Barriers = []
    if not headed and letters > LONG:
        found.append(("no-headings", 0))
    if no_alt:
        found.append(("no-alt", no_alt))
    if no_head:
        found.append(("no-table-head", no_head))
    if not title:
        found.append(("no-title", 0))
    return found


def _root(archive: zipfile.ZipFile, name: str) -> Element | None:
    if name not in archive.namelist():
        return None
    with archive.open(name) as part:
        data = part.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise ValueError("a part is too large")
    root: Element = fromstring(data, forbid_dtd=True)
    return root


def _heading_styles(styles: Element | None) -> set[str]:
    """The styles that are headings by their level, their name, or the style they build on."""
    found: set[str] = set()
    for style in styles if styles is not None else ():
        known = {_local(one): one for one in style.iter()}
        name = _value(known.get("name"))
        based = _value(known.get("basedOn"))
        key = next((v for k, v in style.attrib.items() if k.endswith("styleId")), "")
        level = _value(known.get("outlineLvl"))
        if re.match(r"(?:heading|overskrift|titel|title)\b", name, re.IGNORECASE) or (
            level.isdigit() and int(level) < 9
        ) or based in found:  # fmt: skip
            found.add(key)
    return found


def _is_heading(paragraph: Element, styles: set[str]) -> bool:
    for one in paragraph.iter():
        if _local(one) == "outlineLvl" and _value(one) in "012345678":
            return True
        if _local(one) == "pStyle":
            value = _value(one)
            if value in styles or re.match(r"(?:Heading|Overskrift)", value):
                return True
    return False


def _decorates(picture: Element) -> bool:
    return any(_local(one) == "decorative" and _value(one) in ("1", "true")
               for one in picture.iter())  # fmt: skip


def _rows(table: Element, name: str) -> int:
    return sum(_local(one) == name for one in table.iter())


def _text_of(root: Element | None, name: str) -> str:
    if root is None:
        return ""
    found = next((one for one in root.iter() if _local(one) == name), None)
    return (found.text or "").strip() if found is not None else ""


def _value(element: Element | None) -> str:
    if element is None:
        return ""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == "val"), "")


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
