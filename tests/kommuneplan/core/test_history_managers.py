"""The history of a row is asked as before, through a class that is made once."""

import pytest

from plans.models import Plan
from tests.factories import a_plan, committee

pytestmark = pytest.mark.django_db


def test_one_class_for_all_rows_and_each_row_its_own_history():
    one, other = a_plan("Første"), a_plan("Anden")
    one.save()
    assert type(one.history) is type(other.history) is type(Plan.history)
    assert type(committee().history) is type(Plan.history)
    assert (one.history.count(), other.history.count()) == (2, 1)
    assert Plan.history.count() == 3
    assert one.history.latest().title == "Første"
    assert one.history.as_of(one.history.earliest().history_date).title == "Første"
