"""Following by mail: asked for here, confirmed and left by links in the mails.

What is answered here is the same whether or not the address is known: what there is to say to it
stands in a mail.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kommuneplan.access import public
from kommuneplan.clock import local_day
from kommuneplan.core.strangers import UsedUp, network_mark
from plans.models import Follower, Following
from plans.public.bodies import known_bodies, moved_body, public_meetings
from plans.public.gone import gone
from plans.public.publications import moved_address

from .. import links
from ..actions import following
from ..forms import FollowForm
from ..things import Followed, everything, followed_body, followed_plan, thing_of

_METHODS = ["GET", "HEAD", "POST"]


@public
@require_http_methods(_METHODS)
def follow_all(request: HttpRequest) -> HttpResponse:
    """Follow everything; and the way to each body."""
    return _follow(request, everything(), bodies=known_bodies(at=request.arrived_at))


@public
@require_http_methods(_METHODS)
def follow_plan(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Follow a published plan."""
    thing = followed_plan(slug, at=request.arrived_at)
    if thing is not None:
        return _follow(request, thing)
    taken_back = gone(slug, None, at=request.arrived_at)
    if taken_back is not None:
        return taken_back
    if now := moved_address(slug, at=request.arrived_at):
        return redirect("plans:follow-plan", now, permanent=True)
    raise Http404


@public
@require_http_methods(_METHODS)
def follow_body(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a body."""
    thing = followed_body(slug, at=request.arrived_at)
    if thing is not None:
        meetings = public_meetings(since=local_day(request.arrived_at), body=thing.body)
        return _follow(request, thing, meetings=meetings.filter(cancelled=False))
    if now := moved_body(slug):
        return redirect("plans:follow-body", now, permanent=True)
    raise Http404


def _follow(request: HttpRequest, thing: Followed, **more: object) -> HttpResponse:
    form = FollowForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            network = network_mark(request.META["REMOTE_ADDR"])
            try:
                following.ask(email=form.cleaned_data["email"], thing=thing, network=network)
                return redirect("plans:follow-sent")
            except UsedUp:
                status = 429
                form.add_error(
                    None,
                    _(
                        "So many people have asked to follow something today that we cannot take "
                        "more. Try again tomorrow, or use the feed or the calendar below."
                    ),
                )
    context = {"form": form, "thing": thing, **more}
    return render(request, "plans/follow/follow.html", context, status=status)


@public
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Look in your mail."""
    return render(request, "plans/follow/sent.html")


@public
@never_cache
@require_http_methods(_METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Say yes, by a button: a mail program that opens the link says nothing."""
    uid = links.asked_by(token)
    row = _row(uid)
    if row is not None and request.method == "POST":
        row = following.confirm(uid=row.uid)
    if row is None:
        return render(request, "plans/follow/too_late.html", status=410)
    context = {"row": row, "thing": thing_of(row, at=request.arrived_at)}
    return render(request, "plans/follow/confirm.html", context)


def _row(uid: UUID | None) -> Following | None:
    rows = Following.objects.select_related("plan", "body", "follower")
    return rows.filter(uid=uid).first() if uid else None


@public
@csrf_exempt  # mail programs press it (RFC 8058); what guards it is the signed link
@never_cache
@require_http_methods(_METHODS)
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Leave, by one button; where somebody follows several things, also one of them alone."""
    uid = links.leaving_by(token)
    if uid is None:
        raise Http404
    done = False
    if request.method == "POST":
        following.leave(follower=uid, following=_chosen(request))
        done = True
    follower = Follower.objects.filter(uid=uid).first()
    rows = follower.followings.confirmed().select_related("plan", "body") if follower else []
    left = [(row, thing_of(row, at=request.arrived_at)) for row in rows]
    return render(request, "plans/follow/leave.html", {"left": left, "done": done})


def _chosen(request: HttpRequest) -> UUID | None:
    """The one thing that a button names; none: all of them."""
    try:
        return UUID(request.POST["following"]) if request.POST.get("following") else None
    except ValueError as wrong:
        raise Http404 from wrong
