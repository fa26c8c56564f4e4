"""The plan of today: invented, its dates counted from the day the demo is loaded."""

from __future__ import annotations

import datetime as dt

from plans.enums import CycleState, MilestoneKind, Part, PlanKind, Stage

from . import promises
from .days import (
    DAY,
    THURSDAY,
    DemoDays,
    days_from_to,
    meeting_on,
    months_from_to,
    next_meeting_day,
    on_day,
    quarter_of,
    third_of_month,
)
from .indicators import of_today
from .initiatives import of_today as initiatives_of_today
from .living_steps import DECISION, DOING, HEARING, START, early_steps, late_steps
from .spec import (
    Bar,
    DemoChapter,
    DemoMilestone,
    Focus,
    Moment,
    Move,
    PlanSpec,
    words,
)

SLUG = "selvstaendigt-voksenliv"
HOME, WORK = "voksenliv-bolig-og-hverdag", "voksenliv-job-og-uddannelse"
DRAFT = "frivilligt-socialt-arbejde"
EXTENDED_BECAUSE = (
    "Handicaprådet og Ældrerådet når ikke at behandle udkastet inden den første frist. "
    "Derfor er høringen forlænget."
)


CHAPTERS = (
    DemoChapter(
        "Det vil vi",
        "<p>Et selvstændigt voksenliv er ikke det samme som at klare alt alene. Det er at kunne "
        "bestemme over sin dag og få hjælp, når den er nødvendig.</p>"
        "<p>Strategien gælder voksne med et handicap eller en psykisk lidelse i hele kommunen.</p>",
    ),
    DemoChapter(
        "Tre mål",
        "<ol><li><strong>Et hjem, man selv vælger.</strong> Flere bor i egen bolig med støtte.</li>"
        "<li><strong>Noget at stå op til.</strong> Flere er i job, uddannelse eller frivilligt "
        "arbejde.</li><li><strong>Nogen at være sammen med.</strong> Færre er ensomme.</li></ol>"
        "<p>Hvert år ser udvalget på, hvor langt vi er nået.<span class='note'>Første gang et år "
        "efter vedtagelsen, i den årlige status.</span></p>",
        remarks=("Skal vi skrive ét mål mere om pårørende? Det nævnte flere i samtalerne.",),
        under=(
            DemoChapter(
                "Sådan måler vi",
                "<table><caption>Det følger vi</caption><thead><tr><th scope='col'>Mål</th>"
                "<th scope='col'>I dag</th><th scope='col'>Om fire år</th></tr></thead><tbody>"
                "<tr><td>Bor i egen bolig med støtte</td><td>1.240</td><td>1.500</td></tr>"
                "<tr><td>I job eller uddannelse</td><td>410</td><td>600</td></tr>"
                "<tr><td>Føler sig ofte ensomme</td><td>32 %</td><td>25 %</td></tr></tbody></table>"
                "<p>Tallene er opfundet til denne demo.</p>",
                bars=(
                    Bar("Egen bolig med støtte", 1240, 1500),
                    Bar("Job eller uddannelse", 410, 600),
                ),
                alt=(
                    "Søjler: 1.240 bor i egen bolig med støtte i dag, 1.500 om fire år; 410 er i "
                    "job eller uddannelse i dag, 600 om fire år."
                ),
            ),
        ),
    ),
    DemoChapter(
        "Bolig og støtte i hverdagen",
        "<p>Støtten følger borgeren og ikke adressen. Den, der flytter, skal ikke begynde "
        "forfra.</p><p>En delstrategi fortæller, hvordan vi når dertil.</p>",
    ),
    DemoChapter(
        "Job, uddannelse og fritid",
        "<p>Kommunen går selv foran og ansætter flere på særlige vilkår. Foreninger og "
        "arbejdspladser får én indgang til kommunen.</p>",
    ),
    DemoChapter(
        "Noter til det videre arbejde",
        "<p>Kun til intern brug: tal fra de tre centre mangler stadig.</p>",
        is_public=False,
    ),
)


