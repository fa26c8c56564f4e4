"""What a member of a body reads: matters submitted to it, plans, a version and what is new in it.

Nothing here knows a live draft: everything is loaded through ``models.submitted`` (404).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kommuneplan import clock
from kommuneplan.access import may
from kommuneplan.read_only import writes_when_opened
from kommuneplan.richtext import highlighting
from plans.document import plan_document as doc
from plans.document.comparison import compare
from plans.document.parts import kind_of_block
from plans.document.told_dates import draft_as_told
from plans.exports.downloads import version_paper
from plans.models import PlanVersion
from plans.models.submitted import matters_for, versions_for
from plans.permissions import READ_AS_MEMBER
from plans.public import plan_page
from plans.public.standing import standing_of_version

from .. import consultation_remarks
from .. import reading as members
from ..actions import reading

PER_PAGE = 10
PLANS_PER_PAGE = 25


@may(READ_AS_MEMBER)
@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """The next meeting of my bodies, what has been submitted to them, and what is new in it."""
    user, today = request.user, clock.local_day(request.arrived_at)
    page = Paginator(members.treatments(user, on=today), PER_PAGE).get_page(request.GET.get("side"))
    items = members.items(page.object_list, user, at=request.arrived_at)
    coming = members.next_meeting(user, items, on=today) if page.number == 1 else None
    context = {
        "page": page,
        "coming": coming,
        "items": [item for item in items if coming is None or item not in coming.items],
        "today": today,
    }
    return render(request, "plans/members/matters.html", context)


@may(READ_AS_MEMBER)
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """The published plans of my bodies, and what is new in them."""
    rows = members.published_plans(request.user, at=request.arrived_at)
    page = Paginator(rows, PLANS_PER_PAGE).get_page(request.GET.get("side"))
    versions = [row.version for row in page.object_list]
    found = members.readings(versions, request.user, at=request.arrived_at)
    context = {"page": page, "readings": found}
    return render(request, "plans/members/plans.html", context)


@may(READ_AS_MEMBER)
@require_safe
def matter(request: HttpRequest, uid: str) -> HttpResponse:
    """One matter: what is asked of the bodies, the chain, and what there is to read."""
    row = get_object_or_404(matters_for(request.user), uid=uid)
    today = clock.local_day(request.arrived_at)
    rows = members.treatments(request.user, on=today).filter(matter=row)
    found = members.items(rows[:1], request.user, at=request.arrived_at)
    chain = list(row.treatments.select_related("body", "meeting__body"))
    context = {
        "matter": row,
        "readings": found[0].readings if found else [],
        "chain": chain,
        "day": today,
    }
    return render(request, "plans/members/matter.html", context)


def version_to_read(request: HttpRequest, slug: str, key: UUID | int) -> PlanVersion:
    """The version, if it was submitted to the member or is published; else it does not exist."""
    rows = versions_for(request.user, at=request.arrived_at).select_related("plan__body")
    return get_object_or_404(rows.at(key).defer("search_text"), plan__slug=slug)


@may(READ_AS_MEMBER)
@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead on to the newest version of a plan that the member may read."""
    rows = versions_for(request.user, at=request.arrived_at).filter(plan__slug=slug)
    uid = rows.order_by("-number").values_list("uid", flat=True).first()
    if uid is None:
        raise Http404
    return redirect("plans:member-version", slug, uid)


@may(READ_AS_MEMBER)
@require_safe
@writes_when_opened
def version(request: HttpRequest, slug: str, key: UUID | int) -> HttpResponse:
    """A version to read: search, contents, text with my notes, process plan, focus areas."""
    row = version_to_read(request, slug, key)
    user, at, query = request.user, request.arrived_at, request.GET.get("q", "")[:200]
    beside = members.beside(row, user, at=at)
    if beside.newest is None:  # the plan as it is read now, with its consultations as they are told
        document = draft_as_told(row, on=clock.local_day(at))
    else:
        document = doc.from_json(row.content)
    notes = list(members.notes_of(user, at=at, plan=row.plan_id))
    asked = list(members.questions_for(user, at=at, frozen__plan=row.plan_id))
    said = consultation_remarks.spoken_of(row, user, at=at)
    context = {
        "version": row,
        "document": document,
        "sections": members.sections(document, notes, asked, said),
        "elsewhere": members.spoken_elsewhere(document, said),
        "beside": beside,
        "submitted": members.submitted_in(row, user),
        "gone": _gone(document, notes),
        "about_all": [one for one in asked if not one.anchor],
        "query": query,
        "words": highlighting.words_of(query),
        "hits": members.hits(document, query),
        "drawing": plan_page.timeline(document, at=at),
        "standing": standing_of_version(row, at=at),
        "decision": plan_page.decision(document, clock.local_day(at)),
        "here": request.build_absolute_uri(request.path),
    }
    if request.method == "GET":
        reading.mark_read(version=row, by=user)
    return render(request, "plans/members/version.html", context)


def _gone(document: doc.PlanDocument, notes: list[Any]) -> list[Any]:
    """Notes at paragraphs that this version does not have."""
    there = {block.anchor for section in document.text for block in section.blocks}
    return [note for note in notes if note.anchor not in there]


@may(READ_AS_MEMBER)
@require_safe
def paragraph(request: HttpRequest, slug: str, key: UUID | int, anchor: str) -> HttpResponse:
    """A lasting link to one place of a version, for agendas: an address that survives signing in,
    as what stands after a ``#`` does not."""
    row = version_to_read(request, slug, key)
    kind = row.blocks.filter(anchor=anchor).values_list("kind", flat=True).first()
    target = kind_of_block(kind).target if kind else ""
    if not target:
        raise Http404
    page = reverse("plans:member-version", args=[slug, row.uid])
    return redirect(f"{page}#{target.format(anchor)}")


@may(READ_AS_MEMBER)
@require_safe
def changes(request: HttpRequest, slug: str, key: UUID | int) -> HttpResponse:
    """Before and after, word for word: against the version read last, the one in force, or any
    other that the member may read."""
    row = version_to_read(request, slug, key)
    side = members.beside(row, request.user, at=request.arrived_at)
    if not side.others:
        raise Http404
    wanted = request.GET.get("fra", "")
    older = [one for one in side.others if one.number < row.number] or side.others
    before = next((one for one in side.others if wanted in {str(one.uid), str(one.number)}), None)
    if before is None and wanted:
        raise Http404
    before = before or side.since or side.in_force or older[0]
    content = PlanVersion.objects.values_list("content", flat=True).get(pk=before.pk)
    context = {
        "version": row,
        "before": before,
        "beside": side,
        "comparison": compare(doc.from_json(content), doc.from_json(row.content)),
    }
    return render(request, "plans/members/changes.html", context)


@may(READ_AS_MEMBER)
@require_safe
def pdf(request: HttpRequest, slug: str, key: UUID | int) -> HttpResponse:
    """The whole version as one PDF."""
    return version_paper(request, version_to_read(request, slug, key), "pdf")
