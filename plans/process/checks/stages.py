"""What a milestone is about on the way to the adoption: which draft, which decision, which report.

Read from the kind and the words of the title, as municipalities write them (practice §1, §2): "kind
by body, not by word alone", so a committee's "endelig beslutning" is a step before the council's.
"""

from __future__ import annotations

import re

from plans.enums import MilestoneKind as Kind

from .facts import CheckedMilestone, ProcessFacts

_PROCESS = re.compile(
    r"procesplan|tidsplan|kommissori|projektbeskrivelse|\bi gang\b|igangsæt|opstart", re.IGNORECASE
)
_SEND = re.compile(
    r"\b(?:sendes?|send|udsendelse|udsendes|godkender?|frigives?)\b.{0,60}\b(?:i|til|om)\b"
    r"(?: \w{1,40}){0,2} høring\b|\b(?:i|til) høring\b|send\b.{0,200}\bconsultation",
    re.IGNORECASE,
)
_DECIDING = re.compile(
    r"vedtag|anbefal|indstil|godkend|\bendelig|oversend|behandl\w{0,20} .{0,200}"
    r"\b(?:forslag|plan|strategi)"
    r"|\b[12]\. ?behandling|recommend|adopt",
    re.IGNORECASE,
)
_READING = re.compile(r"\b([12])\. ?behandling|\b(første|anden) ?behandling", re.IGNORECASE)
_REPORT = re.compile(
    r"høringsnotat|høringssvarnotat|hvidbog"
    r"|(?:behandl|gennemg|opsaml|opsummer|samles|sammenfat|forelæg|orienter|resultat|drøft)\w{0,20}"
    r".{0,200}(?:høringssvar|høringen\b)"
    r"|høringssvar\w{0,20}.{0,200}(?:behandles|forelægges|gennemgås|samles|drøftes)"
    r"|\bresponses?\b.{0,200}gathered",
    re.IGNORECASE,
)
_NO_REPORT = re.compile(r"frist|inden høring|før høring|\bmodtage|\bindsend", re.IGNORECASE)
WRITING = re.compile(r"udkast|skriv|udarbejd|formuler|forslag|draft|written", re.IGNORECASE)
FINISHING = re.compile(
    r"tilret|revider|redig|indarbejd|justér|juster|ændr|færdig|endelig|efter høring|høringssvar"
    r"|layout|tryk|kommunikation|hvidbog|notat|opsamling|adjusted",
    re.IGNORECASE,
)


_TURNS = frozenset(kind.value for kind in Kind if kind.is_turn)


def is_meeting(step: CheckedMilestone) -> bool:
    """A body's turn: by its kind, or because it points to a meeting."""
    return (step.meeting is not None or step.kind in _TURNS) and step.counts


def stage(step: CheckedMilestone) -> str:
    """Which decision a body's turn is: "process", "send", "adopt" (with its reading), or ""."""
    if _PROCESS.search(step.title):
        return "process"
    if is_report(step):
        return "" if step.kind != Kind.ADOPTION else "adopt"
    if step.kind != Kind.ADOPTION and _SEND.search(step.title):
        return "send"
    if step.kind == Kind.ADOPTION or _DECIDING.search(step.title):
        reading = _READING.search(step.title)
        return f"adopt {reading[0].casefold()}" if reading else "adopt"
    return ""


def is_report(step: CheckedMilestone) -> bool:
    """What came in is gathered or treated: it follows the consultation."""
    if step.kind == Kind.HEARING and not _REPORT.search(step.title):
        return False
    return bool(_REPORT.search(step.title)) and not _NO_REPORT.search(step.title)


def drafts(facts: ProcessFacts) -> list[CheckedMilestone]:
    """Where the draft of the plan itself is written; what is put right afterwards is not."""
    found = facts.about(facts.of_kind(Kind.DRAFTING))
    return [step for step in found if not FINISHING.search(step.title)]


def matter_keys(step: CheckedMilestone, facts: ProcessFacts) -> set[tuple[str, str, str]]:
    """What ties the turns of several bodies to one matter: the same words after the body's name
    (``plans.process.templates.chain`` writes them so), or the same stage."""
    subject = facts.subject(step)
    found = set()
    head, _colon, tail = step.title.partition(":")
    if tail.strip() and any(head.strip() in {b.name, b.short} for b in step.bodies):
        found.add((subject, "title", " ".join(tail.casefold().split())))
    if place := stage(step):
        found.add((subject, "stage", place))
    return found
