"""The tables of plans."""

from .approval import Approval
from .chapters import Principle, TargetGroup
from .cycle import Cycle, Phase
from .dependency import AcceptedFinding, Dependency
from .focus import FocusArea, FocusStatus, YearlyStatus
from .follower import Follower, Following
from .images import SectionImage, VersionImage
from .imports import ImportDraft
from .matter import Matter, MatterPlan, Treatment
from .milestone import DateChange, Milestone
from .plan import Plan, PlanLead
from .publication import Publication
from .question import Question
from .reading import LastRead, PrivateNote, Recusal
from .redaction import Redaction
from .searched import SearchEntry
from .section import Section
from .status_reports import (
    ReportRecipient,
    StatusReport,
    StatusReportDraft,
    StatusReportSection,
)
from .text_imports import TextImport
from .version import FrozenMilestone, PlanVersion, VersionBlock
from .visit import DeskVisit
from .writing import Comment, SectionDraft, StatusDraft

__all__ = [
    "AcceptedFinding",
    "Approval",
    "Comment",
    "Cycle",
    "DateChange",
    "Dependency",
    "DeskVisit",
    "FocusArea",
    "FocusStatus",
    "Follower",
    "Following",
    "FrozenMilestone",
    "ImportDraft",
    "LastRead",
    "Matter",
    "MatterPlan",
    "Milestone",
    "Phase",
    "Plan",
    "PlanLead",
    "PlanVersion",
    "Principle",
    "PrivateNote",
    "Publication",
    "Question",
    "Recusal",
    "Redaction",
    "ReportRecipient",
    "SearchEntry",
    "Section",
    "SectionDraft",
    "SectionImage",
    "StatusDraft",
    "StatusReport",
    "StatusReportDraft",
    "StatusReportSection",
    "TargetGroup",
    "TextImport",
    "Treatment",
    "VersionBlock",
    "VersionImage",
    "YearlyStatus",
]
