"""Publishing a draft as it is being written: text, focus areas and process plan together."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status
from plans.access import plan_to_edit, state_of
from plans.document.building import gather
from plans.document.comparison import compare
from plans.document.differences import differences
from plans.document.personal_data import personal_looking
from plans.models import Plan
from plans.permissions import PUBLISH_VERSION

from ..actions import publishing
from ..forms.publishing import PublishForm
from .process_plan import carried_out, told_with_page


@signed_in
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """What everybody will read otherwise, word for word, the reason, and the confirmation. The
    text of a plan in force is not published so: the bodies change it, in a revision."""
    plan = plan_to_edit(request, slug, PUBLISH_VERSION)
    document, before = gather(plan), publishing.newest_public(plan)
    flagged = personal_looking(document, whole=True)
    form = PublishForm(
        request.POST if request.method == "POST" else None,
        first=before is None,
        flagged=bool(flagged),
        initial={"seen": publishing.seen_as(document)},
    )
    if request.method == "POST" and form.is_valid():
        changed = list(differences(before, document).counted()) if before else []
        trouble = _publish(request, plan, form, changed)
        if not trouble:
            return redirect("plans:overview", slug=slug)
        form.add_error(None, trouble)
        form.data = {**form.data.dict(), "seen": publishing.seen_as(document)}
    context = {
        "plan": plan,
        "form": form,
        "is_worked_on": plan.open_cycle is not None,
        "is_new": document != before,
        "document": document,
        "comparison": compare(before, document) if before else None,
        "flagged": flagged,
        "number": publishing.next_number(plan),
        "standing": state_of(request, plan),
    }
    return render(request, "plans/versions/publish_draft.html", context, status=page_status(form))


def _publish(request: HttpRequest, plan: Plan, form: PublishForm, changed: list[str]) -> str:
    """Do it; what stood in the way, in words, or nothing."""
    publication, trouble = carried_out(request, plan, form, publishing.publish_draft)
    if publication is None:
        return trouble
    told = _("The draft is published as version %(number)s. Everybody can read it now.")
    messages.success(request, told_with_page(plan, told % {"number": publication.number}, changed))
    return ""
