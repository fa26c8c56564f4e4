"""Where somebody lives: a street with a house number, a postcode with a town."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .cpr import Hit
from .values import Certainty, DataKind, Why

# How Danish streets end. The second list are everyday words too: they need more around them.
_STREET = (
    r"vej|vejen|gade|gaden|all[eé]|all[eé]en|stræde|strædet|boulevard|boulevarden|torv|torvet|"
    r"vænge|vænget|vang|vangen|toft|toften|stien|svinget|skrænten|krogen|kæret|gyde|gyden|"
    r"passagen|kajen|banke|banken|brinken|lunden|ageren|diget|bakken|højen|engen|ager|vejs"
)
_MAYBE = r"plads|pladsen|have|haven|park|parken|sti|kaj|gård|gården|dal|dalen|høj|bugt|bugten|mark|marken|skov|skoven|hegnet|lund|bakke|eng|passage|bro|havn|have"  # noqa: E501
_NOT_STREETS = {
    "overvej", "undervej", "undervejs", "omvej", "genvej", "motorvej", "udvej", "indgangsvej",
    "hovedvej", "landevej", "cykelvej", "skolevej", "adgangsvej", "jernbane", "vej", "gade",
    "boligvej", "hvervej", "karrierevej", "vejen", "gaden", "plads", "park", "have", "gågade",
}  # fmt: skip
_UP = r"[A-ZÆØÅÉÜÖÄ]"
_NUMBER = r"(?P<number>\d{1,3}) ?(?P<letter>[A-Za-z](?![\wÆØÅæøå]))?(?:-\d{1,3}[A-Za-z]?)?(?!\d)"
_FLOOR = (
    r"(?:,? ?(?:\d{1,2}\.|(?:st|kld?)\b\.?)(?: ?sal\b\.?)?(?:,? ?(?:t[hv]|mf|dør \d{1,3})\b\.?)?)?"
)
_FIRST = rf"{_UP}[\w.'é-]{{0,40}}"
_WORDS = rf"(?:{_FIRST} ){{0,3}}"
_ADDRESS = re.compile(
    rf"(?<!\w)(?P<street>{_WORDS}(?:{_UP}[\w-]{{0,40}}?)?(?:{_STREET}|{_STREET.title()}|Plads|Park"
    rf"|Have|Kaj|Havn|Bro)) {_NUMBER}"
)
_POSSIBLE = re.compile(rf"(?<!\w)(?P<street>{_WORDS}{_UP}[\w-]{{1,40}}?(?:{_MAYBE})) {_NUMBER}")
_TAIL = re.compile(_FLOOR)
_UNIT = re.compile(r" ?(?:%|procent|kr|mio|pladser|borgere|personer|gange|år|timer|km|meter|mål\b)")
_LIVES = re.compile(
    r"(?:\badresse\w*|\bbor|\bboende|\bbopæl\w*|\bbolig\w*)\W{0,4}(?:på|i|nu|er|er:)?\W{0,3}$",
    re.IGNORECASE,
)

_TOWN = rf"{_UP}[\wé-]{{1,30}}(?: {_UP}[\wé-]{{1,30}})?"
_POSTCODE = re.compile(
    rf"(?<![\w.,/-])(?<!\d )(?:DK[- ]?)?(?P<code>[1-9]\d{{3}}) {{1,2}}(?P<town>{_TOWN}"
    r"(?: (?:SV|NV|SØ|NØ|[KVØNSCFJM]))?)(?=\s*(?:$|[,.;:)\n|]))",
    re.MULTILINE,
)
_NEAR = re.compile(rf"\s{{0,3}}[,;\n]?\s{{0,3}}(?:DK[- ]?)?[1-9]\d{{3}} +{_UP}")


def find_address(text: str) -> Iterator[Hit]:
    """Addresses of places where people live or work; a person says whose."""
    for pattern in (_ADDRESS, _POSSIBLE):
        for match in pattern.finditer(text):
            end = _TAIL.match(text, match.end()).end()  # type: ignore[union-attr]
            end = len(text[:end].rstrip(" ,."))
            town = _NEAR.match(text, end)
            named = _LIVES.search(text[max(0, match.start() - 24) : match.start()])
            last = match["street"].split()[-1].lower()
            if not (town or named) and (
                pattern is _POSSIBLE
                or (last in _NOT_STREETS and " " not in match["street"])
                or _UNIT.match(text, match.end())
            ):
                continue
            sure = Certainty.SURE if town or named else Certainty.LIKELY
            yield DataKind.ADDRESS, match.start(), max(end, match.end()), sure, Why.STREET
    for match in _POSTCODE.finditer(text):
        if _is_year(match) and not _after_street(text, match.start()):
            continue
        sure = Certainty.SURE if _after_street(text, match.start()) else Certainty.POSSIBLE
        yield DataKind.ADDRESS, match.start(), match.end(), sure, Why.POSTCODE


def _is_year(match: re.Match[str]) -> bool:
    """1850–2099 before a capital is a year, unless the town is one that has such codes."""
    if not 1850 <= int(match["code"]) < 2100:
        return False
    return not re.match(r"Frederiksberg|København|Kbh", match["town"])


_HOUSE = re.compile(
    r"[a-zæøåé.] \d{1,3} ?[A-Za-z]?(?:-\d{1,3})?(?:, ?(?:\d|st|kl)[\w. ]{0,12})?\.?"
    r"(?:, ?|[^\S\n]{0,20}\n\s{0,20})$"
)


def _after_street(text: str, start: int) -> bool:
    """Does a house number stand just before, with a comma or the end of its line between?"""
    return bool(_HOUSE.search(text[max(0, start - 40) : start]))
