"""A yearly status being made: each focus area's words and decision, kept while one writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommuneplan.access import signed_in
from kommuneplan.clock import today
from kommuneplan.core.templatetags.keeping_page import (
    KeepingPage,
    clock_of,
    moved_words,
    shown_by,
    written_on_words,
)
from kommuneplan.keeping import TextChoice, TextMoved, mark
from kommuneplan.locking import Conflict
from plans import form_drafts as drafts
from plans.enums import FocusDecision, StatusState
from plans.form_drafts import AutosaveForm, sayings
from plans.models import FocusStatus, Matter, Milestone, Plan, StatusDraft, YearlyStatus
from plans.permissions import RUN_STATUS

from .. import yearly
from ..actions import areas
from ..forms import EntryForm, SummaryForm
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
    if data is not None and this.state != StatusState.CLOSED and "settle" in data:
        return _put_together(request, plan, this, sent)
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


def _kept(draft: StatusDraft | None, prefix: str) -> dict[str, str]:
    """The draft's words of one focus area, by field."""
    fields: Mapping[str, str] = draft.fields if draft else {}
    names = {name: f"{prefix}-{name}" for name in (*EntryForm.NAMES, "seen")}
    return {name: fields[full] for name, full in names.items() if full in fields}


def _standing(this: YearlyStatus, entries: Iterable[FocusStatus]) -> dict[str, str]:
    """What is saved of each field of the form, by its name."""
    areas = {
        f"{prefix_of(entry)}-{name}": str(getattr(entry, name))
        for entry in entries
        for name in EntryForm.NAMES
    }
    return {**areas, "summary": this.summary}


def _versions(data: QueryDict, names: Iterable[str]) -> dict[str, str]:
    """The lock versions that came along with some fields."""
    wanted = {drafts.version_of(name) for name in names}
    return {name: data[name] for name in wanted if name in data}


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
    """What could not be saved stays as the person's draft, and so does what another window of
    theirs has written; else there is none any more."""
    form = AutosaveForm(sent)
    failed = [name for row in rows if row.is_kept for name in _words_of(row.entry)]
    failed += ["summary"] if wrong else []
    this.refresh_from_db()
    standing = _standing(this, yearly.entries_of(this))
    typed = form.typed(list(standing))
    return drafts.after_save(
        thing=this,
        typed=typed,
        failed=[] if form.is_too_long(failed) else failed,
        versions=_versions(sent, standing),
        standing=standing,
        by=request.user,
    )


def _words_of(entry: FocusStatus) -> list[str]:
    return [f"{prefix_of(entry)}-{name}" for name in EntryForm.NAMES]


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
        "marks": _marks(this, rows, draft, request.POST if code != 200 else None),
        "keeping": keeping_page(request, this, [row.entry for row in rows], draft),
        "sayings": sayings(),
    }
    name = "closed" if this.state == StatusState.CLOSED else "status"
    return render(request, f"plans/focus/{name}.html", context, status=code)


def _marks(
    this: YearlyStatus,
    rows: list[StatusRow],
    draft: StatusDraft | None,
    sent: QueryDict | None,
) -> dict[str, str]:
    """The marks of what the page shows; of words that have just come and are not kept as they
    came, those that came with them."""
    stored = _standing(this, [row.entry for row in rows]) | (dict(draft.fields) if draft else {})
    marks = {name: mark(words) for name, words in stored.items()}
    for name in marks if sent else ():
        if f"seen.{name}" in sent and sent.get(name) != stored[name]:
            marks[name] = sent[f"seen.{name}"]
    return marks


