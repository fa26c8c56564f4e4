"""The municipality's bodies, as the reader of process plans knows them."""

from __future__ import annotations

from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Body
from plans.readers.process_plan.bodies import KnownBody
from plans.readers.process_plan.vocabulary import BodyCategory

_READER_KINDS = {
    BodyKind.COUNCIL: BodyCategory.COUNCIL,
    BodyKind.FINANCE_COMMITTEE: BodyCategory.COMMITTEE,
    BodyKind.COMMITTEE: BodyCategory.COMMITTEE,
    BodyKind.ADVISORY: BodyCategory.ADVISORY,
    BodyKind.ADMINISTRATION: BodyCategory.ADMINISTRATION,
    BodyKind.UNIT: BodyCategory.ADMINISTRATION,
    BodyKind.EXTERNAL: BodyCategory.OTHER,
}


def known_bodies() -> list[KnownBody]:
    """Every body by name and abbreviation, with the category the reader tells it by."""
    return [
        KnownBody(body.name, body.abbreviation, _READER_KINDS[BodyKind(body.kind)])
        for body in Body.objects.all()
    ]
