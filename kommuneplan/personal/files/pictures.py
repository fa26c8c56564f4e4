"""A picture: what its camera, program and owner said in it. What it shows, a person must see."""

from __future__ import annotations

import io
import re
from typing import Any

from PIL import ExifTags, Image, IptcImagePlugin

from .. import Certainty, DataKind, Finding, Why
from .collecting import Collector
from .values import FilePlace

_AUTHORS = {ExifTags.Base.Artist, ExifTags.Base.Copyright, ExifTags.Base.XPAuthor,
            ExifTags.Base.CameraOwnerName}  # fmt: skip
_BY_LINE = {(2, 80), (2, 116), (2, 122)}  # IPTC: by-line, copyright, writer
_TAG = re.compile(r"<[^<>]{0,2000}>")


def read_picture(data: bytes, out: Collector) -> None:
    """A PNG or JPEG; the pixels are never unpacked."""
    with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as image:
        exif = image.getexif()
        parts = [exif, *(exif.get_ifd(ifd) for ifd in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo))]
        for tags in parts[:2]:
            for tag, value in tags.items():
                text = _text(value)
                if tag in _AUTHORS:
                    out.author(FilePlace.PROPERTIES, text)
                out.words(FilePlace.PROPERTIES, text)
        if {ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude} & set(parts[2]):
            where = Finding(DataKind.ADDRESS, 0, 3, "GPS", Certainty.SURE, Why.TAKEN_AT)
            out.add(FilePlace.PROPERTIES, where)
        for place, value in (IptcImagePlugin.getiptcinfo(image) or {}).items():
            text = _text(value)
            if place in _BY_LINE:
                out.author(FilePlace.PROPERTIES, text)
            out.words(FilePlace.PROPERTIES, text)
        for key, value in image.info.items():
            if isinstance(value, (str, bytes)) and key not in ("exif", "icc_profile"):
                text = _TAG.sub(" ", _text(value)[:200_000])
                if str(key).lower() in ("author", "artist"):
                    out.author(FilePlace.PROPERTIES, text)
                out.words(FilePlace.PROPERTIES, text)
    out.cannot_read("pictures", 1)


def _text(value: Any) -> str:
    """A value as words; Windows writes its own tags as UTF-16."""
    if isinstance(value, (list, tuple)):
        return " ".join(_text(one) for one in value)
    if isinstance(value, bytes):
        wide = value.count(b"\x00") > len(value) // 4
        return value.decode("utf-16-le" if wide else "utf-8", "replace").replace("\x00", " ")
    return value if isinstance(value, str) else ""
