"""The bodies of a municipality, their terms, and the calendar each meets by."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.collation import sort_key
from kommuneplan.core.enums import BodyKind, MeetingKind
from kommuneplan.locking import Locked

from .slugs import ReservedSlug

POLITICAL = [kind.value for kind in BodyKind if kind.is_political]


class BodyQuerySet(models.QuerySet["Body"]):
    """Questions about bodies."""

    def ranked(self) -> BodyQuerySet:
        """In the order of ``Body.rank``."""
        place = Case(
            When(kind__in=POLITICAL, then=0), When(kind=BodyKind.ADVISORY, then=1), default=2
        )
        return self.order_by(place, "sort_key", "pk")


class Body(Locked):
    """Whoever acts in a plan: council, committee, advisory council, administration, unit, party."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200, unique=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    slug = models.SlugField(_("address"), max_length=100, unique=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("under"),
    )
    papers_due_days = models.PositiveSmallIntegerField(
        _("papers due, days before a meeting"),
        default=14,
        validators=[MaxValueValidator(120)],
        help_text=_("Deadline for papers to the agenda, counted back from the meeting."),
    )
    sort_key = models.CharField(max_length=120, editable=False, db_index=True)

    objects = BodyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="core_body_not_under_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rank(self) -> tuple[int, str]:
        """Its place among those who take part: political bodies, those that are heard, others."""
        kind = BodyKind(self.kind)
        return (0 if kind.is_political else 1 if kind is BodyKind.ADVISORY else 2), self.sort_key

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.name)
        self.slug = self.slug or ReservedSlug.free("body", self.name)
        ReservedSlug.reserve("body", self.slug, self.uid)
        super().save(*args, **kwargs)

    @property
    def is_political(self) -> bool:
        """Elected people who meet and decide or recommend."""
        return BodyKind(self.kind).is_political

    def term_end(self, *, on: dt.date) -> dt.date:
        """The last day of the term that a day falls in: the body's own where it is written down,
        else the municipal one (four years from 1 January after the elections of 2025)."""
        own = self.terms.filter(begins__lte=on, ends__gte=on).order_by("-begins").first()
        return own.ends if own else dt.date(on.year + (2029 - on.year) % 4, 12, 31)


class BodyTerm(models.Model):
    """A term in which the body exists under this name; a council's is four years from 1 January."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="terms")
    begins = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["body", "begins"]
        constraints = [
            models.CheckConstraint(
                name="core_bodyterm_days_in_order",
                condition=Q(ends__isnull=True) | Q(begins__lte=F("ends")),
            ),
            models.UniqueConstraint(fields=["body", "begins"], name="core_bodyterm_once"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.begins:%Y}–{self.ends.year if self.ends else ''}"


class Meeting(Locked):
    """A body's meeting on a day. Milestones that are this meeting take their date from here."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    date = models.DateField(_("date"))
    begins_at = models.TimeField(_("from o'clock"), null=True, blank=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=MeetingKind.choices, default=MeetingKind.ORDINARY
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    papers_due = models.DateField(
        _("deadline for papers"),
        null=True,
        blank=True,
        help_text=_("Empty: the body's usual number of days before the meeting."),
    )
    is_public = models.BooleanField(_("shown to the public"), default=False)
    cancelled = models.BooleanField(_("cancelled"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["date", "begins_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "date", "kind"], name="core_meeting_once"),
            models.CheckConstraint(
                name="core_meeting_papers_before_meeting",
                condition=Q(papers_due__isnull=True) | Q(papers_due__lte=F("date")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.date:%d-%m-%Y}"

    @property
    def papers_due_on(self) -> dt.date:
        """The last day papers are taken (afleveringsfrist)."""
        return self.papers_due or self.date - dt.timedelta(days=self.body.papers_due_days)
