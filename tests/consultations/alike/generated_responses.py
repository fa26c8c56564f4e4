"""Two thousand responses to a consultation: ten campaigns in every disguise, people who write by
themselves, and those that look alike and are not. Always the same."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from .written_campaigns import (
    CAMPAIGNS,
    CLOSINGS,
    DRAFT,
    FIRST,
    GREETINGS,
    LAST,
    OWN,
    PLACES,
    SENTENCES,
    STREETS,
    TOPICS,
)

SIZES = [300, 240, 200, 150, 120, 100, 80, 60, 40, 20]
UNRELATED = 600
READ_WRONG = {"rn": "m", "l": "1", "å": "a", "ø": "o", "e": "c", "i": "l", "h": "b", "n": "u"}


@dataclass(frozen=True, slots=True)
class MadeResponse:
    """A response, and which campaign it is of: its number; "" for one of its own; "none" for one
    that has no remarks."""

    text: str
    of: str = ""


def _slots(chance: random.Random) -> dict[str, str]:
    topic = chance.choice(TOPICS)
    return {
        "name": f"{chance.choice(FIRST)} {chance.choice(LAST)}",
        "street": f"{chance.choice(STREETS)} {chance.randint(1, 140)}",
        "place": chance.choice(PLACES),
        "topic": topic,
        "Topic": topic.capitalize(),
        "n": str(chance.randint(2, 19)),
        "age": str(chance.randint(20, 95)),
        "year": str(chance.randint(2001, 2025)),
        "speed": str(chance.choice([40, 50, 60, 70, 80])),
    }


def own_words(chance: random.Random, fewest: int = 3, most: int = 10) -> str:
    """What somebody writes by themselves."""
    said = chance.sample(SENTENCES, chance.randint(fewest, most))
    parted = [one.format(**_slots(chance)) + chance.choice([" ", " ", "\n\n"]) for one in said]
    return _letter("".join(parted).strip(), chance)


def _letter(text: str, chance: random.Random) -> str:
    closing = chance.choice(CLOSINGS).format(**_slots(chance))
    return chance.choice(GREETINGS) + text + closing


def _said_before(text: str, chance: random.Random) -> str:
    own = chance.sample(OWN, chance.randint(1, 3))
    return " ".join(one.format(**_slots(chance)) for one in own) + "\n\n" + text


def _said_after(text: str, chance: random.Random) -> str:
    own = chance.sample(OWN, chance.randint(1, 4))
    return text + "\n\n" + " ".join(one.format(**_slots(chance)) for one in own)


def _said_within(text: str, chance: random.Random) -> str:
    parts = text.split("\n\n")
    parts.insert(chance.randint(1, len(parts)), chance.choice(OWN).format(**_slots(chance)))
    return "\n\n".join(parts)


def _named(text: str, chance: random.Random) -> str:
    told = "Jeg hedder {name} og bor på {street}. "
    return told.format(**_slots(chance)) + text


def _misread(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    for at in chance.sample(range(len(words)), max(1, len(words) // 14)):
        for right, wrong in READ_WRONG.items():
            if right in words[at]:
                words[at] = words[at].replace(right, wrong, 1)
                break
    return " ".join(words)


def _one_left_out(text: str, chance: random.Random) -> str:
    parts = text.split("\n\n")
    if len(parts) > 2:
        del parts[chance.randrange(len(parts))]
    return "\n\n".join(parts)


def _capitals(text: str, chance: random.Random) -> str:
    return text.upper()


def _signs(text: str, chance: random.Random) -> str:
    return re.sub(r"[.,]", lambda found: chance.choice(["", "!", ";", " –", found[0]]), text)


def _unseen(text: str, chance: random.Random) -> str:
    return "".join(
        letter + (chance.choice("\u200b\u00ad\u2060") if chance.random() < 0.05 else "")
        for letter in text.replace(" ", "\u00a0")
    )


def _broken(text: str, chance: random.Random) -> str:
    width = chance.randint(38, 60)
    lines, line = [], ""
    for word in text.replace("\n\n", " ¶ ").split(" "):
        if len(line) + len(word) > width:
            at = len(word) // 2
            if len(word) > 8 and word.isalpha():
                lines.append(f"{line} {word[:at]}-")
                word = word[at:]
            else:
                lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line]).replace("¶", "\n")


def _none(text: str, chance: random.Random) -> str:
    return text


DISGUISES: list[Callable[[str, random.Random], str]] = [
    _none, _said_before, _said_after, _said_within, _named, _misread, _one_left_out, _capitals,
    _signs, _unseen, _broken,
]  # fmt: skip
SHAPE = {_capitals, _signs, _unseen, _broken, _none}


def of_campaign(number: int, chance: random.Random) -> MadeResponse:
    """One of a campaign: in one disguise or two, of which one changes only the shape."""
    text = CAMPAIGNS[number]
    first = chance.choice(DISGUISES)
    text = first(text, chance)
    if chance.random() < 0.4:
        second = chance.choice([one for one in DISGUISES if (one in SHAPE) != (first in SHAPE)])
        text = second(text, chance)
    return MadeResponse(_letter(text, chance), str(number))


def near_misses(chance: random.Random) -> list[MadeResponse]:
    """Those that resemble each other and say something else, or nothing."""
    quoted = " ".join(DRAFT.split())
    notice = (
        "Denne mail kan indeholde fortrolige oplysninger. Hvis du har modtaget mailen ved en fejl, "
        "beder vi dig give afsenderen besked og slette den. Læs om vores behandling af "
        "personoplysninger på hjemmesiden."
    )
    opening = (
        "{place} Ældreråd takker for muligheden for at afgive høringssvar til kommunens forslag "
        "til planstrategi. Rådet har behandlet forslaget på sit møde og har følgende "
        "bemærkninger:\n\n"
    )
    found = []
    for _each in range(12):
        own = [one.format(**_slots(chance)) for one in chance.sample(SENTENCES, 4)]
        found += [
            MadeResponse(f"I forslaget står: {quoted} {own[0]}"),
            MadeResponse(f"Vi har læst, at »{quoted[:700]}«. {own[1]} {own[2]}"),
            MadeResponse(f"{own[3]}\n\nVenlig hilsen\nSekretariatet\n\n{notice}"),
            MadeResponse(opening.format(**_slots(chance)) + own[1]),
            MadeResponse(chance.choice(["Jeg er imod.", "Enig i forslaget", "Bevar skolen, tak!"])),
            MadeResponse(_letter("Vi har ingen bemærkninger til det fremsendte.", chance), "none"),
            MadeResponse(
                chance.choice(["Ingen bemærkninger", "Rådet har ikke yderligere kommentarer."]),
                "none",
            ),
        ]
    return found[: 2000 - UNRELATED - sum(SIZES)]


def two_thousand() -> list[MadeResponse]:
    """The responses in the order in which they came."""
    chance = random.Random(2035)
    made = [of_campaign(number, chance) for number, n in enumerate(SIZES) for _one in range(n)]
    made += near_misses(chance)
    while len(made) < 2000:
        made.append(MadeResponse(own_words(chance)))
    chance.shuffle(made)
    return made
