"""Two people answer the same group at the same time: one wins, and the others are told."""

from __future__ import annotations

import pytest

from consultations.alike import actions as alike
from consultations.handling.actions import splitting
from consultations.models import AlikeGroup, Remark, Response
from kommuneplan.core.models import Municipality, User
from tests.consultations.handled import a_closed_round
from tests.consultations.round_factories import a_response
from tests.factories import secretary
from tests.races import race

from .written_campaigns import CAMPAIGNS

pytestmark = pytest.mark.django_db(transaction=True)

HERE = "tests.consultations.alike.test_alike_races"


def answer_it(_number: int, group: int, told: str, seen: list[str], by: int) -> str:
    """Everybody answers the same responses as the first."""
    import uuid

    from consultations.handling.actions import alike as verbs

    row = AlikeGroup.objects.get(pk=group)
    chosen = {uuid.UUID(one): 1 for one in seen}
    user = User.objects.get(pk=by)
    try:
        return str(verbs.answer_as_first(group=row, seen=chosen, told=told, by=user).responses)
    except verbs.GroupMoved:
        return "moved"


def test_one_wins_and_the_others_are_told():
    from consultations.handling.alike_page import alike_page

    Municipality.objects.create(pk=1, name="Prøve Kommune")
    round = a_closed_round()
    for name in ("Anne", "Bodil", "Carl"):
        a_response(round, name=name, text=CAMPAIGNS[0])
    alike.lay_now(round)
    first = Response.objects.get(name="Anne")
    whole = splitting.handle_whole(response=first, seen=1, by=None)
    group = round.alike_groups.get()
    others = [str(one.uid) for one in Response.objects.exclude(pk=first.pk)]
    told = alike_page(None, group=group).told
    by = secretary(body=round.plan.body.name).pk
    outcomes = race(f"{HERE}:answer_it", 3, group.pk, told, others, by)
    assert sorted(outcomes) == ["2", "moved", "moved"]
    assert Remark.objects.filter(same_as=whole).count() == 2
    assert list(Remark.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
