"""A yearly status being made: each focus area's words and decision, kept while one writes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommuneplan.access import signed_in
from kommuneplan.clock import COPENHAGEN, today
from kommuneplan.locking import Conflict
from plans.enums import FocusDecision, StatusState
from plans.models import FocusStatus, Matter, Milestone, Plan, StatusDraft, YearlyStatus
from plans.permissions import RUN_STATUS
from plans.text.actions.sections import Kept, mark

from .. import yearly
from ..actions import areas, drafts
from ..forms import EntryForm, StatusAutosaveForm, SummaryForm, sayings
from .status import closed_meanwhile, status_to_edit

SUMMARY = ("summary", "seen")


@dataclass
class StatusRow:
    """One focus area on the page of a status; ``theirs`` is what somebody else saved meanwhile,
    ``is_kept``: its fields hold words of a draft."""

    entry: FocusStatus
    form: EntryForm
    milestones: list[Milestone]
    before: FocusStatus | None = None
    theirs: FocusStatus | None = None
    is_kept: bool = False


@signed_in
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Where each focus area stands: milestones, words, decision. What can be saved is saved."""
    plan, this = status_to_edit(request, slug, year)
    data = request.POST.copy() if request.method == "POST" else None
    draft = drafts.open_draft(this, request.user)
    rows = _rows(plan, this, data, draft)
    summary = SummaryForm(data, initial=_summary(this, draft))
    sent = request.POST  # with the versions that were seen; ``data`` gets those of the answer
    if data is not None and this.state == StatusState.CLOSED:
        messages.warning(request, closed_meanwhile())
        draft = _too_late(request, this, rows) or draft
    if data is None or this.state == StatusState.CLOSED:
        return _status_page(request, plan, this, rows, summary, draft)
    faults = [_save_row(row, data, request.user) for row in rows if row.form.is_bound]
    wrong = _save_summary(this, summary, data, request.user)
    draft = _draft_after(request, this, rows, wrong, sent)
    if not any([*faults, wrong]):
        messages.success(request, _("Saved."))
        if "close" in data:
            return redirect("plans:status-close", slug=plan.slug, year=year)
        if "add" in data:
            return redirect(reverse("plans:focus-add", args=[plan.slug]) + "?til=status")
        return redirect("plans:status", slug=plan.slug, year=year)
    this.refresh_from_db()
    return _status_page(request, plan, this, rows, summary, draft, code=max([*faults, wrong]))


def _rows(
    plan: Plan, this: YearlyStatus, data: QueryDict | None, draft: StatusDraft | None
) -> list[StatusRow]:
    entries = yearly.entries_of(this)
    milestones = yearly.milestones_of_year([entry.focus_area for entry in entries], this.year)
    earlier = plan.yearly_statuses.filter(year__lt=this.year).order_by("-year").first()
    before = (
        {row.focus_area_id: row for row in earlier.entries.select_related("status")}
        if earlier
        else {}
    )
    rows = []
    for entry in entries:
        prefix = prefix_of(entry)
        sent = data if data is not None and f"{prefix}-seen" in data else None
        kept = _kept(draft, prefix) if data is None else {}
        form = EntryForm(sent, entry=entry, kept=kept, prefix=prefix)
        area = entry.focus_area_id
        found = milestones.get(area, [])
        rows.append(StatusRow(entry, form, found, before.get(area), is_kept=bool(kept)))
    return rows


def prefix_of(entry: FocusStatus) -> str:
    """How the fields of a focus area begin."""
    return f"o-{entry.focus_area.uid}"


def _names(entry: FocusStatus) -> list[str]:
    return [f"{prefix_of(entry)}-{name}" for name in (*EntryForm.NAMES, "seen")]


def _kept(draft: StatusDraft | None, prefix: str) -> dict[str, str]:
    """The draft's words of one focus area, by field; a choice taken away is one too."""
    fields: Mapping[str, str] = draft.fields if draft else {}
    if f"{prefix}-seen" not in fields:
        return {}
    return {name: fields.get(f"{prefix}-{name}", "") for name in (*EntryForm.NAMES, "seen")}


def _summary(this: YearlyStatus, draft: StatusDraft | None) -> dict[str, Any]:
    words = {"summary": this.summary, "seen": this.version}
    return {**words, **{n: draft.fields[n] for n in SUMMARY if draft and n in draft.fields}}


def _save_row(row: StatusRow, data: QueryDict, by: Any) -> int:
    """Store one row; 0, or the status of the answer that shows what is wrong with it."""
    row.is_kept = not row.form.is_valid()
    if row.is_kept:
        return 422
    try:
        row.entry = areas.save_entry(
            entry=row.entry, seen=row.form.cleaned_data["seen"], facts=row.form.facts, by=by
        )
        data[row.form.add_prefix("seen")] = str(row.entry.version)
        for name, value in row.form.facts.items():  # untouched words give way to what stands
            if getattr(row.entry, name) != value:
                data[row.form.add_prefix(name)] = getattr(row.entry, name)
    except Conflict as conflict:
        row.theirs, row.is_kept = conflict.mine, True  # type: ignore[assignment]
        row.theirs.refresh_from_db()
        data[row.form.add_prefix("seen")] = str(row.theirs.version)
        return 409
    return 0


