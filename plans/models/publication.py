"""Publications: which frozen version is visible to whom, from when, until when."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from plans.enums import Audience

from .plan import Plan
from .version import PlanVersion


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications by time; no job changes what these answer."""

    def published(
        self, *, at: dt.datetime, audience: Audience = Audience.PUBLIC
    ) -> PublicationQuerySet:
        """Those an audience may open at an instant, superseded ones included."""
        return self.filter(audience=audience, visible_from__lte=at).filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at)
        )

    def current(
        self, *, at: dt.datetime, audience: Audience = Audience.PUBLIC
    ) -> PublicationQuerySet:
        """The newest of each plan that an audience may open at an instant."""
        return self.published(at=at, audience=audience).filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=at)
        )

    def newest_first(self) -> PublicationQuerySet:
        """In the order of what was visible last."""
        return self.order_by("-visible_from", "-pk")

    def with_sequence(self) -> PublicationQuerySet:
        """With ``sequence``: how many times its plan had been published to everybody by then. It
        only ever grows, as calendars need it."""
        earlier = Publication.objects.filter(
            plan=OuterRef("plan"), audience=Audience.PUBLIC, pk__lte=OuterRef("pk")
        )
        count = earlier.order_by().values("plan").annotate(n=Count("pk")).values("n")
        return self.annotate(sequence=Subquery(count))


class Publication(models.Model):
    """A version made visible, at a lasting address (``/planer/<slug>/versioner/<number>/``).

    Visible in ``[visible_from, withdrawn_at)``; the newest in ``[visible_from, superseded_at)``.
    The number is the version's, however often it is published. ``former_number``: what a
    repeated publication was counted as before that was so; its address leads to the version's.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="publications")
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="publications")
    audience = models.CharField(
        _("visible to"), max_length=20, choices=Audience.choices, default=Audience.PUBLIC
    )
    former_number = models.PositiveIntegerField(
        _("former public number"), null=True, blank=True, editable=False
    )
    visible_from = models.DateTimeField(_("visible from"))
    superseded_at = models.DateTimeField(_("superseded"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_because = models.TextField(_("reason for withdrawing"), blank=True)
    reason = models.TextField(
        _("what has changed, and why"), blank=True, help_text=_("In plain words, for the public.")
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = PublicationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["plan", "audience", "visible_from", "pk"]
        indexes = [
            models.Index(
                fields=["audience", "visible_from", "superseded_at"],
                name="plans_publication_current",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "former_number"], name="plans_publication_former_number_once"
            ),
            models.UniqueConstraint(
                fields=["plan", "audience"],
                condition=Q(superseded_at__isnull=True, withdrawn_at__isnull=True),
                name="plans_publication_one_newest",
            ),
            models.CheckConstraint(
                name="plans_publication_former_number_public",
                condition=Q(audience="public") | Q(former_number__isnull=True),
            ),
            models.CheckConstraint(
                name="plans_publication_superseded_after",
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("visible_from")),
            ),
            models.CheckConstraint(
                name="plans_publication_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.get_audience_display()}"

    @property
    def number(self) -> int | None:
        """The version's public number, where everybody may read it."""
        return self.version.public_number if self.audience == Audience.PUBLIC else None
