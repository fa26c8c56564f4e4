"""The theory of change of the plan that lives today: invented, and marked as an example."""

from __future__ import annotations

from plans.enums import EffectKind, ReferenceKind

from .effects import DemoChain, DemoEffect, DemoSource, DemoTheme

GOAL, RESULT, ACTIVITY, RESOURCE = EffectKind
EXAMPLE = "Eksempel: kæden og beløbene er opfundet til denne demo."
CHOSEN_HOME, SOMETHING, SOMEBODY = (
    "Flere bor i et hjem, de selv har valgt",
    "Flere har noget at stå op til",
    "Færre er ensomme",
)

STRATEGY = DemoChain(
    sources=(
        DemoSource("survey", ReferenceKind.DOCUMENT, title="Spørgeskema om trivsel (eksempel)"),
        DemoSource(
            "trial", ReferenceKind.PROJECT, title="Forsøg med faste støttepersoner (eksempel)"
        ),
    ),
    themes=(
        DemoTheme(
            "Bolig og støtte i hverdagen",
            note=EXAMPLE,
            rows=(
                DemoEffect("home", GOAL, CHOSEN_HOME),
                DemoEffect("somebody", GOAL, SOMEBODY, sources=("survey",)),
                DemoEffect(
                    "own-home",
                    RESULT,
                    "Flere klarer sig i egen bolig med støtte",
                    (("home", "Der er boliger, som folk har råd til"),),
                    indicators=("Borgere, der bor i egen bolig med støtte",),
                ),
                DemoEffect(
                    "no-restart",
                    RESULT,
                    "Ingen begynder forfra, når de flytter",
                    (("home", ""), ("somebody", "De, man kender, flytter ikke væk")),
                    focus=("Støtten flytter med",),
                    indicators=("Borgere, der må begynde forfra efter en flytning",),
                ),
                DemoEffect(
                    "neighbours",
                    RESULT,
                    "Flere kender deres naboer",
                    (("somebody", ""),),
                    indicators=("Borgere, der ofte føler sig ensomme",),
                ),
                DemoEffect(
                    "same-person",
                    ACTIVITY,
                    "Den samme støtteperson før og efter flytningen",
                    (("no-restart", "Medarbejderne bliver i jobbet"), ("own-home", "")),
                    sources=("trial",),
                    focus=("Støtten flytter med",),
                ),
                DemoEffect(
                    "adviser",
                    ACTIVITY,
                    "Boligrådgivning, inden man søger",
                    (("own-home", ""), ("home", "")),
                ),
                DemoEffect("meals", ACTIVITY, "Fælles spisning i opgangen", (("neighbours", ""),)),
                DemoEffect(
                    "supporters",
                    RESOURCE,
                    "Seks støttepersoner",
                    (("same-person", ""),),
                    amount=3_400_000,
                ),
                DemoEffect(
                    "advisers", RESOURCE, "En boligrådgiver", (("adviser", ""),), amount=560_000
                ),
                DemoEffect(
                    "rooms",
                    RESOURCE,
                    "Fælleslokaler i boligforeningerne",
                    (("meals", "Boligforeningerne vil lægge hus til"),),
                ),
            ),
        ),
        DemoTheme(
            "Job, uddannelse og fritid",
            note=EXAMPLE,
            rows=(
                DemoEffect("something", GOAL, SOMETHING),
                DemoEffect(
                    "work",
                    RESULT,
                    "Flere er i job eller uddannelse",
                    (("something", "Arbejdspladserne tager imod"),),
                    focus=("Flere ind på arbejdspladserne",),
                    indicators=("Borgere i job eller uddannelse",),
                ),
                DemoEffect(
                    "clubs",
                    RESULT,
                    "Flere er med i en forening",
                    (("something", ""), ("somebody", "")),
                ),
                DemoEffect(
                    "hiring",
                    ACTIVITY,
                    "Kommunen ansætter 40 flere på særlige vilkår",
                    (("work", "Halvdelen er der stadig efter et år"),),
                    focus=("Flere ind på arbejdspladserne",),
                    steps=("budget",),
                ),
                DemoEffect(
                    "one-way-in",
                    ACTIVITY,
                    "Én indgang for arbejdspladser og foreninger",
                    (("work", ""), ("clubs", "")),
                ),
                DemoEffect("companions", ACTIVITY, "Frivillige følgere de første gange",
                           (("clubs", ""),)),
                DemoEffect(
                    "wages", RESOURCE, "Løntilskud til særlige vilkår", (("hiring", ""),),
                    amount=8_000_000,
                ),
                DemoEffect(
                    "coordinators", RESOURCE, "To koordinatorer",
                    (("one-way-in", ""), ("companions", "")), amount=1_150_000,
                ),
            ),
        ),
    ),
)  # fmt: skip

HOME_AND_EVERYDAY = DemoChain(
    themes=(
        DemoTheme(
            "At flytte uden at begynde forfra",
            note=EXAMPLE,
            rows=(
                DemoEffect(
                    "plan-along",
                    RESULT,
                    "Planen for støtten flytter med borgeren",
                    ((CHOSEN_HOME, "Den nye bolig er klar til tiden"),),
                ),
                DemoEffect(
                    "meeting",
                    ACTIVITY,
                    "Ét møde med borgeren før flytningen og ét efter",
                    (("plan-along", ""),),
                ),
                DemoEffect(
                    "hours", RESOURCE, "Timer til møderne", (("meeting", ""),), amount=240_000
                ),
            ),
        ),
    ),
)
