"""Which reader reads a file: by its first bytes, whatever it is called."""

from __future__ import annotations

from .. import SenderData
from .collecting import Collector, Unreadable
from .values import FileFindings, FilePlace

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def search(name: str, data: bytes, known: SenderData) -> FileFindings:
    """All that looks like personal data in a file and its name. Called in the limited process."""
    out = Collector(known)
    out.words(FilePlace.FILE_NAME, name.replace("_", " "))
    try:
        _read(data, out)
    except Unreadable as error:
        out.cannot_read(error.code)
    except MemoryError:
        out.cannot_read("heavy")
    except Exception:  # whatever a library makes of a bad file, somebody must look at it
        out.cannot_read("damaged")
    return out.answer()


def _read(data: bytes, out: Collector) -> None:
    if data.lstrip()[:5] == b"%PDF-" or b"%PDF-" in data[:1024]:
        from .pdf import read_pdf

        read_pdf(data, out)
    elif data.startswith(b"PK\x03\x04"):
        from .office import read_office

        read_office(data, out)
    elif data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        from .pictures import read_picture

        read_picture(data, out)
    elif data.startswith(_OLE):
        out.cannot_read("encrypted")  # a locked .docx lies in one of these, and so does an old .doc
    else:
        _read_text(data, out)


def _read_text(data: bytes, out: Collector) -> None:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        out.words(FilePlace.TEXT, text)
        return
    out.cannot_read("kind")
