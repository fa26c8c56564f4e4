"""What of consultations is in the mark of public pages (``kommuneplan.core.site.public_mark``):
everything but what nobody outside ever reads."""

from __future__ import annotations

from kommuneplan.core.site.public_mark import register_instants, register_unshown

OWN = "for the sender alone, until it is sent"
HOUSE = "for those who handle the responses"


def register_fingerprint() -> None:
    """Called once, when the app is ready."""
    register_unshown("consultations", OWN, "ResponseDraft", "DraftAnswer", "DraftRemark")
    register_unshown("consultations", OWN, "DraftFile", "PersonalLink")
    register_unshown("consultations", HOUSE, "WorkKeys", "KeptFinding", "OriginalRead", "Filing")
    register_unshown("consultations", HOUSE, "AlikeGroup", "AlikeMember", "JournalPackage")
    register_unshown("consultations", HOUSE, "StandardAnswer", "StandardList", "ContactPerson")
    register_unshown("consultations", HOUSE, "StandardList_parties", "MeetingInput")
    register_instants(
        "consultations",
        Round=("announced_at", "opens_at", "closes_at", "withdrawn_at"),
        RoundEvent=("at",),
        Invitation=("closes_at",),
        Response=("published_at",),
        Report=("published_at",),
    )
