"""Colleagues as they are pasted: name, e-mail, role and body of each on a line, in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kommuneplan.core.enums import Role
from kommuneplan.core.forms import MAIL_ADDRESS

from .lines import EDGES, BodyName, LineFault, patterns, too_long, too_many

MOST_LINES = 200
LONGEST_LINE = 400
MAIL = re.compile(r"(?<![^\s<>;,|()\"])[^\s<>;,|()\"@]+@[^\s<>;,|()\"]+")
ROLES: tuple[tuple[str, Role], ...] = (
    (r"rådssekretær|sekretær for råd(?:et)?", Role.COUNCIL_SECRETARY),
    (r"udvalgssekretær|sekretær", Role.SECRETARY),
    (r"tovholder|planansvarlig|planlægger|konsulent|forfatter", Role.LEAD),
    (r"direktør", Role.DIRECTOR),
    (r"leder|chef|afdelingsleder|afdelingschef|centerchef|centerleder", Role.MANAGER),
    (r"udvalgsmedlem|byrådsmedlem|medlem|politiker", Role.MEMBER),
    (r"administrator", Role.ADMINISTRATOR),
)
PATTERNS = [(re.compile(rf"\b(?:{words})\b", re.IGNORECASE), role) for words, role in ROLES]
HEADS = {"navn", "e-mail", "email", "mail", "rolle", "udvalg", "e-mailadresse", "mailadresse"}


@dataclass(frozen=True, slots=True)
class ReadColleague:
    """A colleague of whom a line tells; ``body`` is the key of a body, or empty."""

    line: int
    text: str
    email: str
    name: str
    role: str
    body: str


@dataclass(slots=True)
class ReadColleagues:
    """Those a text tells of, and the lines that cannot be taken."""

    people: list[ReadColleague] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)


def read_colleagues(
    text: str, *, bodies: Sequence[BodyName], role: str, body: str
) -> ReadColleagues:
    """The colleagues of a text. ``role`` and ``body``: where the line names none."""
    found = ReadColleagues()
    named = patterns(bodies)
    lines = text.splitlines()
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        words = " ".join(line[:LONGEST_LINE].split())
        cells = {cell.strip().casefold() for cell in re.split(r"[\t;|,]", line) if cell.strip()}
        if not words or cells <= HEADS:
            continue
        mails = MAIL.findall(words)
        fault = _fault(mails, line)
        if fault:
            found.faults.append(LineFault(number, line.strip()[:LONGEST_LINE], fault))
            continue
        found.people.append(_read(number, line.strip(), mails[0], named, role, body))
    if len(lines) > MOST_LINES:
        rest = lines[MOST_LINES][:80]
        found.faults.append(LineFault(MOST_LINES + 1, rest, too_many(MOST_LINES, len(lines))))
    return found


def _fault(mails: list[str], line: str) -> str:
    if len(line) > LONGEST_LINE:
        return too_long(LONGEST_LINE)
    if not mails:
        return _("There is no e-mail address in the line.")
    if len(mails) > 1:
        return _("There are several e-mail addresses in the line. Write one person a line.")
    try:
        validate_email(mails[0].strip(".:"))
    except ValidationError:
        return _("“%(mail)s” is no e-mail address.") % {"mail": mails[0][:80]}
    if len(mails[0]) > MAIL_ADDRESS:
        return _("“%(mail)s” is no e-mail address.") % {"mail": f"{mails[0][:80]} …"}
    return ""


def _read(
    number: int,
    line: str,
    mail: str,
    named: list[tuple[re.Pattern[str], str]],
    role: str,
    body: str,
) -> ReadColleague:
    rest = line.replace(mail, " ")
    for pattern, key in named:
        if pattern.search(rest):
            body, rest = key, pattern.sub(" ", rest)
            break
    for pattern, found in PATTERNS:
        if pattern.search(rest):
            role, rest = found.value, pattern.sub(" ", rest)
            break
    if role == Role.ADMINISTRATOR:
        body = ""
    parts = [" ".join(part.split()).strip(f"{EDGES}<>\"'") for part in re.split(r"[\t;|]", rest)]
    name = " ".join(part for part in parts if part)
    return ReadColleague(number, line, mail.strip(".:").lower(), name[:150], role, body)
