"""Is a Word file fit to be the municipality's template for papers for agendas?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from .agenda_paper import FACTS, NAMES, render_word
from .prose import Cell, Listing, Row, Table, paragraphs
from .template_check import problems_of
from .whole import Whole, chapter


def template_problems(data: bytes) -> list[str]:
    """What is wrong with a template for papers, in sentences; none if it is fit."""
    missing = {
        "titel": _("{{ titel }} is missing. Add the title of the paper where it is to stand."),
        "tekst": _(
            "{{ tekst }} is missing. Add it, alone in a paragraph, where the text is to begin."
        ),
    }
    return problems_of(
        data,
        known=NAMES,
        needed=missing,
        try_out=lambda template: render_word(sample(), template),
    )


def sample() -> Whole:
    """A paper that fills in every placeholder."""
    head = Row((Cell(0, paragraphs("Tid"), header=True), Cell(1, paragraphs("Emne"), header=True)))
    row = Row((Cell(0, paragraphs("3. maj 2027")), Cell(1, paragraphs("Vedtagelse"))))
    return Whole(
        municipality="Eksempel Kommune",
        title="Eksempel på en sag",
        document_title="Eksempel på en sag",
        sort="Indstilling til Eksempeludvalget",
        mark="Udkast",
        notice="Sagsfremstillingen er ikke afleveret.",
        address="Rådhuspladsen 1\n0000 Eksempel",
        facts=tuple((name, name, "Et svar") for name in FACTS),
        chapters=(
            chapter("Resumé", 1, paragraphs("Kort fortalt.")),
            chapter("Indstilling", 1, [Listing((paragraphs("at planen vedtages."),), True)]),
            chapter("Videre proces", 1, [Table((head, row), 1, (0.4, 0.6))]),
        ),
        labels={"page": "Side {page} af {pages}", "contents": "Indhold", "picture": "{words}"},
    )
