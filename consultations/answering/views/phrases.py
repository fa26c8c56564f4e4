"""What is said where strangers hold as much as they may: what to do, and that nothing is lost."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kommuneplan.core.models import Municipality


def no_room_for_answers() -> str:
    """Nothing can be begun just now."""
    return _("So many are writing at the moment that there is no room for more.") + _what_to_do()


def no_room_for_files() -> str:
    """The words are kept; a file is not."""
    return _("There is no room for more files at the moment; your words are kept.") + _what_to_do()


def _what_to_do() -> str:
    contact = Municipality.current().contact_email
    if not contact:
        return " " + _("Try again in an hour, or send your response to the municipality by e-mail.")
    words = _("Try again in an hour, or send your response by e-mail to %(contact)s.")
    return " " + words % {"contact": contact}
