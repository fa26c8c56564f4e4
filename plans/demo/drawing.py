"""The one drawing of the demo: bars for today and for the goal, with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from kommuneplan.documents.typesetting import FONTS

from .spec import Bar

WIDTH, ROW, TOP, LEFT = 1200, 190, 56, 0
TALL, GAP, ROOM = 44, 10, 260  # of a bar, between two, and for the number after the longest
NOW, WANTED, INK = "#767676", "#0059b3", "#1a1a1a"


def bars(measured: Sequence[Bar]) -> bytes:
    """A PNG: for each thing measured a bar for today and one for the goal in four years.

    Where the letters of the house have not been fetched, the bars stand without words: Pillow's
    own letters know no "å". What the image shows is said in its alternative text either way.
    """
    large, small = _letters("SemiBold", 32), _letters("Regular", 28)
    image = Image.new("RGB", (WIDTH, TOP + ROW * len(measured) - 80), "white")
    pen = ImageDraw.Draw(image)
    most = max(max(bar.now, bar.wanted) for bar in measured)
    for place, bar in enumerate(measured):
        top = TOP + place * ROW
        if large:
            pen.text((LEFT, top - 50), bar.label, fill=INK, font=large)
        rows = ((bar.now, NOW, "i dag"), (bar.wanted, WANTED, "om fire år"))
        for number, (value, colour, when) in enumerate(rows):
            y = top + number * (TALL + GAP)
            length = round((WIDTH - LEFT - ROOM) * value / most)
            pen.rectangle((LEFT, y, LEFT + length, y + TALL), fill=colour)
            words = f"{value:,}".replace(",", ".") + f" {when}"
            if small:
                pen.text((LEFT + length + 14, y + 4), words, fill=INK, font=small)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _letters(weight: str, size: int) -> ImageFont.FreeTypeFont | None:
    path = FONTS / f"IBMPlexSans-{weight}.ttf"
    return ImageFont.truetype(path, size) if path.exists() else None
