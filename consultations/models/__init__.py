"""The tables of consultations."""

from .party import ContactPerson, Invitation, Party, PersonalLink, StandardList
from .remark import MeetingInput, Remark, StandardAnswer, Theme
from .report import Filing, JournalPackage, Report
from .response import (
    Attachment,
    DraftAnswer,
    DraftFile,
    DraftRemark,
    KeptFinding,
    OriginalRead,
    Redaction,
    Response,
    ResponseDraft,
    ResponseRevision,
)
from .round import Material, Round, RoundEvent, RoundQuestion

__all__ = [
    "Attachment",
    "ContactPerson",
    "DraftAnswer",
    "DraftFile",
    "DraftRemark",
    "Filing",
    "Invitation",
    "JournalPackage",
    "KeptFinding",
    "Material",
    "MeetingInput",
    "OriginalRead",
    "Party",
    "PersonalLink",
    "Redaction",
    "Remark",
    "Report",
    "Response",
    "ResponseDraft",
    "ResponseRevision",
    "Round",
    "RoundEvent",
    "RoundQuestion",
    "StandardAnswer",
    "StandardList",
    "Theme",
]
