"""Theory of change (forandringsteori): what a plan is meant to cause, theme by theme, as goals,
results, activities and resources, with what leads to what and where each claim comes from.

A framework plan's goals are inherited by the plans under it: they are shown there and pointed to,
and never copied.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.collation import fold, record_numbers
from kommuneplan.locking import Locked
from plans.enums import AnnexKind, EffectKind, ReferenceKind

from .annexes import Annex
from .focus import FocusArea
from .indicators import PlanIndicator
from .milestone import Milestone
from .plan import Plan


class EffectRow(Locked):
    """What all rows of a theory of change have: a name that lasts, a place, and an end."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveIntegerField(_("order"), default=0)
    retired_at = models.DateTimeField(_("taken out"), null=True, blank=True, editable=False)
    retired_because = models.TextField(_("taken out because"), blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_retired_with_reason",
                condition=Q(retired_at__isnull=True) | ~Q(retired_because=""),
            ),
        ]


class EffectReference(EffectRow):
    """Where a claim comes from: a document, an earlier case by its number ("BR 644/05"), a
    project; in words, with an address where there is one."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="effect_references")
    kind = models.CharField(
        _("kind"), max_length=20, choices=ReferenceKind.choices, default=ReferenceKind.DOCUMENT
    )
    number = models.CharField(_("number"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    link = models.CharField(
        _("address"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    search_text = models.TextField(editable=False)

    history = HistoricalRecords()

    class Meta(EffectRow.Meta):
        verbose_name = _("reference of the theory of change")
        verbose_name_plural = _("references of the theory of change")
        ordering = ["plan", "position", "pk"]
        constraints = [
            *EffectRow.Meta.constraints,
            models.CheckConstraint(
                name="plans_effectreference_says_something",
                condition=~Q(number="") | ~Q(title=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """ "BR 644/05: Title" """
        return ": ".join(filter(None, (self.number, self.title)))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it, with the words it is found by."""
        about = fold(f"{self.number} {self.title}")
        self.search_text = " ".join([about, *record_numbers(about)])
        super().save(*args, **kwargs)


class EffectTheme(EffectRow):
    """A theme with a chain of its own. ``note``: what a reader should know of it as a whole."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="effect_themes")
    title = models.CharField(_("title"), max_length=200)
    note = models.TextField(_("what a reader should know"), blank=True)
    is_public = models.BooleanField(_("may be published"), default=False)
    references = models.ManyToManyField(
        EffectReference, blank=True, related_name="themes", verbose_name=_("comes from")
    )

    history = HistoricalRecords(m2m_fields=[references])

    class Meta(EffectRow.Meta):
        verbose_name = _("theme of the theory of change")
        verbose_name_plural = _("themes of the theory of change")
        ordering = ["plan", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class EffectNode(EffectRow):
    """One goal, result, activity or resource of a theme."""

    theme = models.ForeignKey(EffectTheme, models.CASCADE, related_name="nodes")
    kind = models.CharField(_("kind"), max_length=20, choices=EffectKind.choices)
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    amount = models.BigIntegerField(
        _("amount in whole kroner"), null=True, blank=True, help_text=_("Of a resource alone.")
    )
    is_public = models.BooleanField(_("may be published"), default=False)
    references = models.ManyToManyField(
        EffectReference, blank=True, related_name="nodes", verbose_name=_("comes from")
    )
    focus_areas = models.ManyToManyField(
        FocusArea, blank=True, related_name="effect_nodes", verbose_name=_("focus areas")
    )
    milestones = models.ManyToManyField(
        Milestone, blank=True, related_name="effect_nodes", verbose_name=_("milestones")
    )

    indicators = models.ManyToManyField(
        PlanIndicator, blank=True, related_name="effect_nodes", verbose_name=_("measured by")
    )
    efforts = models.ManyToManyField(
        Annex,
        blank=True,
        related_name="effect_nodes",
        verbose_name=_("effort descriptions"),
        limit_choices_to={"kind": AnnexKind.EFFORT},
    )

    history = HistoricalRecords(
        m2m_fields=[references, focus_areas, milestones, indicators, efforts]
    )

    class Meta(EffectRow.Meta):
        verbose_name = _("link of the chain of effects")
        verbose_name_plural = _("links of the chain of effects")
        ordering = ["theme", "position", "pk"]
        constraints = [
            *EffectRow.Meta.constraints,
            models.CheckConstraint(
                name="plans_effectnode_amount_of_a_resource",
                condition=Q(amount__isnull=True) | Q(kind=EffectKind.RESOURCE, amount__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EffectLink(Locked):
    """What one serves: a resource an activity, an activity a result, a result a goal; also past
    what stands between, and the goal of a framework plan. ``assumption``: what must hold for it
    to be so."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    node = models.ForeignKey(EffectNode, models.CASCADE, related_name="links")
    serves = models.ForeignKey(
        EffectNode, models.CASCADE, related_name="served_by", verbose_name=_("contributes to")
    )
    assumption = models.TextField(_("assumption"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contribution in the chain of effects")
        verbose_name_plural = _("contributions in the chain of effects")
        ordering = ["node", "serves__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["node", "serves"], name="plans_effectlink_once"),
            models.CheckConstraint(
                name="plans_effectlink_not_itself", condition=~Q(node=F("serves"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.node} → {self.serves}"
