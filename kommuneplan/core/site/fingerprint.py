"""What of core is in the mark of public pages (``public_mark``): the municipality, its bodies and
meetings, files and addresses; nobody who works here, and nothing that runs in the background."""

from __future__ import annotations

from .public_mark import register_unshown

PEOPLE = "who works here"
WORK = "what runs in the background, and mails"


def register_fingerprint() -> None:
    """Called once, when the app is ready."""
    register_unshown("core", PEOPLE, "User", "User_groups", "User_user_permissions", "Membership")
    register_unshown("core", PEOPLE, "Invitation", "Notice", "NoticeTurnedOff")
    register_unshown("core", WORK, "Job", "WorkerBeat", "Mail", "Erasure")
