"""Frozen versions and what is published of them, to look at; a publication can be withdrawn."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.collation import search_words
from kommuneplan.core.admin_kit import ReadOnlyAdmin, TrackedAdmin, filter_in_words, in_words
from plans.enums import MilestoneState, PlanKind, PublicState
from plans.models import FrozenMilestone, PlanVersion, Publication, Redaction, VersionBlock
from plans.models.version import named
from plans.permissions import PUBLISH_PROCESS_PLAN, PUBLISH_VERSION, REDACT_VERSION
from plans.versions.actions.publishing import withdraw

from .steps import Place, ask_reason, leads_to


def publishing(version: PlanVersion) -> Place | None:
    """Where a version is made public."""
    return "plans:version-publish", [version.plan.slug, version.uid], version.plan


def hiding(version: PlanVersion) -> Place | None:
    """Where personal data in a version is hidden."""
    return "plans:version-hide", [version.plan.slug, version.uid], version.plan


@admin.register(PlanVersion)
class PlanVersionAdmin(ReadOnlyAdmin):
    """Frozen versions; ``manage.py verify_versions`` tells whether they still are as frozen."""

    list_display = ["title", "called", "stage", "state_then", "frozen_at", "frozen_by", "digest"]
    list_select_related = ["frozen_by"]
    exclude = ["number"]
    list_filter = [
        "stage",
        filter_in_words("state", _("state"), lambda: PublicState.choices),
        filter_in_words("kind", _("kind"), lambda: PlanKind.choices),
    ]
    actions = [
        leads_to("publish", _("Publish the version"), PUBLISH_VERSION, publishing),
        leads_to("hide", _("Hide personal data in the version"), REDACT_VERSION, hiding),
    ]
    search_fields = ["search_text", "digest"]
    date_hierarchy = "frozen_at"

    state_then = in_words("state", _("state"), lambda: PublicState.choices)

    def get_queryset(self, request: HttpRequest) -> QuerySet[PlanVersion]:
        """With what their names are made from."""
        return super().get_queryset(request).listed()

    @admin.display(description=_("version"), ordering="public_number")
    def called(self, row: PlanVersion) -> str:
        """Its name, as everywhere."""
        return row.name

    def get_search_results(self, request: HttpRequest, queryset: Any, term: str) -> Any:
        """As everywhere: without case and accents."""
        return super().get_search_results(request, queryset, " ".join(search_words(term)))


class OfVersion(admin.ModelAdmin):
    """Rows in whose lists a version is named; ``named`` is the field that points to it."""

    named: str

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what its name is made from."""
        return super().get_queryset(request).prefetch_related(named(self.named))


@admin.register(VersionBlock)
class VersionBlockAdmin(OfVersion, ReadOnlyAdmin):
    """The blocks of frozen versions; the salt stays out of sight."""

    named = "version"
    list_display = ["version", "position", "kind", "anchor", "redacted_at"]
    list_filter = ["kind"]
    search_fields = ["anchor", "version__search_text"]
    exclude = ["salt"]


@admin.register(Redaction)
class RedactionAdmin(OfVersion, ReadOnlyAdmin, TrackedAdmin):
    """What was hidden in frozen versions: when, by whom and why."""

    named = "frozen"
    list_display = ["plan", "frozen", "places", "redacted_at", "redacted_by"]
    list_select_related = ["plan", "redacted_by"]
    search_fields = ["plan__search_text", "reason"]
    date_hierarchy = "redacted_at"


@admin.register(FrozenMilestone)
class FrozenMilestoneAdmin(OfVersion, ReadOnlyAdmin):
    """The milestones of frozen versions, by day."""

    named = "version"
    list_display = ["title", "version", "written", "kind", "bodies", "state_then"]
    list_filter = [
        "kind",
        filter_in_words("state", _("state"), lambda: MilestoneState.choices),
    ]
    search_fields = ["title", "written", "version__search_text"]
    date_hierarchy = "earliest_begin"

    state_then = in_words("state", _("state"), lambda: MilestoneState.choices)


@admin.register(Publication)
class PublicationAdmin(OfVersion, ReadOnlyAdmin, TrackedAdmin):
    """What is visible to whom, from when until when."""

    named = "version"
    list_display = [
        "version",
        "audience",
        "visible_from",
        "superseded_at",
        "withdrawn_at",
    ]
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
            return ask_reason(self, request, _t("Withdraw the publication"), rows)
        for publication, _seen in rows:
            withdraw(publication=publication, by=request.user, because=because)  # type: ignore[arg-type]
            told = _t("“%(publication)s” is withdrawn.") % {"publication": publication}
            self.message_user(request, told, messages.SUCCESS)
        return None
