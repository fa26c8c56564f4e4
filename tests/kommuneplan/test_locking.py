"""Nobody overwrites what they have not seen."""

import pytest

from kommuneplan.core.models import Body
from kommuneplan.locking import Conflict

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return Body.objects.create(name="Socialudvalget", kind="committee")


def test_the_second_of_two_editors_is_told_and_stores_nothing(body):
    mine, theirs = Body.objects.get(pk=body.pk), Body.objects.get(pk=body.pk)
    theirs.abbreviation = "SUD"
    theirs.save()
    mine.abbreviation = "SU"
    with pytest.raises(Conflict) as conflict:
        mine.save()
    assert conflict.value.mine.abbreviation == "SU"
    body.refresh_from_db()
    assert body.abbreviation == "SUD"
    assert body.history.count() == 2


def test_the_same_editor_saves_again_and_again(body):
    for abbreviation in ("A", "B", "C"):
        body.abbreviation = abbreviation
        body.save()
    body.save(update_fields=["abbreviation"])
    assert Body.objects.get(pk=body.pk).version == 5


def test_after_a_conflict_the_row_still_states_what_it_has_seen(body):
    stale = Body.objects.get(pk=body.pk)
    body.save()
    for _attempt in range(2):
        with pytest.raises(Conflict):
            stale.save()
    assert stale.version == 1


def test_a_row_deleted_meanwhile_is_a_conflict_and_does_not_come_back(body):
    stale = Body.objects.get(pk=body.pk)
    body.delete()
    with pytest.raises(Conflict):
        stale.save()
    assert not Body.objects.exists()
