"""A report with everything a report can hold, and large ones for measuring."""

import datetime as dt
import random

from consultations.enums import PartyState, Proposal
from consultations.reports import round_report as doc

SENTENCE = """vi foreslår at kommunen sikrer bedre adgang til væresteder om aftenen og i weekenden
så borgere med særlige behov ikke står uden støtte når der er mest brug for den"""
WORDS = SENTENCE.split()


def make(**facts):
    """A small report of two themes."""
    met = doc.RemarkLine(
        number=1,
        sender="Ældrerådet",
        text="Der mangler bænke <ved> søen & åen.",
        uid="11111111-1111-4111-8111-111111111111",
        response=2,
        alike=3,
        others=("Borger, nr. 4", "Borger, nr. 5"),
        where="2.1 Veje og stier, stykke 1",
        quote="Vi anlægger stier.",
        reply="Forvaltningen er enig.\nBænkene sættes op i 2027.",
        proposal=Proposal.MET,
        reason="Det hjælper mange.",
        decision=Proposal.PARTLY,
        decision_words="Kun ved søen.",
        changes=(1,),
    )
    other = doc.RemarkLine(
        number=2,
        sender="Borgermøde",
        text="=SUM(A1) Hvad koster det?",
        meeting="Borgermøde 3. maj 2026",
        proposal=Proposal.NO_CHANGE,
    )
    open_one = doc.RemarkLine(number=3, sender="Borger, nr. 3", text="Nej tak.", response=3)
    facts = {
        "head": doc.ReportHead(
            municipality="Eksempel Kommune",
            plan="Strategi for åer",
            round_title="Høring af udkast til strategi for åer",
            case_number="2026-7",
            body="Miljøudvalget",
            version="Version 2",
            made_on=dt.date(2026, 6, 20),
            introduction="Vi spurgte om åerne.",
            questions=("Er målene tydelige?",),
        ),
        "period": doc.AnsweringPeriod(
            dt.date(2026, 5, 1),
            dt.date(2026, 6, 12),
            (doc.Extension(dt.date(2026, 6, 5), dt.date(2026, 6, 12), "Rådet mødes senere."),),
        ),
        "parties": (
            doc.PartyLine(
                "Ældrerådet",
                PartyState.ANSWERED,
                answered_on=dt.date(2026, 5, 9),
                response=2,
            ),
            doc.PartyLine("Handicaprådet", PartyState.NO_REMARKS, last=dt.date(2026, 6, 14)),
            doc.PartyLine("Lokalrådet", PartyState.SILENT),
        ),
        "themes": (
            doc.ThemeLine("Stier", "Mange vil have bænke.", (met,)),
            doc.ThemeLine("", "", (other, open_one)),
        ),
        "changes": (
            doc.ReportedChange(
                1, "2.1 Veje", "Vi anlægger stier.", "Vi anlægger stier og bænke.", (1,)
            ),
        ),
        "responses": (
            doc.ResponseLine(1, "Borger, nr. 1", doc.ReportedForm.WITHDRAWN),
            doc.ResponseLine(
                2,
                "Ældrerådet",
                received_on=dt.date(2026, 5, 9),
                text="Der mangler bænke.\nRing til [fjernet: kontaktoplysninger].",
                annexes=("Kort over åen.pdf",),
            ),
            doc.ResponseLine(3, "Borger, nr. 3", doc.ReportedForm.HIDDEN, late=True),
        ),
        **facts,
    }
    return doc.RoundReport(**facts)


def large(responses: int, remarks: int) -> doc.RoundReport:
    """A report of so many responses and remarks, ten themes; always the same words."""
    chance = random.Random(1)

    def said(count):
        return " ".join(chance.choice(WORDS) for _ in range(count)).capitalize() + "."

    proposals = [one for one in Proposal if one]
    rows = [
        doc.RemarkLine(
            number=number + 1,
            sender=f"Borger, nr. {number % responses + 1}",
            text=said(45),
            response=number % responses + 1,
            where=f"2.{number % 9 + 1} Støtte, stykke 4",
            quote=said(25),
            reply=said(30),
            proposal=proposals[number % len(proposals)],
            reason=said(15),
        )
        for number in range(remarks)
    ]
    return make(
        themes=tuple(
            doc.ThemeLine(f"Tema {place + 1}", said(60), tuple(rows[place::10]))
            for place in range(10)
        ),
        responses=tuple(
            doc.ResponseLine(
                number + 1,
                f"Borger, nr. {number + 1}",
                received_on=dt.date(2026, 5, 1 + number % 28),
                text="\n".join(said(45) for _ in range(10)),
            )
            for number in range(responses)
        ),
    )
