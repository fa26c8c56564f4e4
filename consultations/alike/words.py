"""The words of a response as they count when responses are laid side by side. Pure.

Capitals, signs, the breaking of lines and what nobody can see make no difference. What everybody
writes does not count either: a greeting and what stands below it, the opening and closing
sentences of an office, the notices a mail carries along, and words that are quoted from the draft
that was sent out: two who quote the same paragraph have not written the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consultations.responses.passages import places
from kommuneplan.look_alikes import as_latin
from kommuneplan.plain_text import as_read

# Letters, with accents that stand by themselves, and what leaves no ink between them.
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_WORD = re.compile(rf"\w[\w\u0300-\u036f{_UNSEEN}]*")
# A word that was parted at the end of a line, as in what was scanned; and mail's "> ".
_PARTED = re.compile(r"(?<=[a-zæøåé])-[ \t]*\n[ \t>]*(?=[a-zæøåé])")
_PARTED_AS_WRITTEN = re.compile(r"(?<=[A-ZÆØÅa-zæøåé])-[ \t]*\n[ \t>]*(?=[A-ZÆØÅa-zæøåé])")
_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]*")
MOST = 3_000  # words of a response that are looked at; those with more are alike by their beginning
# Tags and signs of a web page, and the numbers of a list.
_MARKUP = re.compile(
    r"</?[a-z][a-z0-9]{0,9}(?: [^<>\n]{0,80})?>|&#?[a-z0-9]{2,8};|(?m:^[ \t]{0,8}\d{1,2}[.)] )",
    re.IGNORECASE,
)
QUOTED = 5  # words in a row that stand in the draft too are quoted from it

_CLOSING = re.compile(
    r"\b(?:(?:med )?(?:venlige?|kærlige?|bedste|mange) hils(?:en|ner)|de bedste hilsner|hilsen fra"
    r"|hilsen|mvh|m v h|vh|dbh|på vegne af|på bestyrelsens vegne|på rådets vegne|underskrevet af)\b"
    r"|\n[/–-] ?(?=[a-zæøå]++ [a-zæøå])"
)
_SIGNATURE = 25  # words below a closing that are a name, an office and an address
_SPEAKS = re.compile(  # and what stands in no name, office or address
    r"\b(?:er|har|skal|bør|vil|kan|må|husk|p\.? ?s|også|ikke|ønsker|foreslår|mener|håber|synes)\b"
)
_GREETING = re.compile(r"^\W*(?:kære|hej|goddag|til|att|vedr|vedrørende|emne|dato|fra|sendt)\b")
_HEAD = 6  # lines at the beginning, among which it stands
_GREETED = 12  # words of a line that is only a greeting or a heading
# What an office, a form or a mail adds to any response whatever it says.
_ANYBODYS = re.compile(
    r"fortrolig|ved en fejl|utilsigtet modtager|persondata|personoplysning|databeskyttelse|gdpr"
    r"|printer denne|print(?:e|er) mailen|tænk på miljøet|sendt fra min|outlook til|virusscannet"
    r"|undersøgt for virus|privatlivspolitik"
    r"|tak(?:ker)? for (?:muligheden|lejligheden|invitationen|det fremsendte|høringen|at "
    r"(?:måtte|få|have))|muligheden for at (?:afgive|komme med|indgive|kommentere)"
    r"|har følgende (?:bemærkninger|kommentarer|høringssvar)|(?:følgende|nedenstående) høringssvar"
    r"|fremsende(?:r|s) hermed|hermed (?:fremsendes|følger|afgives|høringssvar)"
    r"|afgiver hermed|hermed (?:vores|mit|sit) høringssvar|har modtaget .{0,80}i høring"
    r"|har behandlet .{0,80}møde|står (?:gerne |naturligvis |selvfølgelig )*til rådighed"
    r"|uddybe(?:nde)? (?:spørgsmål|vores|ovenstående)|imødeser"
    r"|kontakte? (?:os|mig|undertegnede) (?:gerne|på)"
    r"|ser frem til (?:den videre|det videre|at høre|et svar)|høringssvar (?:til|vedr)"
    r"|høringssvar fra|sekretariatet er|organiseret i|repræsenterer .{0,60}medlemmer"
    r"|§|bekendtgørelse|i medfør af|i henhold til|jævnfør lov|jf\.? lov"
    r"|er en (?:uafhængig|landsdækkende|frivillig) |deltager gerne i (?:et|den)"
)


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word as it is compared, and which letters of the text it is."""

    key: str
    begins: int
    ends: int


