"""Which milestone a sentence speaks of, by its words; and which of its days.

Only words that tell when something takes place count ("høringen slutter", "udvalget behandler"), so
that a mention alone invents nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plans.enums import MilestoneKind as Kind

from .facts import CheckedMilestone, ProcessFacts
from .rounds import periods
from .stages import is_meeting, is_report

WHEN, BEGIN, END = "when", "begin", "end"
_PLAN = r"(?:strategien|planen|rammeplanen|politikken|delstrategien|forslaget|handleplanen)"
_HAPPENS = (
    r"(?:er|sker|ligger|afholdes|holdes|finder sted|foregår|løber|varer|gennemføres|foretages)"
)
_TREATS = (
    r"(?:behandler|drøfter|godkender|vedtager|anbefaler|indstiller|beslutter|får|mødes|holder møde"
    r"|tager stilling|har møde|skal behandle|behandles|drøftes|forelægges)"
)
_HEARING = (
    (END, r"\bhøringsfristen? (?:er|udløber|ligger)\b"),
    (END, r"\bhøring(?:en|sperioden)\b[^.]{0,60}?\b(?:slutter|udløber|lukker|afsluttes|ender)\b"),
    (END, r"\b(?:slutter|udløber|lukker) høring(?:en|sperioden)\b"),
    (END, r"\bfrist(?:en)? for (?:\w+ )?høringssvar (?:er|udløber)\b"),
    (BEGIN, r"\bhøring(?:en|sperioden) (?:begynder|starter|åbner|indledes|går i gang)\b"),
    (BEGIN, rf"\b{_PLAN} sendes (?:ud )?i (?:offentlig )?høring\b(?! fra)"),
    (WHEN, r"\bhøringen (?:løber|varer|foregår|finder sted|er)\b"),
    (WHEN, r"\bhøringsperioden (?:er|løber|varer)\b"),
    (WHEN, rf"\b{_PLAN} (?:sendes|er) i (?:offentlig )?høring fra\b"),
    (WHEN, rf"\b{_PLAN} er i (?:offentlig )?høring\b(?! fra)"),
)
_ADOPTION = (
    rf"\b{_PLAN} (?:forventes )?(?:endeligt )?(?:vedtages|vedtaget)\b"
    rf"|\b{_PLAN} (?:skal|ventes|forventes) (?:at blive )?(?:endeligt )?(?:vedtage[st])\b"
    rf"|\b(?:den )?endelige? vedtagelsen? {_HAPPENS}\b|\bvedtagelsen {_HAPPENS}\b"
)
_OF_KIND = {
    Kind.EVALUATION: rf"\bevalueres\b|\bevalueringen {_HAPPENS}\b",
    Kind.STATUS: rf"\b(?:den årlige status|statusnotatet) (?:{_HAPPENS}|forelægges)\b",
    Kind.IMPLEMENTATION: rf"\b{_PLAN} (?:træder i kraft|iværksættes|implementeres|gælder fra)\b",
    Kind.DRAFTING: r"\b(?:et |første )?udkast(?:et)? (?:er færdigt|foreligger|udarbejdes)\b",
    Kind.BUDGET: rf"\bbudgettet (?:vedtages|behandles|{_HAPPENS})\b",
    Kind.DEADLINE: r"\b(?:afleveringsfristen|fristen) (?:er|udløber)\b",
}
_EVENTS = (
    "borgermøde", "dialogmøde", "temamøde", "stormøde", "workshop", "seminar", "konference",
    "fokusgruppe", "orienteringsmøde", "offentligt møde",
)  # fmt: skip
_SELF = re.compile(
    rf"\b(?:mødet|møde|fristen|arrangementet|seminaret|det|høringen) "
    rf"(?:{_HAPPENS}|udløber|slutter)\b|\bafholdes\b|\bfinder sted\b",
    re.IGNORECASE,
)
SHORTEST_TITLE = 12  # letters; a title that is only "Høring" stands for itself nowhere


@dataclass(frozen=True, slots=True)
class Naming:
    """Words that tell of a day of one of these milestones. ``open``: there may be others that the
    process plan does not have (a body meets about more than this)."""

    words: re.Pattern[str]
    steps: tuple[CheckedMilestone, ...]
    day: str = WHEN
    open: bool = False


def namings(facts: ProcessFacts) -> list[Naming]:
    """All the ways in which the milestones of a plan may be named in a text."""
    return [one for one in _all(facts) if one.steps]


def _all(facts: ProcessFacts) -> Iterator[Naming]:
    rounds = tuple(periods(facts))
    for day, words in _HEARING:
        yield Naming(_re(words), rounds, day)
    yield Naming(_re(_ADOPTION), tuple(facts.about(facts.of_kind(Kind.ADOPTION))))
    for kind, words in _OF_KIND.items():
        yield Naming(
            _re(words), tuple(facts.about(facts.of_kind(kind))), open=kind != Kind.DRAFTING
        )
    steps = [s for s in facts.steps if s.when is not None and s.counts]
    reports = tuple(s for s in facts.about(steps) if is_report(s))
    yield Naming(_re(r"\bhøringssvar(?:ene)? (?:behandles|forelægges|drøftes)\b"), reports)
    for word in _EVENTS:
        named = tuple(s for s in steps if word in s.title.casefold())
        yield Naming(_re(rf"\b{word}(?:t|et|en|n)? {_HAPPENS}\b"), named, open=True)
    yield from _bodies(steps)
    for step in steps:
        title = " ".join(step.title.split())
        if len(title) >= SHORTEST_TITLE and " " in title:
            same = tuple(s for s in steps if s.title == step.title)
            yield Naming(re.compile(rf"(?<!\w){re.escape(title)}(?!\w)", re.IGNORECASE), same)


def _bodies(steps: list[CheckedMilestone]) -> Iterator[Naming]:
    named: dict[str, tuple[str, str, list[CheckedMilestone]]] = {}
    for step in steps:
        for body in step.bodies if is_meeting(step) else ():
            named.setdefault(body.uid, (body.name, body.short, []))[2].append(step)
    for name, short, turns in named.values():
        who = "|".join(re.escape(word) for word in (name, short) if word)
        words = _re(rf"\b{_TREATS} (?:\w+ )?(?:{who})\b|\b(?:{who})\b (?:\w+ )?{_TREATS}")
        yield Naming(words, tuple(turns), open=True)


def itself(step: CheckedMilestone) -> Naming:
    """How a milestone's own description speaks of it."""
    return Naming(_SELF, (step,))


def _re(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)
