"""What was answered: responses as they were received, their annexes, and what is shown of them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from consultations.enums import Channel, LateDecision, PublicationState, PublishWhen, SenderKind
from kommuneplan.core.models import StoredFile, User
from kommuneplan.locking import Locked
from plans.models import Plan

from .party import Invitation, digest_of, one_secret
from .round import Round


class Sender(models.Model):
    """Who answers, in their own words. Nothing but the name and e-mail is asked of somebody who
    writes; of a letter or a call nothing at all."""

    sender_kind = models.CharField(
        _("you answer as"), max_length=20, choices=SenderKind.choices, default=SenderKind.CITIZEN
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=150, blank=True)
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_protected = models.BooleanField(_("protected name and address"), default=False)

    class Meta:
        abstract = True


class ResponseQuerySet(models.QuerySet["Response"]):
    """Responses by who may know of them, and by what they count as."""

    def readable_by(self, user: User) -> ResponseQuerySet:
        """The originals of the plans a person works with; reading one is logged."""
        return self.filter(round__plan__in=Plan.objects.readable_by(user).values("pk"))

    def standing(self) -> ResponseQuerySet:
        """Those that are to be handled: not withdrawn, and not refused for being late."""
        return self.filter(withdrawn_at__isnull=True).exclude(late_decision=LateDecision.REFUSED)

    def to_go_through(self) -> ResponseQuerySet:
        """Those that stand and say something, and nobody has cut their newest revision into
        remarks to the end: new ones, half-done ones, and those that were corrected since."""
        newer = ResponseRevision.objects.filter(
            response=models.OuterRef("pk"), number__gt=models.OuterRef("gone_through")
        )
        return self.standing().filter(models.Exists(newer), no_remarks=False)

    def late_and_undecided(self) -> ResponseQuerySet:
        """Those that came after the deadline, and nobody has said whether they count."""
        return self.filter(is_late=True, late_decision=LateDecision.NONE, withdrawn_at__isnull=True)

    def unverified(self) -> ResponseQuerySet:
        """Those of which it is not known who sent them (``Response.is_verified``)."""
        return self.filter(verified_at__isnull=True).exclude(channel=Channel.LINK)

    def cleared(self) -> ResponseQuerySet:
        """Those that a person has cleared, whatever the time: what members and the report show."""
        return self.standing().filter(publication_state=PublicationState.CLEARED)

    def shown(self, *, at: dt.datetime) -> ResponseQuerySet:
        """Those whose words everybody may read at an instant; the others show their number. From
        when is the round's setting (``Round.publish_when``): no job publishes anything."""
        return self.cleared().filter(
            due_for_everybody(at),
            round__is_internal=False,
            round__announced_at__isnull=False,
            published_at__lte=at,
        )


def due_for_everybody(at: dt.datetime) -> Q:
    """Of responses: has the moment come from which the round lets everybody read those that are
    cleared?"""
    reported = Round.objects.filter(reports__published_at__lte=at).values("pk")
    return (
        Q(round__publish_when=PublishWhen.CLEARED)
        | Q(round__publish_when=PublishWhen.DEADLINE, round__closes_at__lte=at)
        | Q(round__publish_when=PublishWhen.REPORT, round__in=reported)
    )


