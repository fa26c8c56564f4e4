"""The numbers of a round's responses, given one after another."""

from __future__ import annotations

from consultations.models import Round


def next_number(round: Round) -> int:
    """The number of the next response. The caller holds the round's row locked.

    The round's lock version and history stay as they are: that somebody has answered is no
    change of the round, and must not come between a secretary and a form.
    """
    number = round.next_response
    round.next_response = number + 1
    Round.objects.filter(pk=round.pk).update(next_response=number + 1)
    return number
