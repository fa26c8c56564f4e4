"""What looks like personal data in a file that was handed in: in its words and in what lies behind.

Pure: a name and bytes in, findings out. What the program cannot read is a finding too: a person
must look. Words alone are searched by ``kommuneplan.personal``.
"""

from .. import Certainty, DataKind, Finding, SenderData, find
from .files import find_in_file
from .values import FileFinding, FileFindings, FilePlace, Unread

__all__ = [
    "Certainty",
    "DataKind",
    "FileFinding",
    "FileFindings",
    "FilePlace",
    "Finding",
    "SenderData",
    "Unread",
    "find",
    "find_in_file",
]
