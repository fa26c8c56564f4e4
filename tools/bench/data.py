"""The demo blown up: many plans, and one that is bigger than any real one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import connection

from plans.demo.spec import (
    DemoChapter,
    DemoMilestone,
    Moment,
    PlanSpec,
    at,
    exactly,
    meets,
    part_of_month,
)
from plans.enums import CycleState, MilestoneKind, PlanKind, Stage
from tools.bench.bare import TABLE

BIG = "bench-stor-plan"
_KINDS = (MilestoneKind.MEETING, MilestoneKind.DRAFTING, MilestoneKind.INVOLVEMENT)
_SUBJECTS = ("Bolig", "Sundhed", "Skole", "Fritid", "Ældre", "Klima", "Trafik", "Ældreboliger")
_SENTENCE = (
    "Kommunen vil gøre det lettere at finde hjælp, og den vil måle, om hjælpen virker. "
    "Hvert år bliver tallene lagt frem, så alle kan følge med i, hvad der er sket. "
)


def _steps(count: int, year: int) -> Iterator[DemoMilestone]:
    day = dt.date(year, 1, 8)
    for number in range(count):
        kind = _KINDS[number % 3]
        if number % 10 == 0:
            when = meets("SUD", day)
        elif kind == MilestoneKind.DRAFTING:
            when = exactly(f"{day:%d-%m-%Y} og en måned frem", day, day + dt.timedelta(days=30))
        else:
            third = number % 3
            name = ("primo", "medio", "ultimo")[third]
            when = part_of_month(f"{name} {day:%m-%Y}", day.year, day.month, third)
        yield DemoMilestone(
            f"step-{number}",
            f"Trin {number + 1}: udkast, møde eller workshop om et emne i planen",
            when,
            kind,
            ("SUD",),
            description="Hvad der sker, hvem der er med, og hvad det fører til.",
        )
        day += dt.timedelta(days=9)


def plan(number: int) -> PlanSpec:
    """An ordinary plan: ten milestones, three chapters, one publication."""
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    year = 2020 + number % 8
    return PlanSpec(
        f"bench-{number}",
        f"{subject}splan {number} for hele kommunen",
        PlanKind.STRATEGY,
        proposal=_SENTENCE,
        still_open=_SENTENCE,
        decided_by="Socialudvalget.",
        head={"first_year": year, "last_year": year + 4},
        opened_at=at(year, 1, 2),
        steps=tuple(_steps(10, year)),
        chapters=tuple(DemoChapter(f"Kapitel {n}", f"<p>{_SENTENCE}</p>") for n in range(1, 4)),
        story=(
            Moment(
                at(year, 1, 5),
                Stage.PROCESS_PLAN,
                "Procesplanen.",
                state=CycleState.IN_CONSULTATION if number % 20 == 0 else CycleState.DRAFT,
            ),
        ),
    )


def big_plan(milestones: int = 150, sections: int = 100, versions: int = 10) -> PlanSpec:
    """One plan with more of everything than a real one has."""
    chapters = tuple(
        DemoChapter(
            f"Kapitel {chapter}",
            f"<p>{_SENTENCE}</p>",
            under=tuple(
                DemoChapter(f"Afsnit {chapter}.{part}", f"<p>{_SENTENCE * 2}</p><p>{_SENTENCE}</p>")
                for part in range(1, 5)
            ),
        )
        for chapter in range(1, sections // 5 + 1)
    )
    return PlanSpec(
        BIG,
        "Den store plan",
        PlanKind.FRAMEWORK_PLAN,
        proposal=_SENTENCE,
        still_open=_SENTENCE,
        decided_by="Socialudvalget og Borgerrepræsentationen.",
        head={"first_year": 2024, "last_year": 2028},
        opened_at=at(2024, 1, 2),
        steps=tuple(_steps(milestones, 2024)),
        chapters=chapters,
        story=tuple(
            Moment(
                at(2024, month, 5),
                Stage.PROCESS_PLAN,
                "En ny måned og et nyt stade.",
                head={"decided_by": f"Socialudvalget, {month}. behandling."},
            )
            for month in range(1, versions + 1)
        ),
    )


def make_table() -> None:
    """The one table of the bare app, with a thousand rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (id integer PRIMARY KEY, name varchar(100) NOT NULL)")
        cursor.executemany(
            f"INSERT INTO {TABLE} VALUES (%s, %s)",
            [(number, f"Thing {number}") for number in range(1, 1001)],
        )
