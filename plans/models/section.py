"""The live text of a plan, in sections; internal until a section is marked public."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.locking import Locked
from kommuneplan.richtext.blocks import Block, align
from plans.enums import ChapterPart

from .chapters import Principle, TargetGroup
from .plan import Plan


class Section(Locked):
    """A chapter or part of one. ``text`` is what people edit; ``blocks`` is the same text cut
    into blocks whose anchors last from save to save.

    Taken out of the text, it is retired with what stands under it and can be put back: words,
    comments and anchors stay. In the completeness of a plan (``plans.text.completeness``) it may be
    the chapter of a target group, its facts, or its part about a principle; each stands once.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("under"),
    )
    position = models.PositiveIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    blocks = models.JSONField(default=list, editable=False)
    is_public = models.BooleanField(_("may be published"), default=False)
    retired_at = models.DateTimeField(_("taken out"), null=True, blank=True, editable=False)
    chapter_part = models.CharField(
        _("part of the chapter"), max_length=20, choices=ChapterPart.choices, blank=True
    )
    target_group = models.ForeignKey(
        TargetGroup,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="sections",
        verbose_name=_("target group"),
    )
    principle = models.ForeignKey(
        Principle,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="sections",
        verbose_name=_("principle"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_section_not_under_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
            ),
            models.CheckConstraint(
                name="plans_section_part_whole",
                condition=Q(chapter_part="", target_group__isnull=True, principle__isnull=True)
                | Q(
                    chapter_part__in=["chapter", "facts"],
                    target_group__isnull=False,
                    principle__isnull=True,
                )
                | Q(chapter_part="principle", target_group__isnull=False, principle__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["target_group", "principle"],
                condition=Q(chapter_part="principle", retired_at__isnull=True),
                name="plans_section_principle_once",
            ),
            models.UniqueConstraint(
                fields=["target_group", "chapter_part"],
                condition=Q(chapter_part__in=["chapter", "facts"], retired_at__isnull=True),
                name="plans_section_part_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the sanitised text; every block keeps the anchor of the block it continues."""
        blocks = align(self.anchored_blocks(), self.text)
        self.blocks = [[block.anchor, block.html] for block in blocks]
        self.text = "\n".join(block.html for block in blocks)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "text", "blocks"}
        super().save(*args, **kwargs)

    def anchored_blocks(self) -> list[Block]:
        """The blocks as they were last stored."""
        return [Block(anchor, html) for anchor, html in self.blocks]
