"""The process plan of the plan of today: what has been done, and what is to come."""

from __future__ import annotations

import datetime as dt

from kommuneplan.core.enums import MeetingKind
from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.enums import MilestoneKind

from .days import (
    DAY,
    DemoDays,
    days_from_to,
    meeting_on,
    months_from_to,
    on_day,
    quarter_of,
    third_of_month,
)
from .spec import (
    DemoMilestone,
    part_of_year,
    words,
)

START, HEARING, DECISION, DOING = (
    "Fase 1: Viden og idéer",
    "Fase 2: Høring",
    "Fase 3: Beslutning",
    "Fase 4: Delstrategier og opfølgning",
)


def early_steps(days: DemoDays) -> tuple[DemoMilestone, ...]:
    drafting = months_from_to(days.theme, days.released - 20 * DAY)
    return (
        DemoMilestone(
            "terms",
            "Kommissorium og procesplan godkendes",
            meeting_on("SUD", days.terms),
            MilestoneKind.MEETING,
            ("SUD",),
            phase=START,
        ),
        DemoMilestone(
            "interviews",
            "Samtaler med brugere og pårørende",
            days.interviews,
            MilestoneKind.INVOLVEMENT,
            ("CFH",),
            others="10-15 deltagere ad gangen",
            phase=START,
        ),
        DemoMilestone(
            "theme",
            "Temamøde om det, samtalerne viste",
            meeting_on("SUD", days.theme, MeetingKind.THEME),
            MilestoneKind.THEME_MEETING,
            ("SUD",),
            phase=START,
        ),
        DemoMilestone(
            "draft",
            "Første udkast til strategien skrives",
            drafting,
            MilestoneKind.DRAFTING,
            ("SOF",),
            phase=START,
        ),
        DemoMilestone(
            "released",
            "Udvalget tager stilling til høringsudkastet",
            meeting_on("SUD", days.released),
            MilestoneKind.MEETING,
            ("SUD",),
            phase=HEARING,
        ),
        DemoMilestone(
            "hearing",
            "Strategien er i høring",
            days_from_to(days.hearing_begins, days.first_end),
            MilestoneKind.HEARING,
            ("SOF",),
            others="Handicaprådet, Ældrerådet, Udsatterådet, organisationer og alle borgere",
            description="Alle kan skrive et høringssvar. Ingen bemærkninger er også et svar.",
            phase=HEARING,
        ),
        DemoMilestone(
            "citizens",
            "Borgermøde om udkastet",
            on_day(days.citizens),
            MilestoneKind.PUBLIC_MEETING,
            ("SUD",),
            description="Kom og hør, hvad strategien betyder, og sig din mening.",
            phase=HEARING,
            within="hearing",
            begins_at=dt.time(19),
            place="Salen, Medborgerhuset",
        ),
    )


def late_steps(days: DemoDays) -> tuple[DemoMilestone, ...]:
    papers = days.treated - 14 * DAY
    begins = (days.council + 40 * DAY).replace(day=1)
    return (
        DemoMilestone(
            "notes",
            "Høringssvarene samles i et høringsnotat",
            third_of_month(days.hearing_ends + 18 * DAY),
            MilestoneKind.DRAFTING,
            ("SOF",),
            phase=DECISION,
        ),
        DemoMilestone(
            "workshop",
            "Ekstra workshop med rådene",
            third_of_month(days.hearing_ends + 26 * DAY),
            MilestoneKind.WORKSHOP,
            ("HR", "ÆR", "UR"),
            description="Kun hvis høringssvarene peger i hver sin retning.",
            phase=DECISION,
            conditional=True,
        ),
        DemoMilestone(
            "papers",
            "Indstillingen afleveres til dagsordenen",
            TimeSpan(
                None, None, None, papers, Precision.DAY, Modifier.BY, f"senest {words(papers)}"
            ),
            MilestoneKind.DEADLINE,
            ("SOF",),
            phase=DECISION,
        ),
        DemoMilestone(
            "treated",
            "Høringsnotat og endelig strategi behandles",
            meeting_on("SUD", days.treated),
            MilestoneKind.MEETING,
            ("SUD",),
            description="Udvalget anbefaler strategien til Borgerrepræsentationen.",
            phase=DECISION,
        ),
        DemoMilestone(
            "adoption",
            "Strategien vedtages",
            meeting_on("BR", days.council),
            MilestoneKind.ADOPTION,
            ("BR",),
            phase=DECISION,
        ),
        DemoMilestone(
            "sub-strategies",
            "De to delstrategier skrives færdige",
            months_from_to(days.council + 30 * DAY, days.council + 95 * DAY),
            MilestoneKind.DRAFTING,
            ("SOF",),
            phase=DOING,
        ),
        DemoMilestone(
            "budget",
            "Økonomien i delstrategierne lægges fast",
            quarter_of(days.council + 120 * DAY),
            MilestoneKind.BUDGET,
            ("ØU",),
            phase=DOING,
        ),
        DemoMilestone(
            "in-force",
            "Strategien begynder at gælde",
            TimeSpan(
                begins, begins, None, None, Precision.DAY, Modifier.FROM, f"fra {words(begins)}"
            ),
            MilestoneKind.IMPLEMENTATION,
            ("SOF",),
            phase=DOING,
        ),
        DemoMilestone(
            "region",
            "Aftale med regionen om overgange",
            "afventer",
            MilestoneKind.OTHER,
            ("SOF", "RH"),
            phase=DOING,
        ),
        DemoMilestone(
            "evaluation",
            "Evaluering og årlig status",
            part_of_year(f"ultimo {days.today.year + 1}", days.today.year + 1, 2),
            MilestoneKind.EVALUATION,
            ("SUD",),
            phase=DOING,
        ),
    )
