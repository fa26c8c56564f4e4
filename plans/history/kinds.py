"""What a plan's history is made of: one ``TrackedTable`` for each table that is told.

Every field of a kind is told unless it is quiet, so a new field is told by itself. A tracked
table that is no kind stands in ``NOT_TOLD`` with the reason (``tests/test_history.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from django.db.models import F, Field, Model, Q, QuerySet, Value
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.models import Meeting
from kommuneplan.locking import Locked
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


@dataclass(frozen=True)
class TrackedTable:
    """One table of a plan's history.

    ``of_plan`` gives the rows of a plan; ``why`` are the fields that hold a reason, told as such;
    ``beside`` says which other kind's own history shows these rows too, and by which columns.
    """

    code: str  # in addresses
    room: str
    model: type[Model]
    of_plan: Callable[[Plan], Q]
    why: tuple[str, ...] = ()
    quiet: frozenset[str] = frozenset()
    rich: frozenset[str] = frozenset()
    beside: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What such a thing is called."""
        return str(capfirst(self.model._meta.verbose_name))

    @cached_property
    def tracked(self) -> bool:
        """Is it a table with history? A version is frozen: the row itself is its only entry."""
        return hasattr(self.model._meta, "simple_history_manager_attribute")

    @cached_property  # asking the model for its history makes a class each time
    def history(self) -> type[Model]:
        """The table of its records."""
        return self.model.history.model if self.tracked else self.model

    @cached_property
    def has_uid(self) -> bool:
        """Can it be named in an address?"""
        return any(one.name == "uid" for one in self.model._meta.fields) and self.tracked

    @cached_property
    def has_states(self) -> bool:
        """Is every state of it numbered, by its lock version?"""
        return self.has_uid and issubclass(self.model, Locked)

    def records(self, plan: Plan) -> QuerySet[Any]:
        """All records of a plan, in no order."""
        return self.history._default_manager.filter(self.of_plan(plan)).order_by()

    def entries(self, plan: Plan, number: int, only: Q | None = None) -> QuerySet[Any]:
        """(when, who, kind, record, thing, sign) of each record, for ``entries.written``."""
        rows = self.records(plan)
        if only is not None:
            rows = rows.filter(only)
        names = ("history_date", "history_user_id", "history_id", "id", "history_type")
        if not self.tracked:
            names = ("frozen_at", "frozen_by_id", "pk", "pk", Value("+"))
        return rows.values_list(
            F(names[0]), F(names[1]), Value(number), F(names[2]), F(names[3]),
            names[4] if not self.tracked else F(names[4]),
        )  # fmt: skip

    def writers(self, plan: Plan, number: int) -> QuerySet[Any]:
        """(who, kind) of each who has written a record."""
        column = "history_user_id" if self.tracked else "frozen_by_id"
        return self.records(plan).values_list(F(column), Value(number)).distinct()


def _own(plan: Plan) -> Q:
    return Q(id=plan.pk)


def _of_plan(plan: Plan) -> Q:
    return Q(plan_id=plan.pk)


def _of_cycle(plan: Plan) -> Q:
    return Q(cycle_id__in=Cycle.objects.filter(plan=plan).values("pk"))


def _milestones(plan: Plan) -> QuerySet[Any]:
    """Deleted ones too."""
    return Milestone.history.filter(_of_cycle(plan)).order_by().values("id")


def _of_milestone(plan: Plan) -> Q:
    return Q(milestone_id__in=_milestones(plan))


def _of_section(plan: Plan) -> Q:
    return Q(section_id__in=Section.objects.filter(plan=plan).values("pk"))


def _of_status(plan: Plan) -> Q:
    return Q(status_id__in=YearlyStatus.objects.filter(plan=plan).values("pk"))


def _of_report(plan: Plan) -> Q:
    return Q(report_id__in=StatusReport.history.filter(plan=plan).order_by().values("id"))


def _of_annex(plan: Plan) -> Q:
    return Q(annex_id__in=Annex.objects.filter(plan=plan).values("pk"))


