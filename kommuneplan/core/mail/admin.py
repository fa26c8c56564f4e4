"""Mails in the admin: to look at, without their texts, which may hold a link with a secret."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.admin_kit import ReadOnlyAdmin
from kommuneplan.core.models import Mail

from .kinds import kinds


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """To whom, about what, and what became of it."""

    list_display = ["sort", "address", "created_at", "sent_at", "failed_at", "reason"]
    list_display_links = ["sort", "address"]
    list_filter = ["reason"]
    search_fields = ["reference", "address"]
    fields = [
        "sort", "address", "created_at", "created_by", "until", "keep_days", "tries", "next_try",
        "sent_at", "failed_at", "bounced_at", "reason", "emptied_at",
    ]  # fmt: skip
    readonly_fields = fields

    @admin.display(description=_("kind"), ordering="reference")
    def sort(self, mail: Mail) -> str:
        """What sort of mail it is, in words."""
        kind = kinds.get(mail.reference.partition(":")[0])
        return str(kind.label if kind else _("Mail"))
