"""A plan: one steering document among others, in a tree and in a line of time."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.clock import today
from kommuneplan.collation import fold, record_numbers, sort_key
from kommuneplan.core.enums import PlanRole, Role
from kommuneplan.core.models import Body, ReservedSlug, User
from kommuneplan.core.models.days import HeldQuerySet
from kommuneplan.locking import Locked
from plans.enums import PlanKind, PlanningAct


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans by who may know of them. Public pages go through ``plans.public``."""

    def readable_by(self, user: User) -> PlanQuerySet:
        """The live plans a person may work with: the administrator all, a secretary those of
        their bodies, a plan lead their own. Everything else does not exist for them (404)."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser or user.has_role(Role.ADMINISTRATOR):
            return self
        bodies = [body for body, role in user.roles() if role == Role.SECRETARY]
        led = PlanLead.objects.leading(on=today()).filter(user=user).values("plan")
        return self.filter(Q(body__in=bodies) | Q(pk__in=led))

    def approved_or_made_by(self, user: User) -> PlanQuerySet:
        """Those a person works with, and those they are to approve: of these they see what is to
        be approved, and nothing else."""
        if not user.is_authenticated:
            return self.none()
        approves = PlanLead.objects.held(on=today()).filter(user=user).values("plan")
        made = Plan.objects.readable_by(user).values("pk")
        return self.filter(Q(pk__in=approves) | Q(pk__in=made))

    def run_by(self, user: User) -> PlanQuerySet:
        """The plans whose steps a person may take: put before the bodies, record, publish. The
        administrator all, a secretary those of their bodies (``permissions.SUBMIT``, as rows)."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser or user.has_role(Role.ADMINISTRATOR):
            return self
        bodies = [body for body, role in user.roles() if role == Role.SECRETARY]
        return self.filter(body__in=bodies)


class Plan(Locked):
    """A strategy, framework plan, sub-strategy …: its identity and its place among the others.

    What others read of it is a publication, never this row. A plan is retired, not deleted;
    only a plan that was never published can be deleted.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=100, unique=True, blank=True)
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(
        _("kind"), max_length=20, choices=PlanKind.choices, default=PlanKind.STRATEGY
    )
    body = models.ForeignKey(
        Body, models.PROTECT, related_name="plans", verbose_name=_("responsible body")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("under"),
    )
    root = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="descendants",
        editable=False,
        help_text=_("The top of the tree; empty for the top itself."),
    )
    replaces = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )
    replaces_in_words = models.CharField(
        _("replaces, in words"),
        max_length=300,
        blank=True,
        help_text=_("An older plan that is not in this system."),
    )
    proposal = models.TextField(_("what is proposed"), blank=True)
    still_open = models.TextField(_("what can still be changed"), blank=True)
    decided_by = models.TextField(_("who decides, and when"), blank=True)
    case_number = models.CharField(_("case number"), max_length=60, blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    document_date = models.DateField(_("date of the document"), null=True, blank=True)
    sender_unit = models.CharField(_("sender unit"), max_length=200, blank=True)
    recipients = models.TextField(
        _("recipients"), blank=True, help_text=_("One on each line: a body, an office, a centre.")
    )
    annex_number = models.CharField(_("annex number"), max_length=20, blank=True)
    case_worker = models.CharField(
        _("case worker, as a role"),
        max_length=100,
        blank=True,
        help_text=_("What the person is, never the name: the public reads it."),
    )
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    planning_act = models.CharField(
        _("rule of the planning act"),
        max_length=20,
        choices=PlanningAct.choices,
        blank=True,
        help_text=_("Empty: the plan does not follow the planning act (planloven)."),
    )
    repealed_on = models.DateField(_("repealed on"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)
    retired_because = models.TextField(_("reason for retiring"), blank=True, editable=False)
    sort_key = models.CharField(max_length=120, editable=False, db_index=True)
    search_text = models.TextField(editable=False)

    objects = PlanQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[replaces])

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_plan_not_under_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
            ),
            models.CheckConstraint(
                name="plans_plan_years_in_order",
                condition=Q(first_year__isnull=True)
                | Q(last_year__isnull=True)
                | Q(first_year__lte=F("last_year")),
            ),
            models.CheckConstraint(
                name="plans_plan_retired_with_reason",
                condition=Q(retired_at__isnull=True, retired_because="")
                | (Q(retired_at__isnull=False) & ~Q(retired_because="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        above = self.parent
        while above is not None:
            if above.pk == self.pk:
                raise ValidationError({"parent": _("A plan cannot stand under itself.")})
            above = above.parent

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the plan; keeps its address reserved and its root and search keys true.

        Raises ValueError when the address is or was another plan's.
        """
        self.sort_key = sort_key(self.title)
        about = fold(f"{self.title} {self.case_number} {self.document_number}")
        self.search_text = " ".join([about, *record_numbers(about)])
        self.slug = self.slug or ReservedSlug.free("plan", self.title)
        ReservedSlug.reserve("plan", self.slug, self.uid)
        self.root_id = (self.parent.root_id or self.parent_id) if self.parent else None
        super().save(*args, **kwargs)
        for child in self.children.exclude(root=self.root_id or self.pk):
            child.save()

    @property
    def open_cycle(self) -> Any:
        """The cycle being worked on, or None."""
        return self.cycles.filter(closed_at__isnull=True).first()

    @property
    def last_cycle(self) -> Any:
        """The cycle the plan rests on when none is open: the last adopted, else the last. A
        revision that was given up leaves the plan as it was."""
        cycles = self.cycles.order_by("-number")
        return cycles.filter(state="adopted").first() or cycles.first()

    @property
    def shown_cycle(self) -> Any:
        """The cycle that pages and documents are about: the open one, else that on which the plan
        rests. PlanState.cycle is the same, from cycles that are fetched already."""
        return self.open_cycle or self.last_cycle

    @property
    def period(self) -> str:
        """The years the plan is for: "2009–2012"."""
        years = [str(year) for year in (self.first_year, self.last_year) if year]
        return "–".join(dict.fromkeys(years))


class PlanLeadQuerySet(HeldQuerySet):
    """Plan leads by day."""

    def leading(self, *, on: dt.date) -> Self:
        """Of those the plan leads, who write; the others approve."""
        return self.held(on=on).filter(role=PlanRole.LEAD)


class PlanLead(models.Model):
    """What somebody does on a plan from a day until a day (inclusive): the plan lead (tovholder)
    edits its text and process plan; manager and director approve it, and edit nothing."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="leads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="led_plans")
    role = models.CharField(
        _("does"), max_length=20, choices=PlanRole.choices, default=PlanRole.LEAD
    )
    begins = models.DateField(_("from"), default=today)
    ends = models.DateField(_("until"), null=True, blank=True)

    objects = PlanLeadQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("plan lead")
        verbose_name_plural = _("plan leads")
        constraints = [
            models.CheckConstraint(
                name="plans_planlead_days_in_order",
                condition=Q(ends__isnull=True) | Q(begins__lte=F("ends")),
            ),
            models.UniqueConstraint(
                fields=["plan", "user", "role", "begins"], name="plans_planlead_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.plan} ({self.get_role_display()})"