def _of_paper(plan: Plan) -> Q:
    return Q(paper_id__in=AgendaPaper.objects.filter(plan=plan).values("pk"))


def _of_initiative(plan: Plan) -> Q:
    return Q(initiative_id__in=Initiative.objects.filter(plan=plan).values("pk"))


def _of_activity(plan: Plan) -> Q:
    rows = InitiativeActivity.history.filter(_of_initiative(plan)).order_by().values("id")
    return Q(activity_id__in=rows)


def _duties(plan: Plan) -> QuerySet[Any]:
    """Deleted ones too."""
    return Duty.history.filter(plan_id=plan.pk).order_by().values("id")


def _evaluations(plan: Plan) -> QuerySet[Any]:
    return Evaluation.history.filter(plan_id=plan.pk).order_by().values("id")


def _uses(plan: Plan) -> QuerySet[Any]:
    return PlanIndicator.objects.filter(plan=plan)


def _of_indicator(plan: Plan) -> Q:
    return Q(indicator_id__in=_uses(plan).values("indicator_id"))


def _of_theme(plan: Plan) -> Q:
    return Q(theme_id__in=EffectTheme.history.filter(plan_id=plan.pk).order_by().values("id"))


def _of_node(plan: Plan) -> Q:
    return Q(node_id__in=EffectNode.history.filter(_of_theme(plan)).order_by().values("id"))


def _matters(plan: Plan) -> QuerySet[Any]:
    return MatterPlan.objects.filter(cycle__plan=plan).values("matter_id")


def _of_matter(plan: Plan) -> Q:
    return Q(matter_id__in=_matters(plan))


def _items(plan: Plan) -> Q:
    treated = Treatment.history.filter(_of_matter(plan)).order_by().values("id")
    return Q(plan_id=plan.pk) | Q(treatment_id__in=treated)


def _of_item(plan: Plan) -> Q:
    return Q(item_id__in=AgendaItem.history.filter(_items(plan)).order_by().values("id"))


def _of_request(plan: Plan) -> Q:
    return Q(request_id__in=CommitteeRequest.objects.filter(plan=plan).values("pk"))


def _meetings(plan: Plan) -> Q:
    """The meetings that milestones are or were, and that treat or treated its matters."""
    milestones = Milestone.history.filter(_of_cycle(plan), meeting_id__isnull=False)
    treatments = Treatment.history.filter(_of_matter(plan), meeting_id__isnull=False)
    return Q(id__in=milestones.order_by().values("meeting_id")) | Q(
        id__in=treatments.order_by().values("meeting_id")
    )


