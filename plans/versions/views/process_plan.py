"""Publishing the process plan: what may be seen, what is different, and the confirmation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kommuneplan import clock, locking
from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status
from plans.access import plan_to_edit
from plans.document import process_plan
from plans.document.differences import differences
from plans.document.personal_data import personal_looking
from plans.document.plan_document import PlanDocument, from_json
from plans.models import Plan, Publication
from plans.permissions import PUBLISH_PROCESS_PLAN
from plans.public import plan_page

from ..actions import publishing
from ..actions.publishing import LaterScheduled
from ..forms.publishing import PublishForm
from ..unpublished import unpublished_of


@signed_in
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The public page over the plan as it is now."""
    plan = plan_to_edit(request, slug)
    document = publishing.process_plan_to_publish(plan)
    context = {
        "plan": plan,
        "slug": plan.slug,
        "document": document,
        "drawing": plan_page.timeline(document, at=request.arrived_at),
        "decision": plan_page.decision(document, clock.local_day(request.arrived_at)),
    }
    return render(request, "plans/versions/preview.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """The differences to what the public reads now, the reason, and the confirmation."""
    plan = plan_to_edit(request, slug, PUBLISH_PROCESS_PLAN)
    document = publishing.process_plan_to_publish(plan)
    previous = publishing.newest_public(plan)
    waiting = unpublished_of(plan)
    flagged = personal_looking(document)
    form = PublishForm(
        request.POST if request.method == "POST" else None,
        first=previous is None,
        flagged=bool(flagged),
        initial={"seen": publishing.seen_as(document)},
    )
    if request.method == "POST" and form.is_valid():
        trouble = _publish(request, plan, form, previous)
        if not trouble:
            return redirect("plans:work-plan", slug=plan.slug)
        form.add_error(None, trouble)
        form.data = {**form.data.dict(), "seen": publishing.seen_as(document)}
    context = {
        "plan": plan,
        "form": form,
        "document": document,
        "first": previous is None,
        "news": process_plan.differences(previous.process_plan, document.process_plan)
        if previous
        else None,
        "others": _others(previous, document),
        "says_something": publishing.says_something(document),
        "nothing_new": previous is not None and not publishing.has_news(document, previous),
        "flagged": flagged,
        "number": publishing.next_number(plan),
        "waiting": waiting,
    }
    status = page_status(form)
    return render(request, "plans/versions/publish_process_plan.html", context, status=status)


def _others(before: PlanDocument | None, after: PlanDocument) -> list[tuple[Any, Any]]:
    """What changes in the parts that are published with the process plan."""
    if before is None:
        return []
    changed = differences(before, after).changed_parts
    return [(part, change) for part, change in changed if part.follows_up]


def _publish(
    request: HttpRequest, plan: Plan, form: PublishForm, before: PlanDocument | None
) -> str:
    """Do it; what stood in the way, in words, or nothing."""
    publication, trouble = carried_out(request, plan, form, publishing.publish_process_plan)
    if publication is None:
        return trouble
    told = _("The process plan is published as version %(number)s. Everybody can read it now.")
    after = from_json(publication.version.content)
    changed = list(differences(before, after).counted()) if before else []
    messages.success(request, told_with_page(plan, told % {"number": publication.number}, changed))
    return ""


def carried_out(
    request: HttpRequest, plan: Plan, form: PublishForm, publish: Callable[..., Publication]
) -> tuple[Publication | None, str]:
    """What was published, or None and what stood in the way, in words; nothing where there was
    nothing to publish, which is told."""
    try:
        done = publish(
            plan=plan,
            reason=form.cleaned_data.get("reason", ""),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
    except publishing.NothingToPublish:
        messages.info(request, _("There is nothing new to publish."))
        return None, ""
    except LaterScheduled:
        return None, later_is_scheduled()
    except locking.Outdated:
        return None, _(
            "The plan has changed since you looked, so nothing was published. "
            "Look at the differences again, and then confirm."
        )
    return done, ""


def told_with_page(plan: Plan, done: str, changed: list[str]) -> SafeString:
    """What was done, what has changed by it, and the way to what everybody reads now."""
    if changed:
        done = _("%(done)s Changed: %(what)s.") % {"done": done, "what": ", ".join(changed)}
    page = reverse("plans:plan", args=[plan.slug])
    return format_html('{} <a href="{}">{}</a>', done, page, _("See the public page"))


def later_is_scheduled() -> str:
    """Why nothing can be published before a version that waits for its time."""
    return _(
        "Another version is scheduled for publication. Withdraw it under Versions "
        "first; nothing was published."
    )
