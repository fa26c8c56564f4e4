"""Passwords, and the permissions that the admin asks of Django's own tables."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend


class PasswordBackend(ModelBackend):
    """What people may do follows from their roles (rules). Rows of permissions exist for the
    admin alone, so nobody else's are looked up: a permission denied costs no query."""

    def _get_permissions(self, user_obj: Any, obj: Any, from_name: str) -> set[str]:
        if not user_obj.is_staff:
            return set()
        return super()._get_permissions(user_obj, obj, from_name)
