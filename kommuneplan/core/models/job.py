"""Work done in the background, and the sign of life of whoever does it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kommuneplan import clock
from kommuneplan.core.enums import JobState

NOT_PASSED_OVER = dt.timedelta(minutes=5)
SILENT_AFTER = dt.timedelta(minutes=3)  # the worker gives a sign of life every minute


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs by what they are about."""

    def about(self, kind: str, subject: uuid.UUID) -> JobQuerySet:
        """The jobs of a kind for one thing, newest first."""
        return self.filter(kind=kind, subject=subject).order_by("-created_at", "-pk")

    def open(self) -> JobQuerySet:
        """Waiting or running."""
        return self.filter(state__in=[JobState.WAITING, JobState.RUNNING])

    def free(self) -> JobQuerySet:
        """Waiting, or broken off: whoever ran it has not been heard of since the lease lapsed."""
        lapsed = Q(state=JobState.RUNNING, held_until__lt=clock.now())
        return self.filter(Q(state=JobState.WAITING) | lapsed)

    def next_in(self, lane: str) -> Job | None:
        """The job of a lane whose turn it is. Everybody who has sent something gets a turn before
        anybody gets a second one; of those the shortest goes first, and what has broken off last.
        Who has waited long is not passed over any more."""
        waiting = list(self.filter(lane=lane, state=JobState.WAITING).order_by("weight", "pk"))
        turns: Counter[str] = Counter()
        order = []
        late = clock.now() - NOT_PASSED_OVER
        for job in waiting:
            has_waited = job.tries == 0 and job.created_at < late
            order.append((not has_waited, job.tries, turns[job.sender], job.weight, job.pk, job))
            turns[job.sender] += 1
        return min(order, key=lambda one: one[:5])[5] if order else None

    def held_by(self, uid: uuid.UUID, holder: uuid.UUID) -> JobQuerySet:
        """A job as long as this holder has it."""
        return self.filter(uid=uid, holder=holder, state=JobState.RUNNING)


class Job(models.Model):
    """One piece of long work: a kind, the uid of what it is about, and how far it has come.

    Whoever does it holds a lease and renews it (``held_until``, UTC); a job whose lease has
    lapsed is taken up again by the next worker, and whoever lost it can no longer say "done".
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=50)
    subject = models.UUIDField()
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    progress = models.PositiveSmallIntegerField(
        _("percent done"), default=0, validators=[MaxValueValidator(100)]
    )
    message = models.CharField(
        max_length=50, blank=True
    )  # a code: see kommuneplan.core.worker.jobs
    # Jobs of one lane are done one after the other, so that they hold one hand of the worker at
    # most; ``sender``: whose it is (any key), ``weight``: how long it may take (bytes).
    lane = models.CharField(max_length=20, blank=True)
    sender = models.CharField(max_length=64, blank=True)
    weight = models.PositiveBigIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    holder = models.UUIDField(null=True)
    held_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["kind", "subject"], name="core_job_subject")]
        constraints = [
            models.CheckConstraint(
                name="core_job_percent", condition=Q(progress__gte=0, progress__lte=100)
            ),
            models.CheckConstraint(
                name="core_job_held_while_running",
                condition=Q(state="running", holder__isnull=False, held_until__isnull=False)
                | (~Q(state="running") & Q(holder__isnull=True, held_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="core_job_ended",
                condition=Q(state__in=["done", "failed"], ended_at__isnull=False)
                | Q(state__in=["waiting", "running"], ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="core_job_done_is_whole", condition=~Q(state="done") | Q(progress=100)
            ),
            # a second click starts nothing twice
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(state__in=["waiting", "running"]),
                name="core_job_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["lane"],
                condition=Q(state="running") & ~Q(lane=""),
                name="core_job_one_in_a_lane",
            ),
        ]

    def __str__(self) -> str:
        return f"{capfirst(self._meta.verbose_name)} {self.pk}"

    @property
    def is_open(self) -> bool:
        """Waiting or running."""
        return self.state in {JobState.WAITING, JobState.RUNNING}


class WorkerBeat(models.Model):
    """When the worker last gave a sign of life: a singleton row (primary key 1)."""

    at = models.DateTimeField()

    class Meta:
        verbose_name = _("sign of life of the worker")
        verbose_name_plural = _("sign of life of the worker")
        constraints = [models.CheckConstraint(name="core_beat_only_one", condition=Q(pk=1))]

    @classmethod
    def give(cls) -> None:
        """Say that a worker is alive now."""
        cls.objects.update_or_create(pk=1, defaults={"at": clock.now()})

    @classmethod
    def last(cls) -> dt.datetime | None:
        """When it last was alive; None = never."""
        return cls.objects.filter(pk=1).values_list("at", flat=True).first()

    @classmethod
    def next_hourly(cls) -> dt.datetime | None:
        """When the worker next does what is done about every hour: as the hour turns. None when
        there is none."""
        if cls.is_silent():
            return None
        return clock.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)

    @classmethod
    def is_silent(cls) -> bool:
        """Whether no worker has been heard of lately: nothing is sent or made meanwhile."""
        last = cls.last()
        return last is None or last < clock.now() - SILENT_AFTER
