"""What is asked of a PDF in the guarded process: may it be kept, and can everybody read it?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2 as pdfium

MAX_OBJECTS = 300_000
_PROGRAMS = (b"MZ", b"\x7fELF", b"PK\x03\x04", b"#!", b"\xd0\xcf\x11\xe0")
_ENDINGS = (".exe", ".dll", ".com", ".bat", ".cmd", ".scr", ".js", ".vbs", ".ps1", ".jar", ".hta",
            ".msi", ".lnk", ".docm", ".xlsm", ".html", ".htm", ".svg", ".zip")  # fmt: skip
_ACTIONS = {"/Launch", "/JavaScript", "/ImportData", "/SubmitForm", "/GoToE"}


def trouble(data: bytes) -> str:
    """The code of what is wrong with it; empty when nothing is."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) == 0:
                return "damaged"
            return "active" if _is_active(pdf) else ""
    except pikepdf.PasswordError:
        return "protected"
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError):
        return "damaged"


def _is_active(pdf: pikepdf.Pdf) -> bool:
    for name, attached in pdf.attachments.items():
        if name.lower().endswith(_ENDINGS):
            return True
        if attached.get_file().read_bytes().startswith(_PROGRAMS):
            return True
    for count, item in enumerate(pdf.objects):
        if count > MAX_OBJECTS:
            return True
        for inner in _dictionaries(item, 0):
            if str(inner.get("/S", "")) in _ACTIONS or "/JS" in inner:
                return True
    return False


def _dictionaries(item: Any, depth: int) -> Iterator[Any]:
    """The dictionary and those that stand in it; others are objects of their own."""
    if depth > 12:
        return
    if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        yield item
        values = [value for _key, value in item.items()]
    elif isinstance(item, pikepdf.Array):
        values = list(item)
    else:
        return
    for value in values:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from _dictionaries(value, depth + 1)


Barriers = list[tuple[str, int]]


def barriers(data: bytes) -> Barriers:
    """What stands in the way of those who do not see the page: (code, how many)."""
    found: Barriers = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root
        marks = root.get("/MarkInfo")
        tagged = "/StructTreeRoot" in root and bool(
            isinstance(marks, pikepdf.Dictionary) and marks.get("/Marked", False)
        )
        if not tagged:
            found.append(("pdf-untagged", 0))
        if not _title(pdf):
            found.append(("no-title", 0))
        if not str(root.get("/Lang", "")).strip():
            found.append(("no-language", 0))
        without = _figures_without_words(pdf) if tagged else 0
        if without:
            found.append(("no-alt", without))
        fields = _fields_without_names(pdf)
        if fields:
            found.append(("no-field-name", fields))
    empty = _pages_without_text(data)
    if empty:
        found.insert(0, ("pdf-no-text", empty))
    return found


def _title(pdf: pikepdf.Pdf) -> str:
    if str(pdf.docinfo.get("/Title", "")).strip():
        return str(pdf.docinfo["/Title"])
    with pdf.open_metadata() as metadata:
        return str(metadata.get("dc:title", "") or "").strip()


def _figures_without_words(pdf: pikepdf.Pdf) -> int:
    return sum(
        isinstance(item, pikepdf.Dictionary)
        and str(item.get("/S", "")) == "/Figure"
        and not (str(item.get("/Alt", "")).strip() or str(item.get("/ActualText", "")).strip())
        for item in pdf.objects
    )


def _fields_without_names(pdf: pikepdf.Pdf) -> int:
    return sum(
        isinstance(item, pikepdf.Dictionary)
        and str(item.get("/FT", "")) in ("/Tx", "/Ch", "/Btn")
        and not str(item.get("/TU", "")).strip()
        for item in pdf.objects
    )


def _pages_without_text(data: bytes) -> int:
    document = pdfium.PdfDocument(data)
    try:
        return sum(_is_picture(document[number]) for number in range(len(document)))
    finally:
        document.close()


def _is_picture(page: Any) -> bool:
    if "".join(page.get_textpage().get_text_range().split()):
        return False
    return any(True for _item in page.get_objects(max_depth=3))
