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
from kommuneplan.core.privacy.places import ErasureAct, declare

CONSENT = "GDPR art. 6(1)(a)"
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
            " recipients annex_number case_worker"
            " replaces_in_words retired_because sort_key search_text",
            ErasureAct.RETAIN,
            FILED,
        ),
        *tracked("plans.PlanLead", "user", ErasureAct.ERASE, TASK),
        *tracked("plans.Approval", "words", ErasureAct.RETAIN, FILED),
        *fields("plans.Approval", "by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalApproval", "by", ErasureAct.REDACT, WHO_DID_IT),
        *tracked("plans.Cycle", "reason", ErasureAct.RETAIN, FILED),
        *tracked("plans.Phase", "title purpose", ErasureAct.RETAIN, FILED),
        *tracked("plans.Section", "title text blocks", ErasureAct.RETAIN, FILED),
        *fields("plans.SectionDraft", "user title text windows", ErasureAct.ERASE, TASK),
        *fields("plans.Follower", "email", ErasureAct.ERASE, CONSENT),
        *fields("plans.StatusDraft", "user fields windows", ErasureAct.ERASE, TASK),
        *tracked("plans.TargetGroup", "title", ErasureAct.RETAIN, FILED),
        *tracked("plans.Principle", "title", ErasureAct.RETAIN, FILED),
        *fields("plans.SectionImage", "alt", ErasureAct.RETAIN, FILED),
        *fields("plans.DeskVisit", "user", ErasureAct.ERASE, TASK),
        *tracked("plans.Comment", "text quote author resolved_by", ErasureAct.REDACT, TASK),
        *tracked(
            "plans.Milestone",
            "title description others written imported place",
            ErasureAct.RETAIN,
            FILED,
        ),
        *tracked("plans.DateChange", "reason written", ErasureAct.RETAIN, FILED),
        *fields("plans.DateChange", "changed_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalDateChange", "changed_by", ErasureAct.REDACT, WHO_DID_IT),
        *tracked(
            "plans.FocusArea",
            "title theme goals ended_because retired_because",
            ErasureAct.RETAIN,
            FILED,
        ),
        *tracked("plans.Annex", "title note retired_because", ErasureAct.RETAIN, FILED),
        *tracked(
            "plans.AnnexFile",
            "replaced_because barriers found decided_because",
            ErasureAct.RETAIN,
            FILED,
        ),
        *fields("plans.AnnexFile", "decided_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalAnnexFile", "decided_by", ErasureAct.REDACT, WHO_DID_IT),
        *tracked(
            "plans.EffortDescription",
            "target_group purpose method expected_results indicators resources provider",
            ErasureAct.RETAIN,
            FILED,
        ),
        *tracked("plans.PaperHeading", "heading help_text", ErasureAct.RETAIN, FILED),
        *tracked(
            "plans.AgendaPaper",
            "title recipient case_number document_number case_worker retired_because",
            ErasureAct.RETAIN,
            FILED,
        ),
        *fields("plans.AgendaPaper", "content", ErasureAct.RETAIN, FILED),
        *fields("plans.AgendaPaper", "handed_in_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalAgendaPaper", "handed_in_by", ErasureAct.REDACT, WHO_DID_IT),
        *tracked("plans.PaperSection", "heading text", ErasureAct.RETAIN, FILED),
        *written_by("plans.HistoricalPaperAnnex"),
        *fields("plans.PaperDraft", "user fields windows", ErasureAct.ERASE, TASK),
        *tracked(
            "plans.Indicator",
            "name sort_key search_text definition source reference",
            ErasureAct.RETAIN,
            FILED,
        ),
        *fields("plans.Indicator", "owner", ErasureAct.REDACT, TASK),
        *fields("plans.HistoricalIndicator", "owner", ErasureAct.REDACT, TASK),
        *tracked("plans.PlanIndicator", "override_reason", ErasureAct.RETAIN, FILED),
        *fields("plans.PlanIndicator", "overridden_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalPlanIndicator", "overridden_by", ErasureAct.REDACT, WHO_DID_IT),
        *written_by("plans.HistoricalIndicatorTarget"),
        *tracked("plans.Measurement", "note written", ErasureAct.RETAIN, FILED),
        *fields("plans.Measurement", "entered_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalMeasurement", "entered_by", ErasureAct.REDACT, WHO_DID_IT),
        *tracked("plans.EffectTheme", "title note retired_because", ErasureAct.RETAIN, FILED),
        *tracked("plans.EffectNode", "title description retired_because", ErasureAct.RETAIN, FILED),
        *tracked("plans.EffectLink", "assumption", ErasureAct.RETAIN, FILED),
        *tracked(
            "plans.EffectReference",
            "number title link search_text retired_because",
            ErasureAct.RETAIN,
            FILED,
        ),
        *tracked("plans.YearlyStatus", "summary", ErasureAct.RETAIN, FILED),
        *fields("plans.YearlyStatus", "owner", ErasureAct.REDACT, TASK),
        *fields("plans.HistoricalYearlyStatus", "owner", ErasureAct.REDACT, TASK),
        *tracked("plans.FocusStatus", "words reason", ErasureAct.RETAIN, FILED),
        *tracked(
            "plans.StatusReport",
            "title correction_reason sender_unit case_number document_number case_workers facts"
            " withdrawn_because content",
            ErasureAct.RETAIN,
            FILED,
        ),
        *fields("plans.StatusReport", "owner frozen_by published_by", ErasureAct.REDACT, TASK),
        *fields(
            "plans.HistoricalStatusReport", "owner frozen_by published_by", ErasureAct.REDACT, TASK
        ),
        *tracked("plans.StatusReportSection", "title text blocks", ErasureAct.RETAIN, FILED),
        *fields("plans.StatusReportDraft", "user title text windows", ErasureAct.ERASE, TASK),
        *tracked("plans.ReportRecipient", "name reference written", ErasureAct.RETAIN, FILED),
        *tracked(
            "plans.Initiative",
            "title aim duration written stopped_because lead participants target_groups"
            " retired_because",
            ErasureAct.RETAIN,
            FILED,
        ),
        *tracked("plans.InitiativePhase", "title aim written", ErasureAct.RETAIN, FILED),
        *tracked(
            "plans.InitiativeActivity",
            "title description audiences written dropped_because",
            ErasureAct.RETAIN,
            FILED,
        ),
        *tracked("plans.ActivityMove", "reason written", ErasureAct.RETAIN, FILED),
        *fields("plans.ActivityMove", "changed_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalActivityMove", "changed_by", ErasureAct.REDACT, WHO_DID_IT),
        *tracked("plans.InitiativeFunding", "source note", ErasureAct.RETAIN, FILED),
        *tracked("plans.InitiativePartner", "name role", ErasureAct.RETAIN, FILED),
        *tracked("plans.InitiativeLink", "title address note", ErasureAct.RETAIN, FILED),
        *tracked(
            "plans.Duty",
            "title details recipients source unit written retired_because",
            ErasureAct.RETAIN,
            FILED,
        ),
        *fields("plans.Duty", "person", ErasureAct.REDACT, TASK),
        *fields("plans.HistoricalDuty", "person", ErasureAct.REDACT, TASK),
        *tracked("plans.DutyFulfilment", "due_words words link", ErasureAct.RETAIN, FILED),
        *fields("plans.DutyFulfilment", "recorded_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalDutyFulfilment", "recorded_by", ErasureAct.REDACT, WHO_DID_IT),
        *tracked("plans.Evaluation", "title words link", ErasureAct.RETAIN, FILED),
        *tracked("plans.EvaluatedGoal", "words", ErasureAct.RETAIN, FILED),
        *tracked(
            "plans.PlanExtension", "reason protocol taken_back_because", ErasureAct.RETAIN, FILED
        ),
        *fields("plans.PlanExtension", "recorded_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalPlanExtension", "recorded_by", ErasureAct.REDACT, WHO_DID_IT),
        *tracked("plans.AcceptedFinding", "code key note", ErasureAct.RETAIN, FILED),
        *fields("plans.AcceptedFinding", "accepted_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalAcceptedFinding", "accepted_by", ErasureAct.REDACT, WHO_DID_IT),
        *tracked("plans.ImportDraft", "owner pasted source corrections", ErasureAct.ERASE, TASK),
        *tracked("plans.TextImport", "owner answers outcome", ErasureAct.ERASE, TASK),
        *fields("plans.TextImport", "source", ErasureAct.ERASE, TASK),
        *tracked("plans.Matter", "title", ErasureAct.RETAIN, FILED),
        *written_by("plans.HistoricalMatterPlan"),
        *written_by("plans.HistoricalDependency"),
        *tracked("plans.Treatment", "wording votes dissent protocol", ErasureAct.RETAIN, FILED),
        *fields("plans.Treatment", "recorded_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalTreatment", "recorded_by", ErasureAct.REDACT, WHO_DID_IT),
        *tracked("plans.Agenda", "protocol", ErasureAct.RETAIN, FILED),
        *tracked(
            "plans.AgendaItem",
            "own_title closed_reason case_number sender summary",
            ErasureAct.RETAIN,
            FILED,
        ),
        *tracked("plans.AtClause", "words wording", ErasureAct.RETAIN, FILED),
        *tracked("plans.ItemOutcome", "wording votes dissent protocol", ErasureAct.RETAIN, FILED),
        *fields("plans.ItemOutcome", "recorded_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalItemOutcome", "recorded_by", ErasureAct.REDACT, WHO_DID_IT),
        *tracked("plans.ItemRecusal", "user", ErasureAct.ERASE, TASK),
        *fields("plans.ItemRecusal", "recorded_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalItemRecusal", "recorded_by", ErasureAct.REDACT, WHO_DID_IT),
        *tracked("plans.InsightRequest", "asked_by wanted reason given", ErasureAct.ERASE, TASK),
        *fields("plans.InsightRequest", "answered_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalInsightRequest", "answered_by", ErasureAct.REDACT, WHO_DID_IT),
        *tracked(
            "plans.CommitteeRequest",
            "title words item_label written withdrawn_because",
            ErasureAct.RETAIN,
            FILED,
        ),
        *tracked(
            "plans.RequestAnswer",
            "document link item_label words reopened_because",
            ErasureAct.RETAIN,
            FILED,
        ),
        *tracked("plans.BudgetStep", "title source words written", ErasureAct.RETAIN, FILED),
        *tracked("plans.Recusal", "user", ErasureAct.ERASE, TASK),
        *fields("plans.Recusal", "recorded_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalRecusal", "recorded_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.LastRead", "user", ErasureAct.ERASE, TASK),
        *fields("plans.PrivateNote", "user quote words", ErasureAct.ERASE, TASK),
        *tracked("plans.Question", "asker quote words answer", ErasureAct.ERASE, TASK),
        *fields("plans.Question", "answered_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalQuestion", "answered_by", ErasureAct.REDACT, WHO_DID_IT),
        *tracked("plans.Redaction", "reason", ErasureAct.RETAIN, FILED),
        *fields("plans.Redaction", "redacted_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalRedaction", "redacted_by", ErasureAct.REDACT, WHO_DID_IT),
        *tracked("plans.Publication", "reason withdrawn_because", ErasureAct.RETAIN, FILED),
        *fields("plans.Publication", "published_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.HistoricalPublication", "published_by", ErasureAct.REDACT, WHO_DID_IT),
    )
    declare(
        *fields(
            "plans.PlanVersion",
            "content title search_text note body_name",
            ErasureAct.REDACT,
            FILED,
        ),
        *fields("plans.PlanVersion", "sort_key", ErasureAct.REDACT, FILED),
        *fields("plans.PlanVersion", "frozen_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("plans.FrozenMilestone", "title bodies written place", ErasureAct.REDACT, FILED),
        *fields("plans.SearchEntry", "title text folded weights signs", ErasureAct.ERASE, FILED),
    )
