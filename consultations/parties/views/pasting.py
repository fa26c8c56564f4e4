"""Several parties at once: pasted, looked at, then saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from consultations.permissions import KEEP_REGISTER
from kommuneplan.access import may
from kommuneplan.core.forms import page_status
from kommuneplan.locking import Outdated
from plans.setup.steps import way_on

from ..actions.pasting import enter_parties
from ..forms import PastedPartiesForm
from ..pasted import PartyPreview, party_preview

_PAGE = "consultations/parties/register/many.html"


@may(KEEP_REGISTER)
@require_http_methods(["GET", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """A line for each party, into the register and onto a standard list."""
    form = PastedPartiesForm(request.POST if request.method == "POST" else None)
    preview = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        look = partial(party_preview, data["text"], category=data["category"])
        if "save" in request.POST:
            try:
                return _saved(request, form, look)
            except Outdated:
                form.add_error(
                    None, _("The register has changed since you looked. Look once more.")
                )
        preview = look()
        form.data = {**form.data.dict(), "seen": preview.fingerprint}
    context = {"form": form, "preview": preview}
    return render(request, _PAGE, context, status=page_status(form))


def _saved(
    request: HttpRequest, form: PastedPartiesForm, look: Callable[[], PartyPreview]
) -> HttpResponse:
    """Save what was shown; lines with a fault come back to be put right."""
    data = form.cleaned_data
    done = enter_parties(
        preview=look,
        seen=data["seen"],
        standard=data["standard"],
        new_list=data["new_list"],
        by=request.user,
    )
    n = len(done.writing)
    said = ngettext("%(n)s party is saved.", "%(n)s parties are saved.", n) % {"n": n}
    messages.success(request, said)
    if not done.faults:
        return redirect(way_on(request.user, "consultations:party-list"))
    left = "\n".join(fault.text for fault in done.faults)
    fresh = PastedPartiesForm(initial={"text": left, "category": data["category"]})
    return render(request, _PAGE, {"form": fresh, "left": done.faults})
