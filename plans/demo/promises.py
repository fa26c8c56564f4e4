"""What bodies asked for in the plans of the demo, and their money in steps.

Of the plans of the papers nothing stands here that they do not say: an amount, a day or an answer
that no paper names is left open. What is invented belongs to the plan of today, and says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.db import models

from kommuneplan.core.models import Body, Meeting
from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.enums import Asker, BudgetState
from plans.models import AgendaItem, BudgetStep, CommitteeRequest, Milestone, Plan, RequestAnswer

from .days import DAY, DemoDays, meeting_on, on_day
from .spec import DemoAnswer, DemoMoney, DemoRequest, MeetingSpec, meets, months

EXAMPLE = "Eksempel: opdigtet til visning."

# --- what the papers say -------------------------------------------------------------------------

PSYCHIATRY_PLAN = "Udarbejdelsen af den nye psykiatriplan"
AGREEMENT = "Budgetforliget for budget 2008"

PSYCHIATRY_MONEY = (
    DemoMoney("set-aside", PSYCHIATRY_PLAN, BudgetState.SET_ASIDE, 4_000_000, 2009, AGREEMENT),
    DemoMoney(
        "use",
        PSYCHIATRY_PLAN,
        BudgetState.TO_BE_USED,
        4_000_000,
        2009,
        AGREEMENT,
        body="SUD",
        meeting=meets("SUD", dt.date(2008, 5, 7)),
        step="grant",
        follows="set-aside",
        words="Forvaltningen indstiller til udvalget, hvad pengene bruges til.",
    ),
    DemoMoney(
        "concrete-committee",
        "Planens økonomi",
        BudgetState.CONCRETE,
        body="SUD",
        step="budget",
        when=months("Maj – aug. 2009", 2009, 5, 8),
        words="Det ene af to steder: i Socialudvalget.",
    ),
    DemoMoney(
        "concrete-budget",
        "Planens økonomi",
        BudgetState.CONCRETE,
        step="budget",
        when=months("Maj – aug. 2009", 2009, 5, 8),
        words="Det andet af to steder: i budgetforhandlingerne.",
    ),
)

BY_THE_END_OF_2009 = TimeSpan(
    None, None, None, dt.date(2009, 12, 31), Precision.YEAR, Modifier.BY, "inden årets udgang"
)
PROJECT_REQUESTS = (
    DemoRequest(
        "Et statusnotat om projektet",
        due=BY_THE_END_OF_2009,
        meeting=meets("SUD", dt.date(2009, 5, 13)),
        item="efterretningssag C",
        words="Punktet handlede om bevillingen fra satspuljen 19M.",
        answer=DemoAnswer(
            dt.date(2009, 10, 21), "Orientering om projektets status, dokumentnr. 2009-629100"
        ),
    ),
    DemoRequest(
        "Status til udvalget én gang om året",
        due="én gang årligt",
        asked_on=dt.date(2009, 10, 21),
        asker=Asker.ADMINISTRATION,
        words="Det sker med den årlige statusrapport, som også går til ministeriet.",
    ),
)
PROJECT_MONEY = (
    DemoMoney(
        "pool",
        "Et treårigt udviklingsprojekt",
        BudgetState.GRANTED,
        source="Satspuljemidler, pulje 19M",
        words="Udvalget fik bevillingen at vide den 13. maj 2009 under efterretningssag C.",
    ),
)

STRATEGY_REQUESTS = tuple(
    DemoRequest(title, meeting=meets("SUD", dt.date(2014, 8, 13)))
    for title in (
        "Udvalget vil inddrages, mens strategien bliver til",
        "Politikere og brugere skal skabe strategien sammen",
    )
)

# --- the plan of today: invented -----------------------------------------------------------------


def requests_of_today(days: DemoDays) -> tuple[DemoRequest, ...]:
    """One that is late, one that is due soon, one without a date, one that was answered."""
    terms, theme = meeting_on("SUD", days.terms), days.theme
    return (
        DemoRequest(
            "Et overblik over ventetiden til egen bolig",
            due=on_day(days.today - 12 * DAY),
            meeting=terms,
            item="punkt 4",
            words=EXAMPLE,
        ),
        DemoRequest(
            "Tal for, hvor mange voksne der er i job efter et forløb",
            due=on_day(days.today + 10 * DAY),
            meeting=meeting_on("SUD", days.released),
            item="punkt 6",
            asker=Asker.MEMBERS,
            words=EXAMPLE,
        ),
        DemoRequest(
            "En drøftelse af, hvordan de pårørende inddrages",
            meeting=terms,
            asker=Asker.MEMBER,
            words=EXAMPLE,
        ),
        DemoRequest(
            "Det, samtalerne med brugerne viste, på et temamøde",
            due=on_day(theme),
            meeting=terms,
            item="punkt 4",
            words=EXAMPLE,
            answer=DemoAnswer(theme, "Oplæg til temamødet"),
        ),
    )


def money_of_today(days: DemoDays) -> tuple[DemoMoney, ...]:
    """An amount for four years, from set aside to what the committee puts to use; one internal."""
    first = days.council.year
    source = f"Budgetaftale for budget {first} (eksempel)"
    about = "Flere selvstændige boliger"
    return (
        DemoMoney("kept", about, BudgetState.SET_ASIDE, 12_000_000, first, source,
                  last_year=first + 3, words=EXAMPLE),
        DemoMoney("agreed", about, BudgetState.AGREED, 10_000_000, first, source,
                  last_year=first + 3, follows="kept", words=EXAMPLE),
        DemoMoney("used", about, BudgetState.TO_BE_USED, 2_500_000, first, source,
                  body="SUD", follows="agreed", words=EXAMPLE),
        DemoMoney("asked", "En indsats for unge på vej i job", BudgetState.NEGOTIATED, 1_800_000,
                  first + 1, words=EXAMPLE, is_public=False),
    )  # fmt: skip


# --- writing them --------------------------------------------------------------------------------


class PromiseWriter:
    """Writes the requests and the money of one plan, each row dated in the plan's story."""

    def __init__(
        self,
        plan: Plan,
        *,
        bodies: Mapping[str, Body],
        milestones: Mapping[str, Milestone],
        meeting: Callable[[MeetingSpec], Meeting],
        save: Callable[[models.Model], None],
    ) -> None:
        self.plan, self.bodies, self.milestones = plan, bodies, milestones
        self.meeting, self.save = meeting, save

    def item(self, spec: MeetingSpec | None) -> AgendaItem | None:
        """The one item about the plan at a meeting; none where there are none or several."""
        if spec is None:
            return None
        at = {"body": self.bodies[spec.body], "date": spec.date}
        found = AgendaItem.objects.filter(
            plan=self.plan, **{f"own_meeting__{name}": value for name, value in at.items()}
        )
        return found[0] if len(found) == 1 else None

    def requests(self, specs: tuple[DemoRequest, ...]) -> None:
        """What was asked for, and what answered it."""
        for spec in specs:
            row = CommitteeRequest(
                plan=self.plan,
                body=self.bodies[spec.body],
                meeting=self.meeting(spec.meeting) if spec.meeting else None,
                item=self.item(spec.meeting),
                asked_on=spec.asked_on,
                asker=spec.asker,
                item_label=spec.item,
                title=spec.title,
                words=spec.words,
            )
            _give_date(row, spec.due)
            self.save(row)
            if spec.answer:
                self.save(
                    RequestAnswer(
                        request=row,
                        answered_on=spec.answer.on,
                        item=self.item(meets(spec.body, spec.answer.on)),
                        document=spec.answer.document,
                        words=spec.answer.words,
                    )
                )

    def money(self, specs: tuple[DemoMoney, ...]) -> None:
        """The steps, each after the one it goes on from."""
        written: dict[str, BudgetStep] = {}
        for place, spec in enumerate(specs, start=1):
            row = BudgetStep(
                plan=self.plan,
                position=place,
                title=spec.title,
                state=spec.state,
                amount=spec.amount,
                first_year=spec.first_year,
                last_year=spec.last_year,
                source=spec.source,
                follows=written.get(spec.follows),
                body=self.bodies[spec.body] if spec.body else None,
                meeting=self.meeting(spec.meeting) if spec.meeting else None,
                item=self.item(spec.meeting),
                milestone=self.milestones.get(spec.step),
                words=spec.words,
                is_public=spec.is_public,
            )
            _give_date(row, spec.when)
            self.save(row)
            written[spec.key] = row


def _give_date(row: Any, when: TimeSpan | str) -> None:
    row.when = when if isinstance(when, TimeSpan) else None
    row.written = when.written if isinstance(when, TimeSpan) else when
