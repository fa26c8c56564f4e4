"""The picture of a chain as an image, for papers: the same boxes, lines and words as on the page.

Black on white with grey lines: paper knows no theme. What it shows is said in words beside it.
"""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from kommuneplan.documents.typesetting import FONTS

from .drawing import SMALL, TEXT, EffectBox, EffectPicture

SCALE = 3  # pixels of the image for one of the picture
INK, QUIET, LINE, GOAL, PAPER = "#1a1a1a", "#545454", "#6b6b6b", "#ededed", "#ffffff"
STEPS = 24  # straight pieces of a curve
HEAD, SPREAD = 7, 3.5  # length of an arrow's head, and half its width
_NUMBERS = re.compile(r"([MCH])([^MCH]*)")


def as_png(picture: EffectPicture) -> bytes:
    """The picture as PNG."""
    size = (round(picture.width * SCALE), round(picture.height * SCALE))
    image = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(image)
    for x, head in picture.heads:
        _write(pen, x, 20, head, TEXT, "SemiBold", INK)
    for curve in picture.curves:
        points = _points(curve.path)
        pen.line(points, fill=LINE, width=round(1.5 * SCALE), joint="curve")
        _arrow(pen, points[-1])
    for box in picture.boxes:
        _box(pen, box)
    found = io.BytesIO()
    image.convert("P", palette=Image.Palette.ADAPTIVE, colors=32).save(found, "PNG", optimize=True)
    return found.getvalue()


def _box(pen: Any, box: EffectBox) -> None:
    place = [side * SCALE for side in (box.x, box.y, box.right, box.y + box.height)]
    strong = box.column == 0 and not box.is_guest
    pen.rounded_rectangle(
        place, 4 * SCALE, fill=GOAL if strong else PAPER, outline=INK if strong else LINE,
        width=(2 if strong else 1) * SCALE,
    )  # fmt: skip
    if box.is_guest:  # dashed on the page: here a second frame inside
        inside = [place[0] + 9, place[1] + 9, place[2] - 9, place[3] - 9]
        pen.rounded_rectangle(inside, 3 * SCALE, outline=LINE, width=2)
    for y, words in box.lines:
        _write(pen, box.text_x, y, words, TEXT, "Regular", INK)
    for y, words in box.about:
        _write(pen, box.text_x, y, words, SMALL, "Regular", QUIET)


def _points(path: str) -> list[tuple[float, float]]:
    """A path of the picture as points of the image."""
    points: list[tuple[float, float]] = []
    x = y = 0.0
    for sign, written in _NUMBERS.findall(path):
        numbers = [float(number) for number in written.split()]
        if sign == "C":
            one, other, end = numbers[0:2], numbers[2:4], numbers[4:6]
            points += [
                _on_curve((x, y), one, other, end, step / STEPS) for step in range(1, STEPS + 1)
            ]
            x, y = end
        else:
            x, y = numbers[0], numbers[1] if sign == "M" else y
            points.append((x, y))
    return [(x * SCALE, y * SCALE) for x, y in points]


def _on_curve(start: Any, one: Any, other: Any, end: Any, t: float) -> tuple[float, float]:
    a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
    x, y = (a * start[i] + b * one[i] + c * other[i] + d * end[i] for i in (0, 1))
    return x, y


def _arrow(pen: Any, end: tuple[float, float]) -> None:
    x, y = end
    long, wide = HEAD * SCALE, SPREAD * SCALE
    pen.polygon([(x, y), (x + long, y - wide), (x + long, y + wide)], fill=LINE)


def _write(pen: Any, x: float, y: float, words: str, size: int, weight: str, ink: str) -> None:
    """Words on their baseline; without the letters of the house there are none, and what they say
    stands in the table."""
    letters = _letters(weight, size)
    if letters:
        pen.text((x * SCALE, y * SCALE), words, fill=ink, font=letters, anchor="ls")


@cache
def _letters(weight: str, size: int) -> ImageFont.FreeTypeFont | None:
    found = sorted(FONTS.glob(f"IBMPlexSans-{weight}.*"))
    return ImageFont.truetype(str(found[0]), size * SCALE) if found else None
