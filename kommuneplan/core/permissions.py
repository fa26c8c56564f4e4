"""Who may do what with people."""

from __future__ import annotations

import rules

from .enums import Role
from .models import User

MANAGE_PEOPLE = "core.manage_people"


@rules.predicate
def is_administrator(user: User) -> bool:
    """Administers the municipality."""
    return user.is_superuser or user.has_role(Role.ADMINISTRATOR)


rules.add_perm(MANAGE_PEOPLE, is_administrator)
