"""Images that come from outside: looked at, cut down to what a page needs, and written anew.

What comes out is PNG or JPEG in sRGB, upright, at most ``MAX_SIDE`` pixels a side, and without
anything that was said in the file about camera, place or person.
"""

from __future__ import annotations

import base64
import contextlib
import io
import warnings
import zlib
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

from kommuneplan.uploads.sandbox import IN_A_REQUEST, TooHeavy, ask

MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000  # some 160 MB while it is read; a telephone's picture has 12 million
MAX_SIDE = 2400  # pixels: a printed page in good quality
MAX_SCANS = 100  # of a JPEG; a photo has some ten, thousands are there to keep a reader busy
_BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError,
    zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RewrittenImage:
    """An image written anew: its bytes, media type ("image/png" or "image/jpeg") and size."""

    data: bytes
    content_type: str
    width: int
    height: int

    @property
    def extension(self) -> str:
        """ ".png" or ".jpg"."""
        return ".png" if self.content_type == "image/png" else ".jpg"


class Broken(ValueError):
    """The bytes begin like an image and are none that can be read."""


class TooManyPixels(ValueError):
    """The image would take more memory than it may."""


def sniff(data: bytes) -> str | None:
    """What the first bytes say it is: PNG, JPEG, GIF or WEBP; None for anything else, SVG too."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    return None


def rewritten(data: bytes) -> RewrittenImage:
    """The image written anew, in the guarded process; of a moving one the first picture
    (WCAG 2.2.2). Raises TooManyPixels, Broken when it cannot be read."""
    try:
        answer = ask("kommuneplan.documents.image_child", data=data, seconds=IN_A_REQUEST)
    except TooHeavy as error:
        raise Broken from error
    if "data" not in answer:
        raise TooManyPixels if answer["code"] == "pixels" else Broken
    return RewrittenImage(
        base64.b64decode(answer["data"]), answer["type"], answer["width"], answer["height"]
    )


def written_anew(data: bytes) -> RewrittenImage:
    """The same, in this process: the guarded one.

    Raises TooManyPixels before anything is unpacked, Broken when it cannot be read.
    """
    kind = sniff(data)
    if kind is None:
        raise Broken
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=[kind])
            if image.width * image.height > MAX_PIXELS:
                raise TooManyPixels
            if kind == "JPEG" and data.count(b"\xff\xda") > MAX_SCANS:
                raise Broken
            image.draft("RGB", (MAX_SIDE, MAX_SIDE))  # a large JPEG is read at a part of its size
            image.load()
            return _written(_in_srgb(ImageOps.exif_transpose(image)), photo=kind != "PNG")
    except (TooManyPixels, Broken):
        raise
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except _BROKEN as error:
        raise Broken from error


def _in_srgb(image: Image.Image) -> Image.Image:
    """Plain colours, with transparency where there is any."""
    transparent = image.has_transparency_data
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16"):
        image = image.point(lambda level: level / 256).convert("L")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        with contextlib.suppress(ImageCms.PyCMSError, OSError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            image = ImageCms.profileToProfile(image, source, target, outputMode="RGB") or image
    return image.convert("RGBA" if transparent else "RGB")


def _written(image: Image.Image, *, photo: bool) -> RewrittenImage:
    """As JPEG where it came as a photo, else as PNG, which keeps lines and letters sharp."""
    image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    clean = Image.new(image.mode, image.size)  # knows nothing of what the file said
    clean.paste(image)
    out = io.BytesIO()
    if photo and clean.mode == "RGB":
        clean.save(out, "JPEG", quality=85, optimize=True, progressive=True)
        return RewrittenImage(out.getvalue(), "image/jpeg", *clean.size)
    clean.save(out, "PNG", optimize=True)
    return RewrittenImage(out.getvalue(), "image/png", *clean.size)