def focus_areas(first_year: int) -> tuple[Focus, ...]:
    """What the strategy gives special attention in its first years."""
    return (
        Focus(
            "Støtten flytter med",
            "Bolig og støtte i hverdagen",
            "Ingen skal begynde forfra med ny sagsbehandling, fordi de flytter. Vi spørger alle, "
            "der er flyttet, tre måneder efter.",
            first_year,
            first_year + 1,
            steps=("sub-strategies",),
        ),
        Focus(
            "Flere ind på arbejdspladserne",
            "Job, uddannelse og fritid",
            "Kommunen ansætter 40 flere på særlige vilkår, og halvdelen er der stadig efter et år.",
            first_year,
            first_year + 2,
            steps=("budget",),
        ),
        Focus(
            "Overgange til regionen",
            "Bolig og støtte i hverdagen",
            "Når aftalen med regionen er på plads, bliver det besluttet, hvad vi måler på.",
            first_year + 1,
            first_year + 3,
            steps=("region",),
            is_public=False,
        ),
    )


def strategy(days: DemoDays) -> PlanSpec:
    """The framework: in consultation on the day the demo is loaded."""
    return PlanSpec(
        SLUG,
        "Strategi for et selvstændigt voksenliv",
        PlanKind.STRATEGY,
        proposal=(
            "Voksne med et handicap eller en psykisk lidelse skal have bedre muligheder for at "
            "bo, lære og arbejde, som de selv ønsker. Strategien sætter tre mål for de næste "
            "fire år."
        ),
        still_open=(
            "Hele strategien: målene, rækkefølgen og det, vi måler på. Alle kan skrive et "
            "høringssvar, så længe høringen er åben."
        ),
        decided_by=(
            f"Socialudvalget behandler høringssvarene den {words(days.treated)}. "
            f"Borgerrepræsentationen træffer den endelige beslutning den {words(days.council)}."
        ),
        head={
            "case_number": f"{days.terms.year}-0048812",
            "document_number": f"{days.terms.year}-0048812-7",
            "document_date": days.terms,
            "sender_unit": "Center for Handicap",
            "first_year": days.council.year,
            "last_year": days.council.year + 3,
        },
        opened_at=days.morning(days.terms - 20 * DAY),
        phases=(
            (START, "Hvad mener dem, det handler om, og hvad ved vi allerede?"),
            (HEARING, "Alle kan læse udkastet og sige deres mening."),
            (DECISION, "Svarene bliver læst og besvaret, og politikerne beslutter."),
            (DOING, "Strategien bliver til handling, og vi ser, om den virker."),
        ),
        steps=(*early_steps(days), *late_steps(days)),
        chapters=CHAPTERS,
        focus=focus_areas(days.council.year),
        indicators=of_today(days.today.year),
        initiatives=initiatives_of_today(days),
        story=(
            Moment(
                days.morning(days.terms + DAY),
                Stage.PROCESS_PLAN,
                "Udvalget har godkendt procesplanen.",
                parts=(Part.PROCESS_PLAN,),
            ),
            Moment(
                days.morning(days.hearing_begins),
                Stage.CONSULTATION,
                "Udvalget har sendt strategien i høring.",
                state=CycleState.IN_CONSULTATION,
                decided="released",
                wording="Socialudvalget godkendte, at udkastet sendes i høring.",
            ),
            Moment(
                days.morning(days.extended, 10),
                Stage.CONSULTATION,
                "Høringsfristen er flyttet to uger. Teksten er den samme.",
                parts=(Part.PROCESS_PLAN,),
                state=CycleState.IN_CONSULTATION,
                moved=(
                    Move(
                        "hearing",
                        days_from_to(days.hearing_begins, days.hearing_ends),
                        EXTENDED_BECAUSE,
                    ),
                ),
            ),
        ),
        has_lead=True,
        requests=promises.requests_of_today(days),
        money=promises.money_of_today(days),
    )


