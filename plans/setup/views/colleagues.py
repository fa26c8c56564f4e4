"""The fourth step: colleagues are invited, several at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommuneplan.access import may
from kommuneplan.core.accounts.invitation_address import invitation_address
from kommuneplan.core.forms import page_status
from kommuneplan.core.models import Body
from kommuneplan.core.permissions import SEE_PEOPLE
from kommuneplan.locking import Outdated

from ..actions.colleagues import invite_all
from ..bodies import keeps_meetings_of
from ..colleague_lines import read_colleagues
from ..colleague_preview import ColleaguePreview, weighed
from ..forms.colleagues import ColleaguesForm
from ..meeting_preview import names_of
from ..steps import way_on


@may(SEE_PEOPLE)
@require_http_methods(["GET", "POST"])
def colleagues(request: HttpRequest) -> HttpResponse:
    """Whom to invite to what: a line each, looked at, then sent."""
    mine = keeps_meetings_of(request.user)
    posted = request.POST if request.method == "POST" else None
    form = ColleaguesForm(posted, user=request.user, bodies=mine)
    preview = None
    if form.is_bound and form.is_valid():
        look = partial(_preview, request, form)
        if "save" in request.POST:
            try:
                return _invited(request, form, look, mine)
            except Outdated:
                form.add_error(
                    None, _("Somebody has been invited since you looked. Look once more.")
                )
        preview = look()
        form.data = {**form.data.dict(), "seen": preview.fingerprint}
    context = {"form": form, "preview": preview, "bodies": mine}
    return render(request, "plans/setup/colleagues.html", context, status=page_status(form))


def _preview(request: HttpRequest, form: ColleaguesForm) -> ColleaguePreview:
    data = form.cleaned_data
    bodies = list(Body.objects.all())
    read = read_colleagues(
        data["text"],
        bodies=names_of(bodies),
        role=data["role"],
        body=str(data["body"].uid) if data["body"] else "",
    )
    return weighed(read, bodies=bodies, by=request.user)


def _invited(
    request: HttpRequest,
    form: ColleaguesForm,
    look: Callable[[], ColleaguePreview],
    mine: list[Body],
) -> HttpResponse:
    """Send what was shown; lines with a fault come back to be put right."""
    done = invite_all(
        preview=look,
        seen=form.cleaned_data["seen"],
        address=invitation_address(request),
        by=request.user,
    )
    n = len(done.inviting)
    said = ngettext("%(n)s invitation is sent.", "%(n)s invitations are sent.", n) % {"n": n}
    messages.success(request, said)
    if not done.faults:
        return redirect(way_on(request.user, "people:list"))
    left = "\n".join(fault.text for fault in done.faults)
    fresh = ColleaguesForm(
        user=request.user,
        bodies=mine,
        initial={"text": left, "body": form.data.get("body"), "role": form.data.get("role")},
    )
    context = {"form": fresh, "left": done.faults, "bodies": mine}
    return render(request, "plans/setup/colleagues.html", context)
