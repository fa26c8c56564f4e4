"""The list of steps, and the last of them: the first process plan."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kommuneplan.access import may
from plans.models import Plan, Publication
from plans.permissions import CREATE_PLAN, KEEP_MEETINGS, PUBLISH_PROCESS_PLAN

from ..steps import steps_for

SHOWN = 5


@may(KEEP_MEETINGS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The steps that the person may take, those done ticked."""
    return render(request, "plans/setup/overview.html", {"steps": steps_for(request.user)})


@may(CREATE_PLAN)
@require_safe
def first_plan(request: HttpRequest) -> HttpResponse:
    """The three ways to a process plan, and the way to publish one that is begun."""
    published = Publication.objects.values("plan")
    begun = Plan.objects.run_by(request.user).exclude(pk__in=published).filter(retired_at=None)
    plans = [
        plan
        for plan in begun.order_by("-pk")[:SHOWN]
        if request.user.has_perm(PUBLISH_PROCESS_PLAN, plan)
    ]
    return render(request, "plans/setup/first_plan.html", {"plans": plans})
