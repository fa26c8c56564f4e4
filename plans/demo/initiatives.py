"""The initiatives of the demo: the project of 2009, as the paper of October tells of it, and one of
the plan that lives today, which is invented and says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from django.db import models

from kommuneplan.core.models import User
from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.enums import (
    ActivityState,
    FundingKind,
    InitiativeLinkKind,
    InitiativeState,
    MilestoneKind,
    Stage,
)
from plans.models import (
    ActivityMove,
    Initiative,
    InitiativeActivity,
    InitiativeFunding,
    InitiativeLink,
    InitiativePartner,
    InitiativePhase,
    Milestone,
    Plan,
)
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish

from .days import DAY, DemoDays, months_from_to, third_of_month
from .spec import DemoActivity, DemoInitiative, month, months, part_of_year

Save = Callable[[models.Model], None]
ANALYSIS, DEVELOPMENT = "Analyse", "Udvikling"
TEAMS = "20 sagsbehandlere fra fem voksenteams"
SINCE_JUNE = TimeSpan(
    dt.date(2009, 6, 1), dt.date(2009, 6, 30), None, None, Precision.MONTH, Modifier.FROM,
    "siden juni 2009",
)  # fmt: skip
INTERVIEWS = months("november/december 2009", 2009, 11, 12)
BEGINNING_OF_2010 = part_of_year("primo 2010", 2010, 0)


def _interviews(title: str, audience: str) -> DemoActivity:
    return DemoActivity(
        title,
        INTERVIEWS,
        MilestoneKind.INVOLVEMENT,
        (audience,),
        ANALYSIS,
        closes_phase=True,
    )


PROJECT = DemoInitiative(
    "Den koordinerende kontaktperson",
    aim=(
        "Udviklingsprojekt om at koordinere indsatsen: nye metoder i arbejdet og sagsbehandlingen "
        "skal give den enkelte borger hjælp, der hænger sammen."
    ),
    state=InitiativeState.RUNNING,
    duration="treårigt",
    participants=(20, "sagsbehandlere fra fem voksenteams"),
    target_groups=("Borgere med en sindslidelse",),
    phases=((ANALYSIS, None, True), (DEVELOPMENT, BEGINNING_OF_2010, False)),
    activities=(
        DemoActivity(
            "Indledende analyser",
            SINCE_JUNE,
            MilestoneKind.DRAFTING,
            phase=ANALYSIS,
            state=ActivityState.UNDER_WAY,
            description=(
                "Kortlægning af erfaringer, arbejdsgange, vanskeligheder og steder, hvor der kan "
                "udvikles. De fleste analyser er planlagt og gennemført."
            ),
        ),
        DemoActivity(
            "Informationsmøder om projektet",
            month("november 2009", 2009, 11),
            MilestoneKind.INFORMATION,
            (
                "Samarbejdspartnere udenfor: regionen og de andre forvaltninger",
                "Sagsbehandlere, der kan komme til at deltage",
            ),
            ANALYSIS,
        ),
        _interviews(
            "Fokusgruppeinterview med myndigheder og leverandører i kommune og region: patienter",
            "Patienter, der er færdigbehandlet på hospital",
        ),
        _interviews(
            "Fokusgruppeinterview med myndigheder og leverandører i kommune og region: "
            "lovovertrædere",
            "Lovovertrædere med en sindslidelse",
        ),
        _interviews("Fokusgruppeinterview med borgere", "Borgere med en sindslidelse"),
        DemoActivity(
            "Hjemmesiden går i luften",
            part_of_year("ultimo 2009", 2009, 2),
            MilestoneKind.INFORMATION,
            description="Den ventes at være et centralt redskab, når resultaterne skal spredes.",
        ),
        DemoActivity(
            "De første workshopforløb",
            BEGINNING_OF_2010,
            MilestoneKind.WORKSHOP,
            (TEAMS,),
            DEVELOPMENT,
        ),
    ),
    funding=((FundingKind.POOL, "Satspuljen, pulje 19M", None, None, None, ""),),
    partners=(("Socialudviklingscenter SUS", "Gennemfører projektet sammen med kommunen"),),
    links=(
        (
            InitiativeLinkKind.WEBSITE,
            "Projektets hjemmeside",
            "Centralt redskab til at sprede resultaterne. Adressen står ikke i orienteringen.",
        ),
    ),
)
"""As it stood on 21 October 2009. Nothing is said to be done but what the paper says is done."""


def of_today(days: DemoDays) -> tuple[DemoInitiative, ...]:
    """Of the plan that lives today: invented, and marked as an example."""
    begun, trial = days.today - 100 * DAY, days.today + 60 * DAY
    meeting = third_of_month(days.today + 25 * DAY)
    return (
        DemoInitiative(
            "Kontaktpersonen flytter med",
            aim=(
                "Den, der flytter til en anden del af byen, beholder sin kontaktperson i et halvt "
                "år, så hjælpen ikke begynder forfra."
            ),
            state=InitiativeState.RUNNING,
            when=months_from_to(begun, begun + 720 * DAY),
            duration="toårigt forsøg",
            lead="Center for Handicap",
            participants=(12, "kontaktpersoner fra to centre"),
            target_groups=("Voksne, der får støtte i egen bolig", "Pårørende"),
            phases=(
                ("Forberedelse", months_from_to(begun, days.today), False),
                ("Afprøvning", months_from_to(days.today, days.today + 400 * DAY), True),
            ),
            activities=(
                DemoActivity(
                    "Samtaler med borgere, der er flyttet",
                    months_from_to(begun, begun + 40 * DAY),
                    MilestoneKind.INVOLVEMENT,
                    ("Voksne, der får støtte i egen bolig",),
                    "Forberedelse",
                    closes_phase=True,
                    state=ActivityState.DONE,
                ),
                DemoActivity(
                    "Møde for kontaktpersoner",
                    meeting,
                    MilestoneKind.INFORMATION,
                    ("Kontaktpersoner i begge centre",),
                    "Afprøvning",
                    moved_from=(
                        third_of_month(days.today + 10 * DAY),
                        "Det ene center har planlægningsdag.",
                    ),
                ),
                DemoActivity(
                    "De første flytninger følges",
                    months_from_to(trial, trial + 120 * DAY),
                    MilestoneKind.IMPLEMENTATION,
                    ("Voksne, der får støtte i egen bolig", "Pårørende"),
                    "Afprøvning",
                ),
            ),
            funding=(
                (FundingKind.OWN, "Centrets eget budget", 1_200_000, begun.year, begun.year + 1,
                 "Beløbet er opfundet til denne demo."),
                (FundingKind.GRANT, "Ansøgning til en fond", None, None, None,
                 "Svaret er ikke kommet."),
            ),
            partners=(("En forening for pårørende", "Er med i samtalerne"),),
            focus=("Støtten flytter med",),
            is_example=True,
        ),
    )  # fmt: skip


def load(
    plan: Plan, initiatives: Iterable[DemoInitiative], steps: Mapping[str, Milestone], save: Save
) -> None:
    """The initiatives of a plan, all of them public."""
    for place, one in enumerate(initiatives, start=1):
        _load(plan, one, place, steps, save)


def stand_under_parent(
    plan: Plan, one: DemoInitiative, save: Save, *, at: dt.datetime | None, by: User | None
) -> None:
    """A plan as the initiative that it is in the plan above it, and that published there."""
    parent = plan.parent
    if parent is None:
        return
    initiative = _load(parent, one, parent.initiatives.count() + 1, {}, save)
    initiative.own_plan = plan
    save(initiative)
    version = freeze(plan=parent, stage=Stage.ADOPTED, by=by, parts=["initiatives"], at=at)
    publish(
        version=version,
        by=by,
        visible_from=at,
        reason=(
            "Projektet står nu som initiativ under planen, sådan som orienteringen af "
            "21. oktober 2009 beskriver det. Hvad der er sket siden, er ikke registreret her. "
            "Selve planen er ikke ændret."
        ),
    )


def _load(
    plan: Plan, one: DemoInitiative, place: int, steps: Mapping[str, Milestone], save: Save
) -> Initiative:
    row = Initiative(
        plan=plan,
        position=place,
        title=one.title,
        aim=one.aim,
        state=one.state,
        duration=one.duration,
        lead=one.lead,
        participants_count=one.participants[0],
        participants=one.participants[1],
        target_groups="\n".join(one.target_groups),
        is_example=one.is_example,
        is_public=True,
    )
    row.when = one.when
    save(row)
    row.focus_areas.set(plan.focus_areas.filter(title__in=one.focus))
    phases = {}
    for number, (title, when, is_current) in enumerate(one.phases, start=1):
        phase = InitiativePhase(initiative=row, position=number, title=title, is_current=is_current)
        phase.when = when
        save(phase)
        phases[title] = phase
    for number, activity in enumerate(one.activities, start=1):
        _activity(row, activity, number, phases, steps, save)
    own = {"initiative": row}
    for number, (kind, source, amount, first, last, note) in enumerate(one.funding, start=1):
        save(InitiativeFunding(kind=kind, source=source, amount=amount, first_year=first,
                               last_year=last, note=note, position=number, **own))  # fmt: skip
    for number, (name, role) in enumerate(one.partners, start=1):
        save(InitiativePartner(name=name, role=role, position=number, **own))
    for number, (kind, title, note) in enumerate(one.links, start=1):
        save(InitiativeLink(kind=kind, title=title, note=note, position=number, **own))
    return row


def _activity(
    row: Initiative, one: DemoActivity, number: int, phases: Mapping[str, InitiativePhase],
    steps: Mapping[str, Milestone], save: Save,
) -> None:  # fmt: skip
    activity = InitiativeActivity(
        initiative=row,
        position=number,
        phase=phases.get(one.phase),
        milestone=steps.get(one.step),
        title=one.title,
        kind=one.kind,
        description=one.description,
        audiences="\n".join(one.audiences),
        state=one.state,
        done_on=one.done_on,
        closes_phase=one.closes_phase,
        is_public=one.is_public,
    )
    activity.when = one.when
    save(activity)
    if one.moved_from:
        move = ActivityMove(activity=activity, reason=one.moved_from[1])
        move.when = one.moved_from[0]
        save(move)
