"""The head of a document: title, numbers, date, sender and recipient, among letterhead lines.

The conversion of a letter mixes its margin into the text (seeds 000, 001, 003, 004), so every
line is judged by itself. Telephone, mail, address and case worker are never kept.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from ..files.messages import gettext as _
from ..files.source import BULLET, GAP, HEADING, ROW, SourceRow
from .contact import CONTACT, is_contact
from .vocabulary import UPDATED

HEAD_LINES = 60
CASE = re.compile(
    r"^\W*(?:sags?(?:nr|nummer|id)|sag|j\.? ?nr|journal(?:nr|nummer))\b\.?\s*:?\s*", re.IGNORECASE
)
DOCUMENT = re.compile(r"^\W*(?:dok(?:ument)?\.? ?(?:nr|nummer|id))\b\.?\s*:?\s*", re.IGNORECASE)
NUMBER = re.compile(r"\b[\w.]{0,40}\d[\w.]{0,40}(?:\s?[-/]\s?[\w.]{0,40}\d[\w.]{0,40}){0,9}")
BOTH = re.compile(r"(?i)(sags?nr\.?.{0,200}?)\s{1,9}(dok(?:ument)?\.? ?nr.*)")
PLACEHOLDER = re.compile(
    r"^[^\w<\[]*+\[?(?:(?:sag|dokument|brev)\s*+:\s*+\w[\w .]*+|dokument:|brevdato"
    r"|(?:indsæt|skriv) .*+|<[^<>]*+>|sagsnr\.|dokumentnr\.)\W*+$",
    re.IGNORECASE,
)
DATE_LINE = re.compile(
    r"^\W*+(?:(dato|brevdato|dateret)\s*+:?\s*+)?(?:\w+,? )?(?:den |d\. ?)?"
    r"(\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d|\d{1,2}\.? (?:januar|februar|marts|april|maj|"
    r"juni|juli|"
    r"august|september|oktober|november|december) (?:19|20)\d\d)\W*$",
    re.IGNORECASE,
)
MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
          "oktober", "november", "december")  # fmt: skip
POSTCODE = re.compile(r"^\W*\d{4} [A-ZÆØÅ][a-zæøå]+(?: [A-ZÆØÅ]\w*\.?)?\W*$")
STREET = re.compile(
    r"^\W{0,5}[A-ZÆØÅ][\wæøåé. -]{1,50}?(?:vej|gade|alle|allé|plads|torv|stræde|boulevard|"
    r"vænge|have|"
    r"parken|gård|stien|havn)\w{0,20}\.? \d+\w?(?:, .{0,20})?\W*$",
    re.IGNORECASE,
)
REDACTED = re.compile(r"^\W*\[?(?:navn|e-mail|telefon|mail)?\s?udeladt\]?\W*$", re.IGNORECASE)
RECIPIENT = re.compile(r"^\W*til:?\s+((?!og med)[A-ZÆØÅa-zæøå§][^.:;]{2,90})$", re.IGNORECASE)
TITLE = re.compile(
    r"(?i)\b(?:(?:tids|proces|strategi|høring\w*)(?:- og \w+)?plan|procesplan|tidsplan|"
    r"milepælsplan|"
    r"køreplan|rammepapir|baggrundsnotat|notat|orientering af|orientering om|kommissorium|"
    r"proces for|"
    r"procesbeskrivelse|tids- og|processen for|strategi for|politik for|forløb for|plan for)"
)
DATE_FIRST = re.compile(
    r"(?i)^\W*(?:(?:primo|medio|ultimo|senest|inden|den|d\.|(?:man|tirs|ons|tors|fre|lør|søn)dag\w*|"
    r"tidligt|slutningen af|starten af|forventet|ca\.?)\W+)*(?:uge\s*\d|"
    r"\d{1,2}\.?\s?(?:[-–/.]\s?\d|"
    r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec))|[1-4]\. ?kvartal|(?:19|"
    r"20)\d\d(?=[A-ZÆØÅ:]|\W*$)|"
    r"(?:januar|jan|februar|feb|marts|mar|april|apr|maj|juni|jun|juli|jul|august|aug|september|sept?|"
    r"oktober|okt|november|nov|december|dec|forår\w*|sommer\w*|efterår\w*|vinter\w*)(?:\b|(?=(?-i:[A-ZÆØÅ]))))"
)
PAGE = re.compile(r"(?i)^\W*+(?:side|s\.)?\s*+\d+\s*(?:af|/)\s*\d+\W*$|^\W*side \d+\W*$")
APPROVED = re.compile(
    r"^\W*(?:endeligt? )?(?:godkendt|vedtaget|tiltrådt|behandlet)\b[^.:]{0,60}?"
    r"\b(?:den |d\. ?)?\d{1,2}[./-] ?\w+[ .-]*\d{2,4}\W*$",
    re.IGNORECASE,
)
MINUTES = re.compile(
    r"(?i)^\W*(?:møde|beslutnings)?(?:referat|dagsorden|protokol)\b.{0,120}\d{4}\W*$"
)
IN_A_SENTENCE = re.compile(r"[?!]|\.\s")
ANNEX = re.compile(r"(?i)^\W*bilag\s*+(\w{0,3})\s*+[.:–-]+\s*")
UNIT = re.compile(
    r"(?i)\b(?:kontor\w*|center|sekretariat\w*|forvaltning\w*|afdeling\w*|stab\w*|MR |team|"
    r"administration\w*|området)\b|kontor|forvaltning"
)


@dataclass
class DocumentHead:
    """What the head says; ``noise`` maps the ids of its rows to the reason they are left out."""

    title: str = ""
    case_number: str = ""
    document_number: str = ""
    date: dt.date | None = None
    sender_unit: str = ""
    recipient: str = ""
    annex_number: str = ""
    updated: dt.date | None = None
    first_table: int = 0
    has_table: bool = False
    warnings: list[str] = field(default_factory=list)
    noise: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class HeadLine:
    """A line that may belong to the head: its row, its text, its place among the lines."""

    row: SourceRow
    text: str
    gap_before: bool = False


def is_letterhead(rows: list[SourceRow]) -> bool:
    """A table used to place the letterhead, not to hold a plan."""
    lines = [line for row in rows for cell in row.cells for line in cell.paragraphs]
    signs = sum(
        is_contact(line) or any(sign.match(line) for sign in (CASE, DOCUMENT, RECIPIENT, POSTCODE))
        for line in lines
    )
    return len(rows) <= 12 and signs >= 2 and signs >= 0.3 * len(lines)


def read_head(rows: tuple[SourceRow, ...], letterheads: set[int]) -> DocumentHead:
    """Everything the head says, wherever in the document its lines have ended."""
    tables = [int(row.id[1:]) for row in rows if row.shape == ROW and row.table not in letterheads]
    head = DocumentHead(first_table=min(tables, default=len(rows) + 1), has_table=bool(tables))
    lines = _lines(rows, letterheads)
    _read_title(lines, rows, head)
    previous = ""
    for index, line in enumerate(lines):
        previous = _read_line(line, index, lines, previous, head)
    return head


def _lines(rows: tuple[SourceRow, ...], letterheads: set[int]) -> list[HeadLine]:
    lines: list[HeadLine] = []
    gap = False
    for row in rows:
        if row.shape == GAP:
            gap = True
            continue
        if row.shape == ROW and row.table not in letterheads:
            continue
        for cell in row.cells:
            for text in cell.text.split("\n"):
                if text.strip():
                    lines.append(HeadLine(row, text.strip(), gap))
                gap = not text.strip()
        gap = False
    return lines


def _read_line(
    line: HeadLine, index: int, lines: list[HeadLine], label: str, head: DocumentHead
) -> str:
    """Use one line; the answer is the label it leaves open for the next line."""
    text = line.text
    letterhead = _("Letterhead")
    both = BOTH.match(text)
    if both:
        _number(both[1], CASE, "case_number", head)
        _number(both[2], DOCUMENT, "document_number", head)
        head.noise[line.row.id] = letterhead
        return ""
    if PAGE.match(text):
        head.noise[line.row.id] = _("Page number")
        return ""
    if _approved(line, index, lines, head):
        head.updated = head.updated or _date_in(text)
        head.noise[line.row.id] = _("Says when the plan was approved")
        return ""
    if UPDATED.search(text) and len(text) < 120:
        head.updated = head.updated or _date_in(text)
        head.noise[line.row.id] = _("Says when the document was last changed")
        return ""
    if label in ("case_number", "document_number") and not getattr(head, label) and len(text) < 60:
        number = NUMBER.search(text)
        if number and not PLACEHOLDER.match(text):
            setattr(head, label, number[0])
        else:
            _missing(label, head)
        head.noise[line.row.id] = letterhead
        return ""
    for pattern, name in ((DOCUMENT, "document_number"), (CASE, "case_number")):
        if pattern.match(text) and len(text) < 80:
            head.noise[line.row.id] = letterhead
            return _number(text, pattern, name, head)
    if PLACEHOLDER.match(text):
        head.noise[line.row.id] = letterhead
        if "dato" in text.lower():
            _missing("date", head)
        return ""
    if label == "contact" and len(text) < 80 and _is_value(text):
        head.noise[line.row.id] = letterhead
        return ""
    if is_contact(text):
        head.noise[line.row.id] = letterhead
        return "contact" if CONTACT.sub("", text).strip(" :.") == "" else ""
    if POSTCODE.match(text) or STREET.match(text) or REDACTED.match(text):
        head.noise[line.row.id] = letterhead
        _take_sender(lines, index, head)
        return ""
    return _read_front(line, index, lines, head)


def _approved(line: HeadLine, index: int, lines: list[HeadLine], head: DocumentHead) -> bool:
    """ "Godkendt i Byrådet den 3. marts 2026" above the plan: of the plan, no step of it."""
    if not APPROVED.match(line.text) or index > 8:
        return False
    others = [other for other in lines if APPROVED.match(other.text)]
    follows = lines[index + 1] if index + 1 < len(lines) else None
    apart = follows is None or follows.gap_before or follows.row.shape == HEADING
    above_table = int(line.row.id[1:]) < head.first_table and head.has_table
    return len(others) == 1 and (above_table or (index < 4 and apart))


def _read_front(line: HeadLine, index: int, lines: list[HeadLine], head: DocumentHead) -> str:
    """The recipient and the date, which stand before the plan begins."""
    if index >= HEAD_LINES:
        return ""
    if index < 4 and not head.date and MINUTES.match(line.text) and _date_in(line.text):
        head.date = _date_in(line.text)
        head.noise[line.row.id] = _("The date of the document")
        return ""
    recipient = RECIPIENT.match(line.text)
    if recipient and not head.recipient and index < 15:
        head.recipient = recipient[1].strip()
        head.noise[line.row.id] = _("Recipient")
        return ""
    date = DATE_LINE.match(line.text)
    if date and not head.date and index < 15 and int(line.row.id[1:]) < head.first_table:
        numeric = (not date[2][-5:].isalpha() and "." not in date[2].rstrip(".")) or "-" in date[2]
        before_title = not head.title or line.row.id < _title_row(head)
        if date[1] or numeric or (before_title and index < 5) or _stands_alone(lines, index):
            head.date = _date_in(line.text)
            head.noise[line.row.id] = _("The date of the document")
    return ""


def _stands_alone(lines: list[HeadLine], index: int) -> bool:
    """A full date on a line of its own, with a gap below it, and the only such line."""
    dates = [line for line in lines if DATE_LINE.match(line.text)]
    if re.search(r"(?i)\bkl\b", lines[index].text):
        return False
    gap_below = index + 1 >= len(lines) or lines[index + 1].gap_before
    return index < 8 and gap_below and len(dates) == 1


def _title_row(head: DocumentHead) -> str:
    rows = [row for row, reason in head.noise.items() if reason == _("Title")]
    return rows[0] if rows else ""


def _read_title(lines: list[HeadLine], rows: tuple[SourceRow, ...], head: DocumentHead) -> None:
    """A heading or line that calls itself a plan, else the first heading, else the first line."""
    early = [
        line for line in lines[:HEAD_LINES] if line.row.shape != BULLET and _may_be_title(line.text)
    ]
    named = [line for line in early if TITLE.search(line.text) and len(line.text) < 220]
    headings = [line for line in early if line.row.shape == HEADING]
    rest = [line for line in early[:3] if len(line.text) < 160 and not line.text.endswith(".")]
    capital = [line for line in named if line.text[:1].isupper() or line.text[:1].isdigit()]
    capital = [line for line in capital if not line.text.endswith(".")] or capital
    strong = [line for line in capital if not headings or _names_the_plan(line.text)]
    order = [h for h in headings if h in named] or strong or headings or capital or rest
    chosen = next(iter(order or _in_table(rows)), None)
    if chosen is None:
        return
    text = chosen.text
    head.noise[chosen.row.id] = _("Title")
    at = lines.index(chosen) if chosen in lines else len(lines)
    for following in lines[at + 1 : at + 4]:
        if (
            following.gap_before
            or text.endswith((".", ":"))
            or not _continues(text, following.text)
        ):
            break
        text += " " + following.text
        head.noise[following.row.id] = _("Title")
    annex = ANNEX.match(text)
    head.annex_number = annex[1] if annex else ""
    head.title = ANNEX.sub("", text).strip(" .:*")[:250]


def _names_the_plan(text: str) -> bool:
    """A line that is a title, and no sentence in which such words happen to stand."""
    match = TITLE.search(text)
    return (
        bool(match) and match is not None and match.start() < 25 and not IN_A_SENTENCE.search(text)
    )


def _in_table(rows: tuple[SourceRow, ...]) -> list[HeadLine]:
    """The title of a plan that stands whole in a table used as a frame: its first line."""
    for row in rows[:3]:
        if row.shape == ROW and len(row.cells) == 1 and len(row.cells[0].paragraphs) == 1:
            text = row.cells[0].paragraphs[0]
            if _may_be_title(text) and TITLE.search(text) and len(text) < 160:
                return [HeadLine(row, text)]
    return []


def _continues(text: str, following: str) -> bool:
    """A title broken over lines goes on in the next: long line, or a small letter."""
    sentence = following[:1].isupper() and following.endswith(".")
    if sentence or not _may_be_title(following):
        return False
    return following[:1].islower() or (len(text) > 48 and not re.match(r"^\d|^[-•]", following))


def _may_be_title(text: str) -> bool:
    return not (
        len(text) < 6
        or DATE_FIRST.match(text)
        or is_contact(text) or CASE.match(text) or DOCUMENT.match(text) or DATE_LINE.match(text)
        or RECIPIENT.match(text) or POSTCODE.match(text) or STREET.match(text)
        or REDACTED.match(text)
        or PLACEHOLDER.match(text) or PAGE.match(text) or UPDATED.search(text)
        or re.match(r"(?i)^\W*(?:figur|tabel|fase|side|uge) ?\d", text)
        or re.match(r"(?i)^\W*\d{1,2}[./]", text)
        or re.match(r"(?i)^(?:\w+ ){1,3}kommune\W*$", text)
    )  # fmt: skip


def _number(text: str, label: re.Pattern[str], name: str, head: DocumentHead) -> str:
    value = label.sub("", text, count=1)
    found = NUMBER.search(value)
    if found:
        setattr(head, name, getattr(head, name) or found[0])
        return ""
    if value.strip(" .:"):
        _missing(name, head)
        return ""
    return name


def _missing(name: str, head: DocumentHead) -> None:
    message = {
        "case_number": _(
            "The case number is missing: the template's placeholder was never filled in."
        ),
        "document_number": _(
            "The document number is missing: the template's placeholder was never filled in."
        ),
        "date": _(
            "The document's date is missing: the template's placeholder was never filled in."
        ),
    }[name]
    if message not in head.warnings:
        head.warnings.append(message)


def _take_sender(lines: list[HeadLine], index: int, head: DocumentHead) -> None:
    """The unit stands just above the address."""
    if head.sender_unit:
        return
    for line in reversed(lines[max(0, index - 3) : index]):
        text = line.text.strip("* ")
        if line.row.id in head.noise and line.row.shape != ROW:
            continue
        if 4 < len(text) < 70 and UNIT.search(text) and not text.endswith((".", ":")):
            head.sender_unit = text
            if line.row.shape != ROW:
                head.noise[line.row.id] = _("Sender")
            return


def _is_value(text: str) -> bool:
    """A value under a contact label: a number, a mark of omission, a name of a few words."""
    words = text.split()
    return bool(re.match(r"^[\d +()-]+$", text)) or (
        len(words) <= 4 and not re.search(r"\d{1,2}\. ?\w|[:;]", text) and not UNIT.search(text)
    )


def _date_in(text: str) -> dt.date | None:
    match = re.search(r"(\d{1,2})[-./](\d{1,2})[-./]((?:19|20)?\d\d)", text)
    if match:
        day, month, year = (int(part) for part in match.groups())
    else:
        match = re.search(rf"(\d{{1,2}})\.? ({'|'.join(MONTHS)}) ((?:19|20)\d\d)", text.lower())
        if not match:
            return None
        day, month, year = int(match[1]), MONTHS.index(match[2]) + 1, int(match[3])
    try:
        return dt.date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
