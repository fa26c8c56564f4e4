"""The plan of today: invented, its dates counted from the day the demo is loaded."""

from __future__ import annotations

import datetime as dt

from kommuneplan.clock import COPENHAGEN
from kommuneplan.core.enums import MeetingKind
from kommuneplan.timespan.calendar import easter, is_working_day
from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.enums import CycleState, MilestoneKind, Part, PlanKind, Stage

from .spec import (
    MONTHS,
    Bar,
    Chapter,
    Focus,
    MeetingSpec,
    Moment,
    Move,
    PlanSpec,
    Step,
    exactly,
    meets,
    part_of_month,
    part_of_year,
    words,
)

SLUG = "selvstaendigt-voksenliv"
HOME, WORK = "voksenliv-bolig-og-hverdag", "voksenliv-job-og-uddannelse"
DRAFT = "frivilligt-socialt-arbejde"
EXTENDED_BECAUSE = (
    "Handicaprådet og Ældrerådet når ikke at behandle udkastet inden den første frist. "
    "Derfor er høringen forlænget."
)
DAY = dt.timedelta(days=1)
TUESDAY, WEDNESDAY, THURSDAY = 1, 2, 3
START, HEARING, DECISION, DOING = (
    "Fase 1: Viden og idéer",
    "Fase 2: Høring",
    "Fase 3: Beslutning",
    "Fase 4: Delstrategier og opfølgning",
)


def is_meeting_day(day: dt.date) -> bool:
    """A working day in a week in which bodies meet: not summer, week 42, Christmas or Easter."""
    if not is_working_day(day) or day.month == 7 or day.isocalendar().week == 42:
        return False
    if (6, 24) <= (day.month, day.day) <= (8, 9):
        return False
    if (day.month, day.day) >= (12, 18) or (day.month, day.day) <= (1, 6):
        return False
    sunday = easter(day.year)
    return not sunday - 7 * DAY <= day <= sunday + DAY


def next_meeting_day(near: dt.date, weekday: int = WEDNESDAY, step: int = 1) -> dt.date:
    """The nearest such weekday from a day on (step 1) or back (step -1)."""
    day = near
    while day.weekday() != weekday or not is_meeting_day(day):
        day += step * DAY
    return day


def _working(day: dt.date, step: int = 1) -> dt.date:
    while not is_working_day(day):
        day += step * DAY
    return day


