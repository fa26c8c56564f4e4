"""The rounds that the other tests start from are as rounds are."""

from __future__ import annotations

import pytest

from consultations.enums import PartyState, RoundState
from consultations.models import Invitation
from kommuneplan import clock
from tests.consultations.round_factories import (
    a_question,
    a_response,
    a_round,
    an_invitation,
    anchors,
)

pytestmark = pytest.mark.django_db


def test_an_open_round_with_a_party_that_has_answered():
    round = a_round()
    invitation = an_invitation(round)
    a_question(round)
    response = a_response(round, invitation=invitation, text="Vi er enige.")
    assert round.state_at(clock.now()) == RoundState.OPEN
    assert Invitation.objects.by_token(invitation.token).get() == invitation
    assert invitation.state_at(clock.now(), response) == PartyState.ANSWERED
    assert len(anchors(round)) == 3
    assert response.newest.content["text"] == "Vi er enige."
    assert (response.number, a_response(round).number) == (1, 2)
