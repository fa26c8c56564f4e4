"""Parties as they are pasted from a spreadsheet: name, category and e-mail of each on a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from consultations.enums import HeardBy, PartyCategory
from consultations.models import Party, StandardList
from kommuneplan.collation import fold
from kommuneplan.core.forms import MAIL_ADDRESS
from kommuneplan.core.models import Body
from kommuneplan.fingerprint import digest
from plans.setup.colleague_lines import MAIL
from plans.setup.lines import CELLS, LineFault, too_long, too_many

MOST_LINES = 1000
LONGEST_LINE = 1000
LONGEST_NAME = 200
HEADS = {"navn", "part", "organisation", "kategori", "type", "adresse", "e-mail", "email", "mail",
         "e-mailadresse", "bemærkning", "note"}  # fmt: skip
CATEGORIES: tuple[tuple[str, PartyCategory], ...] = (
    ("råd", PartyCategory.COUNCIL), ("rådgivende råd", PartyCategory.COUNCIL),
    ("lokaludvalg", PartyCategory.LOCAL_COMMITTEE), ("lokalråd", PartyCategory.LOCAL_COMMITTEE),
    ("brugere", PartyCategory.USERS), ("pårørende", PartyCategory.USERS),
    ("brugerråd", PartyCategory.USERS), ("bruger- og pårørenderåd", PartyCategory.USERS),
    ("forening", PartyCategory.ASSOCIATION), ("organisation", PartyCategory.ASSOCIATION),
    ("interesseorganisation", PartyCategory.ASSOCIATION),
    ("fagforening", PartyCategory.UNION), ("faglig organisation", PartyCategory.UNION),
    ("bestyrelse", PartyCategory.INSTITUTION), ("skole", PartyCategory.INSTITUTION),
    ("institution", PartyCategory.INSTITUTION), ("skolebestyrelse", PartyCategory.INSTITUTION),
    ("myndighed", PartyCategory.AUTHORITY), ("region", PartyCategory.AUTHORITY),
    ("kommune", PartyCategory.AUTHORITY), ("nabokommune", PartyCategory.AUTHORITY),
    ("forvaltning", PartyCategory.INTERNAL), ("med", PartyCategory.INTERNAL),
    ("med-udvalg", PartyCategory.INTERNAL), ("virksomhed", PartyCategory.BUSINESS),
    ("selvejende", PartyCategory.BUSINESS), ("andet", PartyCategory.OTHER),
    ("anden", PartyCategory.OTHER), ("andre", PartyCategory.OTHER),
)  # fmt: skip
HEARD = (
    (re.compile(r"^handicapråd", re.IGNORECASE), HeardBy.DISABILITY),
    (re.compile(r"^(?:ældreråd|seniorråd)", re.IGNORECASE), HeardBy.SENIOR),
)


class PartyFate(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    ADDRESS = "address"  # in the register, without the e-mail that the line has
    SAME = "same"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class PastedParty:
    """A line as a party of the register. ``party``: the one of that name that is there."""

    line: int
    name: str
    category: str
    email: str
    note: str
    heard_by: str
    fate: PartyFate
    body: Body | None = None
    party: Party | None = None

    @property
    def category_word(self) -> str:
        """The category in words."""
        return str(PartyCategory(self.category).label)


@dataclass(slots=True)
class PartyPreview:
    """What the lines would do to the register. ``lists``: the standard lists that are there, each
    in its version; one that is made of the lines is among them the next time."""

    rows: list[PastedParty] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)
    lists: list[tuple[UUID, int]] = field(default_factory=list)

    @property
    def writing(self) -> list[PastedParty]:
        """What would be saved in the register."""
        return [row for row in self.rows if row.fate in {PartyFate.NEW, PartyFate.ADDRESS}]

    @property
    def parties(self) -> list[PastedParty]:
        """Everybody named, each once: those who go on a list."""
        return [row for row in self.rows if row.fate != PartyFate.TWICE]

    @property
    def fingerprint(self) -> str:
        """One value for what was shown."""
        return digest(
            [
                *((row.name, row.category, row.email, row.note, row.fate,
                   (row.party.uid, row.party.version) if row.party else None)
                  for row in self.rows),
                *self.lists,
            ]
        )  # fmt: skip


def party_preview(text: str, *, category: str) -> PartyPreview:
    """What the text would do; ``category``: that of the lines that name none."""
    found = PartyPreview(lists=list(StandardList.objects.values_list("uid", "version")))
    there = {fold(one.name): one for one in Party.objects.filter(retired_at__isnull=True)}
    bodies = {fold(one.name): one for one in Body.objects.filter(party__isnull=True)}
    seen: set[str] = set()
    lines = text.splitlines()
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        cells = [" ".join(cell.split()) for cell in CELLS.split(line[: LONGEST_LINE + 1])]
        filled = [cell for cell in cells if cell]
        if not filled or {cell.strip(".: ").casefold() for cell in filled} <= HEADS:
            continue
        name, words, mails, rest = _read(filled)
        fault = _fault(line, name, mails)
        if fault:
            found.faults.append(LineFault(number, line.strip()[:LONGEST_LINE], fault))
            continue
        key, mail = fold(name), mails[0].strip(".:").lower() if mails else ""
        party = there.get(key)
        found.rows.append(
            PastedParty(
                number, name, words or category, mail, rest, _heard(name),
                PartyFate.TWICE if key in seen else _fate(party, mail), bodies.get(key), party,
            )
        )  # fmt: skip
        seen.add(key)
    if len(lines) > MOST_LINES:
        rest = lines[MOST_LINES][:80]
        found.faults.append(LineFault(MOST_LINES + 1, rest, too_many(MOST_LINES, len(lines))))
    return found


def _read(cells: Sequence[str]) -> tuple[str, str, list[str], str]:
    """Name, category, mail addresses, and what else stands there."""
    known = {fold(word): kind.value for word, kind in CATEGORIES}
    known |= {fold(str(kind.label)): kind.value for kind in PartyCategory}
    name, category, mails, rest = "", "", [], []
    for cell in cells:
        found = MAIL.findall(cell)
        words = MAIL.sub(" ", cell).strip(" <>(),.") if found else cell
        mails += found
        if name and not category and fold(words) in known:
            category = known[fold(words)]
        elif words and not name:
            name = words
        elif words:
            rest.append(words)
    return name, category, mails, ", ".join(rest)


def _fault(line: str, name: str, mails: list[str]) -> str:
    if len(line) > LONGEST_LINE:
        return too_long(LONGEST_LINE)
    if not name:
        return _("There is no name in the line.")
    if len(name) > LONGEST_NAME:
        return _("The name is longer than %(most)s letters.") % {"most": LONGEST_NAME}
    if len(mails) > 1:
        return _("There are several e-mail addresses in the line. Keep one of them.")
    try:
        for mail in mails:
            validate_email(mail.strip(".:"))
    except ValidationError:
        return _("“%(mail)s” is no e-mail address.") % {"mail": mails[0][:80]}
    if mails and len(mails[0]) > MAIL_ADDRESS:
        return _("“%(mail)s” is no e-mail address.") % {"mail": f"{mails[0][:80]} …"}
    return ""


def _heard(name: str) -> str:
    return next((rule.value for pattern, rule in HEARD if pattern.search(name)), "")


def _fate(party: Party | None, mail: str) -> PartyFate:
    if party is None:
        return PartyFate.NEW
    return PartyFate.ADDRESS if mail and not party.email else PartyFate.SAME
