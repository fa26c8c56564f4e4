"""Words for the fields that no form asks for: Django would call them by their names in the code.

A field with a word of its own keeps it; a relation without one is called what it points to. Only
what is shown is set (``verbose_name``); what migrations compare (``_verbose_name``) is not.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Field
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Any] = {
    "accepted_at": _("let stand at"),
    "accepted_by": _("let stand by"),
    "accessibility": _("accessibility"),
    "added_at": _("added"),
    "administration_agreed_at": _("the administration agreed"),
    "after": _("comes after"),
    "anchor": _("place in the text"),
    "announced_by": _("opened by"),
    "answered_at": _("answered"),
    "answers": _("replies to"),
    "asked_at": _("asked"),
    "asker_agreed_at": _("the asker agreed"),
    "at": _("when"),
    "author": _("written by"),
    "began_at": _("begun at"),
    "begins": _("from letter"),
    "begins_at": _("time of day"),
    "blocks": _("blocks"),
    "bodies": _("bodies"),
    "body_name": _("responsible body"),
    "by": _("done by"),
    "change": _("kind of change"),
    "changed_anchor": _("changed place"),
    "changed_by": _("changed by"),
    "changed_in": _("changed in version"),
    "code": _("rule"),
    "conditional": _("only if needed"),
    "content": _("content"),
    "corrections": _("corrections"),
    "created_at": _("made at"),
    "created_by": _("made by"),
    "data": _("data"),
    "digest": _("checksum"),
    "ended_at": _("ended at"),
    "ends": _("to letter"),
    "examined_at": _("examined"),
    "file": _("file"),
    "findings": _("findings"),
    "first_year": _("first year"),
    "frozen": _("locked version"),
    "frozen_by": _("locked by"),
    "gone_after": _("gone after"),
    "held_until": _("held until"),
    "holder": _("held by"),
    "lane": _("queue"),
    "imported": _("came from an import"),
    "sender": _("sent by"),
    "weight": _("how long it may take"),
    "ip": _("network address"),
    "key": _("key"),
    "kind": _("kind"),
    "last_seen_at": _("last seen"),
    "last_used_at": _("last used"),
    "last_year": _("last year"),
    "left_digest": _("checksum of what is left"),
    "lifted_at": _("lifted"),
    "lifted_by": _("lifted by"),
    "link_revoked_at": _("link revoked"),
    "listed_at": _("put on the list"),
    "made_at": _("made at"),
    "made_by": _("made by"),
    "message": _("message"),
    "new_closes_at": _("deadline afterwards"),
    "number": _("number"),
    "old_closes_at": _("deadline before"),
    "outcome": _("outcome"),
    "owner": _("owner"),
    "parties": _("parties"),
    "pdf": _("PDF file"),
    "place": _("place in the response"),
    "position": _("position"),
    "published": _("published"),
    "published_by": _("published by"),
    "published_findings": _("findings that were published"),
    "quote": _("quotation"),
    "read_at": _("read at"),
    "ready_by": _("made ready by"),
    "received_at": _("received"),
    "recorded_by": _("recorded by"),
    "redacted_at": _("hidden at"),
    "redacted_by": _("hidden by"),
    "redaction": _("what was hidden"),
    "reference": _("reference"),
    "renews": _("consults again about"),
    "resolved_at": _("resolved at"),
    "resolved_by": _("resolved by"),
    "retired_at": _("taken out"),
    "root": _("top of the tree"),
    "same_as": _("answered together with"),
    "saved_at": _("saved"),
    "schema": _("form of the content"),
    "scope": _("address of"),
    "sha256": _("checksum"),
    "sheet": _("spreadsheet"),
    "slug": _("address"),
    "source": _("source"),
    "started_at": _("begun at"),
    "state": _("state"),
    "subject": _("about"),
    "text": _("text"),
    "thing": _("what is filed"),
    "title": _("title"),
    "tries": _("attempts"),
    "type": _("kind"),
    "uid": _("identifier"),
    "undone_at": _("undone"),
    "user_agent": _("browser"),
    "version": _("version"),
    "wanted_anchor": _("place of the change"),
    "what": _("what"),
    "withdrawn_at": _("withdrawn"),
    "word": _("Word file"),
    "words": _("words"),
    "written_at": _("written at"),
    "written_by": _("written by"),
}


def register_field_words() -> None:
    """Give each nameless field of every table its word, once all of them are known."""
    for model in apps.get_models():
        for field in (*model._meta.fields, *model._meta.many_to_many):
            if field._verbose_name is None and (word := word_of(field)):
                field.verbose_name = word


def word_of(field: Field[Any, Any]) -> Any:
    """Its word of the list, else that of the table it points to."""
    if field.name in WORDS:
        return WORDS[field.name]
    return field.related_model._meta.verbose_name if field.related_model else None
