"""Passwords, and the permissions that the admin asks of Django's own tables."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from .admin_rights import asked_by_role


class PasswordBackend(ModelBackend):
    """What people may do follows from their roles (rules). Django's permissions exist for the
    admin alone, so nobody else's are looked up: a permission denied costs no query. They follow
    from the roles of the day too (``admin_rights``), beside what somebody was given by hand."""

    def _get_permissions(self, user_obj: Any, obj: Any, from_name: str) -> set[str]:
        if not user_obj.is_staff:
            return set()
        return super()._get_permissions(user_obj, obj, from_name)

    def _get_group_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        given = super()._get_group_permissions(user_obj).values("pk")
        return Permission.objects.filter(Q(pk__in=given) | asked_by_role(user_obj))
