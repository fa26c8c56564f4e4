"""Files handed in: is this what it says it is, is it safe to keep, and can everybody read it?

No tables: a name and bytes in, a verdict out. Whether it holds personal data is asked of
``kommuneplan.personal.files``, whether it holds a virus of
``kommuneplan.core.virus_scanner`` (which needs Django and is not imported here: the guarded
process does without).
"""

from .barriers import Barrier, accessibility
from .checking import check, look_inside, look_outside, too_many
from .verdicts import MAX_BYTES, MAX_FILES, MAX_TOTAL, Accepted, Refused

__all__ = [
    "MAX_BYTES",
    "MAX_FILES",
    "MAX_TOTAL",
    "Accepted",
    "Barrier",
    "Refused",
    "accessibility",
    "check",
    "look_inside",
    "look_outside",
    "too_many",
]
