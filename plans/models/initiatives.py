"""Initiatives under a plan: what is done because of it, with its money, partners and activities."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.locking import Locked
from kommuneplan.timespan.fields import Dated
from plans.enums import (
    ActivityState,
    FundingKind,
    InitiativeLinkKind,
    InitiativeState,
    MilestoneKind,
)

from .annexes import Annex
from .effects import EffectNode
from .focus import FocusArea
from .milestone import Milestone
from .plan import Plan


class Initiative(Locked, Dated):
    """What a plan has set going (initiativ): a project, an offer, a change of how one works.

    Its date (``when``) is its period; ``duration`` is how long it lasts, in words, where that is
    what is known ("treårigt"). ``lead`` is a role or a unit, since others read it. ``own_plan`` is
    the plan that an initiative has when it is big enough for one.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="initiatives")
    position = models.PositiveIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=300)
    aim = models.TextField(_("aim"), blank=True)
    duration = models.CharField(_("duration"), max_length=100, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=InitiativeState.choices, default=InitiativeState.PLANNED
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    stopped_because = models.TextField(_("stopped because"), blank=True)
    lead = models.CharField(_("who leads it (role or unit)"), max_length=200, blank=True)
    participants_count = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    participants = models.CharField(_("who takes part"), max_length=300, blank=True)
    target_groups = models.TextField(
        _("target groups"), blank=True, help_text=_("One on each line.")
    )
    own_plan = models.ForeignKey(
        Plan,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="initiative_of",
        verbose_name=_("its own plan"),
    )
    focus_areas = models.ManyToManyField(
        FocusArea, blank=True, related_name="initiatives", verbose_name=_("focus areas")
    )
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Made up to show what an initiative is.")
    )
    is_public = models.BooleanField(_("may be published"), default=False)
    retired_at = models.DateTimeField(_("taken out"), null=True, blank=True, editable=False)
    retired_because = models.TextField(_("taken out because"), blank=True)

    history = HistoricalRecords(m2m_fields=[focus_areas])

    class Meta(Dated.Meta):
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["plan", "position", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="plans_initiative_stopped_with_reason",
                condition=~Q(state="stopped") | ~Q(stopped_because=""),
            ),
            models.CheckConstraint(
                name="plans_initiative_ended_when_over",
                condition=Q(ended_on__isnull=True) | Q(state__in=["finished", "stopped"]),
            ),
            models.CheckConstraint(
                name="plans_initiative_retired_with_reason",
                condition=Q(retired_at__isnull=True) | ~Q(retired_because=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Finished or stopped: nothing more is to come of it."""
        return InitiativeState(self.state).is_over


class InitiativeRow(Locked):
    """A row that belongs to an initiative and is edited on its page."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        abstract = True


class InitiativePhase(InitiativeRow, Dated):
    """A stretch of an initiative: analysis, development, trial. One at most is the current one."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="phases")
    title = models.CharField(_("title"), max_length=200)
    aim = models.TextField(_("aim"), blank=True)
    is_current = models.BooleanField(_("is where the initiative stands"), default=False)

    history = HistoricalRecords()

    class Meta(Dated.Meta):
        verbose_name = _("phase of an initiative")
        verbose_name_plural = _("phases of initiatives")
        ordering = ["initiative", "position", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["initiative"],
                condition=Q(is_current=True),
                name="plans_initiativephase_one_current",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class InitiativeActivity(InitiativeRow, Dated):
    """Something that is done in an initiative, for somebody, as exactly dated as is known.

    ``kind`` says what sort of thing it is, in the words of process plans, and so whether it goes on
    throughout its dates. ``milestone`` is the one of the plan that it belongs to, ``node`` the
    activity in the plan's theory of change that it carries out.
    """

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="activities")
    phase = models.ForeignKey(
        InitiativePhase,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("phase"),
    )
    milestone = models.ForeignKey(
        Milestone,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("milestone of the plan"),
    )
    node = models.ForeignKey(
        EffectNode,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="initiative_activities",
        verbose_name=_("activity of the theory of change"),
    )
    title = models.CharField(_("what happens"), max_length=300)
    kind = models.CharField(
        _("kind"), max_length=20, choices=MilestoneKind.choices, default=MilestoneKind.OTHER
    )
    description = models.TextField(_("description"), blank=True)
    audiences = models.TextField(
        _("for whom"), blank=True, help_text=_("Target groups or audiences, one on each line.")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=ActivityState.choices, default=ActivityState.PLANNED
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    dropped_because = models.TextField(_("dropped because"), blank=True)
    closes_phase = models.BooleanField(
        _("closes its phase"), default=False, help_text=_("The phase ends with this activity.")
    )
    is_public = models.BooleanField(_("may be published with the initiative"), default=True)

    history = HistoricalRecords()

    class Meta(Dated.Meta):
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["initiative", "sort_begin", "sort_end", "position", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="plans_initiativeactivity_dropped_with_reason",
                condition=~Q(state="dropped") | ~Q(dropped_because=""),
            ),
            models.CheckConstraint(
                name="plans_initiativeactivity_done_on_when_done",
                condition=Q(done_on__isnull=True) | Q(state="done"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_overdue(self, day: dt.date) -> bool:
        """Neither done nor dropped when its latest day is past."""
        when = self.when
        return ActivityState(self.state).is_open and when is not None and when.is_over(day)


class ActivityMove(Dated):
    """An earlier date of an activity (its own columns), and why it no longer holds."""

    activity = models.ForeignKey(InitiativeActivity, models.CASCADE, related_name="moves")
    reason = models.TextField(_("reason"))
    changed_at = models.DateTimeField(_("changed"), auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()

    class Meta(Dated.Meta):
        verbose_name = _("new date of an activity")
        verbose_name_plural = _("new dates of activities")
        ordering = ["activity", "changed_at", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="plans_activitymove_with_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.written}"


class InitiativeFunding(InitiativeRow):
    """Where an initiative's money comes from: ``amount`` in whole DKK, None where nobody has
    said."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="funding")
    kind = models.CharField(
        _("kind of money"), max_length=20, choices=FundingKind.choices, default=FundingKind.POOL
    )
    source = models.CharField(_("source"), max_length=300)
    amount = models.BigIntegerField(_("amount in kroner"), null=True, blank=True)
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("money of an initiative")
        verbose_name_plural = _("money of initiatives")
        ordering = ["initiative", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_initiativefunding_years_in_order",
                condition=Q(first_year__isnull=True)
                | Q(last_year__isnull=True)
                | Q(first_year__lte=F("last_year")),
            ),
            models.CheckConstraint(
                name="plans_initiativefunding_no_debt",
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.source

    @property
    def period(self) -> str:
        """The years it is for: "2009–2011"."""
        years = [str(year) for year in (self.first_year, self.last_year) if year]
        return "–".join(dict.fromkeys(years))


class InitiativePartner(InitiativeRow):
    """An organisation that an initiative is carried out with."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="partners")
    name = models.CharField(_("organisation"), max_length=300)
    role = models.CharField(_("what it does"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("partner of an initiative")
        verbose_name_plural = _("partners of initiatives")
        ordering = ["initiative", "position", "pk"]

    def __str__(self) -> str:
        return self.name


class InitiativeLink(InitiativeRow):
    """A website or a document of an initiative; without an address while it is not there yet."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="links")
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=InitiativeLinkKind.choices,
        default=InitiativeLinkKind.DOCUMENT,
    )
    title = models.CharField(_("title"), max_length=300)
    address = models.CharField(
        _("address"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["https", "http"])],
    )
    annex = models.ForeignKey(
        Annex,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="initiative_links",
        verbose_name=_("annex of the plan"),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("website or document of an initiative")
        verbose_name_plural = _("websites and documents of initiatives")
        ordering = ["initiative", "position", "pk"]

    def __str__(self) -> str:
        return self.title
