"""Rounds: one frozen version is answered, by whom, from when until when."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from unicodedata import category

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from consultations.enums import EventKind, MembersSee, PublishWhen, RoundState
from kommuneplan.clock import local_day
from kommuneplan.collation import fold
from kommuneplan.core.models import ReservedSlug, StoredFile, User
from kommuneplan.locking import Locked
from plans.models import Cycle, Plan, PlanVersion


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds by time and by who may know of them. No job changes what these answer."""

    def announced(self, *, at: dt.datetime) -> RoundQuerySet:
        """Those that have begun, or have ended since; withdrawn ones too."""
        return self.filter(announced_at__isnull=False, opens_at__lte=at)

    def open(self, *, at: dt.datetime) -> RoundQuerySet:
        """Those whose general deadline is still to come: ``[opens_at, closes_at)``."""
        return self.announced(at=at).filter(closes_at__gt=at, withdrawn_at__isnull=True)

    def public(self, *, at: dt.datetime) -> RoundQuerySet:
        """Those that everybody may answer or could have answered: what public pages list."""
        return self.announced(at=at).filter(is_public=True)

    def visible(self, *, at: dt.datetime) -> RoundQuerySet:
        """Those that everybody may know of: announced, also before they open, and withdrawn."""
        return self.filter(is_public=True, announced_at__lte=at)

    def standing(self) -> RoundQuerySet:
        """Those that were announced and not withdrawn."""
        return self.filter(announced_at__isnull=False, withdrawn_at__isnull=True)

    def counting(self) -> RoundQuerySet:
        """Those that keep their plan in consultation, and are handled before it is adopted:
        standing and not internal."""
        return self.standing().filter(is_internal=False)

    def readable_by(self, user: User) -> RoundQuerySet:
        """Those of the plans a person works with. All others do not exist for them (404)."""
        return self.filter(plan__in=Plan.objects.readable_by(user).values("pk"))


