"""The municipality of the demo: its bodies and terms, and invented people who can sign in."""

from __future__ import annotations

import datetime as dt
import uuid

from kommuneplan.core.enums import BodyKind, Role

from .spec import BodySpec, Login

MUNICIPALITY = {
    "name": "Københavns Kommune",
    "genitive": "Københavns Kommunes",
    "code": "101",
    "address": "Rådhuset\n1599 København V",
    "web_address": "https://example.org",
    "contact_email": "kontakt@example.org",
}

BODIES = (
    BodySpec("BR", "Borgerrepræsentationen", BodyKind.COUNCIL, "BR"),
    BodySpec("ØU", "Økonomiudvalget", BodyKind.FINANCE_COMMITTEE, "ØU", parent="BR"),
    BodySpec("SUD", "Socialudvalget", BodyKind.COMMITTEE, "SUD", parent="BR"),
    BodySpec("SOF", "Socialforvaltningen", BodyKind.ADMINISTRATION, "SOF"),
    BodySpec("MRV", "Mål- og rammekontoret for voksne", BodyKind.UNIT, "MRV", parent="SOF"),
    BodySpec("MRB", "Mål- og rammekontoret for børnefamilier", BodyKind.UNIT, "MRB", parent="SOF"),
    BodySpec("MRHP", "MR Handicap og Psykiatri", BodyKind.UNIT, "MRHP", parent="SOF"),
    BodySpec("SEK", "Socialforvaltningens sekretariat", BodyKind.UNIT, parent="SOF"),
    BodySpec("CfP", "Center for Politik", BodyKind.UNIT, "CfP", parent="SOF"),
    BodySpec("BcV", "Borgercenter Voksne", BodyKind.UNIT, "BcV", parent="SOF"),
    BodySpec("CFH", "Center for Handicap", BodyKind.UNIT, parent="SOF"),
    BodySpec("AMAGER", "Socialpsykiatrisk Center Amager", BodyKind.UNIT, parent="BcV"),
    BodySpec("NORDVEST", "Socialpsykiatrisk Center Nordvest", BodyKind.UNIT, parent="BcV"),
    BodySpec("NØRREBRO", "Socialpsykiatrisk Center Nørrebro", BodyKind.UNIT, parent="BcV"),
    BodySpec("CITY", "Socialpsykiatrisk Center City", BodyKind.UNIT, parent="BcV"),
    BodySpec("HR", "Handicaprådet", BodyKind.ADVISORY, "HR"),
    BodySpec("ÆR", "Ældrerådet", BodyKind.ADVISORY, "ÆR"),
    BodySpec("UR", "Udsatterådet", BodyKind.ADVISORY, "UR"),
    BodySpec("RH", "Region Hovedstaden", BodyKind.EXTERNAL, "RH"),
)

CENTRES = ("AMAGER", "NORDVEST", "NØRREBRO", "CITY")

TERMS = tuple(
    (dt.date(first, 1, 1), dt.date(first + 3, 12, 31)) for first in (2006, 2010, 2014, 2026)
)
WITH_TERMS = ("BR", "ØU", "SUD")

PASSWORD = "Prøv-kommuneplan"  # noqa: S105  of a demo on one's own machine
ROLES_BEGIN = dt.date(2026, 1, 1)

ADMINISTRATOR = Login("administrator@example.org", "Administrator Demo", Role.ADMINISTRATOR)
SECRETARY = Login("sekretaer@example.org", "Sekretær Demo", Role.SECRETARY, "SUD")
LEAD = Login("tovholder@example.org", "Tovholder Demo", "")
MEMBER = Login("medlem@example.org", "Medlem Demo", Role.MEMBER, "SUD")
COUNCIL_SECRETARY = Login(
    "raadssekretaer@example.org", "Rådssekretær Demo", Role.COUNCIL_SECRETARY, "HR"
)
LOGINS = (ADMINISTRATOR, SECRETARY, LEAD, MEMBER, COUNCIL_SECRETARY)

IMPORT = uuid.UUID("0b1f7f52-2c1e-4c55-9a34-5f2f3d2f1c01")  # of the import that lies open
