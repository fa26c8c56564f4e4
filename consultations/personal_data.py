"""Where consultations may hold personal data.

What was received is filed: it stays as received and is open to access requests; what is shown to
everybody is another text, from which a person has taken out what must not be shown. Unsent words
are their writer's and go.
"""

from __future__ import annotations

from kommuneplan.core.privacy.declarations import (
    FILED,
    SECURITY,
    TASK,
    WHO_DID_IT,
    fields,
    tracked,
    written_by,
)
from kommuneplan.core.privacy.places import Act, declare

SENDER = "name organisation role email"


def register_personal_data() -> None:
    """Called once, when the app is ready."""
    declare(
        *tracked(
            "consultations.Round",
            "title introduction letter renewed_because withdrawn_because ready_in_spite",
            Act.RETAIN,
            FILED,
        ),
        *tracked("consultations.RoundQuestion", "words help", Act.RETAIN, FILED),
        *tracked("consultations.Material", "title findings", Act.RETAIN, FILED),
        *fields("consultations.RoundEvent", "reason", Act.RETAIN, FILED),
        *tracked("consultations.Party", "name email note sort_key search_text", Act.ERASE, TASK),
        *tracked("consultations.ContactPerson", "name role email", Act.ERASE, TASK),
        *tracked("consultations.StandardList", "title sort_key", Act.RETAIN, TASK),
        *tracked(
            "consultations.Invitation",
            "name email contact_name removed_because sort_key",
            Act.RETAIN,
            FILED,
        ),
        *fields("consultations.ResponseDraft", f"{SENDER} text", Act.ERASE, TASK),
        *fields("consultations.DraftAnswer", "words", Act.ERASE, TASK),
        *fields("consultations.DraftRemark", "quote words writer", Act.ERASE, TASK),
        *tracked(
            "consultations.Response",
            f"{SENDER} helper late_because hidden_because published",
            Act.RETAIN,
            FILED,
        ),
        *fields("consultations.Response", "search_text", Act.RETAIN, FILED),
        *fields("consultations.ResponseRevision", "content", Act.RETAIN, FILED),
        *tracked(
            "consultations.Attachment",
            "title findings published_findings accessibility decided_because",
            Act.RETAIN,
            FILED,
        ),
        *tracked("consultations.Redaction", "words", Act.RETAIN, FILED),
        *fields("consultations.KeptFinding", "reason", Act.RETAIN, FILED),
        *fields("consultations.OriginalRead", "user", Act.REDACT, SECURITY),
        *tracked("consultations.Theme", "title summary", Act.RETAIN, FILED),
        *tracked("consultations.StandardAnswer", "title reply sort_key", Act.RETAIN, TASK),
        *tracked("consultations.MeetingInput", "title", Act.RETAIN, FILED),
        *tracked(
            "consultations.Remark",
            "quote words reply reason wanted_change decision_words",
            Act.RETAIN,
            FILED,
        ),
        *fields("consultations.Remark", "search_text", Act.RETAIN, FILED),
        *fields("consultations.Report", "content", Act.RETAIN, FILED),
        *written_by("consultations.HistoricalReport"),
        *written_by("consultations.HistoricalJournalPackage"),
        *tracked("consultations.Filing", "document_number", Act.RETAIN, FILED),
    )
    declare_who_did_it()


def declare_who_did_it() -> None:
    """Who of the municipality did something; erased with the person, the act stays."""
    for model, names in {
        "Round": "announced_by ready_by",
        "Response": "registered_by cleared_by assignee",
        "Attachment": "decided_by",
        "Redaction": "by lifted_by",
        "MeetingInput": "written_by",
        "Remark": "assignee",
        "Report": "made_by published_by",
        "JournalPackage": "made_by",
        "Filing": "by",
    }.items():
        for kind in (model, f"Historical{model}"):
            declare(*fields(f"consultations.{kind}", names, Act.REDACT, WHO_DID_IT))
    declare(
        *fields("consultations.RoundEvent", "by", Act.REDACT, WHO_DID_IT),
        *fields("consultations.KeptFinding", "by", Act.REDACT, WHO_DID_IT),
    )
