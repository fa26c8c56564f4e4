"""Which bodies a text names: written out, abbreviated, or as "udvalget"."""

from __future__ import annotations

import re
from bisect import bisect_right as bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from .vocabulary import (
    ABBREVIATION,
    ABBREVIATIONS,
    BODY_PATTERNS,
    DEFINITION,
    PLAIN_COMMITTEE,
    VARYING,
    BodyCategory,
)


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A body the municipality has registered; goes before all general rules."""

    name: str
    abbreviation: str = ""
    kind: BodyCategory = BodyCategory.COMMITTEE


@dataclass(frozen=True, slots=True)
class Named:
    """A body found in a text. ``assumed`` holds the word it was concluded from, if any."""

    start: int
    end: int
    name: str
    kind: BodyCategory
    assumed: str = ""


@dataclass
class Directory:
    """The bodies of one document: what its abbreviations and its "udvalget" stand for."""

    known: Sequence[KnownBody] = ()
    abbreviations: dict[str, tuple[str, BodyCategory]] = field(default_factory=dict)
    own_abbreviations: set[str] = field(default_factory=set)
    committee: str = ""
    administration: str = ""
    spelling: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, recipient: str = "", known: Sequence[KnownBody] = ()) -> Directory:
        directory = cls(known, {key.upper(): value for key, value in ABBREVIATIONS.items()})
        for match in DEFINITION.finditer(text):
            kind = kind_of_name(match[1])
            if kind is not BodyCategory.OTHER:
                directory.abbreviations[match[2].upper()] = (match[1], kind)
                directory.own_abbreviations.add(match[2].upper())
        for body in known:
            if body.abbreviation:
                directory.abbreviations[body.abbreviation.upper()] = (body.name, body.kind)
                directory.own_abbreviations.add(body.abbreviation.upper())
        directory._settle(text, recipient)
        return directory

    def _settle(self, text: str, recipient: str) -> None:
        """The recipient's committee, or the only one; the only administration with a name."""
        addressed = [b.name for b in self.find(recipient) if b.kind is BodyCategory.COMMITTEE]
        addressed = [name for name in addressed if name != "Udvalget"]
        found = self.find(text)
        self._spell(found)
        found = self.find(text)
        committees = Counter(
            b.name for b in found if b.kind is BodyCategory.COMMITTEE and b.name != "Udvalget"
        )
        trade = {n: c for n, c in committees.items() if not n.startswith("Økonomi")}
        if addressed:
            self.committee = addressed[0]
        elif len(trade) == 1:
            self.committee = next(iter(trade))
        elif not trade and len(committees) == 1:
            self.committee = next(iter(committees))
        own = Counter(
            b.name
            for b in found
            if b.kind is BodyCategory.ADMINISTRATION
            and b.name.endswith("forvaltningen")
            and b.name != "Forvaltningen"
        ).most_common(2)
        if len(own) == 1 or (len(own) == 2 and own[0][1] >= 3 * own[1][1]):
            self.administration = own[0][0]

    def _spell(self, found: Iterable[Named]) -> None:
        """One spelling for each name: the one used most ("Social- og Sundhedsudvalget")."""
        for name, _count in Counter(body.name for body in found).most_common():
            self.spelling.setdefault(name.casefold(), name)

    def find(self, text: str) -> list[Named]:
        """Every body in the text, in order, each place once."""
        return [
            replace(body, name=self.spelling.get(body.name.casefold(), body.name))
            for body in self._found(text)
        ]

    def _found(self, text: str) -> list[Named]:
        found: list[Named] = []
        for body in self.known:
            pattern = rf"(?<!\w){re.escape(body.name)}(?=s?(?!\w))"
            found += [Named(m.start(), m.end(), body.name, body.kind)
                      for m in re.finditer(pattern, text, re.IGNORECASE)]  # fmt: skip
        for pattern_, kind in BODY_PATTERNS:
            found += [Named(m.start(), m.end(), _full_name(m[0]), kind)
                      for m in pattern_.finditer(text)]  # fmt: skip
        found += self._abbreviated(text)
        found += self._plain(text)
        return _settled(found)

    def _abbreviated(self, text: str) -> Iterable[Named]:
        for match in ABBREVIATION.finditer(text):
            key = match[1].upper()
            if key in self.abbreviations:
                name, kind = self.abbreviations[key]
                unsure = key in VARYING and key not in self.own_abbreviations
                yield Named(match.start(), match.end(), name, kind, match[1] if unsure else "")

    def _plain(self, text: str) -> Iterable[Named]:
        """ "udvalget" and "forvaltningen" mean the ones this document is about."""
        for match in PLAIN_COMMITTEE.finditer(text):
            if self.committee or match[0] in ("Udvalget", "udvalget"):
                name = self.committee or "Udvalget"
                yield Named(match.start(), match.end(), name, BodyCategory.COMMITTEE, match[0])
        if self.administration:
            for match in re.finditer(r"\b[Ff]orvaltningen(?=s?\b)", text):
                name = self.administration
                yield Named(
                    match.start(), match.end() + 1, name, BodyCategory.ADMINISTRATION, match[0]
                )


