"""What is done to all the rows that are ticked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kommuneplan.access import signed_in
from plans.access import plan_to_edit

from ..actions import many
from ..forms.many import MoveManyForm, TickedForm, seen_rows
from ..forms.table import ConfirmMoveForm
from .moving import carried_out
from .table import done


@signed_in
@require_POST
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Done, public, internal or deleted: all that are ticked, each by its own rule."""
    plan = plan_to_edit(request, slug)
    form = TickedForm(request.POST)
    if request.POST.get("act") == "move" and form.seen:
        rows = QueryDict(mutable=True)
        rows.setlist("row", request.POST.getlist("row"))
        return redirect(f"{reverse('plans:milestones-move', args=[slug])}?{rows.urlencode()}")
    if not form.is_valid() or not form.seen:
        messages.info(request, _nothing_ticked())
        return done(request, plan)
    what = many.ManyAct(form.cleaned_data["act"])
    told = many.act_on_many(plan=plan, seen=form.seen, act=what, by=request.user)
    _tell(request, what, told)
    return done(request, plan)


def _nothing_ticked() -> str:
    return _("Tick the rows it is about first.")


def _tell(request: HttpRequest, act: many.ManyAct, told: many.ManyDone) -> None:
    n = len(told.done)
    words = {
        many.ManyAct.DONE: ngettext("%(n)s is done.", "%(n)s are done.", n),
        many.ManyAct.PUBLIC: ngettext(
            "%(n)s is public with the next publication.",
            "%(n)s are public with the next publication.",
            n,
        ),
        many.ManyAct.INTERNAL: ngettext(
            "%(n)s is internal with the next publication.",
            "%(n)s are internal with the next publication.",
            n,
        ),
        many.ManyAct.DELETE: ngettext(
            "%(n)s is deleted. It can be taken back where it stood.",
            "%(n)s are deleted. They can be taken back where they stood.",
            n,
        ),
    }
    if n:
        messages.success(request, words[act] % {"n": n})
    if told.changed:
        changed = _(
            "Somebody else has changed these meanwhile, so nothing was done to them: %(s)s."
        )
        messages.warning(request, changed % {"s": ", ".join(told.changed)})
    if told.fixed:
        fixed = (
            _("What the public has read, and consultations, are cancelled, not deleted: %(s)s.")
            if act is many.ManyAct.DELETE
            else _("Consultations are done when they are over: %(s)s.")
        )
        messages.warning(request, fixed % {"s": ", ".join(told.fixed)})
    if told.gone:
        gone = ngettext(
            "%(n)s of those you saw is not in the plan any more.",
            "%(n)s of those you saw are not in the plan any more.",
            told.gone,
        )
        messages.warning(request, gone % {"n": told.gone})


@signed_in
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, slug: str) -> HttpResponse:
    """All that are ticked, by as many days: what it gives; then, confirmed, all of it."""
    plan = plan_to_edit(request, slug)
    data = request.POST if request.method == "POST" else request.GET
    rows = seen_rows(data.getlist("row"))
    if not rows:
        messages.info(request, _nothing_ticked())
        return redirect("plans:work-plan", slug=slug)
    form = MoveManyForm(data if "days" in data else None, initial={"days": 7})
    days = form.cleaned_data["days"] if form.is_bound and form.is_valid() else 0
    try:
        shown, seen = many.moves_of(plan, rows, days)
    except OverflowError:
        form.add_error("days", _("The date is too far away. Choose one nearer."))
        shown, seen = many.moves_of(plan, rows, 0)
    published = any(one.needs_reason for one in shown)
    sent = request.POST if "seen" in request.POST and form.is_valid() else None
    confirm = ConfirmMoveForm(sent, initial={"seen": seen}, published=published)
    if confirm.is_bound and confirm.is_valid():
        what = {"plan": plan, "uids": rows, "days": days}
        if carried_out(request, confirm, many.move_many, **what):
            return redirect("plans:work-plan", slug=slug)
        confirm.data = {**confirm.data.dict(), "seen": seen}
    context = {
        "plan": plan,
        "form": form,
        "confirm": confirm,
        "shown": shown,
        "asked": data.getlist("row"),
        "days": days,
        "moves": sum(one.effect.changes for one in shown),
    }
    status = 422 if confirm.is_bound or form.errors else 200
    return render(request, "plans/process/move_many.html", context, status=status)
