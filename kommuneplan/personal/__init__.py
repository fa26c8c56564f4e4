"""What looks like personal data in words: CPR numbers, e-mail, telephone, addresses, names.

Pure: text in, findings out. A finding decides nothing; it says where a person must look and why.
"""

from .letters import normal, read, whole_letters
from .searching import find
from .values import Certainty, DataKind, Finding, SenderData, Why

__all__ = [
    "Certainty",
    "DataKind",
    "Finding",
    "SenderData",
    "Why",
    "find",
    "normal",
    "read",
    "whole_letters",
]
