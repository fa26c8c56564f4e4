"""The room of a plan's consultations: its rounds, a new one, one with all that belongs to it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consultations import deadlines
from consultations.access import plan_with_rounds, round_to
from consultations.locking import RoundMovedOn
from consultations.models import Round, RoundEvent
from consultations.parties import letters
from consultations.parties.party_list import missing_councils, roster
from consultations.permissions import HANDLE, PLAN_ROUND, RUN_ROUND
from consultations.public.round_page import about, preview_page
from kommuneplan import clock
from kommuneplan.access import signed_in
from kommuneplan.core import gates
from kommuneplan.core.forms import page_status
from kommuneplan.core.site.context import municipality_of
from kommuneplan.locking import Conflict
from plans.access import state_of
from plans.enums import MilestoneState, Stage
from plans.models import Milestone, Plan, PlanVersion
from plans.process.check_facts import rules_for
from plans.process.checks import Rules

from ..actions import rounds as verbs
from ..forms.rounds import NEW, NOW, RoundForm, TextForm, as_typed
from ..gates import ANNOUNCE
from ..milestones import milestone_of, milestones_to_choose, suggested_milestone


@signed_in
@require_safe
def rounds(request: HttpRequest, slug: str) -> HttpResponse:
    """The rounds of a plan, the newest first, with their states and deadlines."""
    plan = plan_with_rounds(request, slug)
    on_list = Count("invitations", filter=Q(invitations__removed_at__isnull=True), distinct=True)
    came_in = Count("responses", filter=Q(responses__withdrawn_at__isnull=True), distinct=True)
    rows = plan.rounds.annotate(parties=on_list, came_in=came_in)
    rows = list(rows.order_by("-pk"))
    context = {
        "plan": plan,
        "rounds": [(row, row.state_at(request.arrived_at)) for row in rows],
        "may_plan": request.user.has_perm(PLAN_ROUND, plan),
        "may_begin": state_of(request, plan).cycle is not None,
    }
    return render(request, "consultations/rounds/list.html", context)


@signed_in
@require_safe
def page(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """A round: where it stands, what is missing before it opens, what has happened to it."""
    round = round_to(request, slug, uid, HANDLE)
    now = request.arrived_at
    state = round.state_at(now)
    listed = roster(round, at=now, details=False)
    context = {
        "plan": round.plan,
        "round": round,
        "state": state,
        "roster": listed,
        "missing": missing_councils(listed.invitations, municipality_of(request))
        if state == "prepared"
        else [],
        "warnings": warnings_of(request, round),
        "events": _events(round) if state != "prepared" else [],
        "questions": letters.questions(round),
        "blockers": gates.blockers(ANNOUNCE, round=round, listed=listed.invitations)
        if state == "prepared"
        else [],
        "step": milestone_of(round),
        "may_run": request.user.has_perm(RUN_ROUND, round),
        "may_renew": state_of(request, round.plan).open_cycle is not None,
        "is_over": round.withdrawn_at is not None or state == "closed",
    }
    return render(request, "consultations/rounds/page.html", context)


@signed_in
@require_safe
def preview(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """What everybody will read when a round opens; of one that is announced, what they read now."""
    round = round_to(request, slug, uid, HANDLE)
    if round.is_public and round.announced_at is not None:
        return redirect("consultations:hearing", round.slug)
    if round.announced_at is None:
        page = preview_page(round, at=request.arrived_at)
    else:
        page = {**about(round, at=request.arrived_at, to_parties=True), "is_open": False}
    return render(request, "consultations/rounds/preview.html", {"plan": round.plan, **page})


def _events(round: Round) -> list[RoundEvent]:
    return list(round.events.select_related("by", "invitation").order_by("-at", "-pk"))


def warnings_of(request: HttpRequest, round: Round) -> list[Any]:
    """What should be looked at in the days of a round that is not announced yet."""
    if round.announced_at is not None or not round.first_day or not round.last_day:
        return []
    rules = rules_for(round.plan, municipality_of(request))
    return deadlines.warnings(_("The consultation"), round.first_day, round.last_day, rules)


# --- a new round, and one that is changed --------------------------------------------------------


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Prepare a round; with ``?fornyer=`` one that takes up another again."""
    plan = plan_with_rounds(request, slug, PLAN_ROUND)
    renews = _renewed(plan, request.GET.get("fornyer", ""))
    versions = versions_to_send(plan)
    step = _suggested_step(plan, renews)
    form = RoundForm(
        request.POST if request.method == "POST" else None,
        versions=versions,
        milestones=_steps(plan, step),
        renewal=renews is not None,
        is_running=state_of(request, plan).open_cycle is not None,
        initial=suggested(request, plan, versions, renews, step) | {"seen": plan.rounds.count()},
    )
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid() and plan.shown_cycle is not None:
        try:
            round = verbs.create_round(
                plan=plan,
                facts=form.facts,
                renews=renews,
                because=form.cleaned_data.get("because", ""),
                seen=form.cleaned_data["seen"],
                by=request.user,
            )
        except RoundMovedOn:
            status = 409
            form.data = {**request.POST.dict(), "seen": str(plan.rounds.count())}
        else:
            messages.success(
                request, _("The consultation is prepared. Nobody is told before you open it.")
            )
            return redirect("consultations:round-page", slug, round.uid)
    context = {"plan": plan, "form": form, "renews": renews, "versions": versions}
    context["another"] = status == 409
    return render(request, "consultations/rounds/form.html", context, status=status)


