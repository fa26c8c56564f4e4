"""A paper being written: each section's words, kept while one writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommuneplan.access import signed_in
from kommuneplan.core.templatetags.keeping_page import (
    KeepingPage,
    clock_of,
    moved_words,
    shown_by,
    written_on_words,
)
from kommuneplan.keeping import TextChoice, TextMoved, mark
from kommuneplan.locking import Conflict
from plans import form_drafts
from plans.form_drafts import AutosaveForm, sayings
from plans.models import AgendaPaper, PaperDraft, PaperSection, Plan

from .. import actions
from ..actions import AlreadyHandedIn
from ..building import live_value
from ..forms import PaperSectionForm
from ..value import ShownSection
from .papers import handed_in_already, paper_to


@dataclass
class WrittenSection:
    """One section on the page; ``theirs`` is what somebody else saved meanwhile, ``is_kept``: its
    field holds words of a draft; ``shown`` what is made from the data below it."""

    section: PaperSection
    form: PaperSectionForm
    shown: ShownSection | None = None
    theirs: PaperSection | None = None
    is_kept: bool = False


def prefix_of(section: PaperSection) -> str:
    """How the fields of a section begin."""
    return f"s-{section.uid}"


def name_of(section: PaperSection) -> str:
    """What the field of its words is called."""
    return f"{prefix_of(section)}-text"


@signed_in
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The sections of a paper, each with its words. What can be saved is saved."""
    plan, paper = paper_to(request, slug, uid)
    sent = request.POST
    data = request.POST.copy() if request.method == "POST" else None
    if paper.is_handed_in and data is None:
        return redirect("plans:agenda-paper", plan.slug, paper.uid)
    if data is not None and "settle" in data and not paper.is_handed_in:
        return _put_together(request, plan, paper, sent)
    draft = form_drafts.open_draft(paper, request.user)
    rows = _rows(paper, data, draft)
    if data is None:
        return _page(request, plan, paper, rows, draft)
    if paper.is_handed_in:
        return _too_late(request, plan, paper, rows)
    try:
        faults = [_save(row, data, request.user) for row in rows if row.form.is_bound]
    except AlreadyHandedIn:
        return _too_late(request, plan, paper, rows)
    draft = _draft_after(request, paper, rows)
    if not any(faults):
        messages.success(request, _("Saved."))
        there = "plans:agenda-paper-hand-in" if "hand_in" in data else "plans:agenda-paper-write"
        return redirect(there, plan.slug, paper.uid)
    return _page(request, plan, paper, rows, draft, code=max(faults))


def _rows(
    paper: AgendaPaper, data: QueryDict | None, draft: PaperDraft | None
) -> list[WrittenSection]:
    shown = {one.uid: one for one in live_value(paper).sections}
    kept: Mapping[str, str] = draft.fields if draft else {}
    rows = []
    for section in paper.sections.order_by("position", "pk"):
        prefix = prefix_of(section)
        sent = data if data is not None and f"{prefix}-seen" in data else None
        names = {name: f"{prefix}-{name}" for name in ("text", "seen")}
        own = {name: kept[full] for name, full in names.items() if full in kept}
        own = own if data is None else {}
        form = PaperSectionForm(sent, section=section, kept=own, prefix=prefix)
        rows.append(WrittenSection(section, form, shown.get(str(section.uid)), is_kept=bool(own)))
    return rows


def _save(row: WrittenSection, data: QueryDict, by: Any) -> int:
    """Store one section; 0, or the status of the answer that shows what is wrong with it."""
    row.is_kept = not row.form.is_valid()
    if row.is_kept:
        return 422
    try:
        row.section = actions.save_section(
            section=row.section, seen=row.form.cleaned_data["seen"], facts=row.form.facts, by=by
        )
        data[row.form.add_prefix("seen")] = str(row.section.version)
        data[row.form.add_prefix("text")] = row.section.text  # untouched words give way
    except Conflict:
        row.theirs, row.is_kept = PaperSection.objects.get(pk=row.section.pk), True
        data[row.form.add_prefix("seen")] = str(row.theirs.version)
        return 409
    return 0


def _standing(sections: Iterable[PaperSection]) -> dict[str, str]:
    """What is saved of each field, by its name."""
    return {name_of(one): one.text for one in sections}


def _saved(paper: AgendaPaper) -> list[PaperSection]:
    return list(paper.sections.order_by("position", "pk"))


def _versions(data: QueryDict, names: Iterable[str]) -> dict[str, str]:
    """The lock versions that came along with some fields."""
    wanted = {form_drafts.version_of(name) for name in names}
    return {name: data[name] for name in wanted if name in data}


def _draft_after(
    request: HttpRequest, paper: AgendaPaper, rows: list[WrittenSection]
) -> PaperDraft | None:
    """What could not be saved stays as the person's draft, and so does what another window of
    theirs has written; else there is none any more."""
    form = AutosaveForm(request.POST)
    failed = [name_of(row.section) for row in rows if row.is_kept]
    standing = _standing(_saved(paper))
    draft: PaperDraft | None = form_drafts.after_save(
        thing=paper,
        typed=form.typed(list(standing)),
        failed=[] if form.is_too_long(failed) else failed,
        versions=_versions(request.POST, standing),
        standing=standing,
        by=request.user,
    )
    return draft


