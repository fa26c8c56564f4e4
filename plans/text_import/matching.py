"""Which section of the plan a section from Word is, and where each will stand. Pure.

By what was answered, by the headings from the top down, by a heading that stands once in both,
and last by likeness of heading and text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kommuneplan.collation import fold
from kommuneplan.likeness import Likeness
from kommuneplan.richtext.blocks import plain

from .sections import ProposedSection

ALIKE = 0.5  # of 1.1: 0.6 for the heading, 0.4 for the words, 0.1 for the number
MOST_PAIRS = 40_000  # beyond 200 rewritten headings in both, nobody is served by guesses
NEW = "new"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class PlanSection:
    """A section of the plan as matching needs it; ``above`` is the uid of the one above."""

    uid: str
    title: str
    number: str
    above: str
    text: str


@dataclass(frozen=True, slots=True)
class SectionMatch:
    """The section of the plan that one from Word is; ``sure`` when its heading says so."""

    uid: str
    sure: bool


def matched(
    proposed: Sequence[ProposedSection], standing: Sequence[PlanSection], answers: Mapping[str, str]
) -> dict[str, SectionMatch]:
    """By key of the section from Word; those that are new are not in it."""
    found: dict[str, SectionMatch] = {}
    known = {one.uid for one in standing}
    for section in proposed:
        wanted = answers.get(section.key, "")
        if wanted in known and wanted not in {match.uid for match in found.values()}:
            found[section.key] = SectionMatch(wanted, False)
    closed = {section.key for section in proposed if section.key in answers}
    _by_paths(proposed, standing, found, closed)
    _by_titles(proposed, standing, found, closed)
    _by_likeness(proposed, standing, found, closed)
    return found


def _free(
    proposed: Sequence[ProposedSection],
    standing: Sequence[PlanSection],
    found: Mapping[str, SectionMatch],
    closed: Collection[str],
) -> tuple[list[ProposedSection], list[PlanSection]]:
    used = {match.uid for match in found.values()}
    return (
        [one for one in proposed if one.key not in found and one.key not in closed],
        [one for one in standing if one.uid not in used],
    )


def _by_paths(
    proposed: Sequence[ProposedSection],
    standing: Sequence[PlanSection],
    found: dict[str, SectionMatch],
    closed: Collection[str],
) -> None:
    """The same heading under the same headings; the first of several that are the same."""
    ours: dict[tuple[str, ...], list[str]] = {}
    titles = {one.uid: one for one in standing}
    taken = {match.uid for match in found.values()}
    for one in standing:
        path, above = [fold(one.title)], one.above
        while above in titles and len(path) < 50:
            path.append(fold(titles[above].title))
            above = titles[above].above
        if one.uid not in taken:
            ours.setdefault(tuple(path), []).append(one.uid)
    for section in proposed:
        path, above_at = [fold(section.title)], section.above
        while above_at is not None:
            path.append(fold(proposed[above_at].title))
            above_at = proposed[above_at].above
        if section.key not in found and section.key not in closed and ours.get(tuple(path)):
            found[section.key] = SectionMatch(ours[tuple(path)].pop(0), True)


def _by_titles(
    proposed: Sequence[ProposedSection],
    standing: Sequence[PlanSection],
    found: dict[str, SectionMatch],
    closed: Collection[str],
) -> None:
    """A heading that stands once in both, wherever it has gone."""
    theirs, ours = _free(proposed, standing, found, closed)
    counts = Counter(fold(one.title) for one in theirs)
    counts_here = Counter(fold(one.title) for one in ours)
    by_title = {fold(one.title): one.uid for one in ours}
    for section in theirs:
        title = fold(section.title)
        if counts[title] == counts_here.get(title) == 1:
            found[section.key] = SectionMatch(by_title[title], True)


def _by_likeness(
    proposed: Sequence[ProposedSection],
    standing: Sequence[PlanSection],
    found: dict[str, SectionMatch],
    closed: Collection[str],
) -> None:
    """Headings that were rewritten: the best pairs first."""
    theirs, ours = _free(proposed, standing, found, closed)
    if len(theirs) * len(ours) > MOST_PAIRS:
        return
    words = {one.uid: _words(one.text) for one in ours}
    pairs = []
    for at, section in enumerate(theirs):
        mine = _words(section.html)
        for place, one in enumerate(ours):
            score = _likeness(section, mine, one, words[one.uid])
            if score >= ALIKE:
                pairs.append((-score, at, place))
    for _score, at, place in sorted(pairs):
        used = {match.uid for match in found.values()}
        if theirs[at].key not in found and ours[place].uid not in used:
            found[theirs[at].key] = SectionMatch(ours[place].uid, False)


def _likeness(
    section: ProposedSection, mine: set[str], one: PlanSection, theirs: set[str]
) -> float:
    headings = Likeness(fold(section.title), fold(one.title))
    shared = 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))
    number = one.number in (section.typed, section.number)
    return 0.6 * headings.ratio() + 0.4 * shared + (0.1 if number else 0)


def _words(html: str) -> set[str]:
    return {word for word in _WORD.findall(plain(html).lower()) if len(word) > 2}


# Where they will stand

Tree = dict[str, list[str]]  # name of a section ("" the top) → names of those under it, in order


def arranged(
    proposed: Sequence[ProposedSection],
    names: Mapping[str, str],
    standing: Sequence[PlanSection],
    *,
    out: Collection[str],
    as_in_word: bool,
) -> Tree:
    """The tree of all that stays. ``names`` is what each section from Word is called: its uid in
    the plan, or its key; ``out`` are uids to be taken out.

    As in Word: sections that Word does not have stay after the one they followed. Otherwise
    sections keep their place, and new ones come after the one they follow in Word.
    """
    word = _tree_of_word(proposed, names)
    kept = [one for one in standing if one.uid not in out]
    here: Tree = {}
    for one in kept:
        above = one.above if one.above not in out else ""
        here.setdefault(above, []).append(one.uid)
    first, second = (word, here) if as_in_word else (here, word)
    tree: Tree = {above: list(below) for above, below in first.items()}
    placed = {name for below in tree.values() for name in below}
    queue = [""]
    for above in queue:
        before = ""
        for name in second.get(above, ()):
            if name not in placed:
                beside = tree.setdefault(above, [])
                at = beside.index(before) + 1 if before in beside else len(beside)
                at = at if before else 0
                beside.insert(at, name)
                placed.add(name)
            before = name
            queue.append(name)
    return tree


def _tree_of_word(proposed: Sequence[ProposedSection], names: Mapping[str, str]) -> Tree:
    tree: Tree = {}
    for section in proposed:
        above = "" if section.above is None else names[proposed[section.above].key]
        tree.setdefault(above, []).append(names[section.key])
    return tree


def moved(standing: Sequence[PlanSection], tree: Tree) -> set[str]:
    """The uids of sections that change their place: another one above, or another order."""
    order: list[str] = []
    above_now: dict[str, str] = {}

    def walk(above: str) -> None:
        for name in tree.get(above, ()):
            order.append(name)
            above_now[name] = above
            walk(name)

    walk("")
    was = [one.uid for one in standing if one.uid in above_now]
    known = set(was)
    now = [name for name in order if name in known]
    steps = Likeness(was, now).get_matching_blocks()
    still = {uid for step in steps for uid in was[step.a : step.a + step.size]}
    return {one.uid for one in standing if one.uid in known
            and (one.uid not in still or above_now[one.uid] != one.above)}  # fmt: skip
