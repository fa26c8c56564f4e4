"""What is typed in a yearly status is kept: unsaved, in conflict, when it is closed meanwhile."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from kommuneplan.core.models import Municipality
from plans.focus.actions import areas
from plans.focus.yearly import entries_of
from plans.models import FocusStatus, StatusDraft, YearlyStatus
from tests.consultations.answers import button
from tests.factories import lead, secretary
from tests.plans.statuses import area, closed, in_force, opened, say

pytestmark = pytest.mark.django_db


class Year:
    """A status with two focus areas, a secretary and a plan lead."""

    def __init__(self) -> None:
        Municipality.objects.create(pk=1, name="Prøve Kommune")
        self.plan = in_force()
        self.areas = [area(self.plan, "Haver"), area(self.plan, "Naboer")]
        self.status: YearlyStatus = opened(self.plan)
        self.ida, self.bo = Client(), Client()
        self.ida.force_login(secretary("ida"))
        self.bo.force_login(lead(self.plan, "bo"))

    def at(self, route: str = "status") -> str:
        return reverse(f"plans:{route}", args=[self.plan.slug, self.status.year])

    @property
    def entries(self) -> list[FocusStatus]:
        return entries_of(self.status)

    def typed(self, place: int = 0, page: str = "abc", sequence: int = 1, **words: object) -> dict:
        """What the page sends of one focus area."""
        entry = self.entries[place]
        fields = {"words": "", "seen": entry.version, **words}
        prefix = f"o-{entry.focus_area.uid}"
        sent = {f"{prefix}-{name}": value for name, value in fields.items()}
        return {**sent, "page": page, "sequence": sequence}

    def keep(self, **more: object):
        return self.ida.post(self.at("status-draft"), self.typed(**more))

    def page(self, client: Client | None = None) -> str:
        return (client or self.ida).get(self.at()).content.decode()


@pytest.fixture
def year(db) -> Year:
    return Year()


def test_what_is_typed_is_kept_and_offered_again_to_the_writer_alone(year):
    said = year.keep(words="Tre haver er åbnet.", decision="continue").json()
    assert said["state"] == "kept" and re.fullmatch(r"\d\d\.\d\d", said["at"])
    page = year.page()
    assert "Tre haver er åbnet." in page and "Du har tekst, der ikke er gemt" in page
    assert re.search(r'value="continue"[^>]*checked', page)
    assert "Tre haver er åbnet." not in year.page(year.bo)
    assert year.entries[0].words == ""
    year.ida.post(year.at("status-discard"), discarding(page))
    assert "Tre haver er åbnet." not in year.page()


def test_saving_leaves_no_draft(year):
    year.keep(words="Tre haver er åbnet.")
    year.ida.post(year.at(), year.typed(words="Tre haver er åbnet.", sequence=2))
    assert year.entries[0].words == "Tre haver er åbnet."
    assert StatusDraft.objects.get().fields == {}
    assert "Du har tekst" not in year.page()


def test_an_autosave_that_comes_late_undoes_nothing(year):
    year.keep(words="Ny", sequence=5)
    year.keep(words="Gammel", sequence=4)
    assert "Ny" in StatusDraft.objects.get().fields.values()
    year.ida.post(year.at(), year.typed(words="Ny", sequence=6))
    year.keep(words="Sen", sequence=5)
    assert not StatusDraft.objects.get().is_open


def test_two_windows_of_one_person_overwrite_nothing(year):
    year.keep(words="Det ene vindue")
    answer = year.keep(words="Det andet", page="def")
    name = next(name for name in year.typed() if name.endswith("-words"))
    assert answer.json()["beside"] == [name]
    page = year.page()
    assert "Det ene vindue" in page and "Det andet" in page
    assert "To tekster til samme felt" in page


def test_two_windows_on_two_areas_both_stand_in_the_draft(year):
    year.keep(words="Om haverne")
    year.keep(place=1, words="Om naboerne", page="def")
    page = year.page()
    assert "Om haverne" in page and "Om naboerne" in page
    assert "To tekster" not in page


def test_texts_of_two_windows_are_put_together(year):
    year.keep(words="Det ene vindue")
    year.keep(words="Det andet", page="def")
    choice = button(year.page(), "begge")
    assert year.ida.post(year.at(), {"settle": choice, "page": "ghi"}).status_code == 302
    page = year.page()
    assert "Det ene vindue\n\nDet andet" in page and "To tekster" not in page
    year.ida.post(year.at(), {"settle": choice, "page": "ghi"})
    assert "Det ene vindue\n\nDet andet" in year.page()


def test_saving_in_one_window_leaves_what_another_has_kept(year):
    year.keep(place=1, words="Det andet vindues", page="def")
    year.ida.post(year.at(), year.typed(words="Gemt"))
    assert [entry.words for entry in year.entries] == ["Gemt", ""]
    assert "Det andet vindues" in year.page()


def test_words_written_on_in_another_window_are_not_thrown_away(year):
    year.keep(words="Vist")
    page = year.page()
    year.keep(words="Vist og mere", sequence=2)
    year.ida.post(year.at("status-discard"), discarding(page))
    assert "Vist og mere" in year.page()
    year.ida.post(year.at("status-discard"), discarding(year.page()))
    assert "Vist" not in year.page()


def discarding(html: str) -> dict[str, str]:
    """What the form sends that throws the words away."""
    form = html[html.rindex('<form method="post" action="', 0, html.rindex("kasse")) :]
    return dict(re.findall(r'name="(seen\.[^"]+|page)" value="([^"]*)"', form))


def test_what_was_taken_back_leaves_no_draft(year):
    year.keep(words="Hov")
    year.keep(words="", sequence=2)
    assert "Du har tekst" not in year.page()


def test_a_form_with_a_fault_stays_as_a_draft(year):
    sent = year.typed(words="Vi stopper.", decision="end", reason="")
    assert year.ida.post(year.at(), sent).status_code == 422
    page = year.page()
    assert "Vi stopper." in page and re.search(r'value="end"[^>]*checked', page)


def test_a_conflict_is_one_again_when_one_comes_back(year):
    sent = year.typed(words="Mit")
    say(year.entries[0], words="Hendes")
    assert year.ida.post(year.at(), sent).status_code == 409
    assert "Mit" in year.page()
    again = {**sent, "sequence": 3}
    again.update(StatusDraft.objects.get().fields)
    assert year.ida.post(year.at(), again).status_code == 409
    assert year.entries[0].words == "Hendes"


def test_an_area_one_has_not_touched_is_no_conflict(year):
    untouched = year.typed(place=1)
    mine = year.typed(words="Mit")
    say(year.entries[1], words="Hendes")
    assert year.ida.post(year.at(), {**untouched, **mine}).status_code == 302
    assert [entry.words for entry in year.entries] == ["Mit", "Hendes"]


def test_a_draft_holds_only_what_was_touched(year):
    year.keep(words="Mit")
    say(year.entries[1], words="Hendes")
    page = year.page()
    assert "Mit" in page and "Hendes" in page


def test_the_year_as_a_whole_is_kept_too(year):
    sent = {"summary": "Et godt år.", "seen": year.status.version, "page": "abc", "sequence": 1}
    year.ida.post(year.at("status-draft"), sent)
    assert "Et godt år." in year.page()
    areas.edit_status(status=year.status, seen=year.status.version, facts={"summary": "X"}, by=None)
    assert year.ida.post(year.at(), {**sent, "sequence": 2}).status_code == 409
    assert "Et godt år." in year.page()


def test_closed_meanwhile_the_words_are_shown_and_can_be_taken_along(year):
    sent = year.typed(words="Mine ord om haverne.")
    for entry in year.entries:
        say(entry)
    closed(year.status)
    answer = year.ida.post(year.at(), sent)
    assert "Mine ord om haverne." in answer.content.decode()
    assert "Mine ord om haverne." in year.page()
    refused = year.ida.post(year.at("status-draft"), sent)
    assert refused.status_code == 422 and "afsluttet" in refused.json()["said"]
    year.ida.post(year.at("status-discard"), discarding(year.page()))
    assert "Mine ord om haverne." not in year.page()


def test_a_lost_session_answers_401_and_too_much_is_refused(year):
    assert Client().post(year.at("status-draft"), year.typed(words="x")).status_code == 401
    answer = year.keep(words="x" * 20_001)
    assert answer.status_code == 422 and "for lang" in answer.json()["said"]
    assert not StatusDraft.objects.exists()


def test_a_foreign_area_in_an_autosave_is_left_out(year):
    other = area(in_force("En anden"), "Fremmed")
    sent = {f"o-{other.uid}-words": "Fremmed", f"o-{other.uid}-seen": 1, "page": "a", "sequence": 1}
    year.ida.post(year.at("status-draft"), sent)
    assert StatusDraft.objects.get().fields == {}
