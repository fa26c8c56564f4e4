"""What was hidden in the draft that was sent out is no longer quoted by remarks on it."""

from __future__ import annotations

import pytest

from consultations.handling.actions import splitting
from consultations.models import Remark
from plans.versions.actions.redacting import redact_blocks
from plans.versions.verification import verify
from tests.consultations.handled import a_closed_round, a_long_response
from tests.consultations.round_factories import anchors

pytestmark = pytest.mark.django_db

QUOTED = "Vi åbner et værksted."


def test_a_remark_quotes_what_stands_there_now_in_its_history_too():
    round = a_closed_round()
    response = a_long_response(round)
    splitting.accept_given(response=response, seen=response.version, by=None)
    remark = Remark.objects.get(quote=QUOTED)
    redact_blocks(version=round.frozen, anchors=[anchors(round)[1]], reason="Et navn", by=None)
    remark.refresh_from_db()
    assert remark.quote.startswith("Fjernet den ") and remark.words
    assert not Remark.history.filter(quote=QUOTED)
    assert QUOTED not in remark.search_text
    assert verify().faults == []
