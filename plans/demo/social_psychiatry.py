"""The plan for social psychiatry 2009–2012, and the project that grew out of it."""

from __future__ import annotations

import datetime as dt

from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.enums import CycleState, MilestoneKind, PlanKind, Stage

from . import promises
from .initiatives import PROJECT as AS_INITIATIVE
from .spec import (
    DemoChapter,
    DemoMilestone,
    Moment,
    PlanSpec,
    at,
    exactly,
    meets,
    month,
    months,
    part_of_year,
)

SLUG = "socialpsykiatri-2009-2012"
MEETING_IN_MARCH = meets("SUD", dt.date(2008, 3, 5))
HEARING = exactly("22. maj til 20. juni 2008", dt.date(2008, 5, 22), dt.date(2008, 6, 20))
DRAFT = TimeSpan(
    dt.date(2008, 3, 6),
    dt.date(2008, 3, 6),
    dt.date(2008, 4, 21),
    dt.date(2008, 4, 30),
    Precision.RANGE,
    Modifier.NONE,
    "6. marts til ultimo april 2008",
)

STEPS = (
    DemoMilestone(
        "process",
        "Udvalget tager stilling til procesplanen",
        MEETING_IN_MARCH,
        MilestoneKind.MEETING,
        ("SUD",),
        description="Forvaltningen indstiller, hvordan arbejdet skal gribes an.",
    ),
    DemoMilestone(
        "theme",
        "Temadrøftelse af et inspirationspapir",
        MEETING_IN_MARCH,
        MilestoneKind.MEETING,
        ("SUD",),
        description="Udvalget drøfter de første tanker om den nye plan på et temamøde samme dag.",
    ),
    DemoMilestone(
        "draft",
        "Udkast til rammeplan skrives",
        DRAFT,
        MilestoneKind.DRAFTING,
        ("SOF",),
    ),
    DemoMilestone(
        "grant",
        "Brug af 4 mio. kr. til arbejdet med psykiatriplanen",
        meets("SUD", dt.date(2008, 5, 7)),
        MilestoneKind.BUDGET,
        ("SUD",),
        description=(
            "Pengene ligger i 2009 og kommer fra budgetforliget for 2008. "
            "Udvalget tager stilling til, hvordan de bruges."
        ),
    ),
    DemoMilestone(
        "hearing-draft",
        "Høringsudgaven behandles",
        meets("SUD", dt.date(2008, 5, 21)),
        MilestoneKind.MEETING,
        ("SUD",),
        description="Med et første bud på en samlet forandringsteori og politiske mål.",
    ),
    DemoMilestone(
        "hearing",
        "Høring om rammeplanen",
        HEARING,
        MilestoneKind.HEARING,
        ("SOF", "SUD"),
        others=(
            "Blandt andre bruger- og pårørendeorganisationer, Dialogforum på psykiatriområdet, "
            "faglige organisationer, Region Hovedstaden og kommunens øvrige forvaltninger"
        ),
        description="Listen over dem, der bliver hørt, er åben.",
    ),
    DemoMilestone(
        "public-meeting",
        "Offentligt møde om det første udkast",
        TimeSpan(
            HEARING.earliest_begin,
            HEARING.latest_end,
            HEARING.earliest_begin,
            HEARING.latest_end,
            Precision.RANGE,
            Modifier.NONE,
            "i høringsperioden 22. maj til 20. juni 2008",
        ),
        MilestoneKind.INVOLVEMENT,
        ("SUD",),
        within="hearing",
        description=(
            "Mødet handler først og fremmest om de politiske mål og forandringsteorien. "
            "Det kan blive delt op i mindre workshops om hvert sit tema."
        ),
    ),
    DemoMilestone(
        "adoption",
        "Høringssvar fremlægges, og rammeplanen vedtages",
        meets("SUD", dt.date(2008, 8, 27)),
        MilestoneKind.ADOPTION,
        ("SUD",),
    ),
    DemoMilestone(
        "sub-strategies",
        "Delstrategierne formuleres",
        part_of_year("Ultimo 2008", 2008, 2),
        MilestoneKind.DRAFTING,
        ("SOF",),
        others="Beboere og brugere af tilbuddene, ledere og medarbejdere",
        description="De mennesker, som delstrategierne handler om, er med til at skrive dem.",
    ),
    DemoMilestone(
        "whole",
        "Udvalget får den samlede plan: rammeplan og delstrategier",
        part_of_year("Ultimo 2008", 2008, 2),
        MilestoneKind.MEETING,
        ("SUD",),
    ),
    DemoMilestone(
        "budget",
        "Planens økonomi gøres konkret",
        months("Maj – aug. 2009", 2009, 5, 8),
        MilestoneKind.BUDGET,
        ("SUD",),
        others="Budgetforhandlingerne",
        description="Det sker to steder: i udvalget og i forhandlingerne om budgettet.",
    ),
    DemoMilestone(
        "evaluation",
        "Evaluering",
        part_of_year("Ultimo 2009", 2009, 2),
        MilestoneKind.EVALUATION,
    ),
)

