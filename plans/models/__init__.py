"""The tables of plans."""

from .agenda import Agenda, AgendaItem, AtClause, InsightRequest, ItemOutcome, ItemRecusal
from .agenda_papers import AgendaPaper, PaperAnnex, PaperDraft, PaperHeading, PaperSection
from .annexes import Annex, AnnexFile, EffortDescription
from .approval import Approval
from .budget import BudgetStep
from .chapters import Principle, TargetGroup
from .cycle import Cycle, Phase
from .dependency import AcceptedFinding, Dependency
from .duties import Duty, DutyFulfilment, EvaluatedGoal, Evaluation, PlanExtension
from .effects import EffectLink, EffectNode, EffectReference, EffectTheme
from .focus import FocusArea, FocusStatus, YearlyStatus
from .follower import Follower, Following
from .images import SectionImage, VersionImage
from .imports import ImportDraft
from .indicators import Indicator, IndicatorTarget, Measurement, PlanIndicator
from .initiatives import (
    ActivityMove,
    Initiative,
    InitiativeActivity,
    InitiativeFunding,
    InitiativeLink,
    InitiativePartner,
    InitiativePhase,
)
from .matter import Matter, MatterPlan, Treatment
from .milestone import DateChange, Milestone
from .plan import Plan, PlanLead
from .publication import Publication
from .question import Question
from .reading import LastRead, PrivateNote, Recusal
from .redaction import Redaction
from .requests import CommitteeRequest, RequestAnswer
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
    "ActivityMove",
    "Agenda",
    "AgendaItem",
    "AgendaPaper",
    "Annex",
    "AnnexFile",
    "Approval",
    "AtClause",
    "BudgetStep",
    "Comment",
    "CommitteeRequest",
    "Cycle",
    "DateChange",
    "Dependency",
    "DeskVisit",
    "Duty",
    "DutyFulfilment",
    "EffectLink",
    "EffectNode",
    "EffectReference",
    "EffectTheme",
    "EffortDescription",
    "EvaluatedGoal",
    "Evaluation",
    "FocusArea",
    "FocusStatus",
    "Follower",
    "Following",
    "FrozenMilestone",
    "ImportDraft",
    "Indicator",
    "IndicatorTarget",
    "Initiative",
    "InitiativeActivity",
    "InitiativeFunding",
    "InitiativeLink",
    "InitiativePartner",
    "InitiativePhase",
    "InsightRequest",
    "ItemOutcome",
    "ItemRecusal",
    "LastRead",
    "Matter",
    "MatterPlan",
    "Measurement",
    "Milestone",
    "PaperAnnex",
    "PaperDraft",
    "PaperHeading",
    "PaperSection",
    "Phase",
    "Plan",
    "PlanExtension",
    "PlanIndicator",
    "PlanLead",
    "PlanVersion",
    "Principle",
    "PrivateNote",
    "Publication",
    "Question",
    "Recusal",
    "Redaction",
    "ReportRecipient",
    "RequestAnswer",
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
