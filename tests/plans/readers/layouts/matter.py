"""The twelve milestones that every layout tells, and how their dates are written."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from typing import Any

MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
          "oktober", "november", "december")  # fmt: skip
D = dt.date


@dataclass(frozen=True)
class Step:
    """A milestone: its first and last day, what happens, who does it."""

    begin: dt.date
    end: dt.date
    what: str
    who: str = ""

    @property
    def day(self) -> bool:
        return self.begin == self.end

    @property
    def month(self) -> bool:
        whole = monthrange(self.begin.year, self.begin.month)[1]
        return self.begin.day == 1 and self.end == self.begin.replace(day=whole)

    @property
    def sentence(self) -> str:
        """What happens, with the body as its subject where there is one."""
        return self.what if not self.who else f"{self.who}: {self.what[:1].lower()}{self.what[1:]}"


def _day(date: dt.date, what: str, who: str = "") -> Step:
    return Step(date, date, what, who)


STEPS = (
    _day(D(2026, 1, 14), "Kommissoriet for planen godkendes", "Socialudvalget"),
    Step(D(2026, 2, 9), D(2026, 2, 27), "Interview med beboere og pårørende"),
    _day(D(2026, 3, 10), "Borgermøde i kulturhuset"),
    Step(D(2026, 4, 1), D(2026, 4, 30), "Udkast til planen udarbejdes", "Forvaltningen"),
    _day(D(2026, 5, 6), "Udkastet drøftes", "Socialudvalget"),
    Step(D(2026, 5, 7), D(2026, 6, 19), "Offentlig høring af udkastet"),
    Step(D(2026, 8, 1), D(2026, 8, 31), "Høringsnotatet skrives", "Forvaltningen"),
    _day(D(2026, 9, 9), "Høringssvarene behandles", "Socialudvalget"),
    _day(D(2026, 9, 22), "Planen anbefales til godkendelse", "Økonomiudvalget"),
    _day(D(2026, 10, 1), "Planen vedtages endeligt", "Byrådet"),
    Step(D(2027, 2, 1), D(2027, 2, 28), "Personalet får undervisning"),
    _day(D(2027, 5, 18), "Midtvejsstatus forelægges", "Socialudvalget"),
)


def words(step: Step, years: bool = True) -> str:
    """ "14. januar 2026", "9.-27. februar 2026", "7. maj - 19. juni 2026", "april 2026"."""
    year = f" {step.end.year}" if years else ""
    first, last = MONTHS[step.begin.month - 1], MONTHS[step.end.month - 1]
    if step.month:
        return f"{first[:1].upper()}{first[1:]}{year}"
    if step.day:
        return f"{step.begin.day}. {first}{year}"
    if first == last:
        return f"{step.begin.day}.-{step.end.day}. {first}{year}"
    return f"{step.begin.day}. {first} - {step.end.day}. {last}{year}"


def numbers(step: Step, sign: str = "/") -> str:
    """ "14/1 2026", "9/2-27/2 2026"; with another sign "14-1-2026"."""
    if sign == "/":
        ends = f"{step.begin.day}/{step.begin.month}", f"{step.end.day}/{step.end.month}"
        return f"{ends[0] if step.day else '-'.join(ends)} {step.end.year}"
    begin, end = (f"{d.day:02}{sign}{d.month:02}{sign}{d.year}" for d in (step.begin, step.end))
    return begin if step.day else f"{begin} - {end}"


def expected(
    step: Step, begin: dt.date | None = None, end: dt.date | None = None
) -> dict[str, Any]:
    """What a reader expects of the step; ``begin`` and ``end`` where the layout is coarser."""
    first, last = begin or step.begin, end or step.end
    return {
        "title": step.what,
        "earliest": first.isoformat(),
        "latest": last.isoformat(),
        "kind": "*",
    }


def month_of(step: Step) -> tuple[dt.date, dt.date]:
    """The whole months that a step touches."""
    end = step.end.replace(day=monthrange(step.end.year, step.end.month)[1])
    return step.begin.replace(day=1), end


def quarter_of(step: Step) -> tuple[dt.date, dt.date]:
    """The whole quarters that a step touches."""
    first = (step.begin.month - 1) // 3 * 3 + 1
    last = (step.end.month - 1) // 3 * 3 + 3
    return D(step.begin.year, first, 1), D(step.end.year, last, monthrange(step.end.year, last)[1])


def week_of(step: Step) -> tuple[dt.date, dt.date]:
    """The whole weeks that a step touches."""
    monday = step.begin - dt.timedelta(days=step.begin.weekday())
    return monday, step.end + dt.timedelta(days=6 - step.end.weekday())