def _third(day: dt.date) -> TimeSpan:
    third = min((day.day - 1) // 10, 2)
    name = ("primo", "medio", "ultimo")[third]
    return part_of_month(f"{name} {MONTHS[day.month - 1]} {day.year}", day.year, day.month, third)


def _from_month_to(first: dt.date, last: dt.date) -> TimeSpan:
    begin, end = _whole_month(first), _whole_month(last)
    year = "" if first.year == last.year else f" {first.year}"
    written = f"{MONTHS[first.month - 1]}{year} – {MONTHS[last.month - 1]} {last.year}"
    return TimeSpan(*begin, *end, Precision.MONTH_RANGE, Modifier.NONE, written)


def _whole_month(day: dt.date) -> tuple[dt.date, dt.date]:
    following = (day.replace(day=1) + 32 * DAY).replace(day=1)
    return day.replace(day=1), following - DAY


def _quarter(day: dt.date) -> TimeSpan:
    number = (day.month - 1) // 3
    first = dt.date(day.year, 3 * number + 1, 1)
    last = (first + 95 * DAY).replace(day=1) - DAY
    written = f"{number + 1}. kvartal {day.year}"
    return TimeSpan(first, last, first, last, Precision.QUARTER, Modifier.NONE, written)


def _weeks(day: dt.date, count: int) -> TimeSpan:
    monday = day - day.weekday() * DAY
    last = monday + (7 * count - 1) * DAY
    first_week, last_week = monday.isocalendar().week, last.isocalendar().week
    return TimeSpan(
        monday,
        monday + 6 * DAY,
        last - 6 * DAY,
        last,
        Precision.RANGE,
        Modifier.NONE,
        f"uge {first_week}-{last_week}, {last.isocalendar().year}",
    )


class Calendar:
    """The days of the living plan, seen from the day the demo is loaded."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.terms = next_meeting_day(today - 200 * DAY, step=-1)
        self.interviews = _weeks(today - 170 * DAY, 3)
        self.theme = next_meeting_day(today - 125 * DAY, step=-1)
        self.released = next_meeting_day(today - 16 * DAY, step=-1)
        self.hearing_begins = self.released + DAY
        self.citizens = next_meeting_day(today + 7 * DAY, TUESDAY)
        self.hearing_ends = _working(max(today + 24 * DAY, self.citizens + 8 * DAY))
        self.first_end = _working(self.hearing_ends - 14 * DAY, -1)
        self.treated = next_meeting_day(self.hearing_ends + 45 * DAY)
        self.council = next_meeting_day(self.treated + 15 * DAY, THURSDAY)
        self.extended = today - 2 * DAY

    def morning(self, day: dt.date, hour: int = 8) -> dt.datetime:
        return dt.datetime(day.year, day.month, day.day, hour, tzinfo=COPENHAGEN)


def _hearing(first: dt.date, last: dt.date) -> TimeSpan:
    begin = words(first) if first.year != last.year else words(first).rpartition(" ")[0]
    return exactly(f"{begin} til {words(last)}", first, last)


def _day(day: dt.date) -> TimeSpan:
    return TimeSpan(day, day, day, day, Precision.DAY, Modifier.NONE, words(day))


def _meeting(body: str, day: dt.date, kind: MeetingKind = MeetingKind.ORDINARY) -> MeetingSpec:
    return meets(body, day, kind, begins_at=dt.time(15), place="Rådhuset")


def _early_steps(days: Calendar) -> tuple[Step, ...]:
    drafting = _from_month_to(days.theme, days.released - 20 * DAY)
    return (
        Step(
            "terms",
            "Kommissorium og procesplan godkendes",
            _meeting("SUD", days.terms),
            MilestoneKind.MEETING,
            ("SUD",),
            phase=START,
        ),
        Step(
            "interviews",
            "Samtaler med brugere og pårørende",
            days.interviews,
            MilestoneKind.INVOLVEMENT,
            ("CFH",),
            others="10-15 deltagere ad gangen",
            phase=START,
        ),
        Step(
            "theme",
            "Temamøde om det, samtalerne viste",
            _meeting("SUD", days.theme, MeetingKind.THEME),
            MilestoneKind.MEETING,
            ("SUD",),
            phase=START,
        ),
        Step(
            "draft",
            "Første udkast til strategien skrives",
            drafting,
            MilestoneKind.DRAFTING,
            ("SOF",),
            phase=START,
        ),
        Step(
            "released",
            "Udvalget tager stilling til høringsudkastet",
            _meeting("SUD", days.released),
            MilestoneKind.MEETING,
            ("SUD",),
            phase=HEARING,
        ),
        Step(
            "hearing",
            "Strategien er i høring",
            _hearing(days.hearing_begins, days.first_end),
            MilestoneKind.HEARING,
            ("SOF",),
            others="Handicaprådet, Ældrerådet, Udsatterådet, organisationer og alle borgere",
            description="Alle kan skrive et høringssvar. Ingen bemærkninger er også et svar.",
            phase=HEARING,
        ),
        Step(
            "citizens",
            "Borgermøde om udkastet",
            _day(days.citizens),
            MilestoneKind.INVOLVEMENT,
            ("SUD",),
            description="Kom og hør, hvad strategien betyder, og sig din mening.",
            phase=HEARING,
            within="hearing",
        ),
    )


def _late_steps(days: Calendar) -> tuple[Step, ...]:
    papers = days.treated - 14 * DAY
    begins = (days.council + 40 * DAY).replace(day=1)
    return (
        Step(
            "notes",
            "Høringssvarene samles i et høringsnotat",
            _third(days.hearing_ends + 18 * DAY),
            MilestoneKind.DRAFTING,
            ("SOF",),
            phase=DECISION,
        ),
        Step(
            "workshop",
            "Ekstra workshop med rådene",
            _third(days.hearing_ends + 26 * DAY),
            MilestoneKind.INVOLVEMENT,
            ("HR", "ÆR", "UR"),
            description="Kun hvis høringssvarene peger i hver sin retning.",
            phase=DECISION,
            conditional=True,
        ),
        Step(
            "papers",
            "Indstillingen afleveres til dagsordenen",
            TimeSpan(
                None, None, None, papers, Precision.DAY, Modifier.BY, f"senest {words(papers)}"
            ),
            MilestoneKind.DEADLINE,
            ("SOF",),
            phase=DECISION,
        ),
        Step(
            "treated",
            "Høringsnotat og endelig strategi behandles",
            _meeting("SUD", days.treated),
            MilestoneKind.MEETING,
            ("SUD",),
            description="Udvalget anbefaler strategien til Borgerrepræsentationen.",
            phase=DECISION,
        ),
        Step(
            "adoption",
            "Strategien vedtages",
            _meeting("BR", days.council),
            MilestoneKind.ADOPTION,
            ("BR",),
            phase=DECISION,
        ),
        Step(
            "sub-strategies",
            "De to delstrategier skrives færdige",
            _from_month_to(days.council + 30 * DAY, days.council + 95 * DAY),
            MilestoneKind.DRAFTING,
            ("SOF",),
            phase=DOING,
        ),
        Step(
            "budget",
            "Økonomien i delstrategierne lægges fast",
            _quarter(days.council + 120 * DAY),
            MilestoneKind.BUDGET,
            ("ØU",),
            phase=DOING,
        ),
        Step(
            "in-force",
            "Strategien begynder at gælde",
            TimeSpan(
                begins, begins, None, None, Precision.DAY, Modifier.FROM, f"fra {words(begins)}"
            ),
            MilestoneKind.IMPLEMENTATION,
            ("SOF",),
            phase=DOING,
        ),
        Step(
            "region",
            "Aftale med regionen om overgange",
            "afventer",
            MilestoneKind.OTHER,
            ("SOF", "RH"),
            phase=DOING,
        ),
        Step(
            "evaluation",
            "Evaluering og årlig status",
            part_of_year(f"ultimo {days.today.year + 1}", days.today.year + 1, 2),
            MilestoneKind.EVALUATION,
            ("SUD",),
            phase=DOING,
        ),
    )


CHAPTERS = (
    Chapter(
        "Det vil vi",
        "<p>Et selvstændigt voksenliv er ikke det samme som at klare alt alene. Det er at kunne "
        "bestemme over sin dag og få hjælp, når den er nødvendig.</p>"
        "<p>Strategien gælder voksne med et handicap eller en psykisk lidelse i hele kommunen.</p>",
    ),
    Chapter(
        "Tre mål",
        "<ol><li><strong>Et hjem, man selv vælger.</strong> Flere bor i egen bolig med støtte.</li>"
        "<li><strong>Noget at stå op til.</strong> Flere er i job, uddannelse eller frivilligt "
        "arbejde.</li><li><strong>Nogen at være sammen med.</strong> Færre er ensomme.</li></ol>"
        "<p>Hvert år ser udvalget på, hvor langt vi er nået.<span class='note'>Første gang et år "
        "efter vedtagelsen, i den årlige status.</span></p>",
        remarks=("Skal vi skrive ét mål mere om pårørende? Det nævnte flere i samtalerne.",),
        under=(
            Chapter(
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
    Chapter(
        "Bolig og støtte i hverdagen",
        "<p>Støtten følger borgeren og ikke adressen. Den, der flytter, skal ikke begynde "
        "forfra.</p><p>En delstrategi fortæller, hvordan vi når dertil.</p>",
    ),
    Chapter(
        "Job, uddannelse og fritid",
        "<p>Kommunen går selv foran og ansætter flere på særlige vilkår. Foreninger og "
        "arbejdspladser får én indgang til kommunen.</p>",
    ),
    Chapter(
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


def strategy(days: Calendar) -> PlanSpec:
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
        steps=(*_early_steps(days), *_late_steps(days)),
        chapters=CHAPTERS,
        focus=focus_areas(days.council.year),
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
                        _hearing(days.hearing_begins, days.hearing_ends),
                        EXTENDED_BECAUSE,
                    ),
                ),
            ),
        ),
        has_lead=True,
    )


def sub_strategy(
    days: Calendar, slug: str, title: str, about: str, what: str, matter: str = ""
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
            Step(
                "workshops",
                f"Workshopper om {what}",
                _third(begins + 10 * DAY),
                MilestoneKind.INVOLVEMENT,
                ("CFH",),
                others="Brugere, pårørende og medarbejdere",
            ),
            Step(
                "draft",
                "Delstrategien skrives",
                _from_month_to(begins, ends),
                MilestoneKind.DRAFTING,
                ("CFH",),
            ),
            Step(
                "shown",
                "Udvalget får delstrategien",
                _meeting("SUD", shown),
                MilestoneKind.MEETING,
                ("SUD",),
            ),
        ),
        chapters=(Chapter("Hvad handler delstrategien om?", f"<p>{about}</p>"),),
        story=(
            Moment(
                days.morning(days.hearing_begins, 9),
                Stage.PROCESS_PLAN,
                "Procesplanen for delstrategien.",
            ),
        ),
        matter=matter,
    )


def draft(days: Calendar) -> PlanSpec:
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
            Step(
                "ideas",
                "Idémøde med foreningerne",
                _day(next_meeting_day(days.today + 50 * DAY, THURSDAY)),
                MilestoneKind.INVOLVEMENT,
                ("SOF",),
            ),
            Step(
                "draft",
                "Første udkast",
                _third(days.today + 75 * DAY),
                MilestoneKind.DRAFTING,
                ("SOF",),
            ),
            Step(
                "shown",
                "Udvalget drøfter udkastet",
                _meeting("SUD", shown),
                MilestoneKind.MEETING,
                ("SUD",),
            ),
        ),
        chapters=(
            Chapter("Idéer", "<p>Det første, vi skrev ned. Ikke til deling.</p>", is_public=False),
        ),
        has_lead=True,
    )


def plans(today: dt.date) -> tuple[PlanSpec, ...]:
    """The plans that live on that day."""
    days = Calendar(today)
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
    days = Calendar(today)
    ideas = next_meeting_day(today + 50 * DAY, THURSDAY)
    rows = (
        (words(ideas), "Idémøde med foreningerne", "Socialforvaltningen"),
        (_third(today + 80 * DAY).written, "Udkast til politik skrives", "Socialforvaltningen"),
        (words(next_meeting_day(days.council + 40 * DAY)), "Drøftelse af udkast", "SUD"),
        (_quarter(days.council + 100 * DAY).written, "Høring", "Foreninger og Frivilligråd"),
        ("afventer", "Endelig vedtagelse", "BR"),
    )
    return "\n".join("\t".join(row) for row in (("Tid", "Emne", "Hvem"), *rows))
