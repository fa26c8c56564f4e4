"""My notices: what concerns me lately, and what of it I want by mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommuneplan.access import signed_in

from .actions import choose
from .forms import WantedForm
from .kinds import kinds
from .mine import hour_in_words, latest


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """The latest notices that still hold, and a choice for each kind."""
    user = request.user
    if request.method == "POST":
        form = WantedForm(request.POST)
        if form.is_valid():
            choose(user=user, wanted=form.cleaned_data["wanted"])
            messages.success(request, _("Your choice is saved."))
            return redirect("notices:mine")
    else:
        off = set(user.notices_turned_off.values_list("kind", flat=True))
        form = WantedForm(initial={"wanted": [name for name in kinds if name not in off]})
    context = {"form": form, "told": latest(user), "hour": hour_in_words()}
    return render(request, "notices/mine.html", context, status=422 if form.is_bound else 200)
