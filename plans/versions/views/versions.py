"""The versions of a plan: what was frozen, what was published to whom, and what differs."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kommuneplan import clock
from kommuneplan.access import signed_in
from kommuneplan.core.forms import ReasonForm, page_status
from kommuneplan.locking import Outdated
from plans.access import plan_to_edit
from plans.document import plan_document as doc
from plans.document.building import gather
from plans.document.comparison import compare
from plans.document.differences import differences
from plans.document.personal_data import personal_looking
from plans.enums import Audience
from plans.models import Plan, PlanVersion
from plans.permissions import PUBLISH_VERSION, REDACT_VERSION
from plans.public import plan_page

from ..actions import publishing
from ..actions.publishing import LaterScheduled, document_read, newest_publication
from ..forms.publishing import PublishVersionForm
from .process_plan import later_is_scheduled, told_with_page

NOW, PUBLIC = "nu", "offentligt"  # the plan as it is now; what everybody reads


@signed_in
@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every frozen version and what was published of it, the newest first."""
    plan = plan_to_edit(request, slug)
    rows = plan.versions.listed().prefetch_related("publications")
    context = {
        "plan": plan,
        "versions": list(rows.order_by("-number")),
        "may_publish": request.user.has_perm(PUBLISH_VERSION, plan),
        "may_hide": request.user.has_perm(REDACT_VERSION, plan),
        "at": request.arrived_at,
    }
    return render(request, "plans/versions/list.html", context)


def _version(plan: Plan, key: UUID | int) -> PlanVersion:
    return get_object_or_404(plan.versions.at(key))


@signed_in
@require_safe
def version(request: HttpRequest, slug: str, key: UUID | int) -> HttpResponse:
    """A frozen version as it is, or would be, published."""
    plan = plan_to_edit(request, slug)
    row = _version(plan, key)
    document = doc.from_json(row.content)
    context = {
        "plan": plan,
        "slug": plan.slug,
        "version": row,
        "document": document,
        "drawing": plan_page.timeline(document, at=request.arrived_at),
        "decision": plan_page.decision(document, clock.local_day(request.arrived_at)),
    }
    return render(request, "plans/versions/version.html", context)


@signed_in
@require_safe
def compared(request: HttpRequest, slug: str) -> HttpResponse:
    """Any two versions, or one and the plan as it is now, word for word."""
    plan = plan_to_edit(request, slug)
    known = list(plan.versions.listed().order_by("-number"))
    last = str(known[0].uid) if known else NOW
    asked = [request.GET.get("fra") or last, request.GET.get("til") or NOW]
    sides = [_side(known, side) for side in asked]
    documents = [_document(plan, side) for side in sides]
    public = newest_publication(plan)
    context = {
        "plan": plan,
        "versions": known,
        "sides": [side if isinstance(side, str) else str(side.uid) for side in sides],
        "public": public and public.version,
        "comparison": compare(*documents),
        "in_details": documents[0] != documents[1],
    }
    return render(request, "plans/versions/compare.html", context)


def _side(known: list[PlanVersion], side: str) -> PlanVersion | str:
    """The version with that uid, or in an older address that place in the chain; the plan as it is
    now, and what everybody reads, by their words; 404 for anything else."""
    if side in {NOW, PUBLIC}:
        return side
    found = next((one for one in known if side in {str(one.uid), str(one.number)}), None)
    if found is None:
        raise Http404("no such version")
    return found


def _document(plan: Plan, side: PlanVersion | str) -> doc.PlanDocument:
    if isinstance(side, PlanVersion):
        return doc.from_json(side.content)
    document = gather(plan) if side == NOW else publishing.newest_public(plan)
    if document is None:
        raise Http404("nothing is published")
    return document


@signed_in
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, slug: str, key: UUID | int) -> HttpResponse:
    """Make a version visible: what will be different, to whom, from when, and why."""
    plan = plan_to_edit(request, slug, PUBLISH_VERSION)
    row = _version(plan, key)
    document = doc.from_json(row.content)
    public = newest_publication(plan)
    before = document_read(public) if public else None
    changed = list(differences(before, document).counted()) if before else []
    flagged = personal_looking(document, whole=True)
    form = PublishVersionForm(
        request.POST if request.method == "POST" else None,
        first=public is None,
        flagged=bool(flagged),
        initial={"seen": plan.publications.count(), "audience": Audience.PUBLIC},
    )
    if request.method == "POST" and form.is_valid():
        trouble = _publish(request, row, form, changed)
        if not trouble:
            return redirect("plans:versions", slug=slug)
        form.add_error(None, trouble)
        form.data = {**form.data.dict(), "seen": plan.publications.count()}
    context = {
        "plan": plan,
        "version": row,
        "number": row.public_number or publishing.next_number(plan),
        "form": form,
        "public": public,
        "comparison": compare(before, document) if before else None,
        "flagged": flagged,
    }
    status = page_status(form)
    return render(request, "plans/versions/publish.html", context, status=status)


def _publish(
    request: HttpRequest, row: PlanVersion, form: PublishVersionForm, changed: list[str]
) -> str:
    """Do it; what stood in the way, in words, or nothing."""
    data = form.cleaned_data
    try:
        publication = publishing.publish_version(
            version=row,
            audience=data["audience"],
            visible_from=data["visible_from"],
            reason=data.get("reason", ""),
            seen=data["seen"],
            by=request.user,
        )
    except publishing.AlreadyCurrent:
        return _("This version is already the newest that is published. Nothing was done.")
    except Outdated:
        return _(
            "Something has been published meanwhile, so nothing was done. "
            "Look at the differences again, and then confirm."
        )
    except LaterScheduled:
        return later_is_scheduled()
    if data["visible_from"]:
        done = _("The publication is scheduled. It opens by itself at the time.")
    elif publication.number:
        done = _("It is published as version %(number)s. Everybody can read it now.")
        done = told_with_page(row.plan, done % {"number": publication.number}, changed)
    else:
        done = _("It is published to the members of the bodies.")
    messages.success(request, done)
    return ""


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Take a publication back; the one before it is the newest again."""
    plan = plan_to_edit(request, slug, PUBLISH_VERSION)
    row = get_object_or_404(plan.publications.select_related("version"), uid=uid)
    if row.withdrawn_at is not None:
        return redirect("plans:versions", slug=slug)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            publishing.withdraw_publication(
                publication=row, because=form.cleaned_data["reason"], by=request.user
            )
        except Outdated:
            messages.info(request, _("The publication was withdrawn already."))
        else:
            messages.success(request, _("The publication is withdrawn."))
        return redirect("plans:versions", slug=slug)
    context = {"plan": plan, "publication": row, "form": form}
    status = page_status(form)
    return render(request, "plans/versions/withdraw.html", context, status=status)
