"""The four local co-creation processes on activity and social offers (2015)."""

from __future__ import annotations

import datetime as dt

from plans.enums import MilestoneKind, PlanKind, Stage

from .people import CENTRES
from .spec import (
    DemoChapter,
    DemoMilestone,
    Moment,
    Move,
    PlanSpec,
    at,
    exactly,
    meets,
    month,
    part_of_month,
)

FIRST, SECOND, THIRD, FOURTH, FIFTH = (
    "Fase 1: Indledning",
    "Fase 2: Bearbejdning",
    "Fase 3: Prioritering",
    "Fase 4: Opsamling og status",
    "Fase 5: Samlet forslag",
)

PHASES = (
    (FIRST, "Interview med brugere og brugerråd og en workshop for alle giver de første bud."),
    (SECOND, "Det, der er kommet frem, bliver samlet og skrevet sammen."),
    (THIRD, "Bud og ønsker bliver holdt op mod penge, behov og de tilbud, der allerede er."),
    (FOURTH, "De fire områders arbejde samles, så udvalget kan få en status."),
    (FIFTH, "Ét forslag på tværs af de fire områder bliver lagt frem for udvalget."),
)

STEPS = (
    DemoMilestone(
        "principles",
        "Udvalget vedtager fem principper",
        meets("SUD", dt.date(2015, 1, 21)),
        MilestoneKind.MEETING,
        ("SUD",),
    ),
    DemoMilestone(
        "structure",
        "Udvalget godkender grundstrukturen og sætter de lokale processer i gang",
        meets("SUD", dt.date(2015, 6, 24)),
        MilestoneKind.MEETING,
        ("SUD",),
        description="Fire spor og fire områder: Amager, Nordvest, Nørrebro og City.",
    ),
    DemoMilestone(
        "orientation",
        "Brugerne får besked om processerne",
        part_of_month("medio juli 2015", 2015, 7, 1),
        MilestoneKind.INFORMATION,
        ("SOF",),
        phase=FIRST,
    ),
    DemoMilestone(
        "invitation",
        "Invitationer til workshopperne sendes ud",
        part_of_month("primo august 2015", 2015, 8, 0),
        MilestoneKind.INVOLVEMENT,
        CENTRES,
        phase=FIRST,
    ),
    DemoMilestone(
        "processes",
        "Fire lokale samskabelsesprocesser",
        exactly("15. august til 15. oktober 2015", dt.date(2015, 8, 15), dt.date(2015, 10, 15)),
        MilestoneKind.DRAFTING,
        CENTRES,
        description="De fire områder følger samme opskrift, så resultaterne kan sammenlignes.",
    ),
    DemoMilestone(
        "round-1",
        "Første workshoprunde i de fire områder",
        part_of_month("ultimo august 2015", 2015, 8, 2),
        MilestoneKind.INVOLVEMENT,
        CENTRES,
        phase=FIRST,
        within="processes",
    ),
    DemoMilestone(
        "working-up",
        "Input fra første runde skrives sammen",
        "mellem første og anden workshoprunde",
        MilestoneKind.DRAFTING,
        ("BcV",),
        phase=SECOND,
        within="processes",
    ),
    DemoMilestone(
        "round-2",
        "Anden workshoprunde i de fire områder",
        part_of_month("medio september 2015", 2015, 9, 1),
        MilestoneKind.INVOLVEMENT,
        CENTRES,
        phase=THIRD,
        within="processes",
    ),
    DemoMilestone(
        "round-3",
        "Ekstra workshoprunde eller høring",
        part_of_month("primo oktober 2015", 2015, 10, 0),
        MilestoneKind.INVOLVEMENT,
        CENTRES,
        phase=THIRD,
        within="processes",
        conditional=True,
        description="Kun hvis deltagerne ikke kan nå til enighed på den korte tid.",
    ),
    DemoMilestone(
        "collecting",
        "Input fra de fire processer samles",
        part_of_month("medio oktober 2015", 2015, 10, 1),
        MilestoneKind.DRAFTING,
        ("BcV",),
        phase=FOURTH,
    ),
    DemoMilestone(
        "status",
        "Status til udvalget",
        part_of_month("ultimo oktober 2015", 2015, 10, 2),
        MilestoneKind.STATUS,
        ("SUD",),
        phase=FOURTH,
    ),
    DemoMilestone(
        "joint-plan",
        "Den samlede plan for tilbuddene forelægges udvalget",
        month("december 2015", 2015, 12),
        MilestoneKind.MEETING,
        ("SUD",),
        phase=FIFTH,
    ),
)

AREAS = ("Amager", "Nordvest", "Nørrebro", "City")
MONEY = (
    ("Antal tilbud nu", (2, 4, 4, 8)),
    ("Bevilling nu, 1.000 kr.", (5095, 10018, 14355, 26053)),
    ("Vejledende bevilling, 1.000 kr.", (10907, 16582, 9521, 18510)),
    ("Forskel, 1.000 kr.", (5812, 6564, -4834, -7543)),
)


def _number(value: int) -> str:
    sign = "−" if value < 0 else ""
    return sign + f"{abs(value):,}".replace(",", ".")


