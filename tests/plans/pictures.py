"""Small images for tests, with and without what cameras write into them."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from plans.models import Plan, SectionImage
from plans.text.actions.images import keep_image


def image_file(
    kind: str = "PNG", size: tuple[int, int] = (40, 30), colour: Any = "teal", **more: Any
) -> bytes:
    """An image of one colour as the bytes of a file."""
    out = io.BytesIO()
    mode = "RGBA" if isinstance(colour, tuple) and len(colour) == 4 else "RGB"
    Image.new(mode, size, colour).save(out, kind, **more)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A telephone's photo: lying on its side, with place, person and a thumbnail of names."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned
    exif[0x013B] = "Fotograf Hemmelig"
    exif.get_ifd(0x8825)[2] = (55.0, 40.0, 0.0)
    return image_file("JPEG", (60, 30), exif=exif, comment=b"Hemmelig kommentar")


def kept(plan: Plan, alt: str = "Et hus", colour: Any = "teal") -> SectionImage:
    """An image in a plan."""
    return keep_image(plan=plan, data=image_file(colour=colour), name="hus.png", alt=alt)


def figure(image: SectionImage, alt: str | None = None, caption: str = "") -> str:
    """The image as it stands in a text."""
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    shown = image.alt if alt is None else alt
    return f'<figure><img src="{image.src}" alt="{shown}">{below}</figure>'
