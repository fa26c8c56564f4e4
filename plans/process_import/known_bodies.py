"""TO SAY"""

from __future__ import annotations

from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Body
from plans.readers.process_plan.bodies import KnownBody
from plans.readers.process_plan.vocabulary import BodyKind as ReaderKind

_READER_KINDS = {
    BodyKind.COUNCIL: ReaderKind.COUNCIL,
    BodyKind.FINANCE_COMMITTEE: ReaderKind.COMMITTEE,
    BodyKind.COMMITTEE: ReaderKind.COMMITTEE,
    BodyKind.ADVISORY: ReaderKind.ADVISORY,
    BodyKind.ADMINISTRATION: ReaderKind.ADMINISTRATION,
    BodyKind.UNIT: ReaderKind.ADMINISTRATION,
    BodyKind.EXTERNAL: ReaderKind.OTHER,
}


def known_bodies() -> list[KnownBody]:
    """The bodies of the house, as the reader wants to know them."""
    return [
        KnownBody(body.name, body.abbreviation, _READER_KINDS[BodyKind(body.kind)])
        for body in Body.objects.all()
    ]
