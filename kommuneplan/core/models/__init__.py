"""People, bodies, meetings, files, and the one municipality."""

from .body import Body, BodyTerm, Meeting
from .erasure import Erasure
from .files import StoredFile
from .invitation import Invitation
from .job import Job, WorkerBeat
from .mail import Mail
from .municipality import Municipality
from .notice import Notice, NoticeTurnedOff
from .people import Membership, User
from .slugs import ReservedSlug

__all__ = [
    "Body",
    "BodyTerm",
    "Erasure",
    "Invitation",
    "Job",
    "Mail",
    "Meeting",
    "Membership",
    "Municipality",
    "Notice",
    "NoticeTurnedOff",
    "ReservedSlug",
    "StoredFile",
    "User",
    "WorkerBeat",
]
