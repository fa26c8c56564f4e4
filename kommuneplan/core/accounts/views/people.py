"""The people of the house: who has which role, and inviting others."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan import clock
from kommuneplan.access import may, public
from kommuneplan.core.models import Invitation, Membership, User
from kommuneplan.core.permissions import (
    CHANGE_ROLE,
    MANAGE_PEOPLE,
    SEE_PEOPLE,
    bodies_of,
    in_bodies_of,
    people_seen_by,
)

from ..actions.inviting import InvitationNotOpen, accept, invite, withdraw
from ..forms import InvitationForm, NewPersonForm
from ..invitation_address import invitation_address
from ..second_factor import STRONG


def _open_invitations(user: User) -> QuerySet[Invitation]:
    """The invitations nobody has used or taken back, as far as somebody sees them."""
    rows = Invitation.objects.filter(in_bodies_of(user), used_at=None, withdrawn_at=None)
    return rows.select_related("body")


@may(SEE_PEOPLE)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Those with an account whom one looks after, their roles, and the open invitations."""
    held = Membership.objects.held(on=clock.today()).select_related("body")
    held = held.filter(in_bodies_of(request.user)).order_by("begins", "pk")
    strong = Authenticator.objects.filter(user=OuterRef("pk"), type__in=STRONG)
    everybody = people_seen_by(request.user).annotate(has_second_factor=Exists(strong))
    invitations = list(_open_invitations(request.user))
    for one in invitations:
        one.can_be_withdrawn = request.user.has_perm(CHANGE_ROLE, one)
    context = {
        "people": everybody.prefetch_related(Prefetch("memberships", held, to_attr="held")),
        "invitations": invitations,
        "manages": request.user.has_perm(MANAGE_PEOPLE),
    }
    return render(request, "people/list.html", context)


@may(SEE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite_person(request: HttpRequest) -> HttpResponse:
    """Invite a person to a role in a body; a secretary invites members of their own bodies."""
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if not request.user.has_perm(MANAGE_PEOPLE):
        form.only_into(bodies_of(request.user))
    if request.method == "POST" and form.is_valid():
        sent = invite(
            invitation=form.instance, address=invitation_address(request), by=request.user
        )
        messages.success(
            request,
            _("The invitation to %(email)s is sent. It can be used until %(day)s.")
            % {"email": sent.email, "day": f"{clock.local_day(sent.expires_at):%d-%m-%Y}"},
        )
        return redirect("people:list")
    status = 422 if request.method == "POST" else 200
    return render(request, "people/invite.html", {"form": form}, status=status)


@may(SEE_PEOPLE)
@require_POST
def withdraw_invitation(request: HttpRequest, uid: str) -> HttpResponse:
    """Take an open invitation back."""
    invitation = get_object_or_404(Invitation, in_bodies_of(request.user), uid=uid)
    if not request.user.has_perm(CHANGE_ROLE, invitation):
        raise PermissionDenied
    withdraw(invitation=invitation, by=request.user)
    messages.success(
        request,
        _("The invitation to %(email)s is taken back. Its link opens nothing any more.")
        % {"email": invitation.email},
    )
    return redirect("people:list")


@public
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page an invitation leads to. Looking at it uses nothing up."""
    found = Invitation.by_token(token).select_related("body", "created_by").first()
    if found is None or not found.is_open:
        return render(request, "people/invitation_closed.html", status=410)
    holder = User.objects.filter(email=found.email).first()
    if holder is not None:
        return _for_a_holder(request, found, holder)
    form = NewPersonForm(request.POST or None, email=found.email, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        return _accepted(request, found, **form.cleaned_data)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "invitation": found}
    return render(request, "people/invitation.html", context, status=status)


def _for_a_holder(request: HttpRequest, found: Invitation, holder: User) -> HttpResponse:
    if request.method == "POST" and request.user == holder:
        return _accepted(request, found, by=holder)
    context = {"invitation": found, "is_holder": request.user == holder}
    return render(request, "people/invitation_holder.html", context)


def _accepted(request: HttpRequest, found: Invitation, **facts: object) -> HttpResponse:
    try:
        accept(invitation=found, **facts)  # type: ignore[arg-type]
    except InvitationNotOpen:
        return render(request, "people/invitation_closed.html", status=410)
    if "by" in facts:
        messages.success(request, _("You have the role now."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    messages.success(request, _("Your account is ready. Sign in with your e-mail and password."))
    return redirect("account:login")