def kind_of_name(name: str) -> BodyCategory:
    """What sort of body a name is."""
    for pattern, kind in BODY_PATTERNS:
        if pattern.search(name):
            return kind
    if PLAIN_COMMITTEE.search(name) or re.search(r"udvalg\b", name):
        return BodyCategory.COMMITTEE
    if re.search(r"(?i)center|afdeling|kontor|stab|forvaltning|team|sekretariat|chef", name):
        return BodyCategory.ADMINISTRATION
    if re.search(r"(?i)råd(?:et|ene)?\b", name):
        return BodyCategory.ADVISORY
    return BodyCategory.OTHER


_TOLD = re.compile(
    r"\b(?:om|efter|på (?:baggrund|grundlag) af|som følge af|i forlængelse af|jf\.?|vedr\.|"
    r"vedrørende)"
    r"\s+(?:det\s|den\s)?(?:[\wæøåÆØÅ-]{1,40}\s(?:og|for)\s){0,2}[\wæøåÆØÅ-]{0,40}"
    r"(?:udvalgets|udvalgenes|rådets|rådenes|bestyrelsens|repræsentationens|forvaltningens|direktionens)"
    r"\s+(?:\w+\s)?(?:beslutning|behandling|drøftelse|vedtagelse|godkendelse|møde|indstilling|anbefaling)\w*",
    re.IGNORECASE,
)
"""An act that is told of, not done: "pressemeddelelse om udvalgets beslutning"."""


def without_told_acts(text: str) -> tuple[str, bool]:
    """The text without the acts of bodies that it only tells of, and whether there were any."""
    bare = _TOLD.sub("", text)
    return bare, bare != text


def is_told(text: str, body: Named) -> bool:
    """Does the body stand in a genitive that only tells of what it did? It does not act then."""
    return any(told.start() < body.start < told.end() for told in _TOLD.finditer(text))


def names_a_body(text: str) -> bool:
    """Is any body named, in full or as "udvalget"?"""
    patterns = (*(pattern for pattern, _kind in BODY_PATTERNS), PLAIN_COMMITTEE, ABBREVIATION)
    return any(pattern.search(text) for pattern in patterns)


def is_only_body(text: str) -> bool:
    """Whether a text is the name of a body and nothing more."""
    text = text.strip(" .:")
    if text.upper() in ABBREVIATIONS:
        return True
    found = [match for pattern, _kind in BODY_PATTERNS for match in pattern.finditer(text)]
    return any(len(text) - len(match[0]) <= 1 for match in found)


def _full_name(written: str) -> str:
    """The definite form with a capital: "byråd" → "Byrådet", "socialudvalg" → "Socialudvalget"."""
    name = written.strip()
    if re.search(r"(?i)[\w-]udvalg$|byråd$", name):
        name += "et"
    elif name.lower().endswith("kommunalbestyrelse"):
        name += "n"
    if name[:1].islower() and "-" in name:
        return re.sub(r"(?<![\wæøå])(?!og\b)([a-zæøå])", lambda match: match[1].upper(), name)
    return name[:1].upper() + name[1:]


def _settled(found: list[Named]) -> list[Named]:
    """Where finds overlap the longest wins, then the first in the order of the rules."""
    taken: list[Named] = []
    starts: list[int] = []
    for body in sorted(found, key=lambda b: -(b.end - b.start)):
        at = bisect(starts, body.start)
        free_before = at == 0 or taken[at - 1].end <= body.start
        free_after = at == len(taken) or taken[at].start >= body.end
        if free_before and free_after:
            starts.insert(at, body.start)
            taken.insert(at, body)
    return taken
