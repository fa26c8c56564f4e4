"""Consultations in the admin: what actions own is only shown, what was received as it came in and
what is not sent yet is not here at all. Registers that a secretary keeps can be corrected."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.admin_kit import LockedAdmin, ReadOnlyAdmin, ReadOnlyInline, TrackedAdmin
from plans.admin.steps import Place, leads_to

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
from .permissions import PLAN_ROUND


class QuestionInline(ReadOnlyInline):
    """The secretary's questions."""

    model = RoundQuestion
    fields = ["position", "words"]
    readonly_fields = fields


class EventInline(ReadOnlyInline):
    """What happened to the round."""

    model = RoundEvent
    fields = ["kind", "at", "by", "reason", "old_closes_at", "new_closes_at"]
    readonly_fields = fields


def _page_of(step: str) -> Callable[[Round], Place | None]:
    """Where a step of a round is taken, as long as it can be."""

    def place(round: Round) -> Place | None:
        fits = step == "withdraw" or (round.announced_at is None) == (step == "announce")
        if round.withdrawn_at is not None or not fits:
            return None
        return f"consultations:round-{step}", [round.plan.slug, round.uid], round.plan

    return place


@admin.register(Round)
class RoundAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Rounds, with their questions and what happened to them."""

    list_display = ["title", "plan", "opens_at", "closes_at", "is_public", "is_internal"]
    list_select_related = ["plan"]
    list_filter = ["is_public", "is_internal"]
    search_fields = ["title", "plan__search_text"]
    date_hierarchy = "opens_at"
    inlines = [QuestionInline, EventInline]
    actions = [
        leads_to("announce", _("Open the consultation"), PLAN_ROUND, _page_of("announce")),
        leads_to("extend", _("Extend the deadline"), PLAN_ROUND, _page_of("extend")),
        leads_to("close_early", _("Close it early"), PLAN_ROUND, _page_of("close")),
        leads_to("correct", _("Send out a correction sheet"), PLAN_ROUND, _page_of("correct")),
        leads_to("withdraw", _("Withdraw the consultation"), PLAN_ROUND, _page_of("withdraw")),
    ]


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

    list_display = ["name", "round", "invited_at", "closes_at", "no_remarks_at"]
    list_select_related = ["round"]
    search_fields = ["name", "round__title"]
    exclude = ["digest"]


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