class Response(Sender, Locked):
    """A response that was received: number ``number`` of its round.

    What was received stands in its revisions and is never changed (``ResponseRevision``); what is
    shown to everybody is ``published``, made from the newest revision and the redactions, and is
    there only once a person has cleared it. ``received_at`` is the arrival, stamped once (for a
    letter: the day it came). A withdrawn or hidden response keeps its number.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="responses")
    number = models.PositiveIntegerField(_("number"))
    invitation = models.ForeignKey(
        Invitation, models.PROTECT, null=True, blank=True, related_name="responses"
    )
    key = models.UUIDField(unique=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    channel = models.CharField(
        _("came by"), max_length=20, choices=Channel.choices, default=Channel.WEB
    )
    received_at = models.DateTimeField(_("received"))
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    helper = models.CharField(
        _("written down by"),
        max_length=150,
        blank=True,
        help_text=_("Who helped with or wrote down what was said."),
    )
    verified_at = models.DateTimeField(_("sender confirmed"), null=True, blank=True)
    is_late = models.BooleanField(_("received after the deadline"), default=False)
    late_decision = models.CharField(
        _("late response"), max_length=20, choices=LateDecision.choices, blank=True
    )
    late_because = models.TextField(_("reason"), blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    no_remarks = models.BooleanField(_("no remarks"), default=False)
    publication_state = models.CharField(
        _("publication"),
        max_length=20,
        choices=PublicationState.choices,
        default=PublicationState.WAITING,
    )
    hidden_because = models.TextField(_("reason for hiding"), blank=True)
    cleared_at = models.DateTimeField(_("looked through"), null=True, blank=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published = models.JSONField(default=dict, blank=True)
    handled_whole = models.BooleanField(_("handled as a whole"), default=False)
    gone_through = models.PositiveIntegerField(
        _("gone through"),
        default=0,
        editable=False,
        help_text=_("The revision that a person has cut into remarks to the end; 0: none yet."),
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handled by"),
    )
    search_text = models.TextField(editable=False, blank=True)

    objects = ResponseQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["digest", "search_text"])

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["round", "number"]
        constraints = [
            one_secret("response"),
            models.UniqueConstraint(
                fields=["round", "number"], name="consultations_response_number_once"
            ),
            models.CheckConstraint(
                name="consultations_response_late_with_reason",
                condition=Q(late_decision="") | (Q(is_late=True) & ~Q(late_because="")),
            ),
            models.CheckConstraint(
                name="consultations_response_hidden_with_reason",
                condition=~Q(publication_state="hidden") | ~Q(hidden_because=""),
            ),
            models.CheckConstraint(
                name="consultations_response_published_when_cleared",
                condition=Q(published_at__isnull=True)
                | Q(publication_state="cleared", cleared_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} nr. {self.number}"

    @classmethod
    def by_secret(cls, secret: str) -> models.QuerySet[Response]:
        """The response that a receipt's address belongs to, or none."""
        return cls.objects.filter(digest=digest_of(secret))

    @property
    def is_verified(self) -> bool:
        """Is it known who sent it: they have confirmed their address, or came by a personal
        link?"""
        return self.verified_at is not None or self.channel == Channel.LINK

    @property
    def newest(self) -> ResponseRevision:
        """The response as its sender last left it."""
        return self.revisions.order_by("-number")[0]


class ResponseRevision(models.Model):
    """What was received, once and for all: canonical JSON and its SHA-256, as in the receipt.

    ``content``: ``{"text", "answers": [{"question", "asked", "words"}], "remarks": [{"uid",
    "anchor", "quote", "words"}], "files": [{"uid", "name", "sha256"}], "sender": {…}}``.
    A correction before the deadline is a further revision; those before stay.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    key = models.UUIDField(unique=True, editable=False)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = _("response as received")
        verbose_name_plural = _("responses as received")
        ordering = ["response", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "number"], name="consultations_revision_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a revision; a stored one is never saved again."""
        if self.pk is not None:
            raise TypeError("What was received is never changed")
        super().save(*args, **kwargs)


class Attachment(Locked):
    """A file handed in with a response: as received (``file``), and what is shown of it, which is
    nothing until a person has looked at what was found in it. ``published`` is another file when
    something was taken out, ``published_findings`` what was found in that one."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    published = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    findings = models.JSONField(default=list, blank=True)
    published_findings = models.JSONField(default=list, blank=True)
    accessibility = models.JSONField(default=list, blank=True)
    examined_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        _("publication"),
        max_length=20,
        choices=PublicationState.choices,
        default=PublicationState.WAITING,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_because = models.TextField(_("reason"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("annex of a response")
        verbose_name_plural = _("annexes of responses")
        ordering = ["response", "pk"]

    def __str__(self) -> str:
        return self.title or str(self.file)