def text_of(content: Mapping[str, Any]) -> str:
    """All that a response says, without its sender."""
    said = places(content).items()
    return "\n\n".join(words for place, words in said if words and not place.startswith("sender."))


def placed(text: str) -> list[PlacedWord]:
    """Every word of a text with its letters in it."""
    return [PlacedWord(_key(one[0]), *one.span()) for one in _WORD.finditer(text)]


def _key(word: str) -> str:
    return word.casefold() if word.isascii() else as_compared(word)


def as_compared(text: str) -> str:
    """A text without what makes no difference: capitals, invisible signs, ligatures, other ways to
    write the same letter, words parted at the end of a line."""
    seen = as_read(text).casefold()
    if not seen.isascii():
        seen = unicodedata.normalize("NFKC", seen) if len(seen) < 200_000 else seen
    return _PARTED.sub("", as_latin(_MARKUP.sub(" ", seen)))


def all_words(text: str) -> list[str]:
    """Every word of a text as it is compared, in order."""
    return _WORD.findall(as_compared(text))


def counted_words(text: str, quoted: frozenset[int] = frozenset()) -> list[str]:
    """The words of a response that count, in order. ``quoted`` are the stretches of the draft
    (``stretches``)."""
    found: list[str] = []
    for sentence in _own_sentences(text):
        found += _WORD.findall(sentence)
        if len(found) >= MOST:
            break
    return _without_quotes(found[:MOST], quoted)


def said(text: str) -> str:
    """What is said in a text as it is compared: without greeting and signature."""
    return "\n".join(_without_greeting(_without_signature(as_compared(text)).split("\n")))


def _without_greeting(lines: list[str]) -> list[str]:
    """The lines without greetings and headings, which stand among the first."""
    return [
        line
        for place, line in enumerate(lines)
        if place >= _HEAD or len(line.split()) > _GREETED or not _GREETING.match(line.casefold())
    ]


def _own_sentences(text: str) -> Iterator[str]:
    for line in said(text).split("\n"):
        for sentence in _SENTENCE.findall(line):
            if sentence and not _ANYBODYS.search(sentence):
                yield sentence


def _without_signature(text: str) -> str:
    """The text before a closing that nothing but a name and an address follows; what is written
    below that, and has as much to say as a sentence, counts."""
    for found in _CLOSING.finditer(text):
        if _is_signature(text[found.end() :]):
            return text[: found.start()]
    return text


def _is_signature(below: str) -> bool:
    return len(_WORD.findall(below[:2000])) <= _SIGNATURE and not _SPEAKS.search(below[:2000])


def told_words(text: str) -> list[str]:
    """The words of what is said in a text, as they are written: a name keeps its capital."""
    seen = _MARKUP.sub(" ", as_read(text))
    body = "\n".join(_without_greeting(seen.split("\n")))
    folded = body.casefold()
    for found in _CLOSING.finditer(folded):
        # Folding may lengthen a text (ß); a closing is then cut a letter late, which says the same.
        if _is_signature(folded[found.end() :]):
            body = body[: found.start()]
            break
    return _WORD.findall(_PARTED_AS_WRITTEN.sub("", body))


def stretches(texts: Iterable[str]) -> frozenset[int]:
    """What stands in the draft, as stretches of so many words that whoever repeats one quotes."""
    found: set[int] = set()
    for text in texts:
        words = all_words(text)
        found.update(map(hash, zip(*(words[at:] for at in range(QUOTED)), strict=False)))
    return frozenset(found)


def _without_quotes(words: list[str], quoted: frozenset[int]) -> list[str]:
    if not quoted:
        return words
    taken = bytearray(len(words))
    for at, one in enumerate(_hashes(words, QUOTED)):
        if one in quoted:
            taken[at : at + QUOTED] = b"\1" * QUOTED
    return [word for word, gone in zip(words, taken, strict=True) if not gone]


def _hashes(words: Sequence[str], size: int) -> list[int]:
    """Each stretch of so many words, as a number that is good while the program runs."""
    return [hash(one) for one in zip(*(words[at:] for at in range(size)), strict=False)]
