"""Mails and jobs in the admin: to look at, without their texts. The libraries' own pages would
show the secret links in mails, and let rows be made past the actions."""

from __future__ import annotations

from django.contrib import admin
from django_q.models import Failure, OrmQ, Schedule, Success
from post_office.models import Attachment, Email, EmailTemplate, Log

from kommuneplan.core.admin_kit import ReadOnlyAdmin
from kommuneplan.core.models import Erasure, Job, Mail

for theirs in (Attachment, Email, EmailTemplate, Log, Failure, OrmQ, Schedule, Success):
    if admin.site.is_registered(theirs):
        admin.site.unregister(theirs)


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """To whom, about what, and what became of it."""

    list_display = ["reference", "address", "created_at", "sent_at", "failed_at", "reason"]
    list_filter = ["reason"]
    search_fields = ["reference", "address"]
    exclude = ["email"]


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
