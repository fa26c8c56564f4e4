"""The remarks of a round: as a table with filters, as a board, and many changed at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from consultations.models import Remark, Round
from consultations.permissions import RUN_ROUND
from kommuneplan.access import signed_in

from .. import remarks
from ..actions import remarks as verbs
from ..actions.remarks import Many, NotAlike
from ..draft import Draft
from ..forms.around import ManyForm, marked
from ..forms.remarks import Filter
from .frame import choices_of, frame, round_to_handle

ON_BOARD = 12
COLUMNS = [
    ("ny", gettext_lazy("Not begun"), remarks.NEW),
    ("igang", gettext_lazy("Begun"), remarks.BEGUN),
    ("besvaret", gettext_lazy("Answered"), remarks.ANSWERED & ~remarks.DECIDED),
    ("afgjort", gettext_lazy("Decided otherwise by the committee"), remarks.DECIDED),
]


@signed_in
@require_safe
def table(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The remarks, twenty a page, through the filters; and what can be done to the marked ones."""
    round = round_to_handle(request, slug, uid)
    return _table_page(request, round)


def _table_page(
    request: HttpRequest, round: Round, many: ManyForm | None = None, status: int = 200
) -> HttpResponse:
    context = frame(request, round, originals=True)
    draft, choices = Draft(round), choices_of(round)
    find = Filter(request.GET, choices=choices, draft=draft, me=request.user)
    page = remarks.page_of(find.filtered(remarks.remarks_of(round)), request.GET.get("side"))
    context |= {
        "here": _("Remarks"),
        "find": find,
        "page": page,
        "spots": draft.spots,
        "many": many or _many_form(request, round, choices),
        "asked_from": request.get_full_path(),
        "marked": set(request.POST.getlist("remark")),
    }
    return render(request, "consultations/handling/table.html", context, status=status)


def _many_form(
    request: HttpRequest, round: Round, choices: remarks.Choices, data: Any = None
) -> ManyForm:
    """The form for the marked remarks, with what this person may do."""
    return ManyForm(data, choices=choices, may_decide=request.user.has_perm(RUN_ROUND, round))


@signed_in
@require_safe
def board(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The remarks by how far they are, the first of each; each column leads to its table."""
    round = round_to_handle(request, slug, uid)
    context = frame(request, round, originals=True)
    columns = [
        (code, name, list(remarks.as_lines(remarks.remarks_of(round).filter(where))[:ON_BOARD]))
        for code, name, where in COLUMNS
    ]
    counts = remarks.counted(round, {code: where for code, _name, where in COLUMNS})
    context |= {
        "here": _("Board"),
        "columns": [(code, name, rows, counts[code]) for code, name, rows in columns],
    }
    return render(request, "consultations/handling/board.html", context)


@signed_in
@require_POST
def many(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Change the marked remarks in one act; one of another round changes nothing."""
    round = round_to_handle(request, slug, uid)
    uids = marked(request.POST)
    rows = list(remarks.remarks_of(round).filter(uid__in=uids))
    form = _many_form(request, round, choices_of(round), request.POST)
    if not rows:
        messages.warning(request, _("No remark was marked, so nothing was done. Mark some first."))
    elif len(rows) != len(set(uids)):
        messages.warning(
            request,
            _("Some of the marked remarks are not in this list any more, so nothing was done."),
        )
    elif "join" in request.POST:
        _join(request, rows)
    elif not form.is_valid():
        return _table_page(request, round, form, status=422)
    elif form.cleaned_data.get("decision") and not request.user.has_perm(RUN_ROUND, round):
        raise PermissionDenied
    else:
        _told(request, _done(request, form, rows))
    return redirect(_back(request, round))


def _done(request: HttpRequest, form: ManyForm, rows: list[Remark]) -> list[Many]:
    data, answer, done = form.cleaned_data, form.copied, []
    if form.sorting:
        done.append(verbs.sort_many(remarks=rows, facts=form.sorting, by=request.user))
    if data["proposal"] or answer:
        answered = verbs.answer_many(
            remarks=rows, proposal=data["proposal"], answer=answer, by=request.user
        )
        done.append(answered)
    if data.get("decision"):
        words = data["decision_words"]
        decided = verbs.decide_many(
            remarks=rows, decision=data["decision"], words=words, by=request.user
        )
        done.append(decided)
    return done


def _told(request: HttpRequest, done: list[Many]) -> None:
    if not done:
        messages.warning(request, _("Nothing was chosen to do, so nothing was done."))
        return
    changed, left = max(one.done for one in done), sum(one.left for one in done)
    said = ngettext("%(n)d remark is changed.", "%(n)d remarks are changed.", changed)
    messages.success(request, said % {"n": changed})
    if left:
        said = ngettext(
            "%(n)d has a reply, a proposal or a decision of its own already, or is answered with "
            "another, and was left as it is.",
            "%(n)d have a reply, a proposal or a decision of their own already, or are answered "
            "with another, and were left as they are.",
            left,
        )
        messages.info(request, said % {"n": left})


def _join(request: HttpRequest, rows: list[Remark]) -> None:
    try:
        head = verbs.join_many(remarks=rows, head=None, by=request.user)
    except NotAlike:
        messages.warning(request, _("Mark at least two remarks that are to be answered together."))
        return
    said = _("They are answered together with no. %(number)d. Every sender counts.")
    messages.success(request, said % {"number": head.number})


def _back(request: HttpRequest, round: Round) -> str:
    """The list as it was filtered; nowhere else."""
    home = reverse("consultations:remark-list", args=[round.plan.slug, round.uid])
    asked = request.POST.get("back", "")
    is_here = asked == home or asked.startswith(f"{home}?")
    return asked if is_here and "\\" not in asked and "\n" not in asked else home
