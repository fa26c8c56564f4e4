"""Where consultations may hold personal data.

What was received is filed: it stays as received and is open to access requests; what is shown to
everybody is another text, from which a person has taken out what must not be shown. Unsent words
are their writer's and go.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consultations.answering.kept_until import KEPT
from kommuneplan.core.privacy.declarations import (
    FILED,
    SECURITY,
    TASK,
    WHO_DID_IT,
    fields,
    tracked,
    written_by,
)
from kommuneplan.core.privacy.notice import KeptTerm, register_kept
from kommuneplan.core.privacy.places import ErasureAct, Term, declare

_KEPT = settings.STRANGERS_KEPT
SENDER = "name organisation role email"
UNSENT = Term(KEPT.days, "round__closes_at", by="consultations.drafts")


def register_personal_data() -> None:
    """Called once, when the app is ready."""
    declare(
        *tracked(
            "consultations.Round",
            "title introduction letter renewed_because withdrawn_because ready_in_spite",
            ErasureAct.RETAIN,
            FILED,
        ),
        *tracked("consultations.RoundQuestion", "words help", ErasureAct.RETAIN, FILED),
        *tracked("consultations.Material", "title findings", ErasureAct.RETAIN, FILED),
        *fields("consultations.RoundEvent", "reason", ErasureAct.RETAIN, FILED),
        *tracked(
            "consultations.Party", "name email note sort_key search_text", ErasureAct.ERASE, TASK
        ),
        *tracked("consultations.ContactPerson", "name role email", ErasureAct.ERASE, TASK),
        *tracked("consultations.StandardList", "title sort_key", ErasureAct.RETAIN, TASK),
        *tracked(
            "consultations.Invitation",
            "name email contact_name removed_because sort_key",
            ErasureAct.RETAIN,
            FILED,
        ),
        *fields(
            "consultations.ResponseDraft",
            f"{SENDER} text windows network",
            ErasureAct.ERASE,
            TASK,
            UNSENT,
        ),
        *fields("consultations.DraftAnswer", "words", ErasureAct.ERASE, TASK),
        *fields("consultations.DraftRemark", "quote words writer", ErasureAct.ERASE, TASK),
        *tracked(
            "consultations.Response",
            f"{SENDER} helper late_because hidden_because published",
            ErasureAct.RETAIN,
            FILED,
        ),
        *fields("consultations.Response", "search_text", ErasureAct.RETAIN, FILED),
        *fields("consultations.ResponseRevision", "content", ErasureAct.RETAIN, FILED),
        *tracked(
            "consultations.Attachment",
            "title findings published_findings accessibility decided_because",
            ErasureAct.RETAIN,
            FILED,
        ),
        *tracked("consultations.Redaction", "words", ErasureAct.RETAIN, FILED),
        *fields("consultations.KeptFinding", "reason", ErasureAct.RETAIN, FILED),
        *fields("consultations.OriginalRead", "user", ErasureAct.REDACT, SECURITY),
        *fields("consultations.WorkKeys", "user", ErasureAct.ERASE, TASK),
        *tracked("consultations.Theme", "title summary", ErasureAct.RETAIN, FILED),
        *tracked("consultations.StandardAnswer", "title reply sort_key", ErasureAct.RETAIN, TASK),
        *tracked("consultations.MeetingInput", "title", ErasureAct.RETAIN, FILED),
        *tracked(
            "consultations.Remark",
            "quote words reply reason wanted_change decision_words",
            ErasureAct.RETAIN,
            FILED,
        ),
        *fields("consultations.Remark", "search_text", ErasureAct.RETAIN, FILED),
        *fields("consultations.Report", "content", ErasureAct.RETAIN, FILED),
        *written_by("consultations.HistoricalReport"),
        *written_by("consultations.HistoricalJournalPackage"),
        *tracked("consultations.Filing", "document_number", ErasureAct.RETAIN, FILED),
    )
    declare_who_did_it()
    tell_citizens()


def tell_citizens() -> None:
    """The same terms, for the notice that citizens read."""
    written = _("somebody last wrote in it")
    register_kept(
        KeptTerm(_("A response that was not sent"), _KEPT["words"], written),
        KeptTerm(_("Files in a response that was not sent"), _KEPT["files"], written),
        KeptTerm(_("Your own copy of a response that you have confirmed"), KEPT, _("the deadline")),
        KeptTerm(_("From which network you came"), _KEPT["network"], _("you last wrote")),
    )


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
            declare(*fields(f"consultations.{kind}", names, ErasureAct.REDACT, WHO_DID_IT))
    declare(
        *fields("consultations.RoundEvent", "by", ErasureAct.REDACT, WHO_DID_IT),
        *fields("consultations.KeptFinding", "by", ErasureAct.REDACT, WHO_DID_IT),
    )
