"""What one question to an installation came to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FindingLevel(StrEnum):
    """How much it matters: only a fault means that the house should not stand so."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was asked about, how it is, and, when it is not well, what to do."""

    subject: str
    level: FindingLevel
    words: str
    remedy: str = ""


def fine(subject: str, words: str) -> Finding:
    """As it should be."""
    return Finding(subject, FindingLevel.OK, words)


def warning(subject: str, words: str, remedy: str) -> Finding:
    """Not wrong, but somebody should know."""
    return Finding(subject, FindingLevel.WARNING, words, remedy)


def fault(subject: str, words: str, remedy: str) -> Finding:
    """Wrong."""
    return Finding(subject, FindingLevel.FAULT, words, remedy)
