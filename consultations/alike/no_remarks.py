"""Responses that say that there is nothing to say. Pure.

Hundreds of parties write "Ingen bemærkninger" in much the same words; nobody has asked them to, so
they are no campaign. They are laid together as what they are. One word more than is needed to say
it ("ingen bemærkninger, men …") and it is a response like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .words import all_words, said

MOST = 40  # words, sender and signature included
_WORDS = re.compile(r"\w+")
_SAYS_SO = re.compile(
    r"\b(?:(?:ingen|ikke|uden|intet|hverken|ej)\b(?: \w+){0,4} (?:bemærkninger|bemærkning|"
    r"kommentarer|indvendinger|indsigelser|høringssvar|at bemærke|at tilføje|at indvende)"
    r"|tager .{0,60}til efterretning)\b"
)
# All that it takes to say it politely, in any order.
_NEEDED = frozenset(
    """
    ingen ikke uden intet hverken ej eller bemærkninger bemærkning kommentarer indvendinger
    indsigelser indsigelse høringssvar at bemærke tilføje indvende yderligere særlige øvrige
    herudover hertil dertil i på til for af og det den de er en et med fra om som vi jeg os vores
    har haft ønsker finder kan der denne dette disse hermed herved således på vegne undertegnede
    sagen forslaget forslag udkastet udkast planen plan politikken politik strategien strategi
    lokalplanen lokalplan kommuneplanen kommuneplan høringen høring høringsmaterialet materialet
    fremsendte udsendte modtagne foreliggende ovenstående ny nye nuværende sendt fremsendes modtaget
    tak takker mange muligheden lejligheden afgive komme udtale rådet råd ældrerådet handicaprådet
    ungerådet seniorrådet udvalget udvalg lokaludvalget bestyrelsen bestyrelse skolebestyrelsen
    brugerrådet pårørenderådet foreningen forening menigheden menighedsrådet klubben laug grundejer
    grundejerforeningen kommune kommunen kommunens region regionen regionens kommunalbestyrelsen
    byrådet afdelingen styrelsen ministeriet museet tager orienteringen efterretning taget hilsen
    venlig venlige hilsner mvh vh kære hej formand formanden næstformand sekretær gennemgået læst
    behandlet møde mødet drøftet dato januar februar marts april maj juni juli august september
    oktober sag sager november december
    """.split()  # noqa: SIM905  (so many are read more easily as a text)
)
_YET = frozenset(
    """
    men dog bortset udover undtagen såfremt hvis blot skal bør burde imidlertid
    """.split()  # noqa: SIM905  (so many are read more easily as a text)
)


def says_nothing(text: str, known: Iterable[str] = ()) -> bool:
    """Whether a response says that there is nothing to remark, and nothing more. ``known`` are
    names that say nothing either: the sender's, and what was sent out."""
    if len(all_words(text[: MOST * 40])) > MOST:
        return False
    words = _WORDS.findall(said(text))
    if not _SAYS_SO.search(" ".join(words)) or _YET.intersection(words):
        return False
    told = {word for name in known for word in all_words(name)}
    return all(word in _NEEDED or word in told or word.isdecimal() for word in words)
