"""Pictures on their way to paper: how large they are, and in a format every reader knows."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass

from .prose import Pictures

DOTS_PER_CM = 59  # 150 to the inch: as large as it is sharp
WIDEST, TALLEST = 14.8, 19.0  # centimetres; the line, and a page with room for a caption
SAFE = {"PNG": "png", "JPEG": "jpg"}
MAX_PIXELS = 60_000_000

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes as PNG or JPEG (``kind`` is the end of the name) and its size in centimetres."""

    data: bytes
    kind: str
    width: float
    height: float


def fetch(pictures: Pictures, uid: str) -> Picture | None:
    """The picture with a uid, ready to be set; None when it is not to be had or cannot be read.

    Then its words stand in its place: a document does not fail for one picture.
    """
    data = pictures(uid)
    if data is None:
        return None
    try:
        return _picture(data)
    except Exception:  # whatever a damaged file makes of the library
        logger.warning("picture %s cannot be set", uid, exc_info=True)
        return None


def _picture(data: bytes) -> Picture:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise ValueError("too many pixels")
        kind = SAFE.get(image.format or "")
        if kind is None or image.mode in ("CMYK", "P;16"):
            converted = io.BytesIO()
            image.convert("RGBA" if image.has_transparency_data else "RGB").save(converted, "PNG")
            data, kind = converted.getvalue(), "png"
        else:
            image.verify()
    wide, tall = width / DOTS_PER_CM, height / DOTS_PER_CM
    scale = min(1.0, WIDEST / wide, TALLEST / tall)
    return Picture(data, kind, round(wide * scale, 3), round(tall * scale, 3))