def sub_strategy(
    days: DemoDays, slug: str, title: str, about: str, what: str, matter: str = ""
) -> PlanSpec:
    """One of the two sub-strategies: a lane beside the framework."""
    begins, ends = days.council + 30 * DAY, days.council + 95 * DAY
    shown = next_meeting_day(ends + 20 * DAY)
    return PlanSpec(
        slug,
        title,
        PlanKind.SUB_STRATEGY,
        parent=SLUG,
        proposal=about,
        still_open="Alt. Arbejdet begynder for alvor, når strategien er vedtaget.",
        decided_by=f"Socialudvalget får delstrategien den {words(shown)}.",
        head={"sender_unit": "Center for Handicap", "first_year": days.council.year},
        opened_at=days.morning(days.released),
        steps=(
            DemoMilestone(
                "workshops",
                f"Workshopper om {what}",
                third_of_month(begins + 10 * DAY),
                MilestoneKind.WORKSHOP,
                ("CFH",),
                others="Brugere, pårørende og medarbejdere",
            ),
            DemoMilestone(
                "draft",
                "Delstrategien skrives",
                months_from_to(begins, ends),
                MilestoneKind.DRAFTING,
                ("CFH",),
            ),
            DemoMilestone(
                "shown",
                "Udvalget får delstrategien",
                meeting_on("SUD", shown),
                MilestoneKind.MEETING,
                ("SUD",),
            ),
        ),
        chapters=(DemoChapter("Hvad handler delstrategien om?", f"<p>{about}</p>"),),
        story=(
            Moment(
                days.morning(days.hearing_begins, 9),
                Stage.PROCESS_PLAN,
                "Procesplanen for delstrategien.",
            ),
        ),
        matter=matter,
    )


def draft(days: DemoDays) -> PlanSpec:
    """A plan nobody outside can see yet."""
    shown = next_meeting_day(days.council + 40 * DAY)
    return PlanSpec(
        DRAFT,
        "Politik for frivilligt socialt arbejde",
        PlanKind.POLICY,
        proposal="Foreninger og kommune skal have nemmere ved at finde hinanden.",
        still_open="Alt. Arbejdet er lige begyndt.",
        decided_by="Socialudvalget.",
        steps=(
            DemoMilestone(
                "ideas",
                "Idémøde med foreningerne",
                on_day(next_meeting_day(days.today + 50 * DAY, THURSDAY)),
                MilestoneKind.INVOLVEMENT,
                ("SOF",),
            ),
            DemoMilestone(
                "draft",
                "Første udkast",
                third_of_month(days.today + 75 * DAY),
                MilestoneKind.DRAFTING,
                ("SOF",),
            ),
            DemoMilestone(
                "shown",
                "Udvalget drøfter udkastet",
                meeting_on("SUD", shown),
                MilestoneKind.MEETING,
                ("SUD",),
            ),
        ),
        chapters=(
            DemoChapter(
                "Idéer", "<p>Det første, vi skrev ned. Ikke til deling.</p>", is_public=False
            ),
        ),
        has_lead=True,
    )


def plans(today: dt.date) -> tuple[PlanSpec, ...]:
    """The plans that live on that day."""
    days = DemoDays(today)
    return (
        strategy(days),
        sub_strategy(
            days,
            HOME,
            "Delstrategi: Bolig og støtte i hverdagen",
            "Støtten skal følge med, når man flytter, og passe til det, man selv kan.",
            "bolig og hverdag",
            matter="Drøftelse af delstrategien om bolig og støtte",
        ),
        sub_strategy(
            days,
            WORK,
            "Delstrategi: Job, uddannelse og fritid",
            "Flere skal have et job, en uddannelse eller en forening at høre til i.",
            "job, uddannelse og fritid",
        ),
        draft(days),
    )


def pasted(today: dt.date) -> str:
    """A process plan as somebody would paste it, for the import that lies open in the demo."""
    days = DemoDays(today)
    ideas = next_meeting_day(today + 50 * DAY, THURSDAY)
    rows = (
        (words(ideas), "Idémøde med foreningerne", "Socialforvaltningen"),
        (
            third_of_month(today + 80 * DAY).written,
            "Udkast til politik skrives",
            "Socialforvaltningen",
        ),
        (words(next_meeting_day(days.council + 40 * DAY)), "Drøftelse af udkast", "SUD"),
        (quarter_of(days.council + 100 * DAY).written, "Høring", "Foreninger og Frivilligråd"),
        ("afventer", "Endelig vedtagelse", "BR"),
    )
    return "\n".join("\t".join(row) for row in (("Tid", "Emne", "Hvem"), *rows))
