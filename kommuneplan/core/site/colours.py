"""A municipality's colour, in the strengths a readable page needs.

Contrast after WCAG 2.2: text has at least 4.5:1 to what it stands on.
"""

from __future__ import annotations

_WHITE = (255, 255, 255)
_BLACK = (0, 0, 0)
_INK = (26, 26, 26)
_TEXT_CONTRAST = 4.5

Rgb = tuple[int, int, int]

# The grounds of the dark pages in site.css, on which the colour has to be read.
DARK_GROUND: Rgb = (0x16, 0x19, 0x1D)
DARK_QUIET: Rgb = (0x1F, 0x24, 0x2A)


def palette(accent: str) -> dict[str, str]:
    """The shades of "#rrggbb" by day: as it is, as text on white, darker, and as a quiet ground."""
    colour = _parsed(accent)
    text = readable(colour)
    on_text = _WHITE if contrast(_WHITE, text) >= _TEXT_CONTRAST else _INK
    return {
        "accent": _written(colour),
        "accent-text": _written(text),
        "accent-dark": _written(mixed(text, _BLACK, 0.25)),
        "accent-soft": _written(mixed(text, _WHITE, 0.92)),
        "accent-line": _written(mixed(text, _WHITE, 0.65)),
        "on-accent": _written(on_text),
    }


def dark_palette(accent: str) -> dict[str, str]:
    """The same shades for those whose system asks for dark pages: lighter instead of darker."""
    text = readable_in_the_dark(_parsed(accent))
    return {
        "accent": _written(text),  # as it is, a dark colour would not be seen
        "accent-text": _written(text),
        "accent-dark": _written(mixed(text, _WHITE, 0.25)),
        "accent-soft": _written(_soft_in_the_dark(text)),
        "accent-line": _written(mixed(text, DARK_GROUND, 0.55)),
        "on-accent": _written(DARK_GROUND),
    }


def readable_in_the_dark(colour: Rgb) -> Rgb:
    """The colour, lightened until it can be read on all grounds of a dark page."""
    for step in range(21):
        lighter = mixed(colour, _WHITE, step / 20)
        grounds = DARK_GROUND, DARK_QUIET, _soft_in_the_dark(lighter)
        if min(contrast(lighter, ground) for ground in grounds) >= _TEXT_CONTRAST:
            return lighter
    return _WHITE


def _soft_in_the_dark(text: Rgb) -> Rgb:
    return mixed(text, DARK_GROUND, 0.86)


def readable(colour: Rgb) -> Rgb:
    """The colour, darkened until it can be read on white and on its own quiet ground."""
    for step in range(21):
        darker = mixed(colour, _BLACK, step / 20)
        ground = mixed(darker, _WHITE, 0.92)
        if contrast(darker, ground) >= _TEXT_CONTRAST:
            return darker
    return _BLACK


def mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    """One colour with a share (0–1) of the other."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))  # type: ignore[return-value]


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    channels = [value / 255 for value in colour]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parsed(text: str) -> Rgb:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def _written(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
