"""Responses that say the same: the groups of a round, and one of them, answered as its first is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from consultations.alike.laid import alike_responses
from consultations.enums import AlikeKind
from consultations.models import AlikeGroup, Round
from kommuneplan.access import signed_in
from kommuneplan.read_only import writes_when_opened

from ..access import round_to_handle
from ..actions import alike as verbs
from ..alike_page import alike_page
from .frame import frame


@signed_in
@require_safe
def groups(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The groups of a round, the largest first."""
    round = round_to_handle(request, slug, uid)
    context = frame(request, round) | {
        "here": _("Responses that say the same"),
        "alike": alike_responses(round),
    }
    return render(request, "consultations/handling/alike_groups.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
@writes_when_opened
def group(request: HttpRequest, slug: str, uid: UUID, group: UUID) -> HttpResponse:
    """One group: the text once, and each sender with what differs. A POST answers the chosen as
    the first is answered, or takes that back (``apart``)."""
    round = round_to_handle(request, slug, uid)
    if request.method != "POST":
        return _page(request, round, group)
    row = get_object_or_404(AlikeGroup.objects.filter(round=round), uid=group)
    seen = _seen(request)
    if not seen:
        return _page(request, round, group, 422, trouble=_("Mark at least one response."))
    try:
        _act(request, row, seen)
    except verbs.GroupMoved:
        trouble = _(
            "Somebody has divided, corrected or withdrawn one of them meanwhile, so nothing was "
            "done. This is how it is now."
        )
        return _page(request, round, group, 409, trouble=trouble)
    except verbs.NotDivided:
        trouble = _("Divide the first response into remarks before the others are answered as it.")
        return _page(request, round, group, 422, trouble=trouble)
    return redirect("consultations:remark-alike-group", slug, uid, group)


def _page(
    request: HttpRequest, round: Round, group: UUID, status: int = 200, **more: Any
) -> HttpResponse:
    found = alike_page(request.GET.get("side"), group__uid=group, group__round=round)
    if found is None:
        get_object_or_404(AlikeGroup.objects.filter(round=round), uid=group)
        messages.info(request, _("There are no responses left in it that say the same."))
        return redirect("consultations:remark-alike", round.plan.slug, round.uid)
    context = frame(request, round, originals=True) | {
        "here": _("No remarks") if found.says_nothing else _("The same text"),
        "alike": found,
        **more,
    }
    return render(request, "consultations/handling/alike_group.html", context, status=status)


def _seen(request: HttpRequest) -> dict[UUID, int]:
    """The marked responses by the revision that was seen; what is no response is left out."""
    found = {}
    for value in request.POST.getlist("response")[:500]:
        uid, _colon, number = value.partition(":")
        if number.isdecimal() and len(value) < 60:
            try:
                found[UUID(uid)] = int(number)
            except ValueError:
                continue
    return found


def _act(request: HttpRequest, row: AlikeGroup, seen: dict[UUID, int]) -> None:
    """What the pressed button does, told in a message."""
    if "apart" in request.POST:
        taken = verbs.take_apart(group=row, seen=seen, by=request.user)
        said = ngettext("%(n)d remark is taken back.", "%(n)d remarks are taken back.", taken)
        messages.success(request, said % {"n": taken})
        return
    if "nothing" in request.POST and row.kind == AlikeKind.NOTHING:
        done = verbs.need_no_answer(group=row, seen=seen, by=request.user)
        said = ngettext(
            "%(n)d response is gone through.", "%(n)d responses are gone through.", done
        )
        messages.success(request, said % {"n": done})
        return
    told = request.POST.get("told", "")
    done_so = verbs.answer_as_first(group=row, seen=seen, told=told, by=request.user)
    said = ngettext(
        "%(n)d response is answered as the first. Every sender counts.",
        "%(n)d responses are answered as the first. Every sender counts.",
        done_so.responses,
    )
    messages.success(request, said % {"n": done_so.responses})
    if done_so.left:
        said = ngettext(
            "%(n)d of them says more: the rest of it is still to be divided.",
            "%(n)d of them say more: the rest of each is still to be divided.",
            done_so.left,
        )
        messages.info(request, said % {"n": done_so.left})
    if done_so.nowhere:
        said = ngettext(
            "In %(n)d nothing was found that the first is divided into; it waits as before.",
            "In %(n)d nothing was found that the first is divided into; they wait as before.",
            done_so.nowhere,
        )
        messages.warning(request, said % {"n": done_so.nowhere})