CHAPTERS = (
    DemoChapter(
        "Hvorfor en ny plan?",
        "<p>Mennesker med en sindslidelse møder kommunen mange steder: i et botilbud, i et "
        "værested, hos en sagsbehandler. Planen samler indsatsen, så de møder én retning.</p>"
        "<p>Planen gælder de sociale tilbud. Behandling i sygehusvæsenet hører under regionen, "
        "som derfor er med i høringen.</p>",
    ),
    DemoChapter(
        "Sådan hænger planen sammen",
        "<p>Planen har to niveauer. <strong>Rammeplanen</strong> sætter målene for hele området. "
        "<strong>Delstrategierne</strong> fortæller, hvordan hver del af området når dem.</p>"
        "<p>Under det hele ligger en forandringsteori: en kæde fra de ressourcer, der sættes ind, "
        "over det, man gør, til den forskel, det skal gøre for borgeren.</p>",
    ),
    DemoChapter(
        "Hvem er med?",
        "<p>Procesplanen sætter 30 dage af til høringen om rammeplanen. Delstrategierne skal "
        "skrives sammen med dem, det handler om:</p>"
        "<ul><li>beboere og brugere af tilbuddene</li><li>ledere</li><li>medarbejdere</li></ul>",
    ),
    DemoChapter(
        "Penge til arbejdet",
        "<table><caption>Afsat til forberedelsen</caption><thead><tr><th scope='col'>År</th>"
        "<th scope='col'>Beløb i mio. kr.</th><th scope='col'>Kilde</th></tr></thead>"
        "<tbody><tr><td>2009</td><td>4</td><td>Budgetforliget for 2008</td></tr></tbody></table>",
    ),
)

STORY = (
    Moment(
        at(2008, 2, 24),
        Stage.PROCESS_PLAN,
        "Forvaltningens forslag til, hvordan den nye plan bliver til.",
        done={},
    ),
    Moment(
        at(2008, 11, 13, 20),
        Stage.ADOPTED,
        "Borgerrepræsentationen har vedtaget planen. I februar stod der kun, at den samlede plan "
        "ventedes ultimo 2008.",
        state=CycleState.ADOPTED,
        head={
            "title": "Plan for Københavns Kommunes socialpsykiatri 2009-2012",
            "still_open": (
                "Planen er vedtaget. Budgettet for de enkelte dele bliver forhandlet i 2009."
            ),
            "decided_by": "Borgerrepræsentationen vedtog planen den 13. november 2008.",
            "first_year": 2009,
            "last_year": 2012,
        },
        done={"council": None},
        added=(
            DemoMilestone(
                "council",
                "Planen vedtages af Borgerrepræsentationen",
                meets("BR", dt.date(2008, 11, 13)),
                MilestoneKind.ADOPTION,
                ("BR",),
            ),
        ),
    ),
    Moment(
        at(2009, 12, 31),
        Stage.ADOPTED,
        "Alle procesplanens tidspunkter er nu passeret. Selve planen er ikke ændret.",
        state=CycleState.ADOPTED,
        done={},
        head={
            "still_open": "Planen er vedtaget og gælder til og med 2012.",
            "expires_on": dt.date(2012, 12, 31),
        },
    ),
)

PLAN = PlanSpec(
    SLUG,
    "Ny plan for den sociale indsats for mennesker med en sindslidelse",
    PlanKind.FRAMEWORK_PLAN,
    proposal=(
        "Kommunen vil have en samlet plan for de sociale tilbud til mennesker med en "
        "sindslidelse: en rammeplan med politiske mål og nogle delstrategier, der viser vejen."
    ),
    still_open=(
        "Høringen er planlagt til og med den 20. juni 2008. "
        "Målene og forandringsteorien bliver drøftet på et offentligt møde."
    ),
    decided_by=(
        "Socialudvalget vedtager rammeplanen den 27. august 2008 og får delstrategierne "
        "sidst på året."
    ),
    head={
        "case_number": "2007-54374",
        "document_number": "2007-402110",
        "document_date": dt.date(2008, 2, 24),
        "sender_unit": "Mål- og rammekontoret for voksne",
        "recipients": "Socialudvalget",
    },
    opened_at=at(2008, 2, 24, 8),
    steps=STEPS,
    chapters=CHAPTERS,
    story=STORY,
    money=promises.PSYCHIATRY_MONEY,
)

ASKED = meets("SUD", dt.date(2009, 5, 13))

