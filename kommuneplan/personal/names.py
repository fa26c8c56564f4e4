"""Names where a text is signed, where somebody speaks for others, and where it says so.

Names in running text are not searched: a plan is full of places and bodies written alike. What
the sender has given about themselves is found everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .cpr import Hit
from .values import Certainty, DataKind, SenderData, Why

_UP = r"[A-ZÆØÅÉÜÖÄÁÍÓÐÞŠŽČŁ]"
_LOW = r"[a-zæøåéüöäáíóúýðþñçšžčćłęąßèêëîïôâàû]"
_PART = rf"{_UP}(?:{_LOW}+(?:['’-]?{_UP}{_LOW}+|-{_LOW}+)?|\.)"
_SMALL = r"(?:von|van|de|da|del|di|el|al|bin|ben|ibn|abu|af|la|le|der|den|dos)"
_NAME = re.compile(rf"(?<!\w){_PART}(?: (?:{_SMALL} )?{_PART}){{1,4}}(?![\w@])")
_ONE = re.compile(rf"(?<!\w){_UP}{_LOW}{{1,20}}(?:-{_UP}{_LOW}+)?(?![\w@])")
_CAPITALS = re.compile(
    r"(?<!\w)[A-ZÆØÅÉÜÖ]{2,20}(?: [A-ZÆØÅÉÜÖ]\.?)?(?: [A-ZÆØÅÉÜÖ]{2,20}){1,3}(?!\w)"
)

_CLOSING = re.compile(
    r"(?:\b(?:med |de |mange |rigtig ){0,4}(?:ven(?:lig(?:e|st)?|skabelige?)|bedste|kærlige?|gode?|"
    r"varme?|glade?|hjertelige?)? ?hils(?:en|ner)\b|\bm\.? ?v\.? ?h\.?(?!\w)|\bvh\.?(?!\w)"
    r"|\bp\.? ?v\.?(?!\w)|\bpå vegne af\b|\bunderskr(?:ift|evet)\w*|\bunderteg(?:net|nede)\b"
    r"|\bmed respekt\b|\bærbødigst\b)(?: fra\b| af\b| på\b)?",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"(?<![\w/])(?:v/|v\. ?(?=[A-ZÆØÅ])|c/o "
    r"|[Vv]ed (?=(?:for|næst|konst|bestyrelses|sekret|kredsf)))"
    r" ?(?:[a-zæøå-]+ ){0,3}"
)
_LABEL = re.compile(
    r"(?:^|[\n;,.(] ?|\b)(?:[Ff]ulde )?(?:[Nn]avn|[Aa]fsender|[Kk]ontaktperson|[Uu]nderskriver"
    r"|[Ii]ndsender|[Ss]krevet af|[Ii]ndsendt af|[Aa]tt\.?|[Ff]or- og efternavn"
    r"|[Pp]årørende|[Bb]orger|[Mm]or|[Ff]ar|[Mm]in (?:søn|datter|mor|far|mand|kone|bror|søster))"
    r"(?::|\.:| er| hedder|(?= [A-ZÆØÅ]))[ \n]?"
)
_ENDS_AS_A_BODY = re.compile(
    r"(?:råd(?:et)?|udvalg(?:et)?|forening(?:en)?|samfund(?:et)?|bestyrelse(?:n)?|kommune(?:n)?"
    r"|centeret|centret|center|skole(?:n)?|klub(?:ben)?|gruppe(?:n)?|forbund(?:et)?|netværk(?:et)?"
    r"|sagen|organisation(?:en)?|hjemmet|afdeling(?:en)?|sekretariat(?:et)?|forvaltning(?:en)?"
    r"|region(?:en)?|lauget|lavet|selskab(?:et)?|institution(?:en)?|børnehave(?:n)?|kreds(?:en)?"
    r"|fond(?:en)?|partiet|huset|tilbud(?:det)?|komit[eé](?:en)?)$",
    re.IGNORECASE,
)
_BEGINS_AS_A_BODY = re.compile(
    r"(?:beboer|forældre|landsforening|handicap|social|ungdom|byråd|medarbejder|personale"
    r"|høringssvar|borgerforening|borgergruppe|kontor|menighed|pårørende)",
    re.IGNORECASE,
)
_NO_NAMES = frozenset({
    "dansk", "danske", "danmark", "danmarks", "ældre", "syge", "boliger", "kirke", "kirken",
    "kirkens", "venlig", "venlige", "hilsen", "adresse", "telefon", "mobil", "tlf", "mail",
    "e-mail", "email", "cpr", "cpr-nummer", "dato", "formand", "næstformand", "sekretær", "leder",
    "direktør", "borgmester", "bilag", "side", "sagsnr", "borger", "borgere", "borgerne", "den",
    "vi", "jeg", "de", "det", "og", "i", "på", "en", "et", "til", "fra", "med", "af", "for",
    "alle", "jer", "os", "hjem", "hus", "navn", "postnr", "by", "underskrift",
})  # fmt: skip
_LINES, _LONGEST = 8, 60  # of a signature: lines looked at, letters a line may have
_SIGNATURE = 400  # letters


def find_names(text: str) -> Iterator[Hit]:
    """Names in signatures, after "v/", and after words that say that a name follows."""
    closings = [(one.start(), one.end()) for one in _CLOSING.finditer(text)]
    ends = [*(start for start, _end in closings[1:]), len(text)]
    for (_start, start), end in zip(closings, ends, strict=False):  # without any, nothing ends
        yield from _signature(text[start : min(end, start + _SIGNATURE)], start)
    for pattern, why in ((_SPEAKS, Why.SPEAKS_FOR), (_LABEL, Why.LABELLED)):
        for match in pattern.finditer(text):
            name = _NAME.match(text, match.end())
            if name and _is_person(name[0]):
                yield DataKind.NAME, name.start(), name.end(), Certainty.LIKELY, why


def _signature(text: str, place: int) -> Iterator[Hit]:
    """Names in the rest of the line and in the short lines after it; ``place``: where it begins."""
    for number, line in enumerate(text.split("\n")[:_LINES]):
        if len(line) > _LONGEST and number:
            return
        shown = line[:_LONGEST]
        found = False
        for pattern in (_NAME, _CAPITALS):
            for name in pattern.finditer(shown):
                if _is_person(name[0]):
                    found = True
                    at = place + name.start()
                    yield DataKind.NAME, at, at + len(name[0]), Certainty.LIKELY, Why.SIGNED
        first = re.match(r"[ ,.:!\n]*", shown)
        single = None if found or first is None else _ONE.match(shown, first.end())
        if single and _is_person(single[0]) and not shown[single.end() :].strip(" ,.)!"):
            at = place + single.start()
            yield DataKind.NAME, at, at + len(single[0]), Certainty.POSSIBLE, Why.SIGNED
        place += len(line) + 1


def _is_person(name: str) -> bool:
    """Is none of its words one of an organisation, an office or a form?"""
    return not any(
        word.lower().strip(".") in _NO_NAMES
        or _ENDS_AS_A_BODY.search(word)
        or _BEGINS_AS_A_BODY.match(word)
        for word in name.split()
    )


_SPACE = r"[\s.,-]{1,4}"


def find_known(text: str, known: SenderData) -> Iterator[Hit]:
    """What the sender has given about themselves, wherever it stands."""
    for name in known.names:
        yield from _known_name(text, name)
    for address in known.addresses:
        street = re.split(r"[,\n]", address)[0].strip()
        if len(street) >= 4:
            yield from _literal(text, street, DataKind.ADDRESS)
    for mail in known.emails:
        if mail.strip():
            yield from _literal(text, mail.strip(), DataKind.EMAIL)
    for phone in known.phones:
        digits = re.sub(r"\D", "", phone)[-8:]
        if len(digits) == 8:
            pattern = r"(?<!\d)" + r"[ .-]?".join(digits) + r"(?!\d)"
            for match in re.finditer(pattern, text):
                yield DataKind.PHONE, match.start(), match.end(), Certainty.SURE, Why.KNOWN


def _known_name(text: str, name: str) -> Iterator[Hit]:
    words = re.findall(r"[^\s,]+", name)
    if not words:
        return
    whole = (_SPACE.join(map(re.escape, words)), _SPACE.join(map(re.escape, (words[0], words[-1]))))
    for pattern in dict.fromkeys(whole):
        for match in re.finditer(rf"(?<!\w){pattern}s?(?!\w)", text, re.IGNORECASE):
            yield DataKind.NAME, match.start(), match.end(), Certainty.SURE, Why.KNOWN
    for word in {words[0], words[-1]}:
        if len(word) >= 3 and word[:1].isupper():
            for match in re.finditer(rf"(?<!\w){re.escape(word)}s?(?!\w)", text):
                yield DataKind.NAME, match.start(), match.end(), Certainty.POSSIBLE, Why.KNOWN_PART


def _literal(text: str, words: str, kind: DataKind) -> Iterator[Hit]:
    pattern = r"\s{1,3}".join(map(re.escape, words.split()))
    for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
        yield kind, match.start(), match.end(), Certainty.SURE, Why.KNOWN
