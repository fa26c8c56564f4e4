"""Where plans may hold personal data.

The texts of a plan are about bodies and roles; a name written into one all the same is filed
with the plan and can be redacted in what is published. Who did something goes with the person. No
erasure may write over frozen versions: they are sealed, and hidden otherwise.
"""

from __future__ import annotations

from kommuneplan.core.privacy import handlers
from kommuneplan.core.privacy.declarations import (
    FILED,
    TASK,
    WHO_DID_IT,
    fields,
    tracked,
    written_by,
)
from kommuneplan.core.privacy.places import Act, declare

_HIDE = "Låst version: skjul afsnittet under planens Versioner, så kæden stadig kan efterprøves."


def register_sealed_versions() -> None:
    """Called once, when the app is ready."""
    for model in ("plans.PlanVersion", "plans.VersionBlock", "plans.FrozenMilestone"):
        handlers.seal(model, _HIDE)


def register_personal_data() -> None:
    """Called once, when the app is ready."""
    declare(
        *tracked(
            "plans.Plan",
            "title proposal still_open decided_by case_number document_number sender_unit"
            " replaces_in_words retired_because sort_key search_text",
            Act.RETAIN,
            FILED,
        ),
        *tracked("plans.PlanLead", "user", Act.ERASE, TASK),
        *tracked("plans.Approval", "words", Act.RETAIN, FILED),
        *fields("plans.Approval", "by", Act.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalApproval", "by", Act.REDACT, WHO_DID_IT),
        *tracked("plans.Cycle", "reason", Act.RETAIN, FILED),
        *tracked("plans.Phase", "title purpose", Act.RETAIN, FILED),
        *tracked("plans.Section", "title text blocks", Act.RETAIN, FILED),
        *fields("plans.SectionDraft", "user title text", Act.ERASE, TASK),
        *fields("plans.StatusDraft", "user fields", Act.ERASE, TASK),
        *tracked("plans.TargetGroup", "title", Act.RETAIN, FILED),
        *tracked("plans.Principle", "title", Act.RETAIN, FILED),
        *fields("plans.SectionImage", "alt", Act.RETAIN, FILED),
        *fields("plans.DeskVisit", "user", Act.ERASE, TASK),
        *tracked("plans.Comment", "text quote author resolved_by", Act.REDACT, TASK),
        *tracked("plans.Milestone", "title description others written imported", Act.RETAIN, FILED),
        *tracked("plans.DateChange", "reason written", Act.RETAIN, FILED),
        *fields("plans.DateChange", "changed_by", Act.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalDateChange", "changed_by", Act.REDACT, WHO_DID_IT),
        *tracked(
            "plans.FocusArea", "title theme goals ended_because retired_because", Act.RETAIN, FILED
        ),
        *tracked("plans.YearlyStatus", "summary", Act.RETAIN, FILED),
        *fields("plans.YearlyStatus", "owner", Act.REDACT, TASK),
        *fields("plans.HistoricalYearlyStatus", "owner", Act.REDACT, TASK),
        *tracked("plans.FocusStatus", "words reason", Act.RETAIN, FILED),
        *tracked("plans.AcceptedFinding", "code key note", Act.RETAIN, FILED),
        *fields("plans.AcceptedFinding", "accepted_by", Act.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalAcceptedFinding", "accepted_by", Act.REDACT, WHO_DID_IT),
        *tracked("plans.ImportDraft", "owner pasted source corrections", Act.ERASE, TASK),
        *tracked("plans.TextImport", "owner answers outcome", Act.ERASE, TASK),
        *fields("plans.TextImport", "source", Act.ERASE, TASK),
        *tracked("plans.Matter", "title", Act.RETAIN, FILED),
        *written_by("plans.HistoricalMatterPlan"),
        *written_by("plans.HistoricalDependency"),
        *tracked("plans.Treatment", "wording votes dissent protocol", Act.RETAIN, FILED),
        *fields("plans.Treatment", "recorded_by", Act.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalTreatment", "recorded_by", Act.REDACT, WHO_DID_IT),
        *tracked("plans.Recusal", "user", Act.ERASE, TASK),
        *fields("plans.Recusal", "recorded_by", Act.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalRecusal", "recorded_by", Act.REDACT, WHO_DID_IT),
        *fields("plans.LastRead", "user", Act.ERASE, TASK),
        *fields("plans.PrivateNote", "user quote words", Act.ERASE, TASK),
        *tracked("plans.Question", "asker quote words answer", Act.ERASE, TASK),
        *fields("plans.Question", "answered_by", Act.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalQuestion", "answered_by", Act.REDACT, WHO_DID_IT),
        *tracked("plans.Redaction", "reason", Act.RETAIN, FILED),
        *fields("plans.Redaction", "redacted_by", Act.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalRedaction", "redacted_by", Act.REDACT, WHO_DID_IT),
        *tracked("plans.Publication", "reason withdrawn_because", Act.RETAIN, FILED),
        *fields("plans.Publication", "published_by", Act.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalPublication", "published_by", Act.REDACT, WHO_DID_IT),
    )
    declare(
        *fields("plans.PlanVersion", "content title search_text note body_name", Act.REDACT, FILED),
        *fields("plans.PlanVersion", "sort_key", Act.REDACT, FILED),
        *fields("plans.PlanVersion", "frozen_by", Act.REDACT, WHO_DID_IT),
        *fields("plans.FrozenMilestone", "title bodies written", Act.REDACT, FILED),
    )
