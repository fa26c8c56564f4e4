"""Files as senders hand them in, made here: PDF, Word, OpenDocument, pictures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pikepdf
from PIL import Image, PngImagePlugin
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from tests.plans.word_documents import docx, p

NUMBER = "010203-1234"
W_AUTHOR = 'w:author="Karin Mølgaard Holm" w:date="2026-05-03T10:00:00Z"'


def pdf(*pages: str | Callable[[canvas.Canvas], None], encrypt: str = "") -> bytes:
    """A PDF; a page is its words, line by line, or what draws it."""
    out = io.BytesIO()
    drawn = canvas.Canvas(out, encrypt=encrypt or None)
    for page in pages:
        if callable(page):
            page(drawn)
        else:
            for line, words in enumerate(page.split("\n")):
                drawn.drawString(60, 780 - 16 * line, words)
        drawn.showPage()
    drawn.save()
    return out.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """A PDF with something put into it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        change(opened)
        opened.save(out)
    return out.getvalue()


def picture(size: tuple[int, int] = (40, 30), form: str = "JPEG", **more: object) -> bytes:
    """A picture; ``exif`` or ``pnginfo`` go with it."""
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, form, **more)
    return out.getvalue()


def scanned(drawn: canvas.Canvas) -> None:
    """A page that is one picture."""
    drawn.drawImage(ImageReader(io.BytesIO(picture((400, 600)))), 0, 0, 595, 842)


def with_text(key: str, value: str) -> PngImagePlugin.PngInfo:
    """A text chunk of a PNG."""
    info = PngImagePlugin.PngInfo()
    info.add_text(key, value)
    return info


def word(*body: str, more: dict[str, bytes | str] | None = None, **parts: object) -> bytes:
    """A .docx of paragraphs, with more parts beside."""
    data = docx(*(one if one.startswith("<") else p(one) for one in body), **parts)
    return with_parts(data, more or {})


def with_parts(data: bytes, more: dict[str, bytes | str]) -> bytes:
    """A package with further or other parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename not in more:
                new.writestr(entry, old.read(entry))
        for name, content in more.items():
            new.writestr(name, content)
    return out.getvalue()


_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
)


def odt(
    body: str = "",
    *,
    meta: str = "",
    styles: str = "",
    manifest: str = "",
    more: dict[str, bytes] | None = None,
) -> bytes:
    """An OpenDocument text, with more parts beside."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {_ODF}><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
        )
        archive.writestr(
            "styles.xml", f"<office:document-styles {_ODF}>{styles}</office:document-styles>"
        )
        archive.writestr(
            "meta.xml",
            f"<office:document-meta {_ODF}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
        )
        archive.writestr(
            "META-INF/manifest.xml", f"<manifest:manifest {_ODF}>{manifest}</manifest:manifest>"
        )
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def core(creator: str = "", title: str = "", last: str = "") -> str:
    """docProps/core.xml."""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{creator}</dc:creator><dc:title>{title}</dc:title>"
        f"<cp:lastModifiedBy>{last}</cp:lastModifiedBy></cp:coreProperties>"
    )
