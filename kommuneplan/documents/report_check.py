"""Is a Word file fit to be the municipality's template for reports on consultations?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from .prose import Heading, Paragraph, Run, words
from .report_docx import FACTS, NAMES, render_report
from .template_check import problems_of
from .whole import Whole, chapter


def template_problems(data: bytes) -> list[str]:
    """What is wrong with a template for reports, in sentences; none if it is fit."""
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
        try_out=lambda template: render_report(sample(), template),
    )


def sample() -> Whole:
    """A report that fills in every placeholder."""
    remark = (
        Heading(words("Bemærkning 1: Et råd")),
        Paragraph((Run("Bemærkning: ", bold=True), *words("Flere bænke."))),
        Paragraph((Run("før", struck=True), Run("efter", underlined=True))),
    )
    return Whole(
        municipality="Eksempel Kommune",
        title="Eksempel på et høringsnotat",
        document_title="Eksempel på et høringsnotat",
        sort="Høring af et udkast",
        mark="Udkast",
        notice="Notatet er ikke offentliggjort.",
        address="Rådhuspladsen 1\n0000 Eksempel",
        facts=tuple((name, name, "Et svar") for name in FACTS),
        chapters=tuple(
            chapter(title, depth, remark, number)
            for title, depth, number in (
                ("Om høringen", 1, "1"),
                ("Svar", 2, "1.1"),
                ("Bilag", 1, "2"),
            )
        ),
        labels={"contents": "Indhold", "picture": "[Billede: {words}]"},
    )
