"""The register of parties and the standard lists."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.enums import HeardBy, PartyCategory
from consultations.models import Party, StandardList
from consultations.permissions import KEEP_REGISTER
from kommuneplan.access import may
from kommuneplan.collation import fold
from kommuneplan.core.site.context import municipality_of
from kommuneplan.locking import Conflict

from ..actions import register
from ..forms import ListForm, PartyForm

PER_PAGE = 40
MOST_WORDS = 8  # of a search; the database takes no search without end


@may(KEEP_REGISTER)
@require_safe
def parties(request: HttpRequest) -> HttpResponse:
    """Every party, by name; searched, of one category, retired ones on demand."""
    words = request.GET.get("q", "").replace("\x00", "").strip()
    category = request.GET.get("kategori", "")
    retired = request.GET.get("udgaaede") == "1"
    rows = Party.objects.filter(retired_at__isnull=not retired)
    for word in fold(words).split()[:MOST_WORDS]:
        rows = rows.filter(search_text__contains=word)
    if category in PartyCategory.values:
        rows = rows.filter(category=category)
    page = Paginator(rows.prefetch_related("contacts"), PER_PAGE)
    context = {
        "page": page.get_page(request.GET.get("side")),
        "q": words,
        "category": category,
        "categories": PartyCategory.choices,
        "retired": retired,
        "lists": StandardList.objects.annotate(
            size=Count("parties", filter=Q(parties__retired_at__isnull=True))
        ),
        "missing": _not_in_register(request),
    }
    return render(request, "consultations/parties/register/parties.html", context)


def _not_in_register(request: HttpRequest) -> list[HeardBy]:
    """The councils that are to be heard and that the register does not know."""
    municipality = municipality_of(request)
    wanted = {
        HeardBy.DISABILITY: municipality.hears_disability_council,
        HeardBy.SENIOR: municipality.hears_senior_council,
    }
    known = Party.objects.filter(retired_at__isnull=True).exclude(heard_by="")
    there = set(known.values_list("heard_by", flat=True))
    return [council for council, asked in wanted.items() if asked and council not in there]


@may(KEEP_REGISTER)
@require_http_methods(["GET", "POST"])
def party(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """A party with its contact persons; a new one without ``uid``."""
    row = get_object_or_404(Party.objects.select_related("body"), uid=uid) if uid else None
    form = PartyForm(request.POST if request.method == "POST" else None, party=row)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            stored = register.save_party(
                party=row,
                facts=form.facts,
                contacts=form.contacts,
                seen=form.cleaned_data["seen"] or 0,
                by=request.user,
            )
        except Conflict as theirs:
            status = 409
            form.data = {**request.POST.dict(), "seen": str(theirs.mine.version)}
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": stored.name})
            return redirect("consultations:party-list")
    elif form.is_bound:
        status = 422
    context = {"party": row, "form": form, "conflict": status == 409}
    return render(request, "consultations/parties/register/party.html", context, status=status)


@may(KEEP_REGISTER)
@require_POST
def retire(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Offer a party no more, or again."""
    row = get_object_or_404(Party, uid=uid)
    retired = "back" not in request.POST
    register.retire_party(party=row, retired=retired, by=request.user)
    words = (
        _("%(name)s is no longer offered. Lists it stands on keep it.")
        if retired
        else _("%(name)s is offered again.")
    )
    messages.success(request, words % {"name": row.name})
    return redirect("consultations:party-list")


@may(KEEP_REGISTER)
@require_http_methods(["GET", "POST"])
def standard_list(request: HttpRequest, uid: UUID | None = None) -> HttpResponse:
    """A standard list; a new one without ``uid``."""
    row = get_object_or_404(StandardList, uid=uid) if uid else None
    initial = (
        {
            "seen": row.version,
            "title": row.title,
            "plan_kind": row.plan_kind,
            "parties": [str(one) for one in row.parties.values_list("uid", flat=True)],
        }
        if row
        else None
    )
    form = ListForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            stored = register.save_list(
                standard=row,
                title=data["title"],
                plan_kind=data["plan_kind"],
                parties=data["parties"],
                seen=data["seen"] or 0,
                by=request.user,
            )
        except Conflict as theirs:
            status = 409
            form.data = request.POST.copy()
            form.data["seen"] = str(theirs.mine.version)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": stored.title})
            return redirect("consultations:party-list")
    elif form.is_bound:
        status = 422
    context = {"list": row, "form": form, "conflict": status == 409}
    return render(request, "consultations/parties/register/list.html", context, status=status)
