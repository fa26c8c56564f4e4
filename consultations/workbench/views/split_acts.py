"""What the buttons of the workbench do while a response is split into remarks."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.handling.actions import remarks as handling
from consultations.handling.actions import splitting
from consultations.models import Remark
from kommuneplan.locking import seen_in

from .press import NotDone, Press, marked, one_of, passage_of, stay


def each(press: Press) -> HttpResponse:
    """Every paragraph that is in no remark becomes one; what was given on a paragraph of the draft
    stays one."""
    cut = press.bench.cut
    passages = []
    for part in cut.cuts:
        if part.place.is_given and not part.remarks:
            passages.append(part.place.whole)
        else:
            passages += [one.passage for one in part.pieces if one.remark is None]
    if cut.whole or not passages:
        raise NotDone(_("There was nothing to make a remark of."))
    _told_made(press, splitting.split(passages=passages, **press.split))
    return stay(press)


def cut(press: Press) -> HttpResponse:
    """The marked words, or the paragraph whose button was pressed, become a remark; under the
    theme, if one was pressed."""
    theme, _colon, passage = press.rest.partition("@")
    one = passage_of(passage) if passage else marked(press)
    try:
        made = splitting.split(passages=[one], **press.split)
    except ValueError:
        raise NotDone(_("No words were chosen, so nothing was done."), 422) from None
    themes = press.bench.choices.of("theme")
    if found := next((row for row in themes if str(row.uid) == theme), None):
        handling.sort_many(
            remarks=made,
            facts={"theme": press.bench.round.themes.get(pk=found.pk)},
            by=press.request.user,
        )
    _told_made(press, made)
    return stay(press)


def whole(press: Press) -> HttpResponse:
    """The response is handled as one remark."""
    try:
        splitting.handle_whole(**press.split)
    except ValueError:
        raise NotDone(_("There was nothing to make a remark of."), 422) from None
    press.say(_("The response is handled as one remark."))
    return stay(press)


def done(press: Press) -> HttpResponse:
    """What is in no remark needs no answer."""
    splitting.finish(**press.split)
    press.say(_("The response is gone through."))
    return stay(press)


def retire(press: Press) -> HttpResponse:
    """A remark is taken back; its number is not used again."""
    row = one_of(press)
    sent = seen_in(press.request.POST.get(f"b{row.number}-seen", ""))
    seen = press.saved.get(row.number, sent)
    splitting.retire_remark(remark=row, seen=seen, by=press.request.user)
    press.say(_("Remark no. %(number)d is taken back.") % {"number": row.number})
    return stay(press)


def _told_made(press: Press, made: list[Remark]) -> None:
    said = ngettext("%(n)d remark is made.", "%(n)d remarks are made.", len(made))
    press.say(said % {"n": len(made)})
