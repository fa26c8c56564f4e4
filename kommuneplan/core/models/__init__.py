"""People, bodies, meetings, files, and the one municipality."""

from .body import Body, BodyTerm, Meeting
from .files import StoredFile
from .invitation import Invitation
from .municipality import Municipality
from .people import Membership, User
from .slugs import ReservedSlug

__all__ = [
    "Body",
    "BodyTerm",
    "Invitation",
    "Meeting",
    "Membership",
    "Municipality",
    "ReservedSlug",
    "StoredFile",
    "User",
]
