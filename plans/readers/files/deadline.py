"""One limit of time over the whole reading of a document: opened, understood, or refused.

The promise is an answer within 5 seconds of work, whatever is handed in. Opening may take
``OPENING`` of them (in a process of its own); understanding takes what is left of ``ALL``. All are
processor time: what else the machine does must not decide whether a document is read.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from .messages import gettext_noop
from .source import RefusedFile

_T = TypeVar("_T")
OPENING = 3  # whole seconds: a limit of the operating system
UNDERSTANDING = 3  # on top of it, where both are done in one process
ALL = 4.2
LEAST = 1.0

TOO_HEAVY = gettext_noop(
    "The file takes too much time or memory to read. Save only the process plan in its own "
    "document, or paste the text instead."
)


class Deadline:
    """Until when a document may be worked on; ``spent``: the seconds used already."""

    def __init__(self, spent: float = 0.0) -> None:
        self.until = time.thread_time() + max(LEAST, ALL - spent)

    def check(self) -> None:
        """Refuse the document when its time is over."""
        if time.thread_time() > self.until:
            raise RefusedFile(TOO_HEAVY)

    def over(self, items: Iterable[_T]) -> Iterator[_T]:
        """The items, one after the other, as long as there is time."""
        for item in items:
            self.check()
            yield item
