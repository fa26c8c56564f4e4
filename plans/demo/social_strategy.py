"""The social strategy of 2015, and the basis paper above it."""

from __future__ import annotations

import datetime as dt

from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.enums import ChapterPart, CycleState, MilestoneKind, Part, PlanKind, Stage

from . import promises
from .spec import DemoChapter, DemoMilestone, Moment, PlanSpec, at, meets, month

BASIS = "grundlagspapir-socialomraadet"
SLUG = "socialstrategi-2015"

FIRST_HALF = TimeSpan(
    dt.date(2015, 1, 1),
    dt.date(2015, 6, 30),
    dt.date(2015, 1, 1),
    dt.date(2015, 6, 30),
    Precision.HALF_YEAR,
    Modifier.NONE,
    "første halvår 2015",
)

STEPS = (
    DemoMilestone(
        "start",
        "Udvalget beslutter at lave én socialstrategi",
        meets("SUD", dt.date(2014, 8, 13)),
        MilestoneKind.MEETING,
        ("SUD",),
        description=(
            "Strategien skal gælde alle målgrupper. Udvalget vil selv være med undervejs, og "
            "politikere og brugere skal skabe den sammen."
        ),
    ),
    DemoMilestone(
        "chapters",
        "De fire målgruppekapitler skrives",
        FIRST_HALF,
        MilestoneKind.DRAFTING,
        ("SOF",),
        description="Kapitlerne bliver til på samme tid, så de passer sammen.",
    ),
    DemoMilestone(
        "dialogue",
        "Dialogmøder på tilbud rundt i byen",
        "sideløbende med de fire kapitler",
        MilestoneKind.INVOLVEMENT,
        ("SUD",),
        others="Brugere; 10-15 deltagere pr. møde",
        within="chapters",
        description=(
            "Politikere besøger brugerne dér, hvor de i forvejen kommer. Små møder gør det "
            "lettere for dem, der ikke bryder sig om store forsamlinger."
        ),
    ),
    DemoMilestone(
        "labs",
        "Sociale udviklingslaboratorier, ét for hver målgruppe",
        "sideløbende med de fire kapitler",
        MilestoneKind.INVOLVEMENT,
        ("SUD",),
        others="Brugere, medarbejdere, ledere og organisationer; cirka 30 deltagere hver gang",
        within="chapters",
        description="Deltagerne afprøver idéer og dilemmaer op mod de fire principper.",
    ),
    DemoMilestone(
        "seminar",
        "Første drøftelse på udvalgets budgetseminar",
        month("marts 2015", 2015, 3),
        MilestoneKind.MEETING,
        ("SUD",),
    ),
    DemoMilestone(
        "theme",
        "Tematisk drøftelse af strategien",
        meets("SUD", dt.date(2015, 4, 22)),
        MilestoneKind.MEETING,
        ("SUD",),
    ),
    DemoMilestone(
        "whole",
        "Drøftelse af et samlet udkast",
        meets("SUD", dt.date(2015, 5, 27)),
        MilestoneKind.MEETING,
        ("SUD",),
    ),
    DemoMilestone(
        "adoption",
        "Udvalget godkender strategien",
        meets("SUD", dt.date(2015, 6, 24)),
        MilestoneKind.ADOPTION,
        ("SUD",),
        description="Ventet godkendelse på det sidste møde, inden sommerferien begynder.",
    ),
)

PRINCIPLES = (
    ("Tidlig hjælp", "Hjælpen skal komme, før problemerne vokser."),
    ("Egne kræfter", "Borgeren får støtte til at bruge og udvikle det, hun selv kan."),
    ("Sammen med andre", "Pårørende, netværk, frivillige og foreninger er med."),
    ("Lytte og behandle godt", "Borgeren bliver hørt og mødt ordentligt."),
)

GROUPS = (
    (
        "Børn og unge med særlige behov",
        "Både udsatte børn og børn med et handicap.",
        (
            "Familien får støtte, allerede når skole eller daginstitution bliver bekymret.",
            "Barnets egne styrker er begyndelsen på hver plan.",
            "Familie, venner og fritidsliv regnes med som en del af hjælpen.",
            "Børn skal kunne forstå, hvad der bliver besluttet om dem.",
        ),
    ),
    (
        "Borgere med en sindslidelse",
        "Voksne, der lever med en psykisk lidelse i kortere eller længere tid.",
        (
            "Støtte i eget hjem skal komme før et botilbud.",
            "Målet er at komme sig: at mestre hverdagen, lære og arbejde.",
            "Brugere støtter brugere, og foreninger åbner dørene.",
            "Den enkelte er med til at vælge sin støtte.",
        ),
    ),
    (
        "Udsatte voksne",
        "Voksne uden bolig eller med et misbrug, og andre i en svær situation.",
        (
            "Opsøgende medarbejdere er til stede, hvor folk færdes.",
            "Små skridt tæller, og de aftales med den, der skal gå dem.",
            "Frivillige og væresteder er en del af byens hjælp.",
            "Ingen bør skulle fortælle sin historie forfra hver gang.",
        ),
    ),
    (
        "Voksne med et handicap",
        "Voksne med en varig funktionsnedsættelse.",
        (
            "Overgangen fra ung til voksen planlægges i god tid.",
            "Hjælpemidler og træning giver større frihed.",
            "Job og fritid findes sammen med byens øvrige liv.",
            "Tilbuddene spørger jævnligt, hvordan hjælpen opleves.",
        ),
    ),
)


