"""What the pages of an account need."""

from __future__ import annotations

import json
from typing import Any

from django import template

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """The options of a passkey as JSON, to stand (escaped) in an attribute."""
    return json.dumps(value, default=dict)