def _too_late(
    request: HttpRequest, plan: Plan, paper: AgendaPaper, rows: list[WrittenSection]
) -> HttpResponse:
    """What was sent to a paper that was handed in meanwhile, and is not what it says, is kept and
    shown, to be taken along."""
    for row in rows:
        name = name_of(row.section)
        row.is_kept = request.POST.get(name, row.section.text) != row.section.text
    draft = _draft_after(request, paper, rows)
    if draft is None:
        return handed_in_already(request, paper)
    titles = {name_of(row.section): row.section.heading for row in rows}
    unsaved = [(titles[name], words) for name, words in draft.fields.items() if name in titles]
    context = {"plan": plan, "paper": paper, "unsaved": unsaved, "here": paper.title}
    return render(request, "plans/agenda_papers/too_late.html", context, status=409)


def _page(
    request: HttpRequest,
    plan: Plan,
    paper: AgendaPaper,
    rows: list[WrittenSection],
    draft: PaperDraft | None,
    code: int = 200,
) -> HttpResponse:
    sections = [row.section for row in rows]
    context = {
        "plan": plan,
        "paper": paper,
        "rows": rows,
        "here": paper.title,
        "code": code,
        "draft": draft,
        "marks": _marks(sections, draft, request.POST if code != 200 else None),
        "keeping": _keeping(request, paper, sections, draft),
        "sayings": sayings(),
    }
    return render(request, "plans/agenda_papers/write.html", context, status=code)


def _marks(
    sections: list[PaperSection], draft: PaperDraft | None, sent: QueryDict | None
) -> dict[str, str]:
    """The marks of what the page shows; of words that have just come and are not kept as they
    came, those that came with them."""
    stored = _standing(sections) | (dict(draft.fields) if draft else {})
    marks = {name: mark(words) for name, words in stored.items()}
    for name in marks if sent else ():
        if f"seen.{name}" in sent and sent.get(name) != stored[name]:
            marks[name] = sent[f"seen.{name}"]
    return marks


def _keeping(
    request: HttpRequest,
    paper: AgendaPaper,
    sections: list[PaperSection],
    draft: PaperDraft | None,
    *,
    sent: str = "",
) -> KeepingPage:
    """The open page of a paper; what stands in a field is the person's draft, or what is saved."""
    return KeepingPage(
        windows=form_drafts.windows_of(paper, request.user),
        stored=_standing(sections) | (dict(draft.fields) if draft else {}),
        labels={name_of(one): one.heading for one in sections},
        at=request.arrived_at,
        sent=sent,
        is_own=True,
    )


# --- kept while one writes ------------------------------------------------------------------------


@signed_in
@require_POST
def keep(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Autosave, asked by the page every few seconds; answers with what became of it."""
    _plan, paper = paper_to(request, slug, uid)
    form, sections = AutosaveForm(request.POST), _saved(paper)
    standing = _standing(sections)
    said = _("The paper has been handed in.") if paper.is_handed_in else ""
    if form.is_valid() and form.is_too_long(standing):
        said = _("The text is too long. Shorten it, or write it in a document of its own.")
    if said or not form.is_valid():
        return JsonResponse({"state": "refused", "said": said}, status=422)
    typed = form.typed(list(standing))
    done, draft = form_drafts.keep_draft(
        thing=paper,
        typed=typed,
        versions=_versions(request.POST, typed.words),
        standing=standing,
        by=request.user,
    )
    kept = draft if draft.is_open else None
    page = _keeping(request, paper, sections, kept, sent=typed.page)
    outdated = any(_is_outdated(one, draft.fields) for one in sections)
    more = {"state": "kept", "at": clock_of(draft.saved_at), "outdated": outdated}
    return JsonResponse(page.told(typed, done, request.POST, **more))


def _is_outdated(section: PaperSection, fields: Mapping[str, str]) -> bool:
    """Somebody else has saved this section since, with other words."""
    seen = fields.get(f"{prefix_of(section)}-seen")
    mine = fields.get(name_of(section), section.text)
    return seen is not None and seen != str(section.version) and mine != section.text


def _put_together(
    request: HttpRequest, plan: Plan, paper: AgendaPaper, sent: QueryDict
) -> HttpResponse:
    """The texts of two windows of one person: both kept as they were typed, then as was chosen."""
    form, standing = AutosaveForm(sent), _standing(_saved(paper))
    typed, versions = form.typed(list(standing)), _versions(sent, standing)
    facts = {"thing": paper, "standing": standing, "versions": versions, "by": request.user}
    if not form.is_too_long(standing):
        form_drafts.keep_draft(typed=typed, **facts)
    choice = TextChoice.read(sent["settle"])
    try:
        if choice is None:
            raise TextMoved
        form_drafts.settle_beside(choice=choice, page=typed.page, **facts)
    except TextMoved:
        messages.warning(request, moved_words())
    else:
        messages.success(
            request, _("It stands in the field as you chose. Look it through and save.")
        )
    return redirect("plans:agenda-paper-write", plan.slug, paper.uid)


@signed_in
@require_POST
def discard(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Throw away what one has written and not saved."""
    plan, paper = paper_to(request, slug, uid)
    try:
        form_drafts.discard_draft(thing=paper, by=request.user, typed=shown_by(request.POST))
    except TextMoved:
        messages.warning(request, written_on_words())
    else:
        messages.success(
            request, _("Your unsaved text is thrown away. This is the paper as it is saved.")
        )
    return redirect("plans:agenda-paper-write", plan.slug, paper.uid)