class Round(Locked):
    """A consultation over one frozen version (``frozen``).

    Open is the half-open ``[opens_at, closes_at)``, shown as "til og med" the day before the
    deadline when that is midnight in Europe/Copenhagen. A round is prepared until somebody
    announces it; from then on its times change only by a ``RoundEvent``. A public round may be
    answered by everybody; an internal one is for other administrations and MED alone, and may run
    over a draft. Invited parties may have deadlines of their own (``Invitation.closes_at``).
    ``milestone_uid``: the milestone of the process plan that is this consultation, by the name
    that frozen versions know it by too; rounds that are held one after the other may share one.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=100, unique=True, blank=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="rounds")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="rounds")
    frozen = models.ForeignKey(PlanVersion, models.PROTECT, related_name="rounds")
    milestone_uid = models.UUIDField(
        _("milestone of the process plan"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The milestone that is this consultation; it has the round's dates."),
    )
    renews = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="renewed_by"
    )
    renewed_because = models.TextField(_("reason for consulting again"), blank=True)
    title = models.CharField(_("title"), max_length=300)
    introduction = models.TextField(
        _("in plain words"), blank=True, help_text=_("Two or three sentences for every reader.")
    )
    letter = models.TextField(_("consultation letter"), blank=True)
    is_public = models.BooleanField(_("everybody may answer"), default=True)
    is_internal = models.BooleanField(_("internal: administrations and MED only"), default=False)
    open_list = models.BooleanField(
        _("the list of parties is open (“bl.a.”)"),
        default=False,
        help_text=_("Parties that are not on the list are told that they may answer too."),
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    publish_when = models.CharField(
        _("responses are published"),
        max_length=20,
        choices=PublishWhen.choices,
        default=PublishWhen.DEADLINE,
    )
    members_see = models.CharField(
        _("members read the responses"),
        max_length=20,
        choices=MembersSee.choices,
        default=MembersSee.DEADLINE,
    )
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True, editable=False)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_because = models.TextField(_("reason for withdrawing"), blank=True)
    ready_at = models.DateTimeField(_("ready for the agenda"), null=True, blank=True)
    ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ready_in_spite = models.TextField(
        _("why it is put on the agenda though something is missing"), blank=True
    )
    next_response = models.PositiveIntegerField(default=1, editable=False)
    next_remark = models.PositiveIntegerField(default=1, editable=False)

    objects = RoundQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["next_response", "next_remark"])

    class Meta:
        verbose_name = _("consultation round")
        verbose_name_plural = _("consultation rounds")
        ordering = ["-opens_at", "-pk"]
        indexes = [models.Index(fields=["opens_at", "closes_at"], name="consultations_round_times")]
        constraints = [
            models.CheckConstraint(
                name="consultations_round_times_in_order",
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(opens_at__lt=F("closes_at")),
                violation_error_message=_("The deadline must come after the opening."),
            ),
            models.CheckConstraint(
                name="consultations_round_announced_with_times",
                condition=Q(announced_at__isnull=True)
                | Q(opens_at__isnull=False, closes_at__isnull=False),
            ),
            models.CheckConstraint(
                name="consultations_round_internal_is_not_public",
                condition=Q(is_public=False) | Q(is_internal=False),
                violation_error_message=_("An internal round cannot be open to everybody."),
            ),
            models.CheckConstraint(
                name="consultations_round_renewed_with_reason",
                condition=Q(renews__isnull=True, renewed_because="")
                | (Q(renews__isnull=False) & ~Q(renewed_because="")),
            ),
            models.CheckConstraint(
                name="consultations_round_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the round; keeps its address reserved. Its title is one line: it stands in the
        subjects of mails.

        Raises ValueError when the address is or was another round's.
        """
        seen = "".join(" " if category(one) in {"Cc", "Zl", "Zp"} else one for one in self.title)
        self.title = " ".join(seen.split())
        self.slug = self.slug or ReservedSlug.free("round", self.title)
        ReservedSlug.reserve("round", self.slug, self.uid)
        super().save(*args, **kwargs)

    def state_at(self, at: dt.datetime, closes_at: dt.datetime | None = None) -> RoundState:
        """Where the round stands at an instant, for somebody with a deadline of their own if one
        is given."""
        if self.withdrawn_at is not None and self.withdrawn_at <= at:
            return RoundState.WITHDRAWN
        if self.announced_at is None or self.opens_at is None or self.closes_at is None:
            return RoundState.PREPARED
        if at < self.opens_at:
            return RoundState.COMING
        return RoundState.OPEN if at < (closes_at or self.closes_at) else RoundState.CLOSED

    def deadline_of(self, invitation: Any = None) -> dt.datetime | None:
        """Until when may be answered (exclusive): by a party with a deadline of its own until
        then, by all others until the round's; None while none is chosen."""
        return (invitation.closes_at if invitation else None) or self.closes_at

    @property
    def may_be_extended(self) -> bool:
        """More time can be given: it is announced and stands, nobody has reported it as ready for
        the agenda, and its draft was neither adopted nor given up since."""
        if self.announced_at is None or self.withdrawn_at is not None or self.ready_at is not None:
            return False
        return self.cycle.closed_at is None or self.cycle.closed_at < self.announced_at

    @property
    def last_day(self) -> dt.date | None:
        """The last civil day on which an answer is in time ("til og med")."""
        return last_day(self.closes_at)

    @property
    def first_day(self) -> dt.date | None:
        """The civil day on which the round opens."""
        return local_day(self.opens_at) if self.opens_at else None

    @property
    def days(self) -> int | None:
        """How many days it lasts, both days counted."""
        if self.first_day is None or self.last_day is None:
            return None
        return (self.last_day - self.first_day).days + 1


def last_day(closes_at: dt.datetime | None) -> dt.date | None:
    """The last civil day in Denmark that lies before a deadline, whole or in part."""
    return local_day(closes_at - dt.timedelta(microseconds=1)) if closes_at else None


class RoundQuestion(Locked):
    """A question the secretary asks everybody who answers."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    words = models.CharField(_("question"), max_length=500)
    help = models.TextField(_("explanation"), blank=True)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("question to consider")
        verbose_name_plural = _("questions to consider")
        ordering = ["round", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="consultations_question_says_something", condition=~Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Material(models.Model):
    """A file that goes out with the draft (høringsmateriale)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="materials")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    findings = models.JSONField(default=list, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("consultation material")
        verbose_name_plural = _("consultation materials")
        ordering = ["round", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class RoundEvent(models.Model):
    """What happened to an announced round: an extension, an early closing, a correction sheet, a
    withdrawal; with its reason, who, and the deadline before and after. Never changed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="events")
    invitation = models.ForeignKey(
        "consultations.Invitation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        help_text=_("Set when one party's deadline was moved; empty: everybody's."),
    )
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("reason"))
    old_closes_at = models.DateTimeField(null=True, blank=True)
    new_closes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("event of a round")
        verbose_name_plural = _("events of rounds")
        ordering = ["round", "at", "pk"]
        constraints = [
            models.CheckConstraint(name="consultations_event_with_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="consultations_event_deadlines",
                condition=~Q(kind__in=["extended", "closed_early"])
                | Q(old_closes_at__isnull=False, new_closes_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.get_kind_display()}"


def search_words(*parts: str) -> str:
    """What a search is compared with."""
    return fold(" ".join(part for part in parts if part))
