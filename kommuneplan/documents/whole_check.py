"""Is a Word file fit to be the municipality's template for whole plans?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from .prose_html import read_blocks
from .template_check import problems_of
from .whole import Whole, chapter
from .whole_docx import FACTS, NAMES, QUESTIONS, render_whole

_TEXT = """<p>Et afsnit med <strong>fede ord</strong>, et <a href="https://example.org/">link</a> og
en fodnote<span class="note">Fodnoten.</span>.</p><h3>En mellemrubrik</h3><ul><li>Et punkt<ol><li>Et
punkt under</li></ol></li></ul><blockquote><p>Et citat.</p></blockquote><table><tr><th>Hvad</th>
<th>Hvor meget</th></tr><tr><td>Et</td><td>To</td></tr></table>"""


def template_problems(data: bytes) -> list[str]:
    """What is wrong with a template for whole plans, in sentences; none if it is fit."""
    missing = {
        "titel": _("{{ titel }} is missing. Add the title of the plan where it is to stand."),
        "tekst": _(
            "{{ tekst }} is missing. Add it, alone in a paragraph, where the text is to begin."
        ),
    }
    return problems_of(
        data,
        known=NAMES,
        needed=missing,
        try_out=lambda template: render_whole(sample(), lambda uid: None, template),
    )


def sample() -> Whole:
    """A plan that fills in every placeholder."""
    return Whole(
        municipality="Eksempel Kommune",
        title="Eksempel på en plan",
        document_title="Eksempel på en plan",
        sort="Strategi for 2025–2028",
        mark="Udkast",
        notice="Udkastet er ikke offentliggjort.",
        address="Rådhuspladsen 1\n0000 Eksempel",
        facts=tuple((name, name, "Et svar") for name in FACTS),
        questions=tuple((name, name, "Et svar.") for name in QUESTIONS),
        chapters=tuple(
            chapter(title, depth, read_blocks(_TEXT), number)
            for title, depth, number in (("Formål", 1, "1"), ("Mål", 2, "1.1"), ("Midler", 1, "2"))
        ),
        labels={"contents": "Indhold", "picture": "[Billede: {words}]"},
    )
