"""Status reports: what has become of a plan since the last time, told to those who asked for it.

A report is planned (who is to have it, by when), then begun (its text), then frozen as it is sent
for the first time. What was frozen is never changed: a correction is a new edition of it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.locking import Locked
from kommuneplan.richtext.blocks import Block, align
from kommuneplan.timespan.fields import Dated
from plans.enums import RecipientKind, ReportChannel, ReportPart, ReportRepeats

from .duties import Duty
from .initiatives import Initiative
from .plan import Plan
from .requests import CommitteeRequest
from .writing import Unsaved

SEALED = [
    "number",
    "edition",
    "title",
    "covers_from",
    "covers_until",
    "dated_on",
    "sender_unit",
    "case_number",
    "document_number",
    "case_workers",
    "content",
    "digest",
    "frozen_at",
]
"""The columns of a report that nothing changes once it is frozen."""


class AlreadyFrozen(Exception):
    """The report has been sent: what it says is never changed, only corrected in a new edition."""


class StatusReportQuerySet(models.QuerySet["StatusReport"]):
    """Reports by where they stand and who may know them."""

    def readable_by(self, user: User) -> StatusReportQuerySet:
        """Those of the plans somebody works with."""
        return self.filter(plan__in=Plan.objects.readable_by(user).values("pk"))

    def frozen(self) -> StatusReportQuerySet:
        """Those that have been sent to somebody."""
        return self.filter(frozen_at__isnull=False)

    def unfinished(self) -> StatusReportQuerySet:
        """Begun, and sent to nobody yet."""
        return self.filter(frozen_at__isnull=True, begun_at__isnull=False)

    def newest_editions(self) -> StatusReportQuerySet:
        """Of each report the edition that nothing corrects; one that is being written does not
        count before it is sent."""
        return self.exclude(corrected_by__frozen_at__isnull=False)

    def public(self) -> StatusReportQuerySet:
        """What everybody may read: sent, marked public, and not taken back."""
        return self.frozen().filter(published_at__isnull=False, withdrawn_at__isnull=True)


class StatusReport(Locked):
    """One report on a plan for a time, to one or more recipients.

    ``number`` counts the reports of a plan, and all editions of a report share it. ``facts`` are
    the facts of the data that its text was begun from or that were looked at since, each with
    where it comes from, so that only what is new is offered again. ``content`` is canonical JSON,
    sealed by ``digest``; public pages and papers of a sent report are made from it alone.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="status_reports")
    initiative = models.ForeignKey(
        Initiative,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="status_reports",
        verbose_name=_("about the initiative"),
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1, editable=False)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="corrected_by",
        verbose_name=_("corrects"),
    )
    correction_reason = models.TextField(_("why it is corrected"), blank=True)
    title = models.CharField(_("title"), max_length=300)
    covers_from = models.DateField(_("covers from"), null=True, blank=True)
    covers_until = models.DateField(_("covers until"), null=True, blank=True)
    repeats = models.CharField(
        _("repeats"), max_length=20, choices=ReportRepeats.choices, blank=True
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    dated_on = models.DateField(_("date of the report"), null=True, blank=True)
    sender_unit = models.CharField(_("sender unit"), max_length=200, blank=True)
    case_number = models.CharField(_("case number"), max_length=60, blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    case_workers = models.TextField(
        _("case workers, as roles"),
        blank=True,
        help_text=_(
            "One on each line, never a name. A line with only a question mark stands for somebody "
            "who is not told: it is shown as missing."
        ),
    )
    answers = models.ManyToManyField(
        CommitteeRequest, blank=True, related_name="status_reports", verbose_name=_("answers")
    )
    fulfils = models.ManyToManyField(
        Duty, blank=True, related_name="status_reports", verbose_name=_("fulfils")
    )
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True, editable=False)
    facts = models.JSONField(_("facts it was begun from"), default=list, editable=False)
    frozen_at = models.DateTimeField(_("frozen"), null=True, blank=True, editable=False)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    digest = models.CharField(max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True, editable=False)
    withdrawn_because = models.TextField(_("taken back because"), blank=True)

    # A long text stands last: SQLite walks through one to reach the columns behind it.
    content = models.TextField(blank=True, editable=False)

    objects = StatusReportQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[answers, fulfils])

    class Meta:
        verbose_name = _("status report")
        verbose_name_plural = _("status reports")
        ordering = ["plan", "-number", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number", "edition"], name="plans_statusreport_edition_once"
            ),
            models.CheckConstraint(
                name="plans_statusreport_days_in_order",
                condition=Q(covers_from__isnull=True)
                | Q(covers_until__isnull=True)
                | Q(covers_from__lte=F("covers_until")),
            ),
            models.CheckConstraint(
                name="plans_statusreport_sealed_when_frozen",
                condition=Q(frozen_at__isnull=True, digest="", content="")
                | (
                    Q(frozen_at__isnull=False, begun_at__isnull=False)
                    & ~Q(digest="")
                    & ~Q(content="")
                ),
            ),
            models.CheckConstraint(
                name="plans_statusreport_corrected_with_reason",
                condition=Q(edition=1, corrects__isnull=True)
                | (Q(edition__gt=1, corrects__isnull=False) & ~Q(correction_reason="")),
            ),
            models.CheckConstraint(
                name="plans_statusreport_public_when_frozen",
                condition=Q(published_at__isnull=True) | Q(frozen_at__isnull=False),
            ),
            models.CheckConstraint(
                name="plans_statusreport_taken_back_with_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | (
                    Q(withdrawn_at__isnull=False, published_at__isnull=False)
                    & ~Q(withdrawn_because="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any) -> StatusReport:
        """A row as it was read, remembering what of it is sealed."""
        row: StatusReport = super().from_db(db, field_names, values)
        read = {*field_names}
        here = {name: getattr(row, name) for name in SEALED if name in read}
        row._sealed = here if here.get("frozen_at") else {}
        return row

    _sealed: dict[str, Any] = {}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the report. Raises AlreadyFrozen where what was sealed would be changed."""
        if any(getattr(self, name) != value for name, value in self._sealed.items()):
            raise AlreadyFrozen
        super().save(*args, **kwargs)

    @property
    def is_frozen(self) -> bool:
        """Has it been sent to somebody, so that its words stand for ever?"""
        return self.frozen_at is not None

    @property
    def is_planned(self) -> bool:
        """Is it only known that it will come, and to whom?"""
        return self.begun_at is None

    @property
    def is_public(self) -> bool:
        """May everybody read it?"""
        return self.published_at is not None and self.withdrawn_at is None

    @property
    def name(self) -> str:
        """ "Statusrapport 2", or "Statusrapport 2, udgave 2"."""
        if self.edition == 1:
            return _t("Status report %(number)s") % {"number": self.number}
        return _t("Status report %(number)s, edition %(edition)s") % {
            "number": self.number,
            "edition": self.edition,
        }

    @property
    def workers(self) -> list[str]:
        """The case workers by their roles; empty for one who is missing."""
        lines = [line.strip() for line in self.case_workers.splitlines() if line.strip()]
        return ["" if line == "?" else line for line in lines]


class StatusReportSection(Locked):
    """One part of a report under its heading: background, done, under way, next.

    Written as a section of a plan is: ``blocks`` is the text cut into blocks with lasting anchors.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(StatusReport, models.CASCADE, related_name="sections")
    part = models.CharField(_("part"), max_length=20, choices=ReportPart.choices)
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    blocks = models.JSONField(default=list, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("section of a status report")
        verbose_name_plural = _("sections of status reports")
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "part"], name="plans_reportsection_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def plan(self) -> Plan:
        """The plan its report is about."""
        return self.report.plan

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the sanitised text; every block keeps the anchor of the block it continues."""
        blocks = align(self.anchored_blocks(), self.text)
        self.blocks = [[block.anchor, block.html] for block in blocks]
        self.text = "\n".join(block.html for block in blocks)
        super().save(*args, **kwargs)

    def anchored_blocks(self) -> list[Block]:
        """The blocks as they were last stored."""
        return [Block(anchor, html) for anchor, html in self.blocks]


class StatusReportDraft(Unsaved):
    """Unsaved words in a section of a report; as ``SectionDraft``."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="report_drafts")
    section = models.ForeignKey(StatusReportSection, models.CASCADE, related_name="drafts")
    base_version = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("unsaved text of a status report")
        verbose_name_plural = _("unsaved texts of status reports")
        constraints = [
            models.UniqueConstraint(fields=["user", "section"], name="plans_reportdraft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.section} – {self.user}"


class ReportRecipient(Locked, Dated):
    """Who is to have a report: by when (the dates of the row), by which way, and whether it went.

    A body of the municipality may have it at a meeting; whoever else is named in words.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(StatusReport, models.CASCADE, related_name="recipients")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=RecipientKind.choices)
    body = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="status_reports",
        verbose_name=_("body"),
    )
    name = models.CharField(
        _("recipient, in words"),
        max_length=200,
        blank=True,
        help_text=_("An office or an authority, never a person: the public reads it."),
    )
    channel = models.CharField(_("by"), max_length=20, choices=ReportChannel.choices, blank=True)
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="status_reports",
        verbose_name=_("meeting"),
    )
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    reference = models.CharField(
        _("receipt or record number"), max_length=200, blank=True,
        help_text=_("Where it can be found again that it went."),
    )  # fmt: skip

    history = HistoricalRecords()

    class Meta(Dated.Meta):
        verbose_name = _("recipient of a status report")
        verbose_name_plural = _("recipients of status reports")
        ordering = ["report", "position", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="plans_reportrecipient_named",
                condition=(Q(kind="body", body__isnull=False, name=""))
                | (~Q(kind="body") & Q(body__isnull=True, meeting__isnull=True) & ~Q(name="")),
            ),
            models.UniqueConstraint(
                fields=["report", "body"],
                condition=Q(body__isnull=False),
                name="plans_reportrecipient_body_once",
            ),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The name of the body, or the words."""
        return self.body.name if self.body else self.name

    def is_late(self, day: dt.date) -> bool:
        """Not sent, and the last day of its deadline is past."""
        last = self.latest_end
        return self.sent_on is None and last is not None and last < day