def _money() -> str:
    heads = "".join(f"<th scope='col'>{area}</th>" for area in (*AREAS, "I alt"))
    rows = "".join(
        f"<tr><th scope='row'>{name}</th>"
        + "".join(f"<td>{_number(value)}</td>" for value in (*values, sum(values)))
        + "</tr>"
        for name, values in MONEY
    )
    return (
        "<table><caption>Varige bevillinger, fordelt på områder</caption><thead><tr>"
        f"<th scope='col'>Område</th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


CHAPTERS = (
    DemoChapter(
        "Fundamentet",
        "<p>Hjælpen skal komme tidligere, så flere kan blive boende hjemme, også når livet med en "
        "psykisk lidelse er svært.</p>",
        under=(
            DemoChapter(
                "Fem principper",
                "<ol><li>Mere støtte til den enkeltes vej til at komme sig</li>"
                "<li>Bedre sammenhæng med byens anden støtte</li>"
                "<li>Forvaltninger og sektorer trækker på samme hammel</li>"
                "<li>Plads i det almindelige liv</li>"
                "<li>Pengene rækker længere i færre og større tilbud</li></ol>",
            ),
            DemoChapter(
                "Fire spor",
                "<ul><li>Unge, uddannelse og arbejde: Nørrebro</li>"
                "<li>Livsstil og sundhed: Amager</li>"
                "<li>Strukturerede forløb: City</li>"
                "<li>Fællesskab, netværk og aktive borgere: Nordvest</li></ul>"
                "<p>Hvert center har ansvar for sit spor og hjælper de andre med det.</p>",
            ),
        ),
    ),
    DemoChapter(
        "Det skal områderne svare på",
        "<p>Hvordan får aktivitets- og samværstilbud en større plads i hjælpen til borgere med "
        "en psykisk lidelse?</p>"
        "<p>Svaret er konkrete bud på, hvordan tilbuddene i området skal se ud i fremtiden. "
        "Der skal være mindst et eller to tilbud i hvert område.</p>",
        under=(
            DemoChapter(
                "Penge og tilbud",
                _money() + "<p>De to summer afviger med 1 på grund af afrunding. Et område kan "
                "kun gå ud over sin vejledende ramme, når aktiviteter for hele byen særligt "
                "kommer brugere fra andre områder til gode.</p>",
            ),
        ),
    ),
    DemoChapter(
        "Hvem er med?",
        "<p>Alle, der vil bidrage, kan være med: brugere, også dem, der ikke kommer i tilbuddene "
        "i dag, medarbejdere, selvejende tilbud, boligselskaber, regionen, lokaludvalg, "
        "organisationer og flere af kommunens forvaltninger.</p>"
        "<p>Processen er lykkedes, når alle er blevet hørt, og det er tydeligt, hvad man er "
        "enige og uenige om.</p>",
    ),
)

PLAN = PlanSpec(
    "aktivitets-og-samvaerstilbud-2015",
    "Aktivitets- og samværstilbud: fire lokale samskabelsesprocesser",
    PlanKind.PROCESS,
    proposal=(
        "Fire områder finder hver for sig ud af, hvordan fremtidens aktivitets- og samværstilbud "
        "til borgere med en psykisk lidelse skal se ud. Til sidst bliver det til ét forslag."
    ),
    still_open=(
        "Hvor tilbuddene skal ligge, hvad der skal fylde mere og mindre, og hvad der eventuelt "
        "skal lukke. Rammen om økonomien og de fem principper ligger fast."
    ),
    decided_by=(
        "Områdernes bud går til Socialudvalget, som får en status ultimo oktober og et samlet "
        "forslag i december 2015."
    ),
    head={
        "case_number": "2015-0159321",
        "document_number": "2015-0159321-1",
        "document_date": dt.date(2015, 7, 10),
        "sender_unit": "Center for Politik",
        "recipients": "Centerledelsen i de fire socialpsykiatriske centre",
        "first_year": 2015,
    },
    opened_at=at(2015, 6, 24, 20),
    phases=PHASES,
    steps=STEPS,
    chapters=CHAPTERS,
    story=(
        Moment(
            at(2015, 7, 10),
            Stage.PROCESS_PLAN,
            "Rammen om de fire lokale processer.",
            done={"principles": None, "structure": None},
        ),
        Moment(
            at(2015, 8, 15),
            Stage.PROCESS_PLAN,
            "Dagen for det samlede forslag er skrevet præcist.",
            done={},
            moved=(
                Move(
                    "joint-plan",
                    meets("SUD", dt.date(2015, 12, 2)),
                    "Rammepapiret nævner to tidspunkter: december i tidsplanen og den 2. december "
                    "2015 i beskrivelsen af fase 5. Nu står den præcise mødedag begge steder.",
                ),
            ),
            head={
                "decided_by": (
                    "Områdernes bud går til Socialudvalget, som får en status ultimo oktober og "
                    "et samlet forslag den 2. december 2015."
                ),
            },
        ),
        Moment(
            at(2015, 12, 2, 18),
            Stage.PROCESS_PLAN,
            "Planen er, som den blev lagt. Hvad der er sket siden, er ikke registreret her.",
            done={},
            head={
                "still_open": "Procesplanen ender den 2. december 2015. Udvalgets beslutning er "
                "ikke registreret her.",
            },
        ),
    ),
)
