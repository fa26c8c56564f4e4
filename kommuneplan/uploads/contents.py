"""What a file says when it is opened: asked in the guarded process alone."""

from __future__ import annotations

import io
import re
import warnings

MAX_PIXELS = 100_000_000
_NO_LETTER = re.compile(r"[\x00-\x08\x0e-\x1f]")


def trouble(kind: str, data: bytes) -> str:
    """The code of what is wrong with a file of a kind; empty when nothing is."""
    if kind == "txt":
        return _text_trouble(data)
    if kind == "pdf":
        from . import pdf

        return pdf.trouble(data)
    if kind in ("docx", "odt"):
        from . import packages

        return packages.trouble(kind, data)
    return _picture_trouble(kind, data)


def _text_trouble(data: bytes) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return "letters" if _NO_LETTER.search(data.decode(encoding)) else ""
        except UnicodeDecodeError:
            continue
    return "letters"


def _picture_trouble(kind: str, data: bytes) -> str:
    """The size is asked of the head; no pixel is unpacked."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[kind.upper()]) as image:
                return "bomb" if image.width * image.height > MAX_PIXELS else ""
    except Image.DecompressionBombError:
        return "bomb"
    except Exception:  # whatever Pillow makes of it
        return "damaged"
