"""Jobs in the admin: to look at. The libraries' own pages would
show the secret links in mails, and let rows be made past the actions."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django_q.models import Failure, OrmQ, Schedule, Success
from post_office.models import Attachment, Email, EmailTemplate, Log

from kommuneplan.core.admin_kit import ReadOnlyAdmin
from kommuneplan.core.models import Erasure, Job

from . import jobs

for theirs in (Attachment, Email, EmailTemplate, Log, Failure, OrmQ, Schedule, Success):
    if admin.site.is_registered(theirs):
        admin.site.unregister(theirs)


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """What is or was made in the background."""

    list_display = ["sort", "state", "progress", "created_at", "ended_at", "message"]
    list_filter = ["state"]
    search_fields = ["kind", "subject"]
    fields = [
        "sort", "subject", "state", "progress", "message", "lane", "sender", "weight", "tries",
        "holder", "held_until", "created_at", "created_by", "started_at", "ended_at",
    ]  # fmt: skip
    readonly_fields = ["sort"]

    @admin.display(description=_("kind"), ordering="kind")
    def sort(self, row: Job) -> str:
        """The kind in words."""
        return str(jobs.names.get(row.kind, row.kind))


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    """That somebody was erased, and when."""

    list_display = ["uid", "at"]
    search_fields = ["uid"]
    exclude = ["digest", "salt"]