def keeping_page(
    request: HttpRequest,
    this: YearlyStatus,
    entries: list[FocusStatus],
    draft: StatusDraft | None,
    *,
    sent: str = "",
) -> KeepingPage:
    """The open page of a status; what stands in a field is the person's draft, or what is saved."""
    names = {"words": _("Status in words"), "decision": _("Decision"), "reason": _("Reason")}
    labels = {
        f"{prefix_of(entry)}-{name}": f"{entry.focus_area.title}: {label}"
        for entry in entries
        for name, label in names.items()
    }
    choices = {value: str(capfirst(label)) for value, label in FocusDecision.choices}
    decisions = [f"{prefix_of(entry)}-decision" for entry in entries]
    return KeepingPage(
        windows=drafts.windows_of(this, request.user),
        stored=_standing(this, entries) | (dict(draft.fields) if draft else {}),
        labels={**labels, "summary": _("The year in words")},
        at=request.arrived_at,
        sent=sent,
        is_own=True,
        single=frozenset(decisions),
        values=dict.fromkeys(decisions, choices),
    )


def _matter(this: YearlyStatus) -> Matter | None:
    rows = Matter.objects.filter(plans__version=this.frozen_id) if this.frozen_id else None
    return rows.order_by("pk").last() if rows is not None else None


# --- kept while one writes ---------------------------------------------------------------------


@signed_in
@require_POST
def keep(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Autosave, asked by the page every few seconds; answers with what became of it."""
    _plan, this = status_to_edit(request, slug, year)
    form, entries = AutosaveForm(request.POST), yearly.entries_of(this)
    standing = _standing(this, entries)
    said = closed_meanwhile() if this.state == StatusState.CLOSED else ""
    if form.is_valid() and form.is_too_long(standing):
        said = _("The text is too long. Shorten it, or write it in a document of its own.")
    if said or not form.is_valid():
        return JsonResponse({"state": "refused", "said": said}, status=422)
    typed = form.typed(list(standing))
    done, draft = drafts.keep_draft(
        thing=this,
        typed=typed,
        versions=_versions(request.POST, typed.words),
        standing=standing,
        by=request.user,
    )
    outdated = any(_is_outdated(entry, draft.fields) for entry in entries)
    kept = draft if draft.is_open else None
    page = keeping_page(request, this, entries, kept, sent=typed.page)
    more = {"state": "kept", "at": clock_of(draft.saved_at), "outdated": outdated}
    return JsonResponse(page.told(typed, done, request.POST, **more))


def _put_together(
    request: HttpRequest, plan: Plan, this: YearlyStatus, sent: QueryDict
) -> HttpResponse:
    """The texts of two windows of one person: both kept as they were typed, then as was chosen."""
    form, entries = AutosaveForm(sent), yearly.entries_of(this)
    standing = _standing(this, entries)
    typed, versions = form.typed(list(standing)), _versions(sent, standing)
    if not form.is_too_long(standing):
        drafts.keep_draft(
            thing=this, typed=typed, versions=versions, standing=standing, by=request.user
        )
    choice = TextChoice.read(sent["settle"])
    try:
        if choice is None:
            raise TextMoved
        drafts.settle_beside(
            thing=this,
            choice=choice,
            page=typed.page,
            standing=standing,
            versions=versions,
            by=request.user,
        )
    except TextMoved:
        messages.warning(request, moved_words())
    else:
        messages.success(
            request, _("It stands in the field as you chose. Look it through and save.")
        )
    return redirect("plans:status", slug=plan.slug, year=this.year)


def _is_outdated(entry: FocusStatus, fields: Mapping[str, str]) -> bool:
    """Somebody else has saved this focus area since, with other words."""
    prefix = prefix_of(entry)
    seen = fields.get(f"{prefix}-seen")
    mine = [fields.get(f"{prefix}-{name}", getattr(entry, name)) for name in EntryForm.NAMES]
    theirs = [getattr(entry, name) for name in EntryForm.NAMES]
    return seen is not None and seen != str(entry.version) and mine != theirs


@signed_in
@require_POST
def discard(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Throw away what one has written and not saved."""
    plan, this = status_to_edit(request, slug, year)
    try:
        drafts.discard_draft(thing=this, by=request.user, typed=shown_by(request.POST))
    except TextMoved:
        messages.warning(request, written_on_words())
    else:
        messages.success(
            request, _("Your unsaved text is thrown away. This is the status as it is saved.")
        )
    return redirect("plans:status", slug=plan.slug, year=year)
