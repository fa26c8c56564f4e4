"""The list of parties of a round: who is on it, how far each is, and what is done with one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.access import round_to
from consultations.locking import RoundMovedOn
from consultations.models import Invitation, Party, Round, StandardList
from consultations.permissions import HANDLE, RUN_ROUND
from kommuneplan.access import signed_in
from kommuneplan.collation import fold
from kommuneplan.core.site.context import municipality_of
from kommuneplan.locking import Conflict

from ..actions import invitations
from ..forms import ChooseForm, PartyInvitationForm, TakeOffForm, as_invited
from ..party_list import PartyRow, missing_councils, roster
from .register import MOST_WORDS

SHOWN = 60  # parties offered at once; the search finds the others


@signed_in
@require_safe
def parties(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Everybody on the list with how far they are; those who were taken off, with the reason."""
    round = round_to(request, slug, uid, HANDLE)
    listed = roster(round, at=request.arrived_at)
    context = {
        "plan": round.plan,
        "round": round,
        "state": round.state_at(request.arrived_at),
        "roster": listed,
        "missing": missing_councils(listed.invitations, municipality_of(request)),
        "may_run": request.user.has_perm(RUN_ROUND, round),
    }
    return render(request, "consultations/parties/list.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Put parties on the list: found in the register, or from standard lists."""
    round = round_to(request, slug, uid, RUN_ROUND)
    form = ChooseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            new = invitations.put_on_list(round=round, parties=form.chosen, by=request.user)
        except RoundMovedOn:
            return _gone_on(request, round)
        _told_new(request, round, len(new))
        return redirect("consultations:round-parties", slug, uid)
    context = {"plan": round.plan, "round": round, "form": form, **_offered(request, round)}
    status = 422 if form.is_bound else 200
    return render(request, "consultations/parties/add.html", context, status=status)


def _told_new(request: HttpRequest, round: Round, number: int) -> None:
    told = ngettext("%(n)d party is put on the list.", "%(n)d parties are put on the list.", number)
    messages.success(
        request,
        _("All of them are on the list already.") if not number else told % {"n": number},
    )
    if number and round.announced_at is not None:
        messages.info(request, _("The consultation is announced, so they are invited at once."))


def _offered(request: HttpRequest, round: Round) -> dict[str, Any]:
    words = request.GET.get("q", "").replace("\x00", "").strip()
    on_it = round.invitations.on_the_list().values("party")
    rows = Party.objects.filter(retired_at__isnull=True).exclude(pk__in=on_it)
    for word in fold(words).split()[:MOST_WORDS]:
        rows = rows.filter(search_text__contains=word)
    found = list(rows.order_by("sort_key", "pk")[: SHOWN + 1])
    size = Count("parties", filter=Q(parties__retired_at__isnull=True))
    lists = list(StandardList.objects.annotate(size=size))
    kind = round.plan.kind
    return {
        "q": words,
        "found": found[:SHOWN],
        "more": len(found) > SHOWN,
        "lists": sorted(lists, key=lambda one: one.plan_kind not in (kind, "")),
    }


@signed_in
@require_http_methods(["GET", "POST"])
def party(request: HttpRequest, slug: str, uid: UUID, party: UUID) -> HttpResponse:
    """A party on the list: its address, its own deadline, its link; take it off."""
    round = round_to(request, slug, uid, RUN_ROUND)
    row = _row(request, round, party)
    posted = request.POST if request.method == "POST" and "save" in request.POST else None
    form = PartyInvitationForm(posted, round=round, initial=as_invited(row.invitation))
    off = TakeOffForm(request.POST if "take-off" in request.POST else None)
    status, trouble = 200, ""
    if request.method == "POST":
        try:
            if done := _step(request, row.invitation, form, off):
                messages.success(request, done)
                return redirect("consultations:round-parties", slug, uid)
            status = 422
        except (RoundMovedOn, Conflict):
            status = 409
            trouble = _("The party or the consultation has been changed meanwhile, so nothing was "
                        "done. Look at how it stands now.")  # fmt: skip
            row = _row(request, round, party)
        except invitations.NoAddress:
            status = 422
            trouble = _("There is no e-mail address to send the link to. Write one first.")
        except invitations.WrongDay:
            status = 422
            form.add_error("last_day", _("The last day must lie after the opening."))
    context = {
        "plan": round.plan,
        "round": round,
        "row": row,
        "form": form,
        "off": off,
        "trouble": trouble,
    }
    return render(request, "consultations/parties/party.html", context, status=status)


def _row(request: HttpRequest, round: Round, uid: UUID) -> PartyRow:
    get_object_or_404(round.invitations.on_the_list(), uid=uid)
    rows = roster(round, at=request.arrived_at).rows
    return next(row for row in rows if row.invitation.uid == uid)


def _step(
    request: HttpRequest, invitation: Invitation, form: PartyInvitationForm, off: TakeOffForm
) -> str:
    """What the pressed button does; what to say of it, or nothing where a form is not right."""
    if "new-link" in request.POST:
        invitations.renew_link(invitation=invitation, by=request.user)
        return _("A new link is being sent. The old links no longer work.")
    if "revoke" in request.POST:
        invitations.revoke_link(invitation=invitation, by=request.user)
        return _("The links of the party no longer work. You can send a new one.")
    if "take-off" in request.POST and off.is_valid():
        reason = off.cleaned_data["reason"]
        invitations.take_off(invitation=invitation, reason=reason, by=request.user)
        return _("%(name)s is taken off the list.") % {"name": invitation.name}
    if "save" in request.POST and form.is_valid():
        data = form.cleaned_data
        invitations.edit_invitation(
            invitation=invitation,
            email=data["email"],
            contact_name=data["contact_name"],
            closes_at=form.closes_at,
            seen=data["seen"],
            by=request.user,
        )
        return _("Saved.")
    return ""


@signed_in
@require_POST
def remind(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Remind those who were invited and have not answered."""
    round = round_to(request, slug, uid, RUN_ROUND)
    try:
        reminded = invitations.remind(round=round, by=request.user)
    except RoundMovedOn:
        return _gone_on(request, round)
    if reminded:
        told = ngettext(
            "%(n)d party is being reminded.", "%(n)d parties are being reminded.", len(reminded)
        )
        messages.success(request, told % {"n": len(reminded)})
    else:
        messages.info(
            request,
            _("Nobody was reminded: those who have not answered were reminded today already, or "
              "there is nobody left to remind."),
        )  # fmt: skip
    return redirect("consultations:round-parties", slug, uid)


def _gone_on(request: HttpRequest, round: Round) -> HttpResponse:
    messages.warning(
        request,
        _("The consultation is closed, withdrawn or not open yet, so nothing was done."),
    )
    return redirect("consultations:round-page", round.plan.slug, round.uid)
