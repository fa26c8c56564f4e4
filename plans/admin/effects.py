"""The theory of change in the admin: themes, what stands in them, what leads to what, sources."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.admin_kit import LockedAdmin
from plans.models import EffectLink, EffectNode, EffectReference, EffectTheme


@admin.register(EffectTheme)
class EffectThemeAdmin(LockedAdmin):
    """The themes of each plan."""

    list_display = ["title", "plan", "position", "is_public"]
    list_select_related = ["plan"]
    list_filter = ["is_public"]
    search_fields = ["title", "plan__search_text"]
    autocomplete_fields = ["plan", "references"]


@admin.register(EffectNode)
class EffectNodeAdmin(LockedAdmin):
    """Goals, results, activities and resources."""

    list_display = ["title", "kind", "theme", "plan", "is_public"]
    list_select_related = ["theme__plan"]
    list_filter = ["kind", "is_public"]
    search_fields = ["title", "theme__title", "theme__plan__search_text"]
    autocomplete_fields = [
        "theme", "references", "focus_areas", "milestones", "indicators", "efforts",
    ]  # fmt: skip

    @admin.display(description=_("plan"), ordering="theme__plan__sort_key")
    def plan(self, node: EffectNode) -> str:
        """The plan it belongs to."""
        return node.theme.plan.title


@admin.register(EffectLink)
class EffectLinkAdmin(LockedAdmin):
    """What leads to what."""

    list_display = ["node", "serves", "assumption"]
    list_select_related = ["node", "serves"]
    search_fields = ["node__title", "serves__title", "node__theme__plan__search_text"]
    autocomplete_fields = ["node", "serves"]


@admin.register(EffectReference)
class EffectReferenceAdmin(LockedAdmin):
    """Where claims come from."""

    list_display = ["number", "title", "kind", "plan"]
    list_select_related = ["plan"]
    list_filter = ["kind"]
    search_fields = ["search_text", "plan__search_text"]
    autocomplete_fields = ["plan"]
