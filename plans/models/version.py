"""Frozen versions: a plan as others read it, as text that is never rewritten, and its proof."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import COPENHAGEN, local_day
from kommuneplan.timespan.fields import Dated
from kommuneplan.timespan.phrase import day_words
from plans.enums import Audience, BlockKind, CycleState, MilestoneKind, Stage

from .plan import Plan

LONG = ("content", "search_text")  # what nobody needs in a list


def _submissions(version: Any) -> models.QuerySet[Any]:
    """The treatments of the matters a version was submitted in, the first body's first, with what
    a name says of them: ``to`` and ``day``, that of the decision where there is one."""
    from .matter import Treatment

    rows = Treatment.objects.filter(matter__plans__version=version)
    return rows.order_by("matter", "position", "pk").values(
        to=F("body__name"),
        day=Coalesce("decided_on", "meeting__date"),
    )


def _given_up() -> Q:
    """SQL of: the version is the draft of work that was given up."""
    from .cycle import Cycle

    work = Cycle.objects.filter(
        plan=OuterRef("plan"),
        state=CycleState.WITHDRAWN,
        opened_at__lte=OuterRef("frozen_at"),
        closed_at__gte=OuterRef("frozen_at"),
    )
    return Q(Exists(work)) & ~Q(state=CycleState.ADOPTED)


def named(relation: str) -> Prefetch:
    """For ``prefetch_related`` of rows that point to a version: the version, as it is listed."""
    return Prefetch(relation, PlanVersion.objects.listed().select_related("plan"))


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    """Versions by their addresses, and for lists."""

    def at(self, key: uuid.UUID | int) -> PlanVersionQuerySet:
        """What an address names: the uid, or in an older address the place in the chain."""
        return self.filter(number=key) if isinstance(key, int) else self.filter(uid=key)

    def listed(self) -> PlanVersionQuerySet:
        """Without the text itself, and with what their names are made from."""
        asked = _submissions(OuterRef("pk"))
        return self.defer(*LONG).annotate(
            submitted_to=Subquery(asked.values("to")[:1]),
            submitted_day=Subquery(asked.values("day")[:1]),
        )

    def to_publish(self) -> PlanVersionQuerySet:
        """Of each plan the newest version that the bodies have decided on, where everybody is to
        read it and does not: it was never published, or the draft of a revision that was given up
        is what is read."""
        from .cycle import Cycle
        from .publication import Publication

        worked_on = Cycle.objects.filter(plan=OuterRef("plan"), closed_at__isnull=True)
        sent_out = worked_on.exclude(state=CycleState.DRAFT)
        taken_back = worked_on.filter(opened_at__lte=OuterRef("frozen_at"))
        holds = Q(Exists(sent_out), stage=Stage.CONSULTATION)
        holds |= Q(~Exists(taken_back), stage=Stage.ADOPTED)
        decided = self.filter(holds).exclude(_given_up())
        later = decided.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
        known = Publication.objects.filter(version=OuterRef("pk"))
        read = Publication.objects.filter(
            plan=OuterRef("plan"),
            audience=Audience.PUBLIC,
            superseded_at__isnull=True,
            withdrawn_at__isnull=True,
            version__in=PlanVersion.objects.filter(_given_up()).values("pk"),
        )
        unread = ~Exists(known) | (Q(stage=Stage.ADOPTED) & Exists(read))
        return decided.exclude(Exists(later)).filter(unread)


class PlanVersion(models.Model):
    """A frozen PlanDocument. Frozen is not visible: a Publication says who may read it.

    ``number`` is the place in the sealed chain, which no page calls it by; whoever computes the
    seal anew needs it (``plans.public.sealed``). ``public_number`` is the one number readers know:
    it is given when the version is published to everybody for the first time
    (``versions.actions.publishing``) and stays. ``name`` is what every page calls it.

    ``content`` is canonical JSON with a schema number; ``digest`` seals the digests of its
    blocks and the version before. The index columns (title … last_year) repeat what the content
    says, so that lists need not open it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    stage = models.CharField(_("frozen as"), max_length=20, choices=Stage.choices)
    parts = models.JSONField(_("parts frozen anew"), default=list)
    schema = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64, editable=False)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next", editable=False
    )
    frozen_at = models.DateTimeField(_("frozen"), default=timezone.now, editable=False)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("note"), blank=True)
    public_number = models.PositiveIntegerField(
        _("public number"), null=True, blank=True, editable=False
    )

    title = models.CharField(max_length=300, editable=False)
    sort_key = models.CharField(max_length=120, editable=False, db_index=True)
    kind = models.CharField(max_length=20, editable=False)
    body_name = models.CharField(max_length=200, editable=False)
    state = models.CharField(max_length=20, editable=False)
    first_year = models.PositiveSmallIntegerField(null=True, editable=False)
    last_year = models.PositiveSmallIntegerField(null=True, editable=False)

    # Long texts stand last: SQLite walks through one to reach the columns behind it.
    search_text = models.TextField(editable=False)
    content = models.TextField(editable=False)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plans_version_number_once"),
            models.UniqueConstraint(
                fields=["plan", "public_number"], name="plans_version_public_number_once"
            ),
            models.CheckConstraint(
                name="plans_version_chained",
                condition=Q(number=1, previous__isnull=True)
                | (Q(number__gt=1) & Q(previous__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.name})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new version; a stored one is never saved again."""
        if self.pk is not None:
            raise TypeError("A frozen version is never changed")
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """What every reader calls it: "Version 3" once it has been published to everybody; until
        then by the body it was submitted to, or the day it was frozen. Lists ask ``listed``."""
        if self.public_number is not None:
            return _t("Version %(number)s") % {"number": self.public_number}
        day = day_words(local_day(self.frozen_at))
        if self.stage == Stage.CONSULTATION:
            return _t("Consultation draft frozen on %(day)s") % {"day": day}
        to, held = self._submitted()
        if not to:
            return _t("Edition frozen on %(day)s") % {"day": day}
        if held is None:
            return _t("Edition submitted to %(body)s") % {"body": to}
        return _t("Edition submitted to %(body)s %(day)s") % {"body": to, "day": day_words(held)}

    def _submitted(self) -> tuple[str | None, dt.date | None]:
        """To which body first, and when it meets: as ``listed``, or asked for now."""
        if not hasattr(self, "submitted_to"):
            row = _submissions(self.pk).first() or {"to": None, "day": None}
            self.submitted_to, self.submitted_day = row["to"], row["day"]
        return self.submitted_to, self.submitted_day

    @property
    def seal_facts(self) -> dict[str, object]:
        """What the seal says of a version besides its blocks."""
        return {
            "plan": str(self.plan.uid),
            "number": self.number,
            "stage": str(self.stage),
            "schema": self.schema,
            "frozen_at": self.frozen_at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        }

    @property
    def details(self) -> str:
        """The name with what it was frozen for, or when, so that two of one day differ."""
        frozen = self.frozen_at.astimezone(COPENHAGEN)
        day = day_words(frozen.date())
        facts = {"name": self.name, "day": day, "time": f"{frozen:%H.%M}"}
        if self.public_number is not None:
            stage = Stage(self.stage).label
            return _t("%(name)s: %(stage)s, %(day)s") % {**facts, "stage": stage}
        if day in self.name:
            return _t("%(name)s, at %(time)s") % facts
        return _t("%(name)s, frozen on %(day)s at %(time)s") % facts


class VersionBlock(models.Model):
    """One block of a frozen document: what a remark points to, and its part of the proof.

    The digest is SHA-256 over the salt and the block's canonical JSON, so that a redaction can
    destroy text and salt and the chain still verifies. ``left_digest`` is then SHA-256 over the
    canonical JSON of what was left in the block's place.
    """

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="blocks")
    anchor = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=BlockKind.choices)
    position = models.PositiveIntegerField()
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)
    redacted_at = models.DateTimeField(null=True, blank=True)
    redaction = models.ForeignKey(
        "plans.Redaction", models.PROTECT, null=True, blank=True, related_name="blocks"
    )
    left_digest = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("block of a version")
        verbose_name_plural = _("blocks of versions")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "anchor"], name="plans_block_anchor_once"),
            models.CheckConstraint(
                name="plans_block_salt_until_redacted",
                condition=(Q(redacted_at__isnull=True) & ~Q(salt=""))
                | Q(redacted_at__isnull=False, salt=""),
            ),
            models.CheckConstraint(
                name="plans_block_redacted_by_an_act",
                condition=Q(redacted_at__isnull=True, redaction__isnull=True, left_digest="")
                | (Q(redacted_at__isnull=False, redaction__isnull=False) & ~Q(left_digest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} #{self.anchor}"


class FrozenMilestone(Dated):
    """A frozen milestone as a row, so that calendars and the front page can ask by date
    across plans without opening every document."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="milestones")
    uid = models.UUIDField()
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    kind = models.CharField(max_length=20, choices=MilestoneKind.choices)
    bodies = models.CharField(max_length=600, blank=True)
    conditional = models.BooleanField(default=False)
    state = models.CharField(max_length=20)
    begins_at = models.CharField(max_length=5, blank=True, default="")  # "17.30"
    place = models.CharField(max_length=200, blank=True, default="")

    class Meta(Dated.Meta):
        verbose_name = _("frozen milestone")
        verbose_name_plural = _("frozen milestones")
        ordering = ["version", "position"]
        indexes = [models.Index(F("sort_begin"), F("sort_end"), name="plans_frozen_by_day")]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["version", "uid"], name="plans_frozen_milestone_once"),
        ]

    def __str__(self) -> str:
        return self.title
