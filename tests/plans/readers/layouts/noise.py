"""What stands around a plan, and what a printer or scanner does to it."""

from __future__ import annotations

import re
from collections.abc import Callable

TITLE = "Tids- og procesplan for boligplanen"
LETTERHEAD = [
    "EKSEMPEL KOMMUNE",
    "Center for Bolig og Støtte",
    "",
    "Til Socialudvalget",
    "",
    "Sagsnr. 2025-0112233",
    "Dokumentnr. 2025-0112233-4",
    "Sagsbehandler",
    "Bo Eksempel",
    "",
    "05-01-2026",
    "",
    "",
]
FOOT = ("", "Side {n} af 3", "", "Center for Bolig og Støtte", "")
SCANNER = (("møde", "mgde"), ("drøft", "drgft"), ("Høring", "Hgring"), ("høring", "hgring"),
           ("på ", "pa "), ("måned", "maned"))  # fmt: skip


def plain(text: str) -> str:
    return f"{TITLE}\n\n{text}\n"


def letterhead(text: str) -> str:
    return "\n".join(LETTERHEAD) + plain(text)


def page_breaks(text: str) -> str:
    """Every ten lines the foot and head of a page, where a line ends."""
    lines = text.split("\n")
    parts: list[str] = []
    for at in range(0, len(lines), 10):
        parts += lines[at : at + 10]
        if at + 10 < len(lines):
            parts += [line.format(n=at // 10 + 1) for line in FOOT[:3]]
    return plain("\n".join(parts))


def scanned(text: str) -> str:
    """Letters lost as a scanner loses them, in words a plan always has."""
    above = "Notat om processen\nArbejdet drøftes på møder hver måned, og der er høring på vej.\n\n"
    for word, lost in SCANNER:
        text, above = text.replace(word, lost), above.replace(word, lost)
    return f"{TITLE}\n\n{above}{text}\n"


def words_around(text: str) -> str:
    """Paragraphs above and below with figures and laws, but no step of the plan."""
    above = ("Baggrund\nPlanen bygger på § 138 i lov om social service og på budgettet på "
             "2.500.000 kr. Den omfatter 14 botilbud med 120 pladser.\n\n")  # fmt: skip
    below = ("\n\nØkonomi\nUdgiften holdes inden for rammen. Spørgsmål kan stilles til "
             "sekretariatet på telefon 12 34 56 78.\n")  # fmt: skip
    return f"{TITLE}\n\n{above}{text}{below}"


NOISE: dict[str, Callable[[str], str]] = {
    noise.__name__: noise for noise in (plain, letterhead, page_breaks, scanned, words_around)
}


def with_year_above(text: str) -> str:
    """The only year stands in the document's date: what "missing years" leaves a reader."""
    return "Notat\nTil Socialudvalget\n\nDato: 05-01-2026\n\n" + plain(
        re.sub(r"\n{3,}", "\n\n", text)
    )
