"""What a plan has to do again and again, what became of it, and how long the plan holds."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan import clock
from kommuneplan.core.models import Body, Meeting
from kommuneplan.locking import Locked
from kommuneplan.timespan.fields import Dated

from .focus import FocusArea, YearlyStatus
from .milestone import Milestone
from .plan import Plan
from .version import PlanVersion


class DutyKind(models.TextChoices):
    """What a plan owes."""

    YEARLY_REPORT = "yearly_report", _("yearly report")
    REVISION = "revision", _("yearly status and revision")
    EVALUATION = "evaluation", _("evaluation")
    OWN = "own", _("another duty")


class DutyRule(models.TextChoices):
    """How it is known when a duty is due."""

    YEARLY = "yearly", _("once a year")
    AFTER_ADOPTION = "after_adoption", _("some months after the adoption")
    ONCE = "once", _("once")


class GoalOutcome(models.TextChoices):
    """What an evaluation says of a goal."""

    MET = "met", _("met")
    PARTLY = "partly", _("partly met")
    NOT_MET = "not_met", _("not met")
    NOT_KNOWN = "not_known", _("cannot be said")


class EndChoice(models.TextChoices):
    """What a body decides of a plan whose end is near."""

    EXTEND = "extend", _("extended")
    EXPIRE = "expire", _("left to expire")


class Duty(Locked, Dated):
    """Something that a plan has bound the administration to, once or every year (pligt).

    When it is due is never stored: it follows from the rule (``plans.duties.recurrence``). The
    date columns are for a duty that is due once and has no milestone; with a milestone the date
    is the milestone's, so that it stands in one place.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="duties")
    kind = models.CharField(_("kind"), max_length=20, choices=DutyKind.choices)
    title = models.CharField(_("title"), max_length=300)
    details = models.TextField(_("what it is about"), blank=True)
    recipients = models.CharField(_("to whom"), max_length=300, blank=True)
    source = models.CharField(
        _("where it is said"),
        max_length=300,
        blank=True,
        help_text=_("A document, a case number, a decision."),
    )
    unit = models.CharField(_("unit or role"), max_length=200, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    rule = models.CharField(_("rule"), max_length=20, choices=DutyRule.choices)
    month = models.PositiveSmallIntegerField(
        _("month"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(
        _("day"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    months = models.PositiveSmallIntegerField(
        _("months after the adoption"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
    )
    milestone = models.ForeignKey(
        Milestone,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="duties",
        verbose_name=_("milestone"),
    )
    begins = models.DateField(
        _("from"), null=True, blank=True, help_text=_("Empty: from the adoption of the plan.")
    )
    ends = models.DateField(_("until"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(
        _("days of notice"), default=60, validators=[MaxValueValidator(366)]
    )
    is_public = models.BooleanField(_("may be published"), default=False)
    retired_at = models.DateTimeField(_("taken out"), null=True, blank=True, editable=False)
    retired_because = models.TextField(_("taken out because"), blank=True, editable=False)

    history = HistoricalRecords()

    class Meta(Dated.Meta):
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["plan", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="plans_duty_own_date_only_once",
                condition=Q(precision="") | Q(rule="once", milestone__isnull=True),
            ),
            models.CheckConstraint(
                name="plans_duty_months_with_rule",
                condition=Q(rule="after_adoption", months__isnull=False)
                | (~Q(rule="after_adoption") & Q(months__isnull=True)),
            ),
            models.CheckConstraint(
                name="plans_duty_day_with_month",
                condition=Q(day__isnull=True) | Q(month__isnull=False),
            ),
            models.CheckConstraint(
                name="plans_duty_month_with_rule",
                condition=Q(month__isnull=True) | Q(rule="yearly"),
            ),
            models.CheckConstraint(
                name="plans_duty_days_in_order",
                condition=Q(begins__isnull=True) | Q(ends__isnull=True) | Q(begins__lte=F("ends")),
            ),
            models.CheckConstraint(
                name="plans_duty_retired_with_reason",
                condition=Q(retired_at__isnull=True) | ~Q(retired_because=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Evaluation(Locked):
    """How a plan or a part of it has worked: a result in words, and what it says of each goal.

    Internal until somebody publishes it; what is published stands as it is until it is taken back.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="evaluations")
    title = models.CharField(_("title"), max_length=300)
    words = models.TextField(_("result in words"), blank=True)
    link = models.URLField(_("link to the document"), max_length=1000, blank=True)
    concluded_on = models.DateField(_("concluded on"), null=True, blank=True)
    milestone = models.ForeignKey(
        Milestone,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="evaluations",
        verbose_name=_("milestone"),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["plan", "-concluded_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_evaluation_published_when_concluded",
                condition=Q(published_at__isnull=True) | Q(concluded_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EvaluatedGoal(Locked):
    """What an evaluation says of the goals of one focus area."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="goals")
    focus_area = models.ForeignKey(FocusArea, models.CASCADE, related_name="evaluated")
    outcome = models.CharField(_("outcome"), max_length=20, choices=GoalOutcome.choices, blank=True)
    words = models.TextField(_("in words"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("evaluated goal")
        verbose_name_plural = _("evaluated goals")
        ordering = ["evaluation", "focus_area__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "focus_area"], name="plans_evaluatedgoal_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.focus_area}: {self.get_outcome_display() or '…'}"


class DutyFulfilment(models.Model):
    """That one turn of a duty was done, and by what, or that it was skipped for a reason.

    ``occurrence`` names the turn (``DutyTurn.key`` of ``plans.duties.recurrence``): it holds when
    the date of the rule is moved. ``due_words`` is what was said of the date when it was recorded.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    duty = models.ForeignKey(Duty, models.CASCADE, related_name="fulfilments")
    occurrence = models.CharField(_("turn"), max_length=20, editable=False)
    due_words = models.CharField(_("was due"), max_length=200, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    is_skipped = models.BooleanField(_("skipped"), default=False)
    words = models.TextField(_("by what, or why not"), blank=True)
    link = models.URLField(_("link"), max_length=1000, blank=True)
    status = models.ForeignKey(
        YearlyStatus,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="fulfils",
        verbose_name=_("yearly status"),
    )
    frozen = models.ForeignKey(
        PlanVersion,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="fulfils",
        verbose_name=_("version"),
    )
    evaluation = models.ForeignKey(
        Evaluation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="fulfils",
        verbose_name=_("evaluation"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("fulfilment of a duty")
        verbose_name_plural = _("fulfilments of duties")
        ordering = ["duty", "-occurrence", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "occurrence"], name="plans_dutyfulfilment_once"
            ),
            models.CheckConstraint(
                name="plans_dutyfulfilment_done_or_skipped",
                condition=Q(is_skipped=False, done_on__isnull=False)
                | (Q(is_skipped=True, done_on__isnull=True) & ~Q(words="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty}: {self.due_words}"


class PlanExtension(Locked):
    """What a body has decided of the end of a plan: extended to a later day (forlængelse), or
    left to expire (udløb). The plan's own days follow from the newest that was not taken back."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="extensions")
    choice = models.CharField(_("decision"), max_length=20, choices=EndChoice.choices)
    body = models.ForeignKey(
        Body, models.PROTECT, related_name="plan_extensions", verbose_name=_("decided by")
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_extensions",
        verbose_name=_("meeting"),
    )
    decided_on = models.DateField(_("decided on"))
    reason = models.TextField(_("reason"))
    protocol = models.URLField(_("link to the protocol"), max_length=1000, blank=True)
    is_closed = models.BooleanField(
        _("closed item"),
        default=False,
        help_text=_("What the protocol says of a closed item is not published (lukket punkt)."),
    )
    old_end = models.DateField(_("expired before on"), null=True, blank=True)
    old_last_year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    new_end = models.DateField(_("expires on"))
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True, editable=False)
    taken_back_because = models.TextField(_("taken back because"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("decision on the end of a plan")
        verbose_name_plural = _("decisions on the end of plans")
        ordering = ["plan", "-pk"]
        constraints = [
            models.CheckConstraint(name="plans_planextension_with_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="plans_planextension_later",
                condition=Q(choice="expire")
                | Q(old_end__isnull=True)
                | Q(new_end__gt=F("old_end")),
            ),
            models.CheckConstraint(
                name="plans_planextension_taken_back_with_reason",
                condition=Q(taken_back_at__isnull=True) | ~Q(taken_back_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.get_choice_display()}"
