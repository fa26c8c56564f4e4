"""The tables of consultations."""

from .alike import AlikeGroup, AlikeMember
from .draft import DraftAnswer, DraftFile, DraftRemark, ResponseDraft
from .keys import WorkKeys
from .party import ContactPerson, Invitation, Party, PersonalLink, StandardList
from .redaction import KeptFinding, OriginalRead, Redaction
from .remark import MeetingInput, Remark, StandardAnswer, Theme
from .report import Filing, JournalPackage, Report
from .response import Attachment, Response, ResponseRevision
from .round import Material, Round, RoundEvent, RoundQuestion

__all__ = [
    "AlikeGroup",
    "AlikeMember",
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
    "WorkKeys",
]