def _renewed(plan: Plan, uid: str) -> Round | None:
    if not uid:
        return None
    try:
        return plan.rounds.filter(announced_at__isnull=False).get(uid=UUID(uid))
    except (ValueError, Round.DoesNotExist):
        raise Http404 from None


def versions_to_send(plan: Plan) -> list[PlanVersion]:
    """The frozen versions of a plan, those sent out first, the newest of them first."""
    rows = plan.versions.listed().order_by("-number")
    return sorted(rows, key=lambda row: row.stage != Stage.CONSULTATION)


def suggested(
    request: HttpRequest,
    plan: Plan,
    versions: list[PlanVersion],
    renews: Round | None,
    step: Milestone | None,
) -> dict[str, Any]:
    """What a new round begins with: the days of its step in the process plan, else from tomorrow
    as long as law and the municipality's own rule ask for."""
    first, last = _days_of(step, rules_for(plan, municipality_of(request)))
    if renews is not None:
        before = as_typed(renews)
        title = renews.title
        if not title.startswith(_("Renewed consultation:")):
            title = _("Renewed consultation: %(title)s") % {"title": title}
        return {
            **before,
            "title": title[:300],
            "frozen": versions[0].uid if versions else None,
            "milestone": step.uid if step else NEW,
            "first_day": first,
            "last_day": last,
        }
    return {
        "frozen": versions[0].uid if versions else NOW,
        "title": (_("Consultation on %(title)s") % {"title": plan.title})[:300],
        "introduction": plan.proposal,
        "milestone": step.uid if step else NEW,
        "first_day": first,
        "last_day": last,
    }


def _suggested_step(plan: Plan, renews: Round | None) -> Milestone | None:
    cycle = plan.shown_cycle
    return suggested_milestone(cycle, renews) if cycle else None


def _steps(plan: Plan, chosen: Milestone | None) -> list[Milestone]:
    cycle = plan.shown_cycle
    return milestones_to_choose(cycle, chosen) if cycle else []


def _days_of(step: Milestone | None, rules: Rules) -> tuple[dt.date, dt.date]:
    day = clock.today()
    span = step.when if step and step.state == MilestoneState.PLANNED else None
    if span and span.is_exact and span.earliest and span.latest and span.latest > day:
        first = max(span.earliest, day)
        return first, max(span.latest, first)
    first = day + deadlines.DAY
    return first, deadlines.shortest(first, rules)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Change what a round says; once it is announced, its words alone."""
    round = round_to(request, slug, uid, RUN_ROUND)
    posted = request.POST if request.method == "POST" else None
    form = _form_of(request, round)
    conflict = False
    if posted is not None and form.is_valid():
        try:
            verbs.edit_round(
                round=round,
                facts=form.facts,
                seen=form.cleaned_data["seen"] or 0,
                by=request.user,
            )
        except Conflict as theirs:
            conflict = True
            form.data = {**posted.dict(), "seen": str(theirs.mine.version)}
        except RoundMovedOn:
            return gone_on(request, round)
        else:
            messages.success(request, _("Saved."))
            return redirect("consultations:round-page", slug, uid)
    context = {"plan": round.plan, "round": round, "form": form, "conflict": conflict}
    status = page_status(form, conflict=conflict)
    return render(request, "consultations/rounds/form.html", context, status=status)


def _form_of(request: HttpRequest, round: Round) -> TextForm:
    posted = request.POST if request.method == "POST" else None
    if round.announced_at is not None:
        return TextForm(posted, initial=as_typed(round))
    versions = versions_to_send(round.plan)
    step = milestone_of(round)
    if round.milestone_uid is None:  # it was internal: what would be suggested if it no longer is
        step = suggested_milestone(round.cycle, round.renews)
    return RoundForm(
        posted,
        versions=versions,
        milestones=milestones_to_choose(round.cycle, step),
        is_running=state_of(request, round.plan).open_cycle is not None,
        initial=as_typed(round) | {"milestone": step.uid if step else NEW},
    )


def gone_on(request: HttpRequest, round: Round) -> HttpResponse:
    """Somebody has taken a step meanwhile: nothing was done, and the round shows which."""
    messages.warning(
        request,
        _("The consultation has changed meanwhile, so nothing was done. See where it stands now."),
    )
    return redirect("consultations:round-page", round.plan.slug, round.uid)
