"""Who is inhabil in a matter: recorded and lifted by a secretary."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommuneplan.access import may
from plans.models import Matter, Plan
from plans.permissions import RECORD_RECUSALS, bodies_to_recuse_in

from ..actions.recusals import lift_recusal, record_recusal
from ..forms import RecusalForm


@may(RECORD_RECUSALS)
@require_http_methods(["GET", "POST"])
def recusals(request: HttpRequest, uid: str) -> HttpResponse:
    """The members who are inhabil in a matter; record one more, or lift it."""
    matter = get_object_or_404(Matter, uid=uid)
    bodies = bodies_to_recuse_in(request.user, matter)
    if not bodies:
        raise Http404
    rows = matter.recusals.filter(
        lifted_at__isnull=True, user__memberships__body__in=bodies
    ).distinct()
    if "lift" in request.POST:
        row = next((one for one in rows if str(one.uid) == request.POST["lift"]), None)
        if row is None:
            raise Http404
        lift_recusal(recusal=row, by=request.user)
        messages.success(request, _("The recusal is lifted: the member can read the matter."))
        return redirect("plans:recusals", uid)
    form = RecusalForm(request.POST if request.method == "POST" else None, bodies=bodies)
    if request.method == "POST" and form.is_valid():
        record_recusal(
            matter=matter, member=form.user, reason=form.cleaned_data["reason"], by=request.user
        )
        messages.success(
            request, _("It is recorded. From now on the matter does not exist for the member.")
        )
        return redirect("plans:recusals", uid)
    plans = Plan.objects.readable_by(request.user).filter(cycles__matters__matter=matter)
    context = {
        "matter": matter,
        "recusals": rows.select_related("user", "recorded_by").order_by("recorded_at", "pk"),
        "form": form,
        "plan": plans.order_by("sort_key").first(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "plans/members/recusals.html", context, status=status)
