"""The tables of plans."""

from .cycle import Cycle, Phase
from .dependency import AcceptedFinding, Dependency
from .focus import FocusArea, FocusStatus, YearlyStatus
from .imports import ImportDraft
from .matter import Matter, MatterPlan, Treatment
from .milestone import DateChange, Milestone
from .plan import Plan, PlanLead
from .publication import Publication
from .section import Section
from .version import FrozenMilestone, PlanVersion, VersionBlock
from .writing import Comment, SectionDraft

__all__ = [
    "AcceptedFinding",
    "Comment",
    "Cycle",
    "DateChange",
    "Dependency",
    "FocusArea",
    "FocusStatus",
    "FrozenMilestone",
    "ImportDraft",
    "Matter",
    "MatterPlan",
    "Milestone",
    "Phase",
    "Plan",
    "PlanLead",
    "PlanVersion",
    "Publication",
    "Section",
    "SectionDraft",
    "Treatment",
    "VersionBlock",
    "YearlyStatus",
]
