"""What looks like personal data in a file that was handed in: in its words and in what lies behind.

Pure: a name and bytes in, findings out. What the program cannot read is a finding too: a person
must look. Words alone are searched by ``kommuneplan.personal``.
"""

from .. import Certainty, Finding, Kind, Known, find
from .files import find_in_file
from .values import FileFindings, Found, Place, Unread

__all__ = [
    "Certainty",
    "FileFindings",
    "Finding",
    "Found",
    "Kind",
    "Known",
    "Place",
    "Unread",
    "find",
    "find_in_file",
]
