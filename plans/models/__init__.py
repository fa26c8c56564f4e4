"""The tables of plans."""

from .cycle import Cycle, Phase
from .imports import ImportDraft
from .milestone import DateChange, Milestone
from .plan import Plan, PlanLead
from .publication import Publication
from .section import Section
from .version import FrozenMilestone, PlanVersion, VersionBlock

__all__ = [
    "Cycle",
    "DateChange",
    "FrozenMilestone",
    "ImportDraft",
    "Milestone",
    "Phase",
    "Plan",
    "PlanLead",
    "PlanVersion",
    "Publication",
    "Section",
    "VersionBlock",
]
