"""What a plan's history is made of: one ``TrackedTable`` for each table that is told.

Every field of a kind is told unless it is quiet, so a new field is told by itself. A tracked
table that is no kind stands in ``NOT_TOLD`` with the reason (``tests/test_history.py``).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import Field, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.models import Meeting
from kommuneplan.timespan.fields import Dated
from plans.models import (
    AcceptedFinding,
    ActivityMove,
    AgendaItem,
    AgendaPaper,
    Annex,
    AnnexFile,
    Approval,
    AtClause,
    BudgetStep,
    Comment,
    CommitteeRequest,
    Cycle,
    DateChange,
    Dependency,
    Duty,
    DutyFulfilment,
    EffectLink,
    EffectNode,
    EffectReference,
    EffectTheme,
    EffortDescription,
    EvaluatedGoal,
    Evaluation,
    FocusArea,
    FocusStatus,
    Indicator,
    IndicatorTarget,
    Initiative,
    InitiativeActivity,
    InitiativeFunding,
    InitiativeLink,
    InitiativePartner,
    InitiativePhase,
    ItemOutcome,
    Matter,
    MatterPlan,
    Measurement,
    Milestone,
    PaperAnnex,
    PaperSection,
    Phase,
    Plan,
    PlanExtension,
    PlanIndicator,
    PlanLead,
    PlanVersion,
    Principle,
    Publication,
    Redaction,
    ReportRecipient,
    RequestAnswer,
    Section,
    StatusReport,
    StatusReportSection,
    TargetGroup,
    Treatment,
    YearlyStatus,
)

from . import whose
from .tracked_table import TrackedTable

NOT_TOLD = {
    "plans.ImportDraft": "its owner's alone; what an import does is told by the rows it changes",
    "plans.TextImport": "as an import of a process plan",
    "plans.Question": "between the asker and the administration, until both agree",
    "plans.PaperHeading": "of the municipality, not of a plan",
    "plans.Recusal": "a circumstance of a person, not of the plan",
    "plans.ItemRecusal": "a circumstance of a person, not of the plan",
    "plans.Agenda": "of a meeting, not of one plan",
    "plans.InsightRequest": "between a member of the council and the administration",
}

ROOMS = {
    "plan": _("About the plan"),
    "tekst": _("Text"),
    "bilag": _("Annexes"),
    "sagsfremstilling": _("Papers for the agenda"),
    "procesplan": _("Process plan"),
    "indsatsomraader": _("Focus areas"),
    "statusrapporter": _("Status reports"),
    "initiativer": _("Initiatives"),
    "pligter": _("Duties and evaluation"),
    "indikatorer": _("Indicators"),
    "forandringsteori": _("Theory of change"),
    "behandling": _("Treatment by the bodies"),
    "bestillinger": _("Requests and money"),
    "versioner": _("Versions and publications"),
    "kommentarer": _("Comments between colleagues"),
}

WHEN = "when"  # the columns of a date, told as one field
WHEN_COLUMNS = (
    "earliest_begin", "latest_begin", "earliest_end", "latest_end", "precision", "modifier",
    "written",
)  # fmt: skip
_QUIET = {
    "id", "uid", "version", "plan", "cycle", "sort_key", "search_text", "sort_begin", "sort_end",
    "slug", "root", "key", "anchor", "blocks", "imported", "retired_at", *WHEN_COLUMNS,
}  # fmt: skip
_LABELS = {  # of columns that no form ever names
    WHEN: _("date"),
    "phase": _("phase"),
    "meeting": _("meeting"),
    "own_meeting": _("meeting"),
    "body": _("body"),
    "owner": _("who sees to it"),
    "home": _("belongs to the plan"),
    "focus_area": _("focus area"),
    "quote": _("the paragraph it is about"),
    "resolved_at": _("resolved"),
    "resolved_by": _("resolved by"),
}


KINDS: tuple[TrackedTable, ...] = (
    TrackedTable("plan", "plan", Plan, whose.own, why=("retired_because",)),
    TrackedTable("tovholder", "plan", PlanLead, whose.of_plan, quiet=frozenset({"user"})),
    TrackedTable("forloeb", "plan", Cycle, whose.of_plan, why=("reason",)),
    TrackedTable(
        "godkendelse", "plan", Approval, whose.of_cycle, why=("words",),
        quiet=frozenset({"digest", "by", "at"}),
    ),
    TrackedTable("afsnit", "tekst", Section, whose.of_plan, rich=frozenset({"text"})),
    TrackedTable("maalgruppe", "tekst", TargetGroup, whose.of_plan),
    TrackedTable("princip", "tekst", Principle, whose.of_plan),
    TrackedTable("bilag", "bilag", Annex, whose.of_plan, why=("retired_because",)),
    TrackedTable(
        "bilagsfil", "bilag", AnnexFile, whose.of_annex,
        why=("decided_because", "replaced_because"),
        quiet=frozenset({"annex", "barriers", "found", "decided_by", "decided_at"}),
        beside={"bilag": ("annex_id",)},
    ),
    TrackedTable(
        "indsatsbeskrivelse", "bilag", EffortDescription, whose.of_annex,
        quiet=frozenset({"annex"}), beside={"bilag": ("annex_id",)},
    ),
    TrackedTable(
        "sagsfremstilling", "sagsfremstilling", AgendaPaper, whose.of_plan,
        why=("retired_because",),
        quiet=frozenset({"content", "word", "pdf", "handed_in_by", "created_at"}),
    ),
    TrackedTable(
        "afsnit-i-sagsfremstilling", "sagsfremstilling", PaperSection, whose.of_paper,
        quiet=frozenset({"paper"}), beside={"sagsfremstilling": ("paper_id",)},
    ),
    TrackedTable(
        "bilag-til-sagsfremstilling", "sagsfremstilling", PaperAnnex, whose.of_paper,
        quiet=frozenset({"paper"}), beside={"sagsfremstilling": ("paper_id",)},
    ),
    TrackedTable("fase", "procesplan", Phase, whose.of_cycle),
    TrackedTable("milepael", "procesplan", Milestone, whose.of_cycle),
    TrackedTable(
        "ny-dato", "procesplan", DateChange, whose.of_milestone, why=("reason",),
        quiet=frozenset({"milestone", "changed_by", "changed_at"}),
        beside={"milepael": ("milestone_id",)},
    ),
    TrackedTable(
        "afhaengighed", "procesplan", Dependency, whose.of_milestone,
        quiet=frozenset({"milestone", "after"}),
        beside={"milepael": ("milestone_id", "after_id")},
    ),
    TrackedTable(
        "accepteret-tjek", "procesplan", AcceptedFinding, whose.of_plan, why=("note",),
        quiet=frozenset({"accepted_by", "accepted_at", "code"}),
    ),
    TrackedTable("indsatsomraade", "indsatsomraader", FocusArea, whose.of_plan,
         why=("ended_because", "retired_because")),
    TrackedTable("aarlig-status", "indsatsomraader", YearlyStatus, whose.of_plan),
    TrackedTable(
        "status-for-omraade", "indsatsomraader", FocusStatus, whose.of_status, why=("reason",),
        quiet=frozenset({"status", "focus_area"}),
        beside={"indsatsomraade": ("focus_area_id",)},
    ),
    TrackedTable(
        "statusrapport", "statusrapporter", StatusReport, whose.of_plan,
        why=("correction_reason", "withdrawn_because"),
        quiet=frozenset({
            "facts", "content", "digest", "frozen_by", "published_by", "corrects", "number",
        }),
    ),
    TrackedTable(
        "rapportafsnit", "statusrapporter", StatusReportSection, whose.of_report,
        quiet=frozenset({"report", "part"}), rich=frozenset({"text"}),
        beside={"statusrapport": ("report_id",)},
    ),
    TrackedTable(
        "rapportmodtager", "statusrapporter", ReportRecipient, whose.of_report,
        quiet=frozenset({"report", "position"}), beside={"statusrapport": ("report_id",)},
    ),
    TrackedTable("initiativ", "initiativer", Initiative, whose.of_plan,
         why=("stopped_because", "retired_because")),
    *(
        TrackedTable(
            code, "initiativer", model, whose.of_initiative, why=why,
            quiet=frozenset({"initiative", "position"}), beside={"initiativ": ("initiative_id",)},
        )
        for code, model, why in (
            ("initiativs-fase", InitiativePhase, ()),
            ("aktivitet", InitiativeActivity, ("dropped_because",)),
            ("initiativs-penge", InitiativeFunding, ()),
            ("samarbejdspartner", InitiativePartner, ()),
            ("initiativs-link", InitiativeLink, ()),
        )
    ),
    TrackedTable(
        "aktivitets-ny-dato", "initiativer", ActivityMove, whose.of_activity, why=("reason",),
        quiet=frozenset({"activity", "changed_by", "changed_at"}),
        beside={"aktivitet": ("activity_id",)},
    ),
    TrackedTable("pligt", "pligter", Duty, whose.of_plan, why=("retired_because",)),
    TrackedTable(
        "pligt-opfyldt", "pligter", DutyFulfilment, lambda plan: Q(duty_id__in=whose.duties(plan)),
        quiet=frozenset({"duty", "occurrence", "recorded_at", "recorded_by"}),
        beside={"pligt": ("duty_id",)},
    ),
    TrackedTable("evaluering", "pligter", Evaluation, whose.of_plan),
    TrackedTable(
        "evalueret-maal", "pligter", EvaluatedGoal,
        lambda plan: Q(evaluation_id__in=whose.evaluations(plan)), quiet=frozenset({"evaluation"}),
        beside={"evaluering": ("evaluation_id",)},
    ),
    TrackedTable(
        "forlaengelse", "pligter", PlanExtension, whose.of_plan,
        why=("reason", "taken_back_because"),
        quiet=frozenset({"old_last_year", "recorded_at", "recorded_by", "taken_back_at"}),
    ),
    TrackedTable("indikator", "indikatorer", Indicator,
         lambda plan: Q(id__in=whose.uses(plan).values("indicator_id"))),
    TrackedTable("indikator-i-planen", "indikatorer", PlanIndicator, whose.of_plan,
         why=("override_reason",),
         quiet=frozenset({"indicator", "position", "overridden_by", "overridden_on"}),
         beside={"indikator": ("indicator_id",)}),
    TrackedTable("maal", "indikatorer", IndicatorTarget,
         lambda plan: Q(use_id__in=whose.uses(plan).values("pk")), quiet=frozenset({"use"})),
    TrackedTable("maaling", "indikatorer", Measurement, whose.of_indicator,
         quiet=frozenset({"indicator", "entered_by"}), beside={"indikator": ("indicator_id",)}),
    TrackedTable("effekttema", "forandringsteori", EffectTheme, whose.of_plan,
         why=("retired_because",)),
    TrackedTable("effektled", "forandringsteori", EffectNode, whose.of_theme,
         why=("retired_because",), quiet=frozenset({"theme"})),
    TrackedTable(
        "effektbidrag", "forandringsteori", EffectLink, whose.of_node,
        quiet=frozenset({"node"}), beside={"effektled": ("node_id", "serves_id")},
    ),
    TrackedTable("effektkilde", "forandringsteori", EffectReference, whose.of_plan,
         why=("retired_because",)),
    TrackedTable("sag", "behandling", Matter, lambda plan: Q(id__in=whose.matters(plan)),
         quiet=frozenset({"created_at"})),
    TrackedTable("plan-i-sag", "behandling", MatterPlan, whose.of_cycle,
         quiet=frozenset({"matter"}), beside={"sag": ("matter_id",)}),
    TrackedTable(
        "behandling", "behandling", Treatment, whose.of_matter,
        quiet=frozenset({"matter", "recorded_by", "recorded_at"}),
        beside={"sag": ("matter_id",)},
    ),
    TrackedTable("moede", "behandling", Meeting, whose.meetings),
    TrackedTable("bestilling", "bestillinger", CommitteeRequest, whose.of_plan,
         why=("withdrawn_because",)),
    TrackedTable(
        "svar-paa-bestilling", "bestillinger", RequestAnswer, whose.of_request,
        why=("reopened_because",), quiet=frozenset({"request"}),
        beside={"bestilling": ("request_id",)},
    ),
    TrackedTable("penge", "bestillinger", BudgetStep, whose.of_plan),
    TrackedTable(
        "punkt", "behandling", AgendaItem, whose.items, why=("closed_reason",),
        quiet=frozenset({"treatment", "position"}),
    ),
    TrackedTable("at-punkt", "behandling", AtClause, whose.of_item, quiet=frozenset({"item"}),
         beside={"punkt": ("item_id",)}),
    TrackedTable(
        "udfald", "behandling", ItemOutcome, whose.of_item,
        quiet=frozenset({"item", "recorded_at", "recorded_by"}),
        beside={"punkt": ("item_id",)},
    ),
    TrackedTable(
        "offentliggoerelse", "versioner", Publication, whose.of_plan,
        why=("reason", "withdrawn_because"), quiet=frozenset({"published_by", "former_number"}),
    ),
    TrackedTable(
        "version", "versioner", PlanVersion, whose.of_plan, why=("note",),
        quiet=frozenset({
            "schema", "content", "digest", "previous", "frozen_at", "frozen_by", "title", "kind",
            "body_name", "state", "first_year", "last_year", "number", "public_number",
        }),
    ),
    TrackedTable(
        "skjult", "versioner", Redaction, whose.of_plan, why=("reason",),
        quiet=frozenset({"redacted_at", "redacted_by"}),
    ),
    TrackedTable(
        "kommentar", "kommentarer", Comment, whose.of_section,
        quiet=frozenset({"section", "author", "written_at", "answers"}),
        beside={"afsnit": ("section_id",)},
    ),
)  # fmt: skip
BY_CODE = {kind.code: kind for kind in KINDS}


@cache
def told_fields(code: str) -> tuple[str, ...]:
    """The fields of a kind that are told, in the order of the model; the date second."""
    kind = BY_CODE[code]
    quiet = _QUIET | kind.quiet | set(kind.why)
    names = [one.name for one in kind.model._meta.fields if one.name not in quiet]
    if issubclass(kind.model, Dated):
        names.insert(1 if names[:1] == ["title"] else 0, WHEN)
    return (*names, *many_fields(code))


@cache
def many_fields(code: str) -> tuple[str, ...]:
    """Those that name several others: who takes part, what is replaced."""
    kind = BY_CODE[code]
    if not kind.tracked:
        return ()
    return tuple(one.name for one in kind.history._history_m2m_fields)


def member_rows(kind: TrackedTable, name: str, records: Any) -> QuerySet[Any]:
    """(record, member) of a field that names several others, for some records."""
    column = model_field(kind, name).m2m_reverse_field_name()
    rows = getattr(kind.history, name).model._default_manager
    return rows.filter(history_id__in=records).order_by().values_list("history_id", column)


def model_field(kind: TrackedTable, name: str) -> Field[Any, Any]:
    """The column behind a told field."""
    return kind.model._meta.get_field(name)


def field_label(kind: TrackedTable, name: str) -> str:
    """What a field is called."""
    if name == WHEN and kind.code in {"ny-dato", "aktivitets-ny-dato"}:  # the date that held before
        return str(capfirst(_("earlier date")))
    known = "" if name == "body" and kind.code == "plan" else _LABELS.get(name)
    return str(capfirst(known or model_field(kind, name).verbose_name))
