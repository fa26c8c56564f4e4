"""Steps of a plan's life as actions of the admin.

What asks for one reason is asked and done here; what needs a form of its own is the workspace's
page: one form, one set of checks, one action, wherever one comes from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

Place = tuple[str, list[Any], Any]
"""The route of the page, what its address names, and the plan it is about."""


def ask_reason(model_admin: Any, request: HttpRequest, title: str, rows: list[Any]) -> HttpResponse:
    """The page that asks why, before an action is done to some rows."""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "rows": rows,
        "action": request.POST["action"],
        "opts": model_admin.opts,
    }
    return TemplateResponse(request, "admin/with_reason.html", context)


def leads_to(
    name: str, description: Any, permission: str, place: Callable[[Any], Place | None]
) -> Callable[..., HttpResponse | None]:
    """An admin action that opens the page where a step is taken, for one row.

    ``place`` says where, or None when the step cannot be taken now.
    """

    def action(
        model_admin: Any, request: HttpRequest, queryset: QuerySet[Model]
    ) -> HttpResponse | None:
        rows = list(queryset[:2])
        found = place(rows[0]) if len(rows) == 1 else None
        if len(rows) > 1:
            told = _("Choose one row: this step is taken for one at a time.")
        elif found is None:
            told = _("“%(row)s”: this step cannot be taken now.") % {"row": rows[0]}
        elif not request.user.has_perm(permission, found[2]):
            told = _("“%(row)s”: you have no role with which this step can be taken.")
            told %= {"row": rows[0]}
        else:
            return redirect(found[0], *found[1])
        model_admin.message_user(request, told, messages.WARNING)
        return None

    action.__name__ = name
    return admin.action(action, description=description, permissions=["view"])
