"""Handling: remarks, themes, standard answers, and what came in at meetings."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from consultations.enums import ChangeKind, Proposal
from kommuneplan.collation import sort_key
from kommuneplan.core.models import Body
from kommuneplan.locking import Locked
from kommuneplan.richtext.blocks import plain
from plans.models import PlanVersion

from .response import Response, ResponseRevision
from .round import Round, search_words


class Theme(Locked):
    """What several remarks of a round are about, with the administration's summary."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="themes")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["round", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "title"],
                condition=Q(retired_at__isnull=True),
                name="consultations_theme_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StandardAnswer(Locked):
    """A reply that is used again and again; copied into a remark, not linked to it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="standard_answers")
    title = models.CharField(_("title"), max_length=200)
    reply = models.TextField(_("the administration's reply"))
    proposal = models.CharField(
        _("the administration proposes"), max_length=20, choices=Proposal.choices, blank=True
    )
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    sort_key = models.CharField(max_length=120, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("standard answer")
        verbose_name_plural = _("standard answers")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the answer and its sort key."""
        self.sort_key = sort_key(self.title)
        super().save(*args, **kwargs)


class MeetingInput(Locked):
    """What was said about the draft at a meeting, written down by the administration."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="meeting_inputs")
    title = models.CharField(_("meeting"), max_length=200)
    held_on = models.DateField(_("held on"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("input from a meeting")
        verbose_name_plural = _("input from meetings")
        ordering = ["round", "held_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Remark(Locked):
    """One remark: what somebody says about one thing, what the administration replies and
    proposes, what the committee decided, and the block that changed.

    It comes from a response (``place``, ``begins``, ``ends`` say which letters of its revision's
    content) or from a meeting. ``anchor`` is the block of the round's frozen version it concerns,
    empty for the whole; ``quote`` the block's words then, so that it stays readable. Duplicates
    point to the remark that is answered for all (``same_as``); every sender counts. The proposal
    is the administration's; ``decision`` the committee's, empty as long as it follows the
    proposal. ``changed_anchor`` in ``changed_in`` is the block that changed, ``change`` what
    became of it (resolved when a version is frozen).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="remarks")
    number = models.PositiveIntegerField(_("number"))
    response = models.ForeignKey(
        Response, models.PROTECT, null=True, blank=True, related_name="remarks"
    )
    revision = models.ForeignKey(
        ResponseRevision, models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=60, blank=True)
    begins = models.PositiveIntegerField(null=True, blank=True)
    ends = models.PositiveIntegerField(null=True, blank=True)
    meeting = models.ForeignKey(
        MeetingInput, models.PROTECT, null=True, blank=True, related_name="remarks"
    )
    anchor = models.CharField(max_length=64, blank=True)
    quote = models.TextField(blank=True)
    words = models.TextField(_("remark"))
    theme = models.ForeignKey(
        Theme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="remarks",
        verbose_name=_("theme"),
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handled by"),
    )
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    reply = models.TextField(_("the administration's reply"), blank=True)
    proposal = models.CharField(
        _("the administration proposes"), max_length=20, choices=Proposal.choices, blank=True
    )
    reason = models.TextField(_("reason"), blank=True)
    wanted_anchor = models.CharField(max_length=64, blank=True)
    wanted_change = models.TextField(_("change in the plan"), blank=True)
    changed_in = models.ForeignKey(
        PlanVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_anchor = models.CharField(max_length=64, blank=True)
    change = models.CharField(max_length=20, choices=ChangeKind.choices, blank=True)
    decision = models.CharField(
        _("the committee decided"), max_length=20, choices=Proposal.choices, blank=True
    )
    decision_words = models.TextField(_("the committee's words"), blank=True)
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    search_text = models.TextField(editable=False, blank=True)

    history = HistoricalRecords(excluded_fields=["search_text"])

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["round", "number"]
        indexes = [
            models.Index(fields=["round", "theme", "number"], name="consultations_remark_theme"),
            models.Index(fields=["round", "proposal", "number"], name="consultations_remark_done"),
            # Covers counting: how far the work is, without opening a row.
            models.Index(
                fields=["round", "retired_at", "same_as", "handled_at", "proposal"],
                name="consultations_remark_state",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"], name="consultations_remark_number_once"
            ),
            models.UniqueConstraint(
                fields=["revision", "place", "begins"],
                condition=Q(retired_at__isnull=True, begins__isnull=False),
                name="consultations_remark_passage_once",
            ),
            models.CheckConstraint(name="consultations_remark_says", condition=~Q(words="")),
            models.CheckConstraint(
                name="consultations_remark_from_somewhere",
                condition=Q(response__isnull=False, meeting__isnull=True)
                | Q(response__isnull=True, meeting__isnull=False),
            ),
            models.CheckConstraint(
                name="consultations_remark_not_its_own_double",
                condition=Q(same_as__isnull=True) | ~Q(same_as=F("pk")),
            ),
            models.CheckConstraint(
                name="consultations_remark_handled_with_proposal",
                condition=Q(handled_at__isnull=True) | ~Q(proposal="") | Q(same_as__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} nr. {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the remark and what a search in the table finds it by."""
        self.search_text = self.found_by()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(*args, **kwargs)

    def found_by(self) -> str:
        """Number, sender or meeting, words, and what was replied."""
        came = [self.meeting.title] if self.meeting else []
        if self.response:
            came = [self.response.name, self.response.organisation, self.response.role]
        return search_words(str(self.number), *came, self.words, plain(self.reply), self.reason)

    @property
    def is_answered(self) -> bool:
        """Has a reply and a proposal; one that is answered with another never has its own."""
        return self.handled_at is not None
