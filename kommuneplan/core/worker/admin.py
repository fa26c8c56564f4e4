"""Jobs in the admin: to look at. The libraries' own pages would
show the secret links in mails, and let rows be made past the actions."""

from __future__ import annotations

from django.contrib import admin
from django_q.models import Failure, OrmQ, Schedule, Success
from post_office.models import Attachment, Email, EmailTemplate, Log

from kommuneplan.core.admin_kit import ReadOnlyAdmin
from kommuneplan.core.models import Erasure, Job

for theirs in (Attachment, Email, EmailTemplate, Log, Failure, OrmQ, Schedule, Success):
    if admin.site.is_registered(theirs):
        admin.site.unregister(theirs)


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """What is or was made in the background."""

    list_display = ["kind", "state", "progress", "created_at", "ended_at", "message"]
    list_filter = ["kind", "state"]
    search_fields = ["kind", "subject"]


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    """That somebody was erased, and when."""

    list_display = ["uid", "at"]
    search_fields = ["uid"]
    exclude = ["digest", "salt"]