PROJECT = PlanSpec(
    "koordinerende-kontaktperson",
    "Den koordinerende kontaktperson",
    PlanKind.INITIATIVE,
    parent=SLUG,
    proposal=(
        "Sagsbehandlere fra de fem voksenteams skal sammen finde en bedre måde at samle "
        "hjælpen på, så den enkelte borger har ét sted at henvende sig."
    ),
    still_open="Metoden er ikke valgt endnu. Den udvikles på workshopper fra begyndelsen af 2010.",
    decided_by=(
        "Socialudvalget følger projektet gennem en årlig statusrapport, som også går til "
        "ministeriet."
    ),
    head={
        "case_number": "2009-53145",
        "document_number": "2009-629100",
        "document_date": dt.date(2009, 10, 21),
        "sender_unit": "MR Handicap og Psykiatri",
        "recipients": "Socialudvalget",
        "first_year": 2009,
    },
    as_initiative=AS_INITIATIVE,
    opened_at=at(2009, 5, 13),
    requests=promises.PROJECT_REQUESTS,
    money=promises.PROJECT_MONEY,
    steps=(
        DemoMilestone(
            "asked",
            "Udvalget beder om en status på projektet",
            ASKED,
            MilestoneKind.MEETING,
            ("SUD",),
            description="Ønsket kom under efterretningssag C om bevillingen fra satspuljen 19M.",
        ),
        DemoMilestone(
            "analyses",
            "De indledende analyser planlægges og gennemføres",
            TimeSpan(
                dt.date(2009, 6, 1),
                dt.date(2009, 6, 30),
                None,
                None,
                Precision.MONTH,
                Modifier.FROM,
                "fra juni 2009",
            ),
            MilestoneKind.DRAFTING,
            ("SOF",),
            description="Erfaringer, arbejdsgange, vanskeligheder og muligheder kortlægges.",
        ),
        DemoMilestone(
            "status",
            "Statusnotat til udvalget",
            TimeSpan(
                None,
                None,
                None,
                dt.date(2009, 12, 31),
                Precision.DAY,
                Modifier.BY,
                "inden udgangen af 2009",
            ),
            MilestoneKind.STATUS,
            ("SOF", "SUD"),
            description="Bestilt den 13. maj 2009 og afleveret den 21. oktober 2009.",
        ),
        DemoMilestone(
            "information",
            "Informationsmøder om projektet",
            month("november 2009", 2009, 11),
            MilestoneKind.INFORMATION,
            ("SOF",),
            others="Samarbejdspartnere i regionen og andre forvaltninger, sagsbehandlere",
            description="Ét møde for partnere uden for forvaltningen og ét for sagsbehandlere.",
        ),
        DemoMilestone(
            "focus-groups",
            "Fokusgrupper med myndigheder, leverandører og borgere",
            months("november/december 2009", 2009, 11, 12),
            MilestoneKind.INVOLVEMENT,
            ("SOF",),
            description=(
                "Fagfolk fra kommune og region taler om hver sin målgruppe; borgere med en "
                "sindslidelse har deres egen gruppe. Dermed er analysen slut."
            ),
        ),
        DemoMilestone(
            "website",
            "Projektets hjemmeside åbner",
            part_of_year("ultimo 2009", 2009, 2),
            MilestoneKind.INFORMATION,
            ("SOF",),
        ),
        DemoMilestone(
            "development",
            "Udviklingsfasen begynder med de første workshopper",
            part_of_year("primo 2010", 2010, 0),
            MilestoneKind.INVOLVEMENT,
            ("SOF",),
            others="20 sagsbehandlere fra fem voksenteams",
        ),
        DemoMilestone(
            "yearly",
            "Årlig statusrapport til udvalget og ministeriet",
            "én gang om året",
            MilestoneKind.STATUS,
            ("SOF", "SUD"),
        ),
    ),
    chapters=(
        DemoChapter(
            "Kort om projektet",
            "<p>Projektet varer tre år og betales af satspuljemidler (pulje 19M). Det gennemføres "
            "sammen med Socialudviklingscenter SUS.</p>"
            "<p>Det er et af initiativerne i planen for socialpsykiatrien 2009-2012.</p>",
        ),
        DemoChapter(
            "Hvad er gjort, og hvad kommer nu?",
            "<p>De fleste analyser er i gang eller færdige. Efter informationsmøder og "
            "fokusgrupper går projektet over i udvikling, hvor 20 sagsbehandlere afprøver nye "
            "måder at arbejde på.</p>",
        ),
    ),
    story=(
        Moment(
            at(2009, 10, 21),
            Stage.PROCESS_PLAN,
            "Status til Socialudvalget, som udvalget bad om den 13. maj 2009.",
            done={"asked": None, "status": dt.date(2009, 10, 21)},
        ),
        Moment(
            at(2010, 4, 30),
            Stage.PROCESS_PLAN,
            "Projektet er et initiativ i planen, som Borgerrepræsentationen godkendte den "
            "13. november 2008. Hvad der er sket siden oktober 2009, er ikke registreret her.",
            state=CycleState.ADOPTED,
            done={},
        ),
    ),
)