def _group(title: str, facts: str, lines: tuple[str, ...]) -> DemoChapter:
    cells = tuple(
        DemoChapter(
            f"Princip {number}: {name}",
            f"<p>{line}</p>",
            part=ChapterPart.PRINCIPLE,
            principle=name,
        )
        for number, ((name, _meaning), line) in enumerate(
            zip(PRINCIPLES, lines, strict=True), start=1
        )
    )
    about = DemoChapter("Fakta om området", f"<p>{facts}</p>", part=ChapterPart.FACTS)
    return DemoChapter(title, under=(about, *cells), part=ChapterPart.CHAPTER)


def _principles() -> str:
    rows = "".join(
        f"<tr><td>{number}</td><td>{name}</td><td>{meaning}</td></tr>"
        for number, (name, meaning) in enumerate(PRINCIPLES, start=1)
    )
    return (
        "<table><caption>De fire principper</caption><thead><tr><th scope='col'>Nr.</th>"
        "<th scope='col'>Princip</th><th scope='col'>I korthed</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


CHAPTERS = (
    DemoChapter(
        "Indledning",
        "<p>Strategien er den politiske fortælling om, hvor det sociale område skal hen. Den er "
        "kort og uden konkrete aktiviteter: dem finder man i målgruppeplanerne og centrenes "
        "egne planer.</p>" + _principles(),
    ),
    *(_group(*group) for group in GROUPS),
)

BASIS_PAPER = PlanSpec(
    BASIS,
    "Grundlagspapir for det sociale område",
    PlanKind.BASIS_PAPER,
    proposal=(
        "Fire principper og et sæt pejlemærker, som alle planer på det sociale område bygger på."
    ),
    still_open="Principperne bliver foldet ud i strategien og planerne under den.",
    decided_by="Hvem der vedtog principperne, og hvornår, er ikke registreret her.",
    opened_at=at(2014, 8, 13, 8),
    chapters=(DemoChapter("Fire principper", _principles()),),
    story=(
        Moment(
            at(2014, 8, 13, 18),
            Stage.ADOPTED,
            "Grundlaget for arbejdet med en socialstrategi.",
            parts=(Part.TEXT,),
            state=CycleState.ADOPTED,
        ),
    ),
)

PLAN = PlanSpec(
    SLUG,
    "Socialstrategi 2015",
    PlanKind.STRATEGY,
    parent=BASIS,
    requests=promises.STRATEGY_REQUESTS,
    proposal=(
        "Én fælles strategi for alle, der har brug for social støtte: børn, unge og voksne. "
        "Den viser retningen og er rammen om de planer, der ligger under den."
    ),
    still_open=(
        "Kapitlerne bliver til i første halvår 2015 på dialogmøder og i udviklingslaboratorier. "
        "Udvalget kan drøfte udkastene løbende."
    ),
    decided_by="Socialudvalget ventes at godkende strategien den 24. juni 2015.",
    head={"sender_unit": "Socialforvaltningens sekretariat", "recipients": "Socialudvalget"},
    opened_at=at(2014, 8, 13, 20),
    steps=STEPS,
    chapters=CHAPTERS,
    principles=tuple(name for name, _meaning in PRINCIPLES),
    story=(
        Moment(
            at(2015, 1, 5),
            Stage.PROCESS_PLAN,
            "Sådan bliver strategien til, og sådan kan man være med.",
            parts=(Part.PROCESS_PLAN,),
            done={"start": None},
        ),
        Moment(
            at(2015, 5, 28),
            Stage.PROCESS_PLAN,
            "Nu kan alle læse, hvordan kapitlerne er bygget op.",
            done={},
        ),
        Moment(
            at(2015, 7, 1),
            Stage.PROCESS_PLAN,
            "Planen er, som den blev lagt. Hvad der er sket siden, er ikke registreret her.",
            parts=(Part.PROCESS_PLAN,),
            done={},
            head={
                "still_open": (
                    "Procesplanen ender den 24. juni 2015. Udvalgets beslutning er ikke "
                    "registreret her."
                ),
            },
        ),
    ),
)
