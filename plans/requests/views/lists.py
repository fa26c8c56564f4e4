"""The open promises of the bodies, one of them, and those about a plan."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommuneplan import clock
from kommuneplan.access import may, signed_in
from kommuneplan.core.enums import Role
from kommuneplan.documents import xlsx
from plans.access import plan_with_state
from plans.agenda.items import own_items, turns
from plans.models import AgendaItem, CommitteeRequest
from plans.permissions import READ_REQUESTS, REGISTER_REQUEST, RUN_REQUEST, SUBMIT

from .. import sheet
from ..forms import FilterForm
from ..listing import Promise, as_read, bodies_and_years, found, on_the_day

PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def reads_as_member(request: HttpRequest) -> bool:
    """Is the person here as a member of a body, and works with nothing?"""
    user = request.user
    works = user.is_superuser or user.has_role(Role.ADMINISTRATOR) or user.has_role(Role.SECRETARY)
    return user.has_role(Role.MEMBER) and not works


def _filtered(request: HttpRequest) -> FilterForm:
    bodies, years = bodies_and_years(request.user)
    return FilterForm(request.GET, bodies=bodies, years=years)


@may(READ_REQUESTS)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What the bodies wait for, the late ones first; filtered by body, year and state."""
    form, day = _filtered(request), clock.today()
    rows = found(request.user, form.wanted, on=day)
    page = Paginator(as_read(rows), PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "form": form,
        "page": page,
        "promises": on_the_day(page, day),
        "total": page.paginator.count,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "may_register": request.user.has_perm(REGISTER_REQUEST),
        "is_member": reads_as_member(request),
    }
    return render(request, "plans/requests/list.html", context)


@may(READ_REQUESTS)
@require_safe
def as_xlsx(request: HttpRequest) -> HttpResponse:
    """The list as a spreadsheet, filtered as the page was."""
    form, day = _filtered(request), clock.today()
    promises = on_the_day(as_read(found(request.user, form.wanted, on=day)), day)
    title = _("Requests of the bodies")
    content = xlsx.render_sheets(
        [sheet.of_promises(promises, title)], title=title, created=request.arrived_at
    )
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="bestillinger-{day.isoformat()}.xlsx"'
    return answer


@signed_in
@require_safe
def request_page(request: HttpRequest, uid: str) -> HttpResponse:
    """One request: what was asked for, what answered it, and what can be done."""
    rows = as_read(CommitteeRequest.objects.readable_by(request.user))
    row = get_object_or_404(rows, uid=uid)
    plan = row.plan
    context = {
        "promise": Promise(row, row.state_on(clock.today())),
        "answers": list(row.answers.all()),
        "known_items": _known_items(request, row),
        "may_run": request.user.has_perm(RUN_REQUEST, row),
        "works_with_plan": bool(plan)
        and type(plan).objects.readable_by(request.user).filter(pk=plan.pk).exists(),
        "is_member": reads_as_member(request),
    }
    return render(request, "plans/requests/request.html", context)


def _known_items(request: HttpRequest, row: CommitteeRequest) -> set[int]:
    """Of the items that a page names, those the person may know, by primary key."""
    named = {one.item_id for one in (row, *row.answers.all()) if one.item_id}
    if not named:
        return set()
    rows = AgendaItem.objects.filter(pk__in=named)
    user, day = request.user, clock.today()
    known = rows.filter(treatment__in=turns(user)) | rows.filter(pk__in=own_items(user, on=day))
    return set(known.values_list("pk", flat=True))


@signed_in
@require_safe
def of_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """What bodies asked for about a plan: what is open first, then what was answered."""
    plan = plan_with_state(request, slug)
    rows = as_read(CommitteeRequest.objects.readable_by(request.user).filter(plan=plan))
    promises = on_the_day(rows, clock.today())
    context = {
        "plan": plan,
        "here": _("Requests and money"),
        "waiting": [one for one in promises if one.state.is_open],
        "done": [one for one in promises if not one.state.is_open],
        "may_register": request.user.has_perm(SUBMIT, plan),
    }
    return render(request, "plans/requests/room.html", context)
