"""One value for what somebody has seen, so that a later step can ask whether it is still so."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def digest(value: Any) -> str:
    """A short fingerprint of plain values, to tell whether somebody else has changed them."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]
