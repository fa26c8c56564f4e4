"""The admin of plans: everything can be looked at, what is live can be edited, and the process
plan can be published, through the same actions as in the workspace."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.collation import fold
from kommuneplan.core.admin_kit import (
    LockedAdmin,
    LockedForm,
    ReadOnlyAdmin,
    ReadOnlyInline,
    TrackedAdmin,
)
from kommuneplan.timespan.phrase import phrase

from . import admin_images, admin_life, admin_meetings, admin_word  # noqa: F401  (they register)
from .actions import planning
from .actions.freezing import withdraw
from .admin_dates import WordsField
from .enums import CycleState
from .forms.plans import personal_looking
from .gather import gather
from .models import (
    Cycle,
    DateChange,
    FrozenMilestone,
    ImportDraft,
    Milestone,
    Phase,
    Plan,
    PlanLead,
    PlanVersion,
    Publication,
    Section,
    VersionBlock,
)
from .permissions import PUBLISH_PROCESS_PLAN


class PlanLeadInline(admin.TabularInline):
    """Who leads the plan, from when until when."""

    model = PlanLead
    extra = 0
    autocomplete_fields = ["user"]


class PublicationInline(ReadOnlyInline):
    """What the public can read."""

    model = Publication
    fields = ["number", "audience", "visible_from", "superseded_at", "withdrawn_at", "reason"]


@admin.register(Plan)
class PlanAdmin(LockedAdmin):
    """Plans. One that was ever frozen is retired, not deleted."""

    list_display = ["title", "kind", "body", "parent", "state", "published", "period"]
    list_select_related = ["body", "parent"]
    list_filter = ["kind", "body", "first_year"]
    search_fields = ["search_text", "slug"]
    autocomplete_fields = ["body", "parent", "replaces"]
    readonly_fields = ["retired_at", "retired_because", "root"]
    inlines = [PlanLeadInline, PublicationInline]
    actions = ["publish_process_plan"]
    date_hierarchy = "document_date"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Plan]:
        """With the state of the newest cycle and the number of the newest publication."""
        cycles = Cycle.objects.filter(plan=OuterRef("pk")).order_by("-number")
        public = Publication.objects.filter(plan=OuterRef("pk"), withdrawn_at__isnull=True)
        return (
            super()
            .get_queryset(request)
            .annotate(
                _state_=Subquery(cycles.values("state")[:1]),
                _published=Subquery(public.order_by("-number").values("number")[:1]),
            )
        )

    def get_search_results(self, request: HttpRequest, queryset: Any, term: str) -> Any:
        """As everywhere: without case and accents, the same on every database."""
        return super().get_search_results(request, queryset, fold(term))

    @admin.display(description=_("state"))
    def state(self, plan: Any) -> str:
        """The state of the newest cycle."""
        return str(CycleState(plan._state_).label) if plan._state_ else "–"

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
                (plan, planning.seen_as(planning.process_plan_to_publish(plan))) for plan in plans
            ]
            return self._ask(request, _t("Lock and publish the process plan"), rows)
        for plan in plans:
            self._publish(request, plan)
        return None

    def _ask(self, request: HttpRequest, title: str, rows: list[Any]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "rows": rows,
            "action": request.POST["action"],
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/with_reason.html", context)

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
            planning.publish_process_plan(
                plan=plan,
                reason=request.POST.get("reason", ""),
                seen=request.POST.get(f"seen-{plan.pk}", ""),
                by=request.user,  # type: ignore[arg-type]
            )
        except planning.NothingToPublish:
            told = _t("“%(plan)s” was not published: nothing is public, or nothing is new.")
            self.message_user(request, told % name, messages.WARNING)
        except planning.Outdated:
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
    """The times round of a plan."""

    list_display = ["plan", "number", "kind", "state", "opened_at", "closed_at"]
    list_select_related = ["plan"]
    list_filter = ["state", "kind"]
    search_fields = ["plan__search_text"]
    autocomplete_fields = ["plan"]
    date_hierarchy = "opened_at"

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


class MilestoneForm(LockedForm):
    """A milestone with its date in words. A published date is moved with a reason only."""

    when = WordsField(
        label=_("when"),
        required=False,
        undated=True,
        help_text=_("In Danish words: “ultimo oktober 2015”, “uge 34”, “senest 1. oktober 2015”."),
    )
    reason = forms.CharField(
        label=_("why the date is moved"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when the public has read the old date; the public reads the reason."),
    )

    class Meta:
        model = Milestone
        fields = [
            "cycle", "phase", "within", "position", "title", "description", "kind", "bodies",
            "others", "meeting", "conditional", "state", "done_on", "is_public",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "when" in self.fields:
            self.fields["when"].initial = self.instance.when or self.instance.written
            begin = self.instance.earliest_begin or self.instance.latest_end
            self.fields["when"].year = begin.year if begin else None

    def clean(self) -> dict[str, Any]:
        """The date, the meeting and the reason have to fit together."""
        cleaned = super().clean()
        chosen = cleaned.get("when")
        if cleaned.get("meeting") and chosen and chosen.span and "when" in self.changed_data:
            self.add_error(
                "when",
                ValidationError(
                    _t("A milestone that is a meeting takes its date from the meeting: empty one.")
                ),
            )
        moved = self.instance.pk and {"when", "meeting"} & set(self.changed_data)
        silent = moved and not cleaned.get("reason", "").strip()
        if silent and planning.last_published(self.instance):
            told = _t("The public has read the old date: say why.")
            self.add_error("reason", ValidationError(told))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Column values as the actions take them; the date only when it was changed."""
        facts = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"when", "reason", "seen", "bodies"}
        }
        if {"when", "meeting"} & set(self.changed_data):
            chosen = self.cleaned_data.get("when")
            meeting = self.cleaned_data.get("meeting")
            facts["when"] = chosen.span if chosen and not meeting else None
            facts["written"] = chosen.written if chosen else ""
        return facts


