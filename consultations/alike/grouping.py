"""Which of many responses are word for word or nearly alike. Pure: words in, groups out.

A text is the set of its stretches of three words. Texts are looked up by what they share, the
shortest first: what stands in most of those that resemble it is the common text, and whoever has
most of *that* belongs to the group. So nobody comes in over a third who resembles two that do not
resemble each other, and two campaigns that somebody has pasted into one response stay two.

The thresholds, and why:

- ``FEWEST`` 12 different words. Fewer are said by chance ("Jeg er imod, bevar skolen").
- ``HAS`` 0.6 of the common text: four paragraphs with one left out, and read by a machine that gets
  every twelfth word wrong. Two campaigns from one template share half, and stay apart.
- ``SHORTENED`` 0.4 of it is enough where 0.9 of the text (``ALL_OF_IT``) is the common text:
  somebody has left out the longest paragraph and added nothing.
- ``HAS_SHORT`` 0.85 where the common text has fewer than 25 words: there a third is one sentence.
- ``BEGINS`` 0.7 for those from which the common text is taken, so that it is surely one text.
- ``OF_ITS_OWN`` 0.25: a response that says three times as much besides is a response of its own.
- ``COMMON`` 0.5: a stretch that stands as often in responses that resemble neither is anybody's
  phrase, and does not count.
- ``BRIDGED`` 2 words in the middle of what is alike are one that was misread, or a name.

Time grows with the number of words (``MOST_WORDS``, so that two thousand long ones fit in memory),
times how many texts share a stretch; what many share who say different things is looked up once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

FEWEST = 12
HAS = 0.6
SHORT, HAS_SHORT = 25, 0.85
SHORTENED, ALL_OF_IT = 0.4, 0.9
BEGINS, BEGINS_OTHER = 0.7, 0.3
OF_ITS_OWN = 0.25
COMMON = 0.5
BRIDGED = 2
SIZE = 3
MANY = 100  # texts that share a stretch, and how many of them resemble one: phrases are forgotten
LOOKED_AT = 0.25  # of a text's stretches in another, before that is looked at at all
MOST_WORDS = 1_500_000  # of all texts together; of each its beginning, as many words as of another
SHORTEST_LOOK = 300

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class TextGroup(Generic[K]):
    """Texts that are alike. ``model`` is the one that says the common text with least besides; it
    is the first of the members."""

    model: K
    members: tuple[K, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    words: Sequence[str]
    stretches: Sequence[int]  # one for each word but the last two
    known: frozenset[int]


def alike(texts: Mapping[K, Sequence[str]]) -> list[TextGroup[K]]:
    """The groups among many texts, given by their words (``counted_words``) in the order in which
    they came; the largest first. Each text is in one group at most."""
    return _Search(texts).groups()


class _Search(Generic[K]):
    def __init__(self, texts: Mapping[K, Sequence[str]]) -> None:
        most = max(SHORTEST_LOOK, MOST_WORDS // max(1, len(texts)))
        self.texts = {
            key: _text(words[:most]) for key, words in texts.items() if len(set(words)) >= FEWEST
        }
        self.order = {key: place for place, key in enumerate(self.texts)}
        self.index = self._index()
        self.often = {one: len(keys) for one, keys in self.index.items()}
        self.left = set(self.texts)

    def _index(self) -> dict[int, list[K]]:
        """The texts of each stretch that stands in more than one."""
        once: set[int] = set()
        often: set[int] = set()
        for text in self.texts.values():
            often |= once & text.known
            once |= text.known
        del once
        index: dict[int, list[K]] = defaultdict(list)
        for key, text in self.texts.items():
            for one in text.known & often:
                index[one].append(key)
        return dict(index)

    def groups(self) -> list[TextGroup[K]]:
        found = []
        by_length = sorted(
            self.texts, key=lambda key: (len(self.texts[key].words), self.order[key])
        )
        for seed in by_length:
            if seed in self.left and (group := self._around(seed)) is not None:
                found.append(group)
                self.left -= set(group.members)
        return sorted(found, key=lambda one: (-len(one.members), self.order[one.model]))

    def _around(self, seed: K) -> TextGroup[K] | None:
        """The group whose common text is that of the texts that resemble one."""
        text = self.texts[seed]
        looked_at = self._sharing(text.known)
        near = [
            key
            for key in looked_at
            if key == seed
            or (
                share_of(text, self.texts[key]) >= BEGINS
                and share_of(self.texts[key], text) >= BEGINS_OTHER
            )
        ]
        if len(looked_at) > MANY and len(near) < COMMON * len(looked_at):
            self._forget_phrases(text, near)
        if len(near) < 2:
            return None
        common = self._common(near)
        model = min(near, key=lambda key: self._far_from(common, key))
        kept = _within(self.texts[model], common)
        if len(set(kept)) < FEWEST:
            return None
        return self._gathered(_text(kept), model)

    def _forget_phrases(self, text: _Text, near: Sequence[K]) -> None:
        """What stands in very many that do not resemble a text is not looked up by again: else
        each of two thousand with the same preamble is laid beside each."""
        counts: Counter[int] = Counter()
        for key in near:
            counts.update(self.texts[key].known & text.known)
        for one in text.known:
            often = len(self.index.get(one, ()))
            if often > MANY and counts[one] < COMMON * often:
                del self.index[one]

    def _sharing(self, stretches: frozenset[int]) -> list[K]:
        """Those that are free and share enough to be looked at."""
        counts: Counter[K] = Counter()
        for one in stretches:
            counts.update(self.index.get(one, ()))
        enough = max(1.0, LOOKED_AT * len(stretches))
        return [key for key, n in counts.items() if n >= enough and key in self.left]

    def _common(self, near: Sequence[K]) -> set[int]:
        """The stretches that stand in most of some texts, and not as often elsewhere."""
        counts: Counter[int] = Counter()
        for key in near:
            counts.update(self.texts[key].known)
        most = max(2, (len(near) + 1) // 2)
        return {
            one for one, n in counts.items() if n >= most and n >= COMMON * self.often.get(one, 0)
        }

    def _far_from(self, common: set[int], key: K) -> tuple[int, int]:
        known = self.texts[key].known
        return len(common - known) + len(known - common), self.order[key]

    def _gathered(self, common: _Text, model: K) -> TextGroup[K] | None:
        members = []
        for key in {model, *self._sharing(common.known)}:
            text = self.texts[key]
            share, of_it = share_of(common, text), share_of(text, common)
            if _belongs(common, share, of_it):
                members.append(key)
        if len(members) < 2 or model not in members:
            return None
        members.sort(key=lambda key: (key != model, self.order[key]))
        return TextGroup(model, tuple(members))


def _belongs(common: _Text, share: float, of_it: float) -> bool:
    """``share`` of the common text stands in a text, and is ``of_it`` of what that says."""
    if len(common.words) < SHORT:
        return share >= HAS_SHORT and of_it >= OF_ITS_OWN
    return (share >= HAS and of_it >= OF_ITS_OWN) or (share >= SHORTENED and of_it >= ALL_OF_IT)


def _text(words: Sequence[str]) -> _Text:
    found = [hash(one) for one in zip(words, words[1:], words[2:], strict=False)]
    return _Text(words, found, frozenset(found))


def share_of(text: _Text, other: _Text) -> float:
    """How much of a text (0–1 of its words) stands in another, stretch by stretch; a word or two in
    the middle of what is alike goes with it."""
    known, words = other.known, len(text.words)
    covered = reach = 0  # words that are covered, and up to which word
    for at, one in enumerate(text.stretches):
        if one not in known:
            continue
        begins = at if reach == 0 or at - reach > BRIDGED else reach
        covered += at + SIZE - max(begins, reach)
        reach = at + SIZE
    return covered / words if words else 0.0


def _within(text: _Text, stretches: set[int]) -> list[str]:
    """The words of a text that lie in some of its stretches."""
    taken = bytearray(len(text.words))
    for at, one in enumerate(text.stretches):
        if one in stretches:
            taken[at : at + SIZE] = b"\1" * SIZE
    return [word for word, kept in zip(text.words, taken, strict=True) if kept]
