"""Consultations in the admin: what actions own is only shown, what was received as it came in and
what is not sent yet is not here at all. Registers that a secretary keeps can be corrected."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommuneplan import clock
from kommuneplan.core.admin_kit import (
    LockedAdmin,
    ReadOnlyAdmin,
    ReadOnlyInline,
    TrackedAdmin,
    deadline,
)
from plans.admin import PlanAdmin
from plans.admin.steps import Place, leads_to
from plans.lifecycle.plan_state import PlanState
from plans.models import Plan

from .models import (
    ContactPerson,
    Filing,
    Invitation,
    JournalPackage,
    Material,
    MeetingInput,
    Party,
    Redaction,
    Remark,
    Report,
    Round,
    RoundEvent,
    RoundQuestion,
    StandardAnswer,
    StandardList,
    Theme,
)
from .permissions import HANDLE, PLAN_ROUND, RUN_ROUND


def beginning(plan: Plan) -> Place | None:
    """Where a consultation about a plan is prepared."""
    ready = PlanState(plan, clock.today()).open_cycle
    return ("consultations:round-new", [plan.slug], plan) if ready else None


PlanAdmin.actions = [
    *PlanAdmin.actions,
    leads_to("begin_round", _("Prepare a consultation"), PLAN_ROUND, beginning),
]


class QuestionInline(ReadOnlyInline):
    """The secretary's questions."""

    model = RoundQuestion
    fields = ["position", "words"]
    readonly_fields = fields


class EventInline(ReadOnlyInline):
    """What happened to the round."""

    model = RoundEvent
    fields = ["kind", "at", "by", "reason", "before", "after"]
    readonly_fields = fields

    before = deadline("old_closes_at", _("deadline before"))
    after = deadline("new_closes_at", _("deadline afterwards"))


def _page_of(step: str, *, announced: bool | None = None) -> Callable[[Round], Place | None]:
    """Where a step of a round is taken, as long as it can be: before it is announced, after, or
    (None) both."""

    def place(round: Round) -> Place | None:
        is_announced = round.announced_at is not None
        fits = announced is None or announced == is_announced
        if round.withdrawn_at is not None or not fits:
            return None
        return f"consultations:{step}", [round.plan.slug, round.uid], round

    return place


@admin.register(Round)
class RoundAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Rounds, with their questions and what happened to them."""

    list_display = ["title", "plan", "opens_at", "until", "is_public", "is_internal"]
    list_select_related = ["plan"]
    list_filter = ["is_public", "is_internal"]
    search_fields = ["title", "plan__search_text"]
    date_hierarchy = "opens_at"
    inlines = [QuestionInline, EventInline]
    fields = [
        "title", "plan", "cycle", "frozen", "renews", "renewed_because", "introduction", "letter",
        "is_public", "is_internal", "open_list", "opens_at", "until", "publish_when", "members_see",
        "announced_at", "announced_by", "withdrawn_at", "withdrawn_because", "ready_at", "ready_by",
        "ready_in_spite", "slug",
    ]  # fmt: skip
    readonly_fields = fields
    actions = [
        leads_to(
            "edit", _("Change title, days and form"), RUN_ROUND,
            _page_of("round-edit", announced=False),
        ),
        leads_to("questions", _("Write the questions"), RUN_ROUND, _page_of("round-questions")),
        leads_to("materials", _("Put in the material"), RUN_ROUND, _page_of("round-materials")),
        leads_to("letter", _("Write the letter"), RUN_ROUND, _page_of("round-letter")),
        leads_to("parties", _("Choose the parties"), RUN_ROUND, _page_of("round-parties")),
        leads_to(
            "announce", _("Open the consultation"), RUN_ROUND,
            _page_of("round-announce", announced=False),
        ),
        leads_to(
            "extend", _("Extend the deadline"), RUN_ROUND,
            _page_of("round-extend", announced=True),
        ),
        leads_to(
            "close_early", _("Close it early"), RUN_ROUND, _page_of("round-close", announced=True)
        ),
        leads_to(
            "correct", _("Send out a correction sheet"), RUN_ROUND,
            _page_of("round-correct", announced=True),
        ),
        leads_to(
            "ready", _("Make it ready for the agenda"), HANDLE,
            _page_of("remark-ready", announced=True),
        ),
        leads_to("withdraw", _("Withdraw the consultation"), RUN_ROUND, _page_of("round-withdraw")),
    ]  # fmt: skip

    until = deadline("closes_at", _("deadline"))

    def view_on_site(self, round: Round) -> str:
        """Its page in the workspace."""
        return reverse("consultations:round-page", args=[round.plan.slug, round.uid])


class ContactInline(admin.TabularInline):
    """The contact persons of a party."""

    model = ContactPerson
    fields = ["name", "role", "email", "phone"]
    extra = 0


@admin.register(Party)
class PartyAdmin(LockedAdmin):
    """The register of parties."""

    list_display = ["name", "category", "heard_by", "email"]
    list_filter = ["category", "heard_by"]
    search_fields = ["search_text"]
    inlines = [ContactInline]


@admin.register(StandardList)
class StandardListAdmin(LockedAdmin):
    """The lists a round's list is begun from."""

    list_display = ["title", "plan_kind"]
    filter_horizontal = ["parties"]


@admin.register(StandardAnswer)
class StandardAnswerAdmin(LockedAdmin):
    """Replies that are used again."""

    list_display = ["title", "body", "proposal"]
    list_select_related = ["body"]


@admin.register(Invitation)
class PartyInvitationAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Who is on which list; links are made and revoked in the workspace."""

    list_display = ["name", "round", "invited_at", "until", "no_remarks_at"]
    list_select_related = ["round"]
    search_fields = ["name", "round__title"]
    exclude = ["digest", "closes_at"]
    readonly_fields = ["until"]

    until = deadline("closes_at", _("deadline of its own"))


@admin.register(Material, MeetingInput, Theme, JournalPackage, Filing, Redaction)
class PartOfARoundAdmin(ReadOnlyAdmin, TrackedAdmin):
    """What belongs to a round and is made in the workspace."""


@admin.register(Remark)
class RemarkAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Remarks as they are handled. Their words are those received: read in the workspace alone,
    where it is noted who does."""

    list_display = ["number", "round", "theme", "proposal", "decision"]
    list_select_related = ["round", "theme"]
    list_filter = ["proposal", "decision"]
    search_fields = ["round__title", "=number"]
    exclude = ["words", "search_text"]


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Reports as they were made."""

    list_display = ["name", "number", "round", "made_at", "published_at"]
    list_select_related = ["round"]
    exclude = ["content"]
