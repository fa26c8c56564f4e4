"""The paper for the agenda (sagsfremstilling): begun from the data, written on, handed in."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.core.models import Body, Meeting, StoredFile
from kommuneplan.locking import Locked
from plans.enums import PaperPart

from .agenda import AgendaItem
from .annexes import Annex, AnnexFile
from .matter import Treatment
from .plan import Plan
from .version import PlanVersion
from .writing import Unsaved


class PaperHeading(Locked):
    """A section that this municipality's papers for agendas have, in their order. Where there is
    none, papers have the usual ones (``plans.agenda_papers.headings``)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveIntegerField(_("order"))
    part = models.CharField(_("made from"), max_length=20, choices=PaperPart.choices)
    heading = models.CharField(_("heading"), max_length=200)
    help_text = models.CharField(_("what belongs here"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("section of papers for agendas")
        verbose_name_plural = _("sections of papers for agendas")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["part"], condition=~Q(part="own"), name="plans_paperheading_part_once"
            ),
        ]

    def __str__(self) -> str:
        return self.heading


class AgendaPaper(Locked):
    """What the administration puts before a body of a plan, as a paper for its agenda.

    ``treatment``: the turn of the body it is for; ``item``: the item that is no matter. Without
    either it is sent to ``recipient``, or is begun before the plan is submitted. Handed in it is
    frozen: ``content`` is the paper as it was, ``word`` and ``pdf`` the bytes that were handed in.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="agenda_papers")
    treatment = models.ForeignKey(
        Treatment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=_("treatment"),
    )
    item = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_papers",
        verbose_name=_("item of a meeting"),
    )
    title = models.CharField(_("title"), max_length=300)
    recipient = models.CharField(
        _("recipient"),
        max_length=200,
        blank=True,
        help_text=_("Only where it is sent to others than the body that treats it."),
    )
    letter_date = models.DateField(_("date of the paper"), null=True, blank=True)
    case_number = models.CharField(_("case number"), max_length=60, blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    case_worker = models.CharField(
        _("case worker, as a role"),
        max_length=200,
        blank=True,
        help_text=_("“Planning consultant”, never a name."),
    )
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True, editable=False)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    content = models.JSONField(_("as it was handed in"), default=dict, editable=False)
    word = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    pdf = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    retired_at = models.DateTimeField(_("taken out"), null=True, blank=True, editable=False)
    retired_because = models.TextField(_("taken out because"), blank=True)

    history = HistoricalRecords(excluded_fields=["content"])

    class Meta:
        verbose_name = _("paper for the agenda")
        verbose_name_plural = _("papers for the agenda")
        ordering = ["plan", "-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_agendapaper_handed_in_with_files",
                condition=Q(handed_in_at__isnull=True, word__isnull=True, pdf__isnull=True)
                | Q(handed_in_at__isnull=False, word__isnull=False, pdf__isnull=False),
            ),
            models.CheckConstraint(
                name="plans_agendapaper_one_item",
                condition=Q(treatment__isnull=True) | Q(item__isnull=True),
            ),
            models.CheckConstraint(
                name="plans_agendapaper_retired_with_reason",
                condition=Q(retired_at__isnull=True) | ~Q(retired_because=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_handed_in(self) -> bool:
        """Is it frozen?"""
        return self.handed_in_at is not None

    @property
    def is_closed(self) -> bool:
        """Is it for a closed item?"""
        turn = self.treatment or self.item
        return turn is not None and turn.is_closed

    @property
    def agenda_item(self) -> AgendaItem | None:
        """The item it is for; of a treatment only where something was written at it."""
        if self.treatment is not None:
            return getattr(self.treatment, "agenda_item", None)
        return self.item

    @property
    def meeting(self) -> Meeting | None:
        """The meeting it is for."""
        turn = self.treatment or self.item
        return turn.meeting if turn else None

    @property
    def body(self) -> Body:
        """The body it is put before: of the item, else the one that answers for the plan."""
        turn = self.treatment or self.item
        return turn.body if turn else self.plan.body


class PaperSection(Locked):
    """A section of a paper: its heading, and what somebody has written under it. What is made from
    the data beneath the words (the steps still to come, the annexes) is not stored here."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    paper = models.ForeignKey(AgendaPaper, models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField(_("order"))
    part = models.CharField(_("made from"), max_length=20, choices=PaperPart.choices)
    heading = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("text"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("section of a paper")
        verbose_name_plural = _("sections of papers")
        ordering = ["paper", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="plans_papersection_order"),
        ]

    def __str__(self) -> str:
        return self.heading


class PaperAnnex(models.Model):
    """What goes with a paper: a version of the plan, or an annex of it. ``annex_file`` is the
    version of the annex's file that was handed in."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    paper = models.ForeignKey(AgendaPaper, models.CASCADE, related_name="annexes")
    position = models.PositiveIntegerField(_("order"))
    version = models.ForeignKey(
        PlanVersion, models.PROTECT, null=True, blank=True, related_name="papers"
    )
    annex = models.ForeignKey(Annex, models.PROTECT, null=True, blank=True, related_name="papers")
    annex_file = models.ForeignKey(
        AnnexFile, models.PROTECT, null=True, blank=True, related_name="papers", editable=False
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("annex of a paper")
        verbose_name_plural = _("annexes of papers")
        ordering = ["paper", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "version"], name="plans_paperannex_version"),
            models.UniqueConstraint(fields=["paper", "annex"], name="plans_paperannex_annex"),
            models.CheckConstraint(
                name="plans_paperannex_one_thing",
                condition=Q(version__isnull=False, annex__isnull=True)
                | Q(version__isnull=True, annex__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.version or self.annex)


class PaperDraft(Unsaved):
    """Unsaved words in a paper: the fields of its form that were touched, by name, each with the
    lock version it began from."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="paper_drafts")
    paper = models.ForeignKey(AgendaPaper, models.CASCADE, related_name="drafts")
    fields = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("unsaved words in a paper")
        verbose_name_plural = _("unsaved words in papers")
        constraints = [
            models.UniqueConstraint(fields=["user", "paper"], name="plans_paperdraft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} – {self.user}"
