"""Answers being written, of which nothing has been received."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.models import StoredFile
from kommuneplan.locking import Locked

from .party import Invitation, digest_of, one_secret
from .response import Sender
from .round import Round, RoundQuestion


class ResponseDraft(Sender, Locked):
    """An answer being written: by a citizen who may come back to it, or by the colleagues of an
    invited party, who share one. Nothing here has been received. ``digest`` is that of the secret
    in the citizen's link; an invited party comes by its invitation. ``windows``: the open pages in
    which it is written, and texts that stand beside a field (``kommuneplan.keeping``).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="drafts")
    invitation = models.OneToOneField(
        Invitation, models.CASCADE, null=True, blank=True, related_name="draft"
    )
    digest = models.CharField(max_length=64, blank=True, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.TextField(_("remarks on the whole"), blank=True)
    began_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    # A mark of the network it was begun from, kept for a day; when the writer showed by the link in
    # a mail that the address in it is theirs. Both only of a citizen's answer.
    network = models.CharField(max_length=32, blank=True, editable=False, db_index=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    windows = models.JSONField(default=dict, blank=True, editable=False)
    response = models.ForeignKey(
        "consultations.Response", models.CASCADE, null=True, blank=True, related_name="drafts"
    )

    class Meta:
        verbose_name = _("response being written")
        verbose_name_plural = _("responses being written")
        ordering = ["round", "began_at"]
        constraints = [one_secret("draft")]

    def __str__(self) -> str:
        return f"{self.round}: {self.uid}"

    @classmethod
    def by_secret(cls, secret: str) -> models.QuerySet[ResponseDraft]:
        """The draft that a link to come back belongs to, or none."""
        return cls.objects.filter(digest=digest_of(secret))


class DraftAnswer(Locked):
    """What a draft says to one of the secretary's questions."""

    draft = models.ForeignKey(ResponseDraft, models.CASCADE, related_name="answers")
    question = models.ForeignKey(RoundQuestion, models.CASCADE, related_name="+")
    words = models.TextField(blank=True)

    class Meta:
        verbose_name = _("answer being written")
        verbose_name_plural = _("answers being written")
        ordering = ["draft", "question__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "question"], name="consultations_draftanswer_once"
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class DraftRemark(Locked):
    """A remark in a draft on a block of the frozen version, by its anchor. Each is a row of its
    own, so that two colleagues write in two paragraphs at once; ``writer`` says which of them."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draft = models.ForeignKey(ResponseDraft, models.CASCADE, related_name="remarks")
    anchor = models.CharField(max_length=64)
    quote = models.TextField(blank=True)
    words = models.TextField(_("remark"))
    writer = models.CharField(_("your name"), max_length=100, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("remark being written")
        verbose_name_plural = _("remarks being written")
        ordering = ["draft", "written_at", "pk"]

    def __str__(self) -> str:
        return self.words[:60]


class DraftFile(models.Model):
    """A file laid in a draft."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draft = models.ForeignKey(ResponseDraft, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("file being handed in")
        verbose_name_plural = _("files being handed in")
        ordering = ["draft", "added_at", "pk"]

    def __str__(self) -> str:
        return str(self.file)
