"""Whether a response that is alike another says something else. Pure.

Names, addresses and words that were misread say nothing else, and neither does a paragraph left
out. A few words of its own do, where one of them turns the meaning or is another number; more than
``FEW`` always do. It only decides what is ticked before a person has looked: where in doubt, it is
not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kommuneplan.look_alikes import skeleton

from .grouping import SIZE
from .words import as_compared, told_words

FEW = 2  # words of one's own that say nothing: "kære venner"
MISREAD = 0.6  # of the letters, in order, are the same: "sko1en" is "skolen"
GAP = 4  # words in a row that are exchanged for others, and not a paragraph left out
MOST_PARTS = 3  # in which one word is misread
MOST_OWN = 200  # words; which of more were misread is not asked: each is laid beside each
# How somebody says who they are.
_ONESELF = frozenset(
    """jeg vi hedder navn bor boende på og er som i ved nabo borger beboer""".split()  # noqa: SIM905
)
_TAKEN_FOR = str.maketrans("chui", "ebnl")  # by a machine; by people too: look_alikes
_TURNS = frozenset(
    """
    ikke ej ingen intet aldrig hverken uden imod mod modsat tværtimod uenig enig enige uenige
    støtter støtte afviser afvise for fraråder anbefaler nej ja kun først men dog undtagen bortset
    mindst højst flere færre mere mindre
    """.split()  # noqa: SIM905  (so many are read more easily as a text)
)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """How a response differs from the one it is laid together with: how many words of its own it
    has, and whether they, or what it leaves out, say something else."""

    words: int
    differs: bool

    @property
    def is_same(self) -> bool:
        """Word for word the same, but for greeting and signature."""
        return not self.words and not self.differs


def own_words(model: str, text: str) -> OwnWords:
    """What a text says besides, and instead of, its model."""
    before, after = _keyed(told_words(model)), _keyed(told_words(text))
    old, new = [key for key, _written in before], [key for key, _written in after]
    if old == new:
        return OwnWords(0, False)
    lost = list(_runs(old, _stretches(new)))
    added = list(_runs(new, _stretches(old)))
    gone = [word for begins, ends in lost if ends - begins <= GAP for word in old[begins:ends]]
    count = sum(ends - begins for begins, ends in added)
    if max(count, len(gone)) > MOST_OWN:
        return OwnWords(count, True)
    own: list[str] = []
    for begins, ends in added:
        own += _saying(after, begins, ends, gone)
    turned = any(word in _TURNS for word in gone) or any(_weighs(word) for word in own)
    exchanged = bool(own and gone)  # a word for another
    differs = len(own) > FEW or turned or exchanged
    return OwnWords(count, differs)


def _joined_misread(words: Sequence[tuple[str, str]], gone: list[str]) -> bool:
    """Some words in a row are one that was misread ("koll€ger"), which is then accounted for."""
    together = "".join(key for key, _written in words)
    right = next((word for word in gone if _is_misread(together, word)), None)
    if right is None:
        return False
    gone.remove(right)
    return True


def _keyed(words: Sequence[str]) -> list[tuple[str, str]]:
    return [(as_compared(word), word) for word in words]


def _stretches(words: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[at:] for at in range(SIZE)), strict=False))


def _runs(words: Sequence[str], known: set[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """The words that lie in no stretch that the other has, run by run."""
    reach = 0
    for at in range(len(words) - SIZE + 1):
        if tuple(words[at : at + SIZE]) in known:
            if at > reach:
                yield reach, at
            reach = at + SIZE
    if reach < len(words):
        yield reach, len(words)


def _saying(
    words: Sequence[tuple[str, str]], begins: int, ends: int, gone: list[str]
) -> Iterator[str]:
    """The words of a run that say something: no names, no numbers of houses, nothing misread. What
    was misread is taken from ``gone``, since it stands there once."""
    if 1 < ends - begins <= MOST_PARTS and _joined_misread(words[begins:ends], gone):
        return
    named = begins > 0 and _is_name(words[begins - 1][1], begins - 1)
    for at in range(begins, ends):
        key, written = words[at]
        if key in gone:  # the same word, in other company
            gone.remove(key)
            continue
        is_name = _is_name(written, at) or (named and (key[0].isdecimal() or len(key) == 1))
        named = is_name
        if is_name or key in _ONESELF:
            continue
        right = next((word for word in gone if _is_misread(key, word)), None)
        if right is None:
            yield key
        else:
            gone.remove(right)


def _is_name(written: str, at: int) -> bool:
    return at > 0 and written[0].isupper() and not (len(written) > 1 and written.isupper())


def _is_misread(word: str, other: str) -> bool:
    if _shape(word) == _shape(other):
        return not {word, other} <= _TURNS
    if word in _TURNS or other in _TURNS or (word.isdecimal() and other.isdecimal()):
        return False
    if abs(len(word) - len(other)) > 2:
        return False
    return SequenceMatcher(None, word, other, autojunk=False).ratio() >= MISREAD


def _shape(word: str) -> str:
    """A word with the letters that a machine takes for each other made one."""
    return skeleton(word).translate(_TAKEN_FOR)


def _weighs(word: str) -> bool:
    return word in _TURNS or word[0].isdecimal()
