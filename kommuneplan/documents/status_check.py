"""Is a Word file fit to be the municipality's template for status reports?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from .prose import Paragraph, words
from .status_docx import FACTS, NAMES, render_status
from .template_check import problems_of
from .whole import Whole, chapter


def template_problems(data: bytes) -> list[str]:
    """What is wrong with a template for status reports, in sentences; none if it is fit."""
    missing = {
        "titel": _("{{ titel }} is missing. Add the title of the report where it is to stand."),
        "tekst": _(
            "{{ tekst }} is missing. Add it, alone in a paragraph, where the text is to begin."
        ),
    }
    return problems_of(
        data,
        known=NAMES,
        needed=missing,
        try_out=lambda template: render_status(sample(), template),
    )


def sample() -> Whole:
    """A report that fills in every placeholder."""
    said = (Paragraph(words("Et afsnit.")),)
    return Whole(
        municipality="Eksempel Kommune",
        title="Eksempel på en statusrapport",
        document_title="Eksempel på en statusrapport",
        sort="Statusrapport",
        mark="Udkast",
        notice="Rapporten er ikke sendt.",
        address="Rådhuspladsen 1\n0000 Eksempel",
        facts=tuple((name, name, "Et svar") for name in FACTS),
        chapters=tuple(
            chapter(title, 1, said) for title in ("Baggrund", "Gennemført", "I gang", "Videre")
        ),
        labels={"contents": "Indhold", "picture": "[Billede: {words}]"},
    )
