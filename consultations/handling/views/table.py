"""The remarks of a round: as a table with filters, as a board, and many changed at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from consultations.models import Round
from consultations.permissions import RUN_ROUND
from kommuneplan.access import signed_in
from kommuneplan.read_only import writes_when_opened

from .. import remarks
from ..access import round_to_handle
from ..actions.many import Untold, change_many
from ..actions.remarks import NotAlike
from ..draft import Draft
from ..forms.around import GONE_FROM_LIST, ManyForm, marked
from ..forms.remarks import Filter
from ..many_changes import ChosenPart, ManyOutcome
from .frame import choices_of, frame, told_first

ON_BOARD = 12
COLUMNS = [
    ("ny", gettext_lazy("Not begun"), remarks.NEW),
    ("igang", gettext_lazy("Begun"), remarks.BEGUN),
    ("besvaret", gettext_lazy("Answered"), remarks.ANSWERED & ~remarks.DECIDED),
    ("afgjort", gettext_lazy("Decided otherwise by the committee"), remarks.DECIDED),
]


@signed_in
@require_safe
@writes_when_opened
def table(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The remarks, twenty a page, through the filters; and what can be done to the marked ones."""
    round = round_to_handle(request, slug, uid)
    return _table_page(request, round)


def _table_page(
    request: HttpRequest, round: Round, many: ManyForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """The table as it was filtered; with what was chosen for the marked, where it could not be
    used."""
    asked_from = request.get_full_path() if many is None else _back(request, round)
    asked = QueryDict(urlsplit(asked_from).query)
    context = frame(request, round, originals=True)
    draft, choices = Draft(round), choices_of(round)
    find = Filter(asked, choices=choices, draft=draft, me=request.user)
    page = remarks.page_of(find.filtered(remarks.remarks_of(round)), asked.get("side"))
    context |= {
        "here": _("Remarks"),
        "find": find,
        "page": page,
        "asked": asked,
        "spots": draft.spots,
        "many": many or _many_form(request, round, choices),
        "asked_from": asked_from,
        "marked": set(request.POST.getlist("remark")),
        **more,
    }
    return render(request, "consultations/handling/table.html", context, status=status)


def _many_form(
    request: HttpRequest, round: Round, choices: remarks.Choices, data: Any = None
) -> ManyForm:
    """The form for the marked remarks, with what this person may do."""
    return ManyForm(data, choices=choices, may_decide=request.user.has_perm(RUN_ROUND, round))


@signed_in
@require_safe
@writes_when_opened
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
@require_http_methods(["GET", "POST"])
def many(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Change the marked remarks in one act; one of another round changes nothing. What would be
    left out of what was chosen is shown first (``told``); ``again`` goes back with the choice. A
    link on such a page leads to the list."""
    round = round_to_handle(request, slug, uid)
    if request.method == "GET":
        home = reverse("consultations:remark-list", args=[slug, uid])
        return redirect(f"{home}?{request.GET.urlencode()}")
    form = _many_form(request, round, choices_of(round), request.POST)
    uids, trouble = marked(request.POST)
    rows = list(remarks.remarks_of(round).filter(uid__in=uids))
    if not trouble and len(rows) != len(uids):
        trouble = str(GONE_FROM_LIST)
    if not form.is_valid() or trouble:
        return _table_page(request, round, form, 422, trouble=trouble)
    if "again" in request.POST:
        return _table_page(request, round, form)
    wish = form.wish(together="join" in request.POST)
    if wish.is_empty:
        trouble = _("Nothing was chosen to do, so nothing was done.")
        return _table_page(request, round, form, 422, trouble=trouble)
    try:
        done = change_many(
            remarks=rows, wish=wish, told=request.POST.get("told", ""), by=request.user
        )
    except Untold as untold:
        return told_first(request, round, untold.outcome, _("Change the marked remarks"))
    except NotAlike:
        trouble = _("Mark at least two remarks that are to be answered together.")
        return _table_page(request, round, form, 422, trouble=trouble)
    _tell(request, done)
    return redirect(_back(request, round))


def _tell(request: HttpRequest, done: ManyOutcome) -> None:
    changed = {number for one in done.used for number in one.numbers}
    if done.head is not None:
        said = _("They are answered together with no. %(number)d. Every sender counts.")
        messages.success(request, said % {"number": done.head})
        changed -= done.numbers(ChosenPart.TOGETHER)
    if changed:
        said = ngettext("%(n)d remark is changed.", "%(n)d remarks are changed.", len(changed))
        messages.success(request, said % {"n": len(changed)})
    if not done.used:
        messages.info(request, _("Nothing was changed: all that was chosen was left out."))


def _back(request: HttpRequest, round: Round) -> str:
    """The list as it was filtered; nowhere else."""
    home = reverse("consultations:remark-list", args=[round.plan.slug, round.uid])
    asked = request.POST.get("back", "")
    is_here = asked == home or asked.startswith(f"{home}?")
    return asked if is_here and "\\" not in asked and "\n" not in asked else home