KINDS: tuple[TrackedTable, ...] = (
    TrackedTable("plan", "plan", Plan, _own, why=("retired_because",)),
    TrackedTable("tovholder", "plan", PlanLead, _of_plan, quiet=frozenset({"user"})),
    TrackedTable("forloeb", "plan", Cycle, _of_plan, why=("reason",)),
    TrackedTable(
        "godkendelse", "plan", Approval, _of_cycle, why=("words",),
        quiet=frozenset({"digest", "by", "at"}),
    ),
    TrackedTable("afsnit", "tekst", Section, _of_plan, rich=frozenset({"text"})),
    TrackedTable("maalgruppe", "tekst", TargetGroup, _of_plan),
    TrackedTable("princip", "tekst", Principle, _of_plan),
    TrackedTable("bilag", "bilag", Annex, _of_plan, why=("retired_because",)),
    TrackedTable(
        "bilagsfil", "bilag", AnnexFile, _of_annex, why=("decided_because", "replaced_because"),
        quiet=frozenset({"annex", "barriers", "found", "decided_by", "decided_at"}),
        beside={"bilag": ("annex_id",)},
    ),
    TrackedTable(
        "indsatsbeskrivelse", "bilag", EffortDescription, _of_annex, quiet=frozenset({"annex"}),
        beside={"bilag": ("annex_id",)},
    ),
    TrackedTable(
        "sagsfremstilling", "sagsfremstilling", AgendaPaper, _of_plan, why=("retired_because",),
        quiet=frozenset({"content", "word", "pdf", "handed_in_by", "created_at"}),
    ),
    TrackedTable(
        "afsnit-i-sagsfremstilling", "sagsfremstilling", PaperSection, _of_paper,
        quiet=frozenset({"paper"}), beside={"sagsfremstilling": ("paper_id",)},
    ),
    TrackedTable(
        "bilag-til-sagsfremstilling", "sagsfremstilling", PaperAnnex, _of_paper,
        quiet=frozenset({"paper"}), beside={"sagsfremstilling": ("paper_id",)},
    ),
    TrackedTable("fase", "procesplan", Phase, _of_cycle),
    TrackedTable("milepael", "procesplan", Milestone, _of_cycle),
    TrackedTable(
        "ny-dato", "procesplan", DateChange, _of_milestone, why=("reason",),
        quiet=frozenset({"milestone", "changed_by", "changed_at"}),
        beside={"milepael": ("milestone_id",)},
    ),
    TrackedTable(
        "afhaengighed", "procesplan", Dependency, _of_milestone,
        quiet=frozenset({"milestone", "after"}),
        beside={"milepael": ("milestone_id", "after_id")},
    ),
    TrackedTable(
        "accepteret-tjek", "procesplan", AcceptedFinding, _of_plan, why=("note",),
        quiet=frozenset({"accepted_by", "accepted_at", "code"}),
    ),
    TrackedTable("indsatsomraade", "indsatsomraader", FocusArea, _of_plan,
         why=("ended_because", "retired_because")),
    TrackedTable("aarlig-status", "indsatsomraader", YearlyStatus, _of_plan),
    TrackedTable(
        "status-for-omraade", "indsatsomraader", FocusStatus, _of_status, why=("reason",),
        quiet=frozenset({"status", "focus_area"}),
        beside={"indsatsomraade": ("focus_area_id",)},
    ),
    TrackedTable(
        "statusrapport", "statusrapporter", StatusReport, _of_plan,
        why=("correction_reason", "withdrawn_because"),
        quiet=frozenset({
            "facts", "content", "digest", "frozen_by", "published_by", "corrects", "number",
        }),
    ),
    TrackedTable(
        "rapportafsnit", "statusrapporter", StatusReportSection, _of_report,
        quiet=frozenset({"report", "part"}), rich=frozenset({"text"}),
        beside={"statusrapport": ("report_id",)},
    ),
    TrackedTable(
        "rapportmodtager", "statusrapporter", ReportRecipient, _of_report,
        quiet=frozenset({"report", "position"}), beside={"statusrapport": ("report_id",)},
    ),
    TrackedTable("initiativ", "initiativer", Initiative, _of_plan,
         why=("stopped_because", "retired_because")),
    *(
        TrackedTable(
            code, "initiativer", model, _of_initiative, why=why,
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
        "aktivitets-ny-dato", "initiativer", ActivityMove, _of_activity, why=("reason",),
        quiet=frozenset({"activity", "changed_by", "changed_at"}),
        beside={"aktivitet": ("activity_id",)},
    ),
    TrackedTable("pligt", "pligter", Duty, _of_plan, why=("retired_because",)),
    TrackedTable(
        "pligt-opfyldt", "pligter", DutyFulfilment, lambda plan: Q(duty_id__in=_duties(plan)),
        quiet=frozenset({"duty", "occurrence", "recorded_at", "recorded_by"}),
        beside={"pligt": ("duty_id",)},
    ),
    TrackedTable("evaluering", "pligter", Evaluation, _of_plan),
    TrackedTable(
        "evalueret-maal", "pligter", EvaluatedGoal,
        lambda plan: Q(evaluation_id__in=_evaluations(plan)), quiet=frozenset({"evaluation"}),
        beside={"evaluering": ("evaluation_id",)},
    ),
    TrackedTable(
        "forlaengelse", "pligter", PlanExtension, _of_plan,
        why=("reason", "taken_back_because"),
        quiet=frozenset({"old_last_year", "recorded_at", "recorded_by", "taken_back_at"}),
    ),
    TrackedTable("indikator", "indikatorer", Indicator,
         lambda plan: Q(id__in=_uses(plan).values("indicator_id"))),
    TrackedTable("indikator-i-planen", "indikatorer", PlanIndicator, _of_plan,
         why=("override_reason",),
         quiet=frozenset({"indicator", "position", "overridden_by", "overridden_on"}),
         beside={"indikator": ("indicator_id",)}),
    TrackedTable("maal", "indikatorer", IndicatorTarget,
         lambda plan: Q(use_id__in=_uses(plan).values("pk")), quiet=frozenset({"use"})),
    TrackedTable("maaling", "indikatorer", Measurement, _of_indicator,
         quiet=frozenset({"indicator", "entered_by"}), beside={"indikator": ("indicator_id",)}),
    TrackedTable("effekttema", "forandringsteori", EffectTheme, _of_plan, why=("retired_because",)),
    TrackedTable("effektled", "forandringsteori", EffectNode, _of_theme,
         why=("retired_because",), quiet=frozenset({"theme"})),
    TrackedTable(
        "effektbidrag", "forandringsteori", EffectLink, _of_node,
        quiet=frozenset({"node"}), beside={"effektled": ("node_id", "serves_id")},
    ),
    TrackedTable("effektkilde", "forandringsteori", EffectReference, _of_plan,
         why=("retired_because",)),
    TrackedTable("sag", "behandling", Matter, lambda plan: Q(id__in=_matters(plan)),
         quiet=frozenset({"created_at"})),
    TrackedTable("plan-i-sag", "behandling", MatterPlan, _of_cycle, quiet=frozenset({"matter"}),
         beside={"sag": ("matter_id",)}),
    TrackedTable(
        "behandling", "behandling", Treatment, _of_matter,
        quiet=frozenset({"matter", "recorded_by", "recorded_at"}),
        beside={"sag": ("matter_id",)},
    ),
    TrackedTable("moede", "behandling", Meeting, _meetings),
    TrackedTable("bestilling", "bestillinger", CommitteeRequest, _of_plan,
         why=("withdrawn_because",)),
    TrackedTable(
        "svar-paa-bestilling", "bestillinger", RequestAnswer, _of_request,
        why=("reopened_because",), quiet=frozenset({"request"}),
        beside={"bestilling": ("request_id",)},
    ),
    TrackedTable("penge", "bestillinger", BudgetStep, _of_plan),
    TrackedTable(
        "punkt", "behandling", AgendaItem, _items, why=("closed_reason",),
        quiet=frozenset({"treatment", "position"}),
    ),
    TrackedTable("at-punkt", "behandling", AtClause, _of_item, quiet=frozenset({"item"}),
         beside={"punkt": ("item_id",)}),
    TrackedTable(
        "udfald", "behandling", ItemOutcome, _of_item,
        quiet=frozenset({"item", "recorded_at", "recorded_by"}),
        beside={"punkt": ("item_id",)},
    ),
    TrackedTable(
        "offentliggoerelse", "versioner", Publication, _of_plan,
        why=("reason", "withdrawn_because"), quiet=frozenset({"published_by", "former_number"}),
    ),
    TrackedTable(
        "version", "versioner", PlanVersion, _of_plan, why=("note",),
        quiet=frozenset({
            "schema", "content", "digest", "previous", "frozen_at", "frozen_by", "title", "kind",
            "body_name", "state", "first_year", "last_year", "number", "public_number",
        }),
    ),
    TrackedTable(
        "skjult", "versioner", Redaction, _of_plan, why=("reason",),
        quiet=frozenset({"redacted_at", "redacted_by"}),
    ),
    TrackedTable(
        "kommentar", "kommentarer", Comment, _of_section,
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
