"""The typeface of the pages, IBM Plex Sans, as few bytes and so that nothing moves when it comes.

Det Fælles Designsystem names ten files of 60 kB that hold every letter, and shows another typeface
until they are there; when they come, each line breaks anew, and whoever was reading loses the
place. Here the same typeface is named in parts: ``Latin1`` has all of Danish, and the others are
fetched by a page that has one of their letters. A page preloads two files (``PRELOADED``).

Where they are not there at once the page is shown, and stays, in a typeface that the reader has,
stretched until its letters are as wide and its lines as high (``font-display: optional``); the next
page has the real one. A drawing is measured with the real one's letters (plans/timeline), so it
waits for it (``DRAWN``): its lines do not break, and nothing around it moves.
"""

from __future__ import annotations

from dataclasses import dataclass

NAME, DRAWN = "IBM Plex Sans", "IBM Plex Sans Drawn"
FILES = "fonts/IBMPlexSans/split/woff2"
PRELOADED = ("Regular-Latin1", "SemiBold-Latin1")

# What each part has, as it stands in the files.
PARTS = {
    "Latin1": "U+0,U+D,U+20-7E,U+A0-FF,U+131,U+152-153,U+2C6,U+2DA,U+2DC,U+2013-2014,U+2018-201A,"
    "U+201C-201E,U+2020-2022,U+2026,U+2030,U+2039-203A,U+2044,U+20AC,U+2122,U+2212,U+FB01-FB02",
    "Latin2": "U+100-101,U+104-130,U+132-151,U+154-17F,U+18F,U+192,U+1A0-1A1,U+1AF-1B0,U+1FA-1FF,"
    "U+218-21B,U+237,U+259,U+1E80-1E85,U+1E9E,U+20A1,U+20A4,U+20A6,U+20A8-20AA,U+20AD-20AE,"
    "U+20B1-20B2,U+20B4-20B5,U+20B8-20BA,U+20BD,U+20BF",
    "Latin3": "U+102-103,U+1CD-1DC,U+1EA0-1EF9,U+20AB",
    "Pi": "U+2032-2033,U+2070,U+2074-2079,U+2080-2089,U+2113,U+2116,U+2150-2151,U+2153-215E,"
    "U+2190-2199,U+2202,U+2206,U+220F,U+2211,U+221A,U+221E,U+222B,U+2248,U+2260,U+2264-2265,"
    "U+25CA,U+2713,U+274C",
}


@dataclass(frozen=True)
class Style:
    """One style, and the weights of the style sheets that it stands for."""

    file: str
    weights: str
    slant: str
    # how much a typeface that readers have is stretched: measured over the Danish catalogue
    arial: float
    roboto: float
    suffix: str  # of that typeface's own name for it


STYLES = (
    Style("Regular", "400 500", "normal", 1.006, 1.016, ""),
    Style("SemiBold", "600 700", "normal", 0.9721, 1.031, " Bold"),
    Style("Italic", "400 500", "italic", 0.9853, 1.024, " Italic"),
    Style("SemiBoldItalic", "600 700", "italic", 0.9721, 1.031, " Bold Italic"),
)
# What readers have: Windows and macOS, Linux; Android. Liberation Sans is as wide as Arial.
AS_ARIAL, AS_ROBOTO = "Plex as Arial", "Plex as Roboto"
LOCAL = {AS_ARIAL: ("Arial", "Liberation Sans", "Helvetica"), AS_ROBOTO: ("Roboto",)}
FAMILIES = f"{NAME},{AS_ARIAL},{AS_ROBOTO}"
ABOVE, BELOW = 1.025, 0.275  # the line of IBM Plex Sans, above and below its foot


def faces(folder: str) -> str:
    """All of it as CSS; ``folder`` is where the style sheet finds the files."""
    return "".join(_own(style, folder) + _as(style) for style in STYLES)


def files() -> list[str]:
    """The files that are named."""
    return [f"IBMPlexSans-{style.file}-{part}.woff2" for style in STYLES for part in PARTS]


def _own(style: Style, folder: str) -> str:
    return "".join(
        f'@font-face{{font-family:"{family}";font-style:{style.slant};font-weight:{style.weights};'
        f"font-display:{display};unicode-range:{letters};"
        f'src:url({folder}/IBMPlexSans-{style.file}-{part}.woff2)format("woff2")}}\n'
        for family, display in ((NAME, "optional"), (DRAWN, "swap"))
        for part, letters in PARTS.items()
    )


def _as(style: Style) -> str:
    rules = ""
    for family, wide in ((AS_ARIAL, style.arial), (AS_ROBOTO, style.roboto)):
        local = ",".join(f'local("{name}{style.suffix}")' for name in LOCAL[family])
        rules += (
            f'@font-face{{font-family:"{family}";font-style:{style.slant};'
            f"font-weight:{style.weights};src:{local};size-adjust:{wide:.2%};"
            f"ascent-override:{ABOVE / wide:.2%};descent-override:{BELOW / wide:.2%};"
            "line-gap-override:0%}\n"
        )
    return rules