def _save_summary(this: YearlyStatus, form: SummaryForm, data: QueryDict, by: Any) -> int:
    if "seen" not in data:
        return 0
    if not form.is_valid():
        return 422
    try:
        facts = {"summary": form.cleaned_data["summary"]}
        saved = areas.edit_status(status=this, seen=form.cleaned_data["seen"], facts=facts, by=by)
        data["seen"] = str(saved.version)
    except Conflict:
        stored = YearlyStatus.objects.get(pk=this.pk)
        form.theirs = stored.summary  # type: ignore[attr-defined]
        data["seen"] = str(stored.version)
        return 409
    return 0


def _draft_after(
    request: HttpRequest, this: YearlyStatus, rows: list[StatusRow], wrong: int, sent: QueryDict
) -> StatusDraft | None:
    """What could not be saved stays as the person's draft; else there is none any more."""
    form = StatusAutosaveForm(sent)
    where = form.where if form.is_valid() else {"page": "", "sequence": 0, "known": ""}
    names = [name for row in rows if row.is_kept for name in _names(row.entry)]
    names += SUMMARY if wrong else ()
    fields = form.typed(names)
    if not fields or form.is_too_long(names):
        drafts.close_draft(status=this, by=request.user, **where)
        return None
    return drafts.keep_draft(status=this, fields=fields, by=request.user, **where)[1]


def _too_late(
    request: HttpRequest, this: YearlyStatus, rows: list[StatusRow]
) -> StatusDraft | None:
    """What was sent to a status that is closed, and is not what it says."""
    for row in rows:
        said = [(f"{prefix_of(row.entry)}-{n}", getattr(row.entry, n)) for n in EntryForm.NAMES]
        row.is_kept = any(request.POST.get(name, words) != words for name, words in said)
    wrong = int(request.POST.get("summary", this.summary) != this.summary)
    return _draft_after(request, this, rows, wrong, request.POST)


def _unsaved(draft: StatusDraft | None, rows: list[StatusRow]) -> list[tuple[str, str]]:
    """The words of a draft, with what they are about."""
    fields: Mapping[str, str] = draft.fields if draft else {}
    names = [
        (row.entry.focus_area.title, f"{prefix_of(row.entry)}-{name}")
        for row in rows
        for name in ("words", "reason")
    ]
    names.append((_("The year as a whole"), "summary"))
    return [(title, fields[name]) for title, name in names if fields.get(name)]


def _status_page(
    request: HttpRequest,
    plan: Plan,
    this: YearlyStatus,
    rows: list[StatusRow],
    summary: SummaryForm,
    draft: StatusDraft | None,
    code: int = 200,
) -> HttpResponse:
    context = {
        "plan": plan,
        "status": this,
        "rows": rows,
        "summary": summary,
        "undecided": yearly.undecided([row.entry for row in rows]),
        "here": _("Yearly status %(year)s") % {"year": this.year},
        "today": today(),
        "code": code,
        "may_run": request.user.has_perm(RUN_STATUS, plan),
        "matter": _matter(this),
        "change": any(row.entry.decision == FocusDecision.CHANGE for row in rows),
        "draft": draft,
        "unsaved": _unsaved(draft, rows),
        "summary_is_kept": bool(draft and "summary" in draft.fields),
        "known": mark(draft),
        "page": secrets.token_hex(8),
        "sayings": sayings(),
    }
    name = "closed" if this.state == StatusState.CLOSED else "status"
    return render(request, f"plans/focus/{name}.html", context, status=code)


def _matter(this: YearlyStatus) -> Matter | None:
    rows = Matter.objects.filter(plans__version=this.frozen_id) if this.frozen_id else None
    return rows.order_by("pk").last() if rows is not None else None


# --- kept while one writes ---------------------------------------------------------------------


@signed_in
@require_POST
def keep(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Autosave, asked by the page every few seconds; answers with what became of it."""
    _plan, this = status_to_edit(request, slug, year)
    form, entries = StatusAutosaveForm(request.POST), yearly.entries_of(this)
    names = [*SUMMARY, *(name for entry in entries for name in _names(entry))]
    said = closed_meanwhile() if this.state == StatusState.CLOSED else ""
    if form.is_valid() and form.is_too_long(names):
        said = _("The text is too long. Shorten it, or write it in a document of its own.")
    if said or not form.is_valid():
        return JsonResponse({"state": "refused", "said": said}, status=422)
    fields = form.typed(names)
    kept, draft = drafts.keep_draft(status=this, fields=fields, by=request.user, **form.where)
    if kept is Kept.ELSEWHERE:
        return JsonResponse({"state": "elsewhere"}, status=409)
    at = draft.saved_at.astimezone(COPENHAGEN)
    outdated = any(_is_outdated(entry, fields) for entry in entries)
    return JsonResponse({"state": "kept", "at": f"{at:%H.%M}", "outdated": outdated})


def _is_outdated(entry: FocusStatus, fields: Mapping[str, str]) -> bool:
    """Somebody else has saved this focus area since, with other words."""
    prefix = prefix_of(entry)
    seen = fields.get(f"{prefix}-seen")
    mine = [fields.get(f"{prefix}-{name}", "") for name in EntryForm.NAMES]
    theirs = [getattr(entry, name) for name in EntryForm.NAMES]
    return seen is not None and seen != str(entry.version) and mine != theirs


@signed_in
@require_POST
def discard(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Throw away what one has written and not saved."""
    plan, this = status_to_edit(request, slug, year)
    drafts.close_draft(status=this, by=request.user)
    messages.success(
        request, _("Your unsaved text is thrown away. This is the status as it is saved.")
    )
    return redirect("plans:status", slug=plan.slug, year=year)
