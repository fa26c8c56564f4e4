"""Is a Word file fit to be the municipality's template for memos?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from .docx import HEAD_NAMES, ROW_NAMES, render_memo
from .memo import Column, Memo, MemoRow
from .template_check import MAX_BYTES, problems_of


def template_problems(data: bytes) -> list[str]:
    """What is wrong with a template for memos, in sentences; none if it is fit."""
    missing = _(
        "{{ titel }} is missing. A memo needs the title of the plan: add it where it is to stand."
    )
    return problems_of(
        data,
        known=HEAD_NAMES | ROW_NAMES,
        needed={"titel": missing},
        try_out=lambda template: render_memo(sample(), template),
    )


def sample() -> Memo:
    """A memo that fills in every placeholder."""
    return Memo(
        municipality="Eksempel Kommune",
        title="Eksempel på en plan",
        document_title="Procesplan: Eksempel på en plan",
        columns=((Column.WHEN, "Tid"), (Column.WHAT, "Emne"), (Column.WHO, "Hvem")),
        rows=(
            MemoRow(phase="Fase 1: Opstart", notes=("Formålet med fasen.",)),
            MemoRow(
                "", "3. marts 2025", "Udvalget drøfter et udkast", ("En note.",), ("Udvalget",)
            ),
        ),
        address="Rådhuspladsen 1\n0000 Eksempel",
        sender_unit="Sekretariatet",
        recipient="Udvalget",
        case_number="2025-0001",
        document_number="2025-0001-1",
        annex_number="7",
        case_worker="Chefkonsulent",
        date="03-03-2025",
        issue="Version 1",
        questions=tuple(
            (name, "", "Et svar.")
            for name in ("hvad_foreslås", "hvad_kan_ændres", "hvem_beslutter")
        ),
    )


__all__ = ["MAX_BYTES", "sample", "template_problems"]
