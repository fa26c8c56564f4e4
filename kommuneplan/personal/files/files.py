"""The door: a file is opened in the guarded process and never here."""

from __future__ import annotations

import json

from kommuneplan.uploads.sandbox import IN_PEACE, TooHeavy, ask

from .. import SenderData
from .values import FileFindings, Unread


def find_in_file(
    name: str, data: bytes, *, known: SenderData | None = None, seconds: float = IN_PEACE
) -> FileFindings:
    """What looks like personal data in a file, its name included; never raises for a bad file.

    Takes up to 20 seconds of the processor; outside a request where it can be.
    """
    question = json.dumps({"name": name, "known": (known or SenderData()).to_json()}).encode()
    try:
        answer = ask(
            "kommuneplan.personal.files.child", data=question + b"\n" + data, seconds=seconds
        )
    except TooHeavy:
        return FileFindings(unread=(Unread("heavy"),))
    return FileFindings.from_json(answer)
