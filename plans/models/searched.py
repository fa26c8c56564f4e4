"""What public pages are found by: made from what is published, and never the source of anything."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """A place of a public page and what it is found by (``plans.public_search``).

    ``source`` and ``key`` name the thing whose words these are: a version, a round, a response.
    The entry without a ``place`` stands for the thing as a whole and is found by all its words; the
    others are its paragraphs, milestones and the like, ``place`` what stands after "#" in their
    address. ``found_as``: what is one line of the answer. ``folded`` are the words in their order,
    ``signs`` what the databases index.
    """

    source = models.CharField(max_length=20, editable=False)
    key = models.BigIntegerField(editable=False)
    found_as = models.CharField(max_length=40, editable=False)
    place = models.CharField(max_length=50, blank=True, editable=False)
    kind = models.CharField(max_length=20, editable=False)
    position = models.PositiveIntegerField(default=0, editable=False)
    edition = models.PositiveSmallIntegerField(editable=False)
    title = models.TextField(blank=True, editable=False)
    # Long texts stand last: SQLite walks through one to reach the columns behind it.
    text = models.TextField(blank=True, editable=False)
    folded = models.TextField(blank=True, editable=False)
    weights = models.TextField(blank=True, editable=False)
    signs = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("entry of the search")
        verbose_name_plural = _("entries of the search")
        ordering = ["source", "key", "position", "pk"]
        indexes = [models.Index(fields=["source", "key", "position"], name="plans_search_thing")]

    def __str__(self) -> str:
        return f"{self.source} {self.key} #{self.place}"