class DateChangeInline(ReadOnlyInline):
    """Published dates that were moved."""

    model = DateChange
    fields = ["written", "reason", "decided_at", "changed_at", "changed_by"]
    readonly_fields = fields


@admin.register(Milestone)
class MilestoneAdmin(LockedAdmin):
    """The rows of process plans."""

    form = MilestoneForm
    list_display = ["title", "plan", "when_words", "kind", "who", "state", "is_public"]
    list_select_related = ["cycle__plan", "meeting"]
    list_filter = ["kind", "state", "is_public", "conditional"]
    search_fields = ["title", "description", "written", "cycle__plan__search_text"]
    autocomplete_fields = ["cycle", "phase", "within", "bodies", "meeting"]
    date_hierarchy = "earliest_begin"
    inlines = [DateChangeInline]
    fieldsets = [
        (None, {"fields": ["title", "description", "kind", "bodies", "others"]}),
        (
            _("Date"),
            {
                "fields": [
                    "when",
                    "meeting",
                    "confirmed",
                    "reason",
                    "conditional",
                    "state",
                    "done_on",
                ]
            },
        ),
        (_("Place"), {"fields": ["cycle", "phase", "within", "position", "is_public"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Milestone]:
        """With the bodies, for the list."""
        return super().get_queryset(request).prefetch_related("bodies")

    @admin.display(description=_("plan"), ordering="cycle__plan__sort_key")
    def plan(self, milestone: Milestone) -> str:
        """The plan it belongs to."""
        return milestone.cycle.plan.title

    @admin.display(description=_("when"), ordering="sort_begin")
    def when_words(self, milestone: Milestone) -> str:
        """The words as written, else the span in words."""
        span = milestone.takes_place
        return milestone.written or (phrase(span) if span else "–")

    @admin.display(description=_("who"))
    def who(self, milestone: Milestone) -> str:
        """The bodies, by abbreviation where they have one."""
        return ", ".join(body.abbreviation or body.name for body in milestone.bodies.all())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A published milestone that is a meeting moves with the meeting."""
        fixed = [*super().get_readonly_fields(request, obj)]
        if obj and obj.meeting_id and planning.last_published(obj):
            fixed.append("meeting")
        return fixed

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What the public has read is cancelled, not deleted."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or planning.last_published(obj) is None)

    def save_model(self, request: HttpRequest, obj: Milestone, form: Any, change: bool) -> None:
        """Through the action, so that a moved date leaves its trace."""
        if not change:
            chosen = form.cleaned_data.get("when")
            obj.when = chosen.span if chosen and not obj.meeting else None
            obj.written = chosen.written if chosen else ""
            super().save_model(request, obj, form, change)
            return
        try:
            saved = planning.edit_milestone(
                milestone=obj,
                facts=form.facts(),
                reason=form.cleaned_data.get("reason", ""),
                by=request.user,  # type: ignore[arg-type]
            )
        except planning.FollowsMeeting:
            self.message_user(
                request,
                _t("Nothing was saved: the milestone is a meeting. Move the meeting instead."),
                messages.ERROR,
            )
            return
        obj.version = saved.version


@admin.register(DateChange)
class DateChangeAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Every published date that was moved, and why."""

    list_display = ["milestone", "written", "reason", "decided_at", "changed_at", "changed_by"]
    list_select_related = ["milestone", "decided_at__body", "changed_by"]
    search_fields = ["milestone__title", "reason", "written"]
    date_hierarchy = "changed_at"


@admin.register(PlanVersion)
class PlanVersionAdmin(ReadOnlyAdmin):
    """Frozen versions; ``manage.py verify_versions`` tells whether they still are as frozen."""

    list_display = ["title", "number", "stage", "state", "frozen_at", "frozen_by", "digest"]
    list_select_related = ["frozen_by"]
    list_filter = ["stage", "state", "kind"]
    search_fields = ["search_text", "digest"]
    date_hierarchy = "frozen_at"

    def get_search_results(self, request: HttpRequest, queryset: Any, term: str) -> Any:
        """As everywhere: without case and accents."""
        return super().get_search_results(request, queryset, fold(term))


@admin.register(VersionBlock)
class VersionBlockAdmin(ReadOnlyAdmin):
    """The blocks of frozen versions; the salt stays out of sight."""

    list_display = ["version", "position", "kind", "anchor", "redacted_at"]
    list_select_related = ["version"]
    list_filter = ["kind"]
    search_fields = ["anchor", "version__search_text"]
    exclude = ["salt"]


@admin.register(FrozenMilestone)
class FrozenMilestoneAdmin(ReadOnlyAdmin):
    """The milestones of frozen versions, by day."""

    list_display = ["title", "version", "written", "kind", "bodies", "state"]
    list_select_related = ["version"]
    list_filter = ["kind", "state"]
    search_fields = ["title", "written", "version__search_text"]
    date_hierarchy = "earliest_begin"


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What is visible to whom, from when until when."""

    list_display = [
        "version",
        "audience",
        "number",
        "visible_from",
        "superseded_at",
        "withdrawn_at",
    ]
    list_select_related = ["version"]
    list_filter = ["audience"]
    search_fields = ["version__search_text", "reason"]
    date_hierarchy = "visible_from"
    actions = ["withdraw_publication"]

    @admin.action(description=_("Withdraw the publication"), permissions=["view"])
    def withdraw_publication(
        self, request: HttpRequest, queryset: QuerySet[Publication]
    ) -> HttpResponse | None:
        """Asks for the reason first; the publication before it is the newest again."""
        rows = [
            (publication, "")
            for publication in queryset.select_related("plan", "version")
            if request.user.has_perm(PUBLISH_PROCESS_PLAN, publication.plan)
            and publication.withdrawn_at is None
        ]
        because = request.POST.get("reason", "").strip()
        if "confirmed" not in request.POST or not because:
            if "confirmed" in request.POST:
                self.message_user(request, _t("Say why it is withdrawn."), messages.ERROR)
            return PlanAdmin._ask(self, request, _t("Withdraw the publication"), rows)  # type: ignore[arg-type]
        for publication, _seen in rows:
            withdraw(publication=publication, by=request.user, because=because)  # type: ignore[arg-type]
            told = _t("“%(publication)s” is withdrawn.") % {"publication": publication}
            self.message_user(request, told, messages.SUCCESS)
        return None


@admin.register(ImportDraft)
class ImportDraftAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Imports being looked through; they are corrected where they were begun."""

    list_display = ["__str__", "owner", "plan", "state", "created_at", "applied_at"]
    list_select_related = ["owner", "plan"]
    list_filter = ["state"]
    search_fields = ["owner__name", "plan__search_text"]
    date_hierarchy = "created_at"
    exclude = ["pasted"]
