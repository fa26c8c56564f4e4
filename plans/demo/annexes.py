"""The annexes of the demo: those that the papers name and do not enclose, told as such; and the
three of the plan that lives today, with its paper for the agenda, which are invented, as they say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import models

from kommuneplan.core.models import StoredFile, User
from kommuneplan.documents.agenda_paper import render_word
from kommuneplan.documents.prose import Cell, Row, Table, paragraphs
from kommuneplan.documents.whole import Whole, chapter
from plans.agenda_papers.actions import WORD, begin_paper
from plans.enums import AnnexKind, PaperPart
from plans.models import Annex, AnnexFile, EffortDescription, Matter, Plan

EXAMPLE = "Eksempel: opfundet til denne demo."


@dataclass(frozen=True, slots=True)
class DemoAnnex:
    """An annex of a plan; without ``effort`` and ``has_file`` it is not enclosed."""

    plan: str
    title: str
    note: str = ""
    kind: AnnexKind = AnnexKind.FILE
    number: str = ""
    effort: dict[str, str] = field(default_factory=dict)
    focus: str = ""
    has_file: bool = False


_FAMILIES, _STRATEGY = "boernefamilier-2009", "socialstrategi-2015"
_TODAY = "selvstaendigt-voksenliv"

ANNEXES = (
    DemoAnnex(
        _FAMILIES,
        "Indsatsbeskrivelser for alle foranstaltninger og tilbud",
        "Bilag til strategien, som sagsbehandlerne kan planlægge efter. Papiret fra 2008 nævner "
        "dem; de er ikke lagt ved.",
        AnnexKind.EFFORT,
    ),
    DemoAnnex(
        _STRATEGY,
        "Tidsplan",
        "Notatet henviser til tidsplanen som bilag; den er ikke lagt ved.",
    ),
    DemoAnnex(
        _STRATEGY,
        "Invitation med mødeliste",
        "Notatet henviser til invitationen, hvor møderne står; den er ikke lagt ved.",
    ),
    DemoAnnex(
        _TODAY,
        "Tidsplan for dialogmøderne",
        EXAMPLE,
        number="1",
        has_file=True,
    ),
    DemoAnnex(
        _TODAY,
        "Støtte i egen bolig",
        EXAMPLE,
        AnnexKind.EFFORT,
        "2a",
        {
            "target_group": "Voksne, der bor i egen bolig og har brug for støtte til hverdagen.",
            "purpose": "At borgeren selv kan klare økonomi, aftaler og husholdning.",
            "method": "To besøg om ugen det første halve år, derefter efter aftale.\n"
            "Borgeren og kontaktpersonen skriver målene sammen.",
            "expected_results": "Syv ud af ti klarer sig efter to år med et besøg om måneden.",
            "indicators": "Hvor mange der bor i egen bolig med støtte; hvor længe støtten varer.",
            "resources": "Tolv medarbejdere, tre biler.",
            "provider": "Bostøtten, Center for Handicap",
        },
        "Støtten flytter med",
    ),
    DemoAnnex(
        _TODAY,
        "Job på særlige vilkår",
        EXAMPLE,
        AnnexKind.EFFORT,
        "2b",
        {
            "target_group": "Voksne uden for arbejdsmarkedet, der ønsker et job.",
            "purpose": "At få og beholde et arbejde med den hjælp, der skal til.",
            "method": "En mentor på arbejdspladsen de første tre måneder.",
            "indicators": "Hvor mange der stadig er ansat efter et år.",
            "provider": "Jobcentret",
        },
        "Flere ind på arbejdspladserne",
    ),
)


def load_annexes(plan: Plan, save: Callable[[models.Model], None]) -> None:
    """Those of a plan that was made now, marked public, so that they are frozen with it."""
    mine = [one for one in ANNEXES if one.plan == plan.slug]
    for place, spec in enumerate(mine, start=1):
        annex = Annex(
            plan=plan,
            position=place,
            kind=spec.kind,
            number=spec.number,
            title=spec.title,
            note=spec.note,
            is_public=True,
        )
        save(annex)
        if spec.effort:
            area = plan.focus_areas.filter(title=spec.focus).first()
            save(EffortDescription(annex=annex, focus_area=area, **spec.effort))
        if spec.has_file:
            file = StoredFile.keep("tidsplan-for-dialogmoederne.docx", _timetable(), WORD)
            save(AnnexFile(annex=annex, number=1, file=file))


def _timetable() -> bytes:
    """A small paper of our own with the four meetings, in which nothing is to be found."""
    rows = [
        ("Uge", "Sted", "Emne"),
        ("1", "Medborgerhuset", "At bo selv"),
        ("2", "Biblioteket", "Job og uddannelse"),
        ("3", "Sundhedshuset", "Når man flytter"),
        ("4", "Rådhuset", "Det hele samlet"),
    ]
    cells = [
        tuple(Cell(place, paragraphs(said), header=row == 0) for place, said in enumerate(words))
        for row, words in enumerate(rows)
    ]
    table = Table(tuple(Row(one) for one in cells), 1, (0.15, 0.4, 0.45))
    return render_word(
        Whole(
            municipality="Eksempel",
            title="Tidsplan for dialogmøderne",
            document_title="Tidsplan for dialogmøderne",
            notice=EXAMPLE,
            chapters=(chapter("Fire møder", 1, [table]),),
        )
    )


def load_paper(plan: Plan, matter: Matter, by: User | None) -> None:
    """The paper for the matter that lies before a body today, begun and not handed in."""
    treatment = matter.next_treatment
    if treatment is None or plan.agenda_papers.exists():
        return
    paper = begin_paper(plan=plan, treatment=treatment, title=matter.title, by=by)
    row = paper.sections.get(part=PaperPart.PROBLEM)
    row.text = f"{EXAMPLE} Udvalget har bedt om at få planen forelagt før sommerferien."
    row.save()
