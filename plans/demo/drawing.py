"""The one drawing of the demo: bars for today and for the goal, with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from .spec import Bar

WIDTH, ROW, TOP, LEFT = 1200, 200, 70, 60
TALL, GAP, ROOM = 44, 10, 260  # of a bar, between two, and for the number after the longest
NOW, WANTED, INK = "#767676", "#0059b3", "#1a1a1a"


def bars(measured: Sequence[Bar]) -> bytes:
    """A PNG: for each thing measured a bar for today and one for the goal in four years."""
    image = Image.new("RGB", (WIDTH, TOP + ROW * len(measured)), "white")
    pen = ImageDraw.Draw(image)
    most = max(max(bar.now, bar.wanted) for bar in measured)
    for place, bar in enumerate(measured):
        top = TOP + place * ROW
        pen.text((LEFT, top - 46), bar.label, fill=INK, font=ImageFont.load_default(32))
        rows = ((bar.now, NOW, "i dag"), (bar.wanted, WANTED, "om fire år"))
        for number, (value, colour, when) in enumerate(rows):
            y = top + number * (TALL + GAP)
            length = round((WIDTH - LEFT - ROOM) * value / most)
            pen.rectangle((LEFT, y, LEFT + length, y + TALL), fill=colour)
            words = f"{value:,}".replace(",", ".") + f" {when}"
            place_of_words = (LEFT + length + 14, y + 8)
            pen.text(place_of_words, words, fill=INK, font=ImageFont.load_default(28))
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
