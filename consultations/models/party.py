"""Who is consulted: the register of parties, standard lists, and invitations to a round."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from consultations.enums import HeardBy, PartyCategory, PartyState
from kommuneplan.collation import sort_key
from kommuneplan.core.models import Body
from kommuneplan.locking import Locked
from plans.enums import PlanKind

from .round import Round, search_words

_SIGNER = Signer(salt="consultations.invitation")
_BYTES = 24  # 192 random bits


def digest_of(secret: str) -> str:
    """What is stored of a secret that stands in a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def one_secret(of: str) -> models.UniqueConstraint:
    """No two rows have the same secret; many have none."""
    return models.UniqueConstraint(
        fields=["digest"], condition=~Q(digest=""), name=f"consultations_{of}_secret"
    )


class Party(Locked):
    """A party in the register: whoever is invited to answer. A council of the house points to its
    body, whose meetings are then shown against the deadline."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    category = models.CharField(
        _("category"),
        max_length=20,
        choices=PartyCategory.choices,
        default=PartyCategory.ASSOCIATION,
    )
    body = models.OneToOneField(
        Body, models.PROTECT, null=True, blank=True, related_name="party", verbose_name=_("body")
    )
    heard_by = models.CharField(
        _("is heard by law or agreement"), max_length=20, choices=HeardBy.choices, blank=True
    )
    email = models.EmailField(_("e-mail"), blank=True)
    note = models.TextField(_("note"), blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)
    sort_key = models.CharField(max_length=120, editable=False, db_index=True)
    search_text = models.TextField(editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("consulted party")
        verbose_name_plural = _("consulted parties")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(name="consultations_party_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the party and its search keys."""
        self.sort_key = sort_key(self.name)
        self.search_text = search_words(self.name, self.email)
        super().save(*args, **kwargs)


class ContactPerson(Locked):
    """Somebody who answers for a party; the letter goes to them as well."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    party = models.ForeignKey(Party, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("function"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        ordering = ["party", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class StandardList(Locked):
    """The parties usually heard about a kind of plan."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    plan_kind = models.CharField(
        _("for plans of the kind"), max_length=20, choices=PlanKind.choices, blank=True
    )
    parties = models.ManyToManyField(Party, blank=True, related_name="standard_lists")
    sort_key = models.CharField(max_length=120, editable=False)

    history = HistoricalRecords(m2m_fields=[parties])

    class Meta:
        verbose_name = _("standard list of parties")
        verbose_name_plural = _("standard lists of parties")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the list and its sort key."""
        self.sort_key = sort_key(self.title)
        super().save(*args, **kwargs)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by link, and those on a list."""

    def on_the_list(self) -> InvitationQuerySet:
        """Those that were not taken off."""
        return self.filter(removed_at__isnull=True)

    def by_token(self, token: str) -> InvitationQuerySet:
        """The invitation a personal link leads to, or none; revoked links lead nowhere."""
        try:
            secret = _SIGNER.unsign(token)
        except BadSignature:
            return self.none()
        digest = digest_of(secret)
        later = PersonalLink.objects.filter(digest=digest).values("invitation")
        return self.filter(Q(digest=digest) | Q(pk__in=later), link_revoked_at__isnull=True)


class Invitation(Locked):
    """A party on a round's list (høringsliste): where the letter went, until when they may answer,
    and how far they are. The secret of the personal link is only in the mail; here lies its
    digest. ``closes_at`` is the party's own deadline; empty: the round's.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="invitations")
    party = models.ForeignKey(Party, models.PROTECT, related_name="invitations")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    contact_name = models.CharField(_("contact person"), max_length=150, blank=True)
    closes_at = models.DateTimeField(_("own deadline"), null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    link_revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    listed_at = models.DateTimeField()
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    began_at = models.DateTimeField(_("began to write"), null=True, blank=True, editable=False)
    no_remarks_at = models.DateTimeField(_("no remarks"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(_("taken off"), null=True, blank=True, editable=False)
    removed_because = models.TextField(_("reason"), blank=True)
    sort_key = models.CharField(max_length=120, editable=False)

    objects = InvitationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["digest"])

    class Meta:
        verbose_name = _("invitation to a round")
        verbose_name_plural = _("invitations to rounds")
        ordering = ["round", "sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "party"], name="consultations_invitation_once"
            ),
            models.CheckConstraint(
                name="consultations_invitation_removed_with_reason",
                condition=Q(removed_at__isnull=True, removed_because="")
                | (Q(removed_at__isnull=False) & ~Q(removed_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.round}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the invitation and its sort key."""
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)

    def new_link(self) -> str:
        """Give the invitation a new secret; returns what stands in the link (not kept). All links
        before it cease to work."""
        if self.pk is not None:
            self.links.all().delete()
        secret = secrets.token_urlsafe(_BYTES)
        self.digest = digest_of(secret)
        self.link_revoked_at = None
        return _SIGNER.sign(secret)

    def further_link(self, at: dt.datetime) -> str:
        """Another link for a later mail; those before it keep working. Stored at once."""
        secret = secrets.token_urlsafe(_BYTES)
        self.links.create(digest=digest_of(secret), made_at=at)
        return _SIGNER.sign(secret)

    @property
    def deadline(self) -> dt.datetime | None:
        """Until when this party may answer (exclusive)."""
        return self.round.deadline_of(self)

    def state_at(self, at: dt.datetime, response: Any = None) -> PartyState:
        """How far the party is; ``response``: its first response that was not withdrawn, if any."""
        if response is not None:
            if response.is_late:
                return PartyState.LATE
            return PartyState.NO_REMARKS if response.no_remarks else PartyState.ANSWERED
        if self.no_remarks_at:
            return PartyState.NO_REMARKS
        if self.deadline is not None and at >= self.deadline:
            return PartyState.SILENT
        if self.began_at:
            return PartyState.ANSWERING
        if self.opened_at:
            return PartyState.OPENED
        return PartyState.INVITED if self.invited_at else PartyState.LISTED


class PersonalLink(models.Model):
    """A further link of an invitation, from a later mail: a reminder can lead in without the
    link that colleagues have shared ceasing to work. Revoked with the invitation's."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        ordering = ["invitation", "made_at"]

    def __str__(self) -> str:
        return str(self.invitation)
