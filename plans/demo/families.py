"""The strategy for children at risk and their families (process plan of 2008)."""

from __future__ import annotations

import datetime as dt

from kommuneplan.core.enums import MeetingKind
from plans.enums import MilestoneKind, PlanKind, Stage

from .indicators import FROM_AN_EARLIER_PROJECT
from .spec import DemoChapter, DemoMilestone, Moment, PlanSpec, at, meets, month, months

STEPS = (
    DemoMilestone(
        "start",
        "Udvalget får planen for en samlet strategi",
        meets("SUD", dt.date(2008, 6, 25)),
        MilestoneKind.MEETING,
        ("SUD",),
        description="Indstillingen følger op på en konkret sag og foreslår en fælles strategi.",
    ),
    DemoMilestone(
        "theme-day",
        "Temadag om udkastet til rammeplan",
        meets("SUD", dt.date(2008, 11, 12), MeetingKind.THEME),
        MilestoneKind.MEETING,
        ("SUD",),
        description="Temaer og forslag til indsatsområder bliver lagt frem til drøftelse.",
    ),
    DemoMilestone(
        "hearing-draft",
        "Høringsudkastet behandles",
        month("Januar 2009", 2009, 1),
        MilestoneKind.MEETING,
        ("SUD",),
    ),
    DemoMilestone(
        "hearing",
        "Rammeplanen sendes i høring",
        month("Februar 2009", 2009, 2),
        MilestoneKind.HEARING,
        ("SOF",),
        others=(
            "Socialcentre, institutioner, brugerorganer, interesseorganisationer, "
            "samarbejdspartnere og MR-kontorer"
        ),
    ),
    DemoMilestone(
        "framework",
        "Den endelige rammeplan forelægges med høringssvarene indarbejdet",
        month("April 2009", 2009, 4),
        MilestoneKind.MEETING,
        ("SUD",),
    ),
    DemoMilestone(
        "sub-strategies",
        "Forvaltningen skriver delstrategierne",
        months("Maj – august 2009", 2009, 5, 8),
        MilestoneKind.DRAFTING,
        ("SOF",),
    ),
    DemoMilestone(
        "adoption",
        "Udvalget behandler den endelige strategi",
        month("September 2009", 2009, 9),
        MilestoneKind.ADOPTION,
        ("SUD",),
        description="Den samlede strategi er rammeplanen og delstrategierne til sammen.",
    ),
)

CHAPTERS = (
    DemoChapter(
        "Hvad skal strategien kunne?",
        "<p>Strategien skal vise, hvor området for udsatte børn og deres familier er på vej hen, "
        "og gøre det muligt at se, om hjælpen virker.</p>"
        "<p>Den binder politiske mål sammen med det, der sker for det enkelte barn.</p>",
    ),
    DemoChapter(
        "Rammeplan og delstrategier",
        "<p>Rammeplanen beskriver udfordringerne, deler indsatsen op i temaer og vælger nogle "
        "indsatsområder. Hvert tema får sin delstrategi.</p>"
        "<p>Til strategien hører også beskrivelser af de enkelte tilbud. De lægges ved som bilag, "
        "så sagsbehandlere kan bruge dem.</p>",
    ),
    DemoChapter(
        "Fra ressourcer til virkning",
        "<p>For hvert tema tegnes en kæde:</p>"
        "<ol><li>De ressourcer, der er til rådighed</li><li>De aktiviteter, de bruges til</li>"
        "<li>De resultater, aktiviteterne giver</li><li>Det politiske mål, de bidrager til</li>"
        "</ol><p>Tidligere fundne indikatorer bruges igen (se BR 644/05 og SUD 358/2007).</p>",
    ),
    DemoChapter(
        "Årlig revision",
        "<p>Som regel ses strategien efter hvert år. For hvert indsatsområde vurderes det, om "
        "det skal fortsætte, eller om et nyt skal træde i stedet.</p>",
    ),
)

PLAN = PlanSpec(
    "boernefamilier-2009",
    "Strategi for udsatte børn og unge og deres familier",
    PlanKind.STRATEGY,
    proposal=(
        "Socialudvalget vil have én strategi for hjælpen til udsatte børn, unge og deres "
        "familier. Den skal afløse sektorplanen fra 2004."
    ),
    still_open=(
        "Temaer og indsatsområder drøftes på en temadag, og rammeplanen kommer i høring, "
        "før udvalget tager endelig stilling."
    ),
    decided_by="Socialudvalget træffer den endelige beslutning i september 2009.",
    head={
        "sender_unit": "Mål- og rammekontoret for børnefamilier",
        "annex_number": "7",
        "replaces_in_words": "Sektorplanen fra 2004",
    },
    opened_at=at(2008, 6, 25, 8),
    steps=STEPS,
    chapters=CHAPTERS,
    indicators=(FROM_AN_EARLIER_PROJECT,),
    story=(
        Moment(
            at(2008, 6, 25, 18),
            Stage.PROCESS_PLAN,
            "Tids- og procesplanen for arbejdet med strategien.",
            done={},
        ),
        Moment(
            at(2009, 8, 31),
            Stage.PROCESS_PLAN,
            "Planen er, som den blev lagt. Hvad der er sket siden, er ikke registreret her.",
            done={},
            head={
                "still_open": (
                    "Procesplanen ender med behandlingen i september 2009. Udvalgets "
                    "beslutning er ikke registreret her."
                ),
            },
        ),
    ),
)
