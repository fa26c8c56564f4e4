"""One person: the roles they have, have had and will have; giving one, ending one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan import clock
from kommuneplan.access import may
from kommuneplan.core.models import Membership, User
from kommuneplan.core.permissions import (
    CHANGE_ROLE,
    MANAGE_PEOPLE,
    SEE_PEOPLE,
    in_bodies_of,
    people_seen_by,
)

from ..actions.roles import HeldAlready, LastAdministrator, end_role, give_role
from ..people_forms import EndRoleForm, RoleForm, RoleKeyField, role_key


def _roles_of(request: HttpRequest, person: User) -> list[Membership]:
    rows = person.memberships.filter(in_bodies_of(request.user)).select_related("body")
    return sorted(rows, key=lambda row: (row.ends is not None, row.begins))


def _page(
    request: HttpRequest, person: User, failed: EndRoleForm | None = None, row: Any = None
) -> HttpResponse:
    today = clock.today()
    roles = []
    for one in _roles_of(request, person):
        over = one.ends is not None and one.ends < today
        form = None
        if not over and request.user.has_perm(CHANGE_ROLE, one):
            key = role_key(one)
            form = (
                failed if failed and row == one else EndRoleForm(initial={"on": today}, prefix=key)
            )
        roles.append({"row": one, "over": over, "form": form, "key": role_key(one)})
    context = {"person": person, "roles": roles, "manages": request.user.has_perm(MANAGE_PEOPLE)}
    return render(request, "people/person.html", context, status=422 if failed else 200)


@may(SEE_PEOPLE)
@require_safe
def person(request: HttpRequest, uid: str) -> HttpResponse:
    """Who the person is to the one who looks, and what can be done."""
    return _page(request, get_object_or_404(people_seen_by(request.user), uid=uid))


@may(SEE_PEOPLE)
@require_POST
def end(request: HttpRequest, uid: str) -> HttpResponse:
    """End one of the person's roles on a day."""
    person = get_object_or_404(people_seen_by(request.user), uid=uid)
    try:
        row = RoleKeyField(rows=_roles_of(request, person)).clean(request.POST.get("role"))
    except ValidationError as error:
        messages.warning(request, error.message)
        return redirect("people:person", uid=uid)
    if not request.user.has_perm(CHANGE_ROLE, row):
        raise PermissionDenied
    form = EndRoleForm(request.POST, prefix=role_key(row))
    if form.is_valid():
        try:
            end_role(membership=row, on=form.cleaned_data["on"], by=request.user)
        except LastAdministrator:
            form.add_error(
                "on",
                _(
                    "Nobody would be left who may give roles. Make somebody else an administrator "
                    "first."
                ),
            )
        else:
            return _ended(request, person, form)
    return _page(request, person, failed=form, row=row)


def _ended(request: HttpRequest, person: User, form: EndRoleForm) -> HttpResponse:
    now = form.cleaned_data["on"] <= clock.today()
    messages.success(
        request,
        _("The role is ended. What it opened is closed from now on.")
        if now
        else _("The role ends on the day you chose. Until then the person keeps it."),
    )
    if people_seen_by(request.user).filter(pk=person.pk).exists():
        return redirect("people:person", uid=person.uid)
    return redirect("people:list")


@may(MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, uid: str) -> HttpResponse:
    """Give the person a role."""
    person = get_object_or_404(User, uid=uid)
    form = RoleForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            give_role(user=person, by=request.user, **form.cleaned_data)
        except HeldAlready:
            form.add_error(
                None, _("The person has that role there already on some of those days. See below.")
            )
        else:
            messages.success(request, _("%(name)s has the role.") % {"name": person})
            return redirect("people:person", uid=uid)
    context = {"form": form, "person": person, "roles": _roles_of(request, person)}
    status = 422 if form.is_bound else 200
    return render(request, "people/give.html", context, status=status)
