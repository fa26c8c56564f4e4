"""The open consultation about the living plan. Everything in it is invented: the associations, the
people, and what they say."""

from __future__ import annotations

from consultations.enums import Channel, HeardBy, PartyCategory, Proposal, SenderKind

from .spec import ConsultationSpec, DemoResponse, Handled, OnParagraph, PartySpec

DISABILITY, SENIOR, AT_RISK = "Handicaprådet", "Ældrerådet", "Udsatterådet"
RELATIVES, HOMES, UNION = "Pårørende i Byen", "Bofællesskabet Solgården", "Støttefagenes Forbund"
REGION = "Region Hovedstaden"
HOUSING, WORK, MEASURES = "Bolig og flytning", "Job og fritid", "Mål og måling"

PARTIES = (
    PartySpec(
        DISABILITY,
        PartyCategory.COUNCIL,
        "raadssekretaer@example.org",
        body=DISABILITY,
        heard_by=HeardBy.DISABILITY,
    ),
    PartySpec(
        SENIOR,
        PartyCategory.COUNCIL,
        "aeldreraad@example.org",
        body=SENIOR,
        heard_by=HeardBy.SENIOR,
    ),
    PartySpec(AT_RISK, PartyCategory.COUNCIL, "udsatteraad@example.org", body=AT_RISK),
    PartySpec(REGION, PartyCategory.AUTHORITY, "region@example.org", body=REGION),
    PartySpec(RELATIVES, PartyCategory.USERS, "paaroerende@example.org", contact="Formand Demo"),
    PartySpec(HOMES, PartyCategory.BUSINESS, "solgaarden@example.org", contact="Leder Demo"),
    PartySpec(UNION, PartyCategory.UNION, "stoettefag@example.org"),
)

QUESTIONS = (
    ("Er de tre mål de rigtige?", "Mangler der et, eller er der et for meget?"),
    (
        "Hvad skal vi begynde med?",
        "Strategien rækker over fire år, og vi kan ikke gøre alt det første år.",
    ),
)

ANSWERS = (
    DemoResponse(
        3,
        name="Borger Et Demo",
        postcode="2300",
        email="borger1@example.org",
        text=(
            "Jeg har selv prøvet at flytte fra én bydel til en anden og vente i fem måneder på at "
            "få min støtte igen. Det bør ikke kunne ske."
        ),
        answers=("Ja, men pårørende bør nævnes.", "Begynd med dem, der flytter."),
        remarks=(
            OnParagraph(
                "Støtten følger borgeren",
                "Skriv, hvor længe man højst må vente på sin støtte, når man er flyttet.",
            ),
        ),
    ),
    DemoResponse(
        5,
        channel=Channel.LINK,
        party=RELATIVES,
        kind=SenderKind.ORGANISATION,
        organisation=RELATIVES,
        name="Formand Demo",
        role="formand",
        email="paaroerende@example.org",
        text="Vi er glade for, at strategien er kort og til at forstå.",
        answers=("Vi savner et mål om de pårørende.", "Begynd med overgangene."),
        remarks=(
            OnParagraph(
                "Et selvstændigt voksenliv",
                "Nævn de pårørende her. Mange klarer sig, fordi en søster eller en ven hjælper.",
            ),
            OnParagraph(
                "Støtten følger borgeren",
                "Det samme bør gælde kontaktpersonen: den skal kunne følge med.",
            ),
        ),
    ),
    DemoResponse(
        8,
        channel=Channel.LINK,
        party=HOMES,
        kind=SenderKind.ORGANISATION,
        organisation=HOMES,
        name="Leder Demo",
        role="leder",
        email="solgaarden@example.org",
        text="Bofællesskaber er også et hjem, man selv vælger. De er ikke nævnt.",
        answers=("Ja.", "Begynd med boligerne."),
        remarks=(
            OnParagraph(
                "Kommunen går selv foran",
                "Halvdelen af vores beboere vil gerne i job få timer om ugen. Skriv, at få timer "
                "også tæller.",
            ),
        ),
    ),
    DemoResponse(
        9,
        channel=Channel.LETTER,
        name="Borger To Demo",
        text=(
            "Jeg skriver i hånden, for jeg har ikke computer. Jeg synes, at målet om færre ensomme "
            "er det vigtigste. Sæt det først."
        ),
        helper="Borgerservice",
    ),
    DemoResponse(
        11,
        name="Borger Tre Demo",
        postcode="2400",
        email="borger3@example.org",
        is_protected=True,
        text=(
            "Min søn bor på et botilbud og vil gerne flytte hjemmefra til sin egen lejlighed. Hans "
            "nummer er 311299-0000, hvis I vil slå sagen op. Skriv til mig på borger3@example.org."
        ),
        is_cleared=False,
    ),
)

HANDLED = (
    Handled(
        "Skriv, hvor længe man højst",
        HOUSING,
        reply="<p>Forvaltningen er enig i, at ventetiden skal kunne ses. Der skrives en frist ind."
        "</p>",
        proposal=Proposal.MET,
        reason="Fristen kan holdes inden for de midler, der er.",
    ),
    Handled(
        "Det samme bør gælde kontaktpersonen",
        HOUSING,
        reply="<p>Kontaktpersonen følger med, når borgeren flytter inden for kommunen.</p>",
        proposal=Proposal.PARTLY,
        reason="Flytter man til en anden kommune, er det den nye kommune, der giver støtten.",
    ),
    Handled("Halvdelen af vores beboere", WORK),
)


def consultation() -> ConsultationSpec:
    """The round of the living plan."""
    return ConsultationSpec(
        title="Høring om Strategi for et selvstændigt voksenliv",
        introduction=(
            "Socialudvalget har sendt udkastet i høring. Alle kan læse det og sige deres mening, "
            "til helheden eller til et enkelt afsnit."
        ),
        letter=(
            "<p>Socialudvalget har besluttet at sende udkastet til Strategi for et selvstændigt "
            "voksenliv i høring.</p><p>Vi vil især gerne høre, om de tre mål er de rigtige, og "
            "hvad vi skal begynde med.</p>"
        ),
        questions=QUESTIONS,
        parties=PARTIES,
        silent=(DISABILITY,),
        no_remarks=(UNION,),
        answers=ANSWERS,
        themes=(
            (HOUSING, "<p>Flere beder om, at støtten følger med uden ventetid.</p>"),
            (WORK, ""),
            (MEASURES, ""),
        ),
        handled=HANDLED,
    )
