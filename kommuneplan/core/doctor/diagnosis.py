"""What one question to an installation came to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much it matters: only a fault means that the house should not stand so."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was asked about, how it is, and, when it is not well, what to do."""

    subject: str
    level: Severity
    words: str
    remedy: str = ""


def fine(subject: str, words: str) -> Diagnosis:
    """As it should be."""
    return Diagnosis(subject, Severity.OK, words)


def warning(subject: str, words: str, remedy: str) -> Diagnosis:
    """Not wrong, but somebody should know."""
    return Diagnosis(subject, Severity.WARNING, words, remedy)


def fault(subject: str, words: str, remedy: str) -> Diagnosis:
    """Wrong."""
    return Diagnosis(subject, Severity.FAULT, words, remedy)
