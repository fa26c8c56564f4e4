"""The admin of plans: everything can be looked at, what is live can be edited, and the process
plan can be published, through the same actions as in the workspace."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan import clock, locking
from kommuneplan.collation import search_words
from kommuneplan.core.admin_kit import LockedAdmin, ReadOnlyAdmin, ReadOnlyInline, TrackedAdmin
from kommuneplan.core.models import Body
from plans.document.building import gather
from plans.document.personal_data import personal_looking
from plans.enums import PublicState
from plans.lifecycle.cycles import cycle_to_edit
from plans.lifecycle.plan_state import PlanState
from plans.lifecycle.state import open_state, with_state
from plans.lifecycle.transitions import Verb, possible
from plans.models import Cycle, ImportDraft, Phase, Plan, PlanLead, Publication, Section
from plans.permissions import (
    END_WORK,
    PUBLISH_PROCESS_PLAN,
    RUN_STATUS,
    SUBMIT,
    bodies_for_new_plans,
)
from plans.versions.actions import publishing

from . import (  # noqa: F401  (they register)
    agenda,
    agenda_papers,
    annexes,
    decisions,
    duties,
    effects,
    images,
    indicators,
    initiatives,
    meetings,
    process,
    promises,
    status_reports,
    text_import,
    versions,
)
from .steps import Place, ask_reason, leads_to


class PlanLeadInline(admin.TabularInline):
    """Who leads the plan, from when until when."""

    model = PlanLead
    extra = 0
    autocomplete_fields = ["user"]


class PublicationInline(ReadOnlyInline):
    """What the public can read."""

    model = Publication
    fields = ["audience", "visible_from", "superseded_at", "withdrawn_at", "reason"]


def submitting(plan: Plan) -> Place | None:
    """Where a draft, or a plan after its consultation, is put before the bodies."""
    now = PlanState(plan, clock.today())
    ready = now.open_cycle and Verb.SUBMIT in possible(now.state)
    return ("plans:submit", [plan.slug], plan) if ready else None


def withdrawing(plan: Plan) -> Place | None:
    """Where the work that is going on is given up."""
    now = PlanState(plan, clock.today())
    ready = now.open_cycle and Verb.WITHDRAW in possible(now.state)
    return ("plans:withdraw", [plan.slug], plan) if ready else None


def revising(plan: Plan) -> Place | None:
    """Where a plan in force is opened for revision."""
    now = PlanState(plan, clock.today())
    ready = now.in_force and not now.open_cycle and now.state != PublicState.REPEALED
    return ("plans:revise", [plan.slug], plan) if ready else None


def repealing(plan: Plan) -> Place | None:
    """Where a plan in force is brought to an end."""
    now = PlanState(plan, clock.today())
    ready = now.in_force and not now.open_cycle and now.state != PublicState.REPEALED
    return ("plans:repeal", [plan.slug], plan) if ready else None


def opening_status(plan: Plan) -> Place | None:
    """Where the yearly status of a plan in force is begun."""
    ready = PlanState(plan, clock.today()).in_force
    return ("plans:status-open", [plan.slug], plan) if ready else None


@admin.register(Plan)
class PlanAdmin(LockedAdmin):
    """Plans. One that was ever frozen is retired, not deleted."""

    list_display = ["title", "kind", "body", "parent", "state", "published", "period"]
    list_select_related = ["body", "parent"]
    list_filter = ["kind", "body", "first_year"]
    search_fields = ["search_text", "slug"]
    autocomplete_fields = ["body", "parent", "replaces"]
    readonly_fields = ["retired_at", "retired_because", "root", "repealed_on"]
    inlines = [PlanLeadInline, PublicationInline]
    actions = [
        "publish_process_plan",
        leads_to("submit", _("Put it before the bodies"), SUBMIT, submitting),
        leads_to("withdraw", _("Withdraw the plan"), END_WORK, withdrawing),
        leads_to("revise", _("Open a revision"), END_WORK, revising),
        leads_to("repeal", _("Repeal the plan"), END_WORK, repealing),
        leads_to("open_status", _("Begin the yearly status"), RUN_STATUS, opening_status),
    ]
    date_hierarchy = "document_date"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A plan is one of a body that one may make plans for."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == "body":
            bodies = bodies_for_new_plans(request.user)  # type: ignore[arg-type]
            match = request.resolver_match
            now = Plan.objects.filter(pk=match.kwargs.get("object_id") if match else None)
            may = Q(pk__in=[body.pk for body in bodies]) | Q(pk__in=now.values("body"))
            field.queryset = Body.objects.filter(may)
        return field

    def view_on_site(self, plan: Plan) -> str:
        """Its room in the workspace."""
        return reverse("plans:overview", args=[plan.slug])

    def save_model(self, request: HttpRequest, obj: Plan, form: Any, change: bool) -> None:
        """A new plan has its first cycle at once, as one begun in the workspace."""
        super().save_model(request, obj, form, change)
        if not change:
            cycle_to_edit(obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Plan]:
        """With the state, as the desk says it, and the number of the newest publication."""
        public = Publication.objects.current(at=clock.now()).filter(plan=OuterRef("pk"))
        plans = with_state(super().get_queryset(request), on=clock.today())
        return plans.annotate(_published=Subquery(public.values("version__public_number")[:1]))

    def get_search_results(self, request: HttpRequest, queryset: Any, term: str) -> Any:
        """As everywhere: without case and accents, the same on every database."""
        return super().get_search_results(request, queryset, " ".join(search_words(term)))

    @admin.display(description=_("state"))
    def state(self, plan: Any) -> str:
        """Its word, as everywhere."""
        state = str(PublicState(plan.state_now).label)
        if plan.force_now in {"", plan.state_now}:
            return state
        in_force = PublicState(plan.force_now).label
        return _t("%(state)s, under revision: %(now)s") % {"state": in_force, "now": state}

    @admin.display(description=_("newest publication"))
    def published(self, plan: Any) -> str:
        """Its number, or a dash."""
        return str(plan._published or "–")

    @admin.display(description=_("period"))
    def period(self, plan: Plan) -> str:
        """The years the plan is for."""
        return plan.period

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only of a plan nothing was ever frozen of."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or not obj.versions.exists())

    @admin.action(description=_("Lock and publish the process plan"))
    def publish_process_plan(
        self, request: HttpRequest, queryset: QuerySet[Plan]
    ) -> HttpResponse | None:
        """Asks for the reason first, then does what the workspace does."""
        plans = [plan for plan in queryset if request.user.has_perm(PUBLISH_PROCESS_PLAN, plan)]
        if "confirmed" not in request.POST:
            rows = [
                (plan, publishing.seen_as(publishing.process_plan_to_publish(plan)))
                for plan in plans
            ]
            return ask_reason(self, request, _t("Lock and publish the process plan"), rows)
        for plan in plans:
            self._publish(request, plan)
        return None

    def _publish(self, request: HttpRequest, plan: Plan) -> None:
        name = {"plan": plan.title}
        if personal_looking(gather(plan)):
            self.message_user(
                request,
                _t(
                    "“%(plan)s” was not published: it holds something that looks like personal "
                    "data. Look at it and publish it from the workspace."
                )
                % name,
                messages.ERROR,
            )
            return
        try:
            publishing.publish_process_plan(
                plan=plan,
                reason=request.POST.get("reason", ""),
                seen=request.POST.get(f"seen-{plan.pk}", ""),
                by=request.user,  # type: ignore[arg-type]
            )
        except publishing.NothingToPublish:
            told = _t("“%(plan)s” was not published: nothing is public, or nothing is new.")
            self.message_user(request, told % name, messages.WARNING)
        except locking.Outdated:
            told = _t("“%(plan)s” was changed while you looked. Look again, then publish it.")
            self.message_user(request, told % name, messages.ERROR)
        else:
            self.message_user(request, _t("“%(plan)s” is published.") % name, messages.SUCCESS)


@admin.register(PlanLead)
class PlanLeadAdmin(TrackedAdmin):
    """Plan leads by plan and person."""

    list_display = ["plan", "user", "role", "begins", "ends"]
    list_select_related = ["plan", "user"]
    search_fields = ["plan__search_text", "user__name", "user__email"]
    autocomplete_fields = ["plan", "user"]
    date_hierarchy = "begins"


@admin.register(Cycle)
class CycleAdmin(LockedAdmin):
    """The times round of a plan: begun, moved on and ended by the steps of its life."""

    list_display = ["plan", "number", "kind", "state_today", "opened_at", "closed_at"]
    list_select_related = ["plan"]
    list_filter = ["kind"]
    search_fields = ["plan__search_text"]
    autocomplete_fields = ["plan"]
    date_hierarchy = "opened_at"
    fields = ["plan", "number", "kind", "state_today", "opened_at", "closed_at", "reason"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cycle]:
        """With the state of the day, as the workspace says it."""
        being_worked_on = Q(closed_at__isnull=True)
        of_the_day = open_state("plan", "state", clock.today())
        told = Case(When(being_worked_on, then=of_the_day), default=F("state"))
        return super().get_queryset(request).annotate(_state_today=told)

    @admin.display(description=_("state"))
    def state_today(self, cycle: Any) -> str:
        """Its word, as everywhere."""
        return str(PublicState(cycle._state_today).label)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A cycle is opened by the plan's first milestone, or as a revision."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not of a plan that was ever frozen."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or not obj.plan.versions.exists())


@admin.register(Phase)
class PhaseAdmin(LockedAdmin):
    """Phases of process plans."""

    list_display = ["title", "plan", "position"]
    list_select_related = ["cycle__plan"]
    search_fields = ["title", "cycle__plan__search_text"]
    autocomplete_fields = ["cycle"]

    @admin.display(description=_("plan"), ordering="cycle__plan__sort_key")
    def plan(self, phase: Phase) -> str:
        """The plan it belongs to."""
        return phase.cycle.plan.title


@admin.register(Section)
class SectionAdmin(LockedAdmin):
    """The live text; it is cleaned when it is saved."""

    list_display = ["title", "plan", "parent", "position", "is_public"]
    list_select_related = ["plan", "parent"]
    list_filter = ["is_public", "plan__kind"]
    search_fields = ["title", "text", "plan__search_text"]
    autocomplete_fields = ["plan", "parent"]
    readonly_fields = ["chapter_part", "target_group", "principle"]  # actions/chapters.py


@admin.register(ImportDraft)
class ImportDraftAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Imports being looked through; they are corrected where they were begun."""

    list_display = ["__str__", "owner", "plan", "state", "created_at", "applied_at"]
    list_select_related = ["owner", "plan"]
    list_filter = ["state"]
    search_fields = ["owner__name", "plan__search_text"]
    date_hierarchy = "created_at"
    fields = ["owner", "plan", "file", "year", "state", "applied_at"]
