"""Every page of the workspace, as it is shown and as it comes back when a form was sent empty:
nothing for axe to find, nothing wider than the window, headings in order, by day, in the dark and
with the reader's own colours.

Which pages there are is told by the table of ``tests/test_access.py``, in which every route stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.consultations.handled import a_closed_round, handler
from tests.consultations.round_factories import a_response
from tests.consultations.workbench.test_workbench import Window, opened
from tests.eyes.looking import look, show
from tests.plans.matters import consulted, ready_plan
from tests.standing import signed_in, standing
from tests.test_access import WORK, Household

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.browser,
    pytest.mark.no_cover,
    pytest.mark.one_database,  # what a page looks like does not depend on it
    pytest.mark.slow,  # a browser looks at each page in two widths and three choices of colours
]
WIDTHS = (320, 1280)
SHOWN = {"200", "409", "422"}
# The pages that an administrator is shown; the last column of the table is what they get.
PAGES = [row for row in WORK if row[-1] in SHOWN]


@pytest.fixture(scope="module")
def household(django_db_setup, django_db_blocker, private_settings) -> Iterator[Household]:
    with standing(django_db_blocker):
        yield Household()


@pytest.fixture(scope="module")
def cookies(household, django_db_blocker):
    with django_db_blocker.unblock():
        return signed_in(household.people["administrator"])


@pytest.fixture(scope="module")
def window(browser) -> Iterator[Page]:
    context = browser.new_context(locale="da-DK", reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("row", PAGES, ids=lambda row: f"{row[0]}-{row[1]}")
def test_a_page_of_the_workspace(window, household, cookies, row: list[str]) -> None:
    client = Client()
    client.cookies = deepcopy(cookies)
    answer = client.generic(row[1], household.address(row[0]))
    if answer.streaming or b"<html" not in answer.content:
        pytest.skip("a file, or a piece of a page")
    show(window, answer, client)
    wrong = look(window, WIDTHS)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("is_open", "do", "typed", "status"),
    [
        (False, "clear", {}, 409),  # not read yet
        (True, "clear", {}, 409),  # what was found is not settled
        (True, "out-words", {"wanted": "Ring", "ground": ""}, 422),
        (True, "cut", {"marked": "text:5:2"}, 422),
    ],
)
def test_the_workbench_says_what_could_not_be_done(window, household, is_open, do, typed, status):
    round = a_closed_round(plan=consulted(ready_plan()))
    response = a_response(round, text="Husk bænkene. Ring til mig på 20 30 40 50.")
    client = Client()
    client.force_login(handler(round))
    bench = (opened if is_open else Window)(client, round, response)
    answer = bench.press(do, **typed)
    assert answer.status_code == status
    show(window, answer, client)
    wrong = look(window, WIDTHS)
    assert not wrong, "\n".join(wrong)


PASTED = {
    "parties": (
        "/arbejde/hoeringsparter/flere/",
        {"category": "institution"},
        "Naboskolen\tinstitution\tskole@example.org\n\t\tkun@example.org\nForkert; forening; a@b@c",
    ),
    "meetings": (
        "/arbejde/moeder/flere/",
        {"year": "2027"},
        "3. februar kl. 15\n31. februar\nmåske",
    ),
    "colleagues": ("/arbejde/opsaetning/kolleger/", {}, "Nina Ny; ny@example.org\nforkert; a@b@c"),
}


@pytest.mark.parametrize("name", PASTED)
def test_what_was_pasted_is_shown_before_it_is_saved(window, household, cookies, name) -> None:
    """With lines that are understood, and lines that are not."""
    address, more, text = PASTED[name]
    client = Client()
    client.cookies = deepcopy(cookies)
    answer = client.post(address, {"text": text, "look": "1", **more})
    assert answer.status_code in {200, 422}
    assert "Forkert" in answer.content.decode() or text[-5:] in answer.content.decode()
    show(window, answer, client)
    wrong = look(window, WIDTHS)
    assert not wrong, "\n".join(wrong)
