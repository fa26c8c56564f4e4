"""What of plans is in the mark of public pages (``kommuneplan.core.site.public_mark``).

Everything is, but what nobody outside ever reads. What is written there again and again during a
day's work would have every page made anew.
"""

from __future__ import annotations

from kommuneplan.core.site.public_mark import register_instants, register_unshown

BEFORE = "the public reads it once it is frozen, from the version"
HOUSE = "for those who work with the plan"
FOLLOWERS = "who follows what is theirs alone"
MEMBERS = "for the members of the bodies"


def register_fingerprint() -> None:
    """Called once, when the app is ready."""
    register_unshown("plans", BEFORE, "Section", "FocusArea", "Phase")
    register_unshown("plans", BEFORE, "TargetGroup", "Principle", "FocusStatus")
    register_unshown("plans", BEFORE, "Annex", "EffortDescription")
    register_unshown("plans", HOUSE, "AgendaPaper", "PaperSection", "PaperAnnex", "PaperHeading")
    register_unshown("plans", HOUSE, "PaperDraft")
    register_unshown("plans", BEFORE, "Initiative", "InitiativePhase", "InitiativeActivity")
    register_unshown("plans", BEFORE, "ActivityMove", "InitiativeFunding", "InitiativePartner")
    register_unshown("plans", BEFORE, "InitiativeLink")
    register_unshown("plans", BEFORE, "Indicator", "PlanIndicator", "IndicatorTarget")
    register_unshown("plans", BEFORE, "Measurement", "EffectTheme", "EffectNode", "EffectLink")
    register_unshown("plans", BEFORE, "EffectReference")
    register_unshown("plans", HOUSE, "SectionDraft", "StatusDraft", "Comment", "ImportDraft")
    register_unshown("plans", HOUSE, "TextImport", "DeskVisit", "PlanLead", "Approval")
    register_unshown("plans", HOUSE, "Dependency", "AcceptedFinding")
    register_unshown("plans", HOUSE, "CommitteeRequest", "RequestAnswer")
    register_unshown("plans", HOUSE, "StatusReportDraft")
    register_unshown("plans", BEFORE, "StatusReportSection")
    register_unshown("plans", FOLLOWERS, "Follower", "Following")
    register_unshown("plans", MEMBERS, "LastRead", "PrivateNote", "Question", "Recusal")
    register_unshown("plans", MEMBERS, "ItemRecusal", "InsightRequest")
    register_instants("plans", Publication=("visible_from", "superseded_at", "withdrawn_at"))
