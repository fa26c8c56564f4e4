"""What the pages of an account need."""

from __future__ import annotations

import json
from typing import Any

from django import template

from kommuneplan.core.models import User
from kommuneplan.core.permissions import is_administrator, keeps_a_body

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """The options of a passkey as JSON, to stand (escaped) in an attribute."""
    return json.dumps(value, default=dict)


@register.filter
def manages_people(user: User) -> bool:
    """Whether to lead the person to the page of people; asks for nothing but the roles."""
    return bool(is_administrator.test(user) or keeps_a_body.test(user))
