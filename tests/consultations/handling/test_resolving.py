"""The chain from a remark to the paragraph that changed: seen in the text as it is, and settled
when a version is frozen."""

from __future__ import annotations

import pytest

from consultations.enums import ChangeKind
from consultations.handling.actions import remarks
from consultations.handling.draft import Draft, unmade
from consultations.models import Remark
from plans.enums import Part, Stage
from plans.versions.actions.freezing import freeze
from tests.consultations.handled import a_closed_round, a_remark, handler, room
from tests.consultations.round_factories import anchors

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return a_closed_round()


def wanting(round, anchor: str, **facts) -> Remark:
    """A remark that is met by changing a paragraph."""
    return a_remark(round, wanted_anchor=anchor, proposal="met", **facts)


def rewrite(round, html: str) -> None:
    """The section Indsatser as it is written anew."""
    section = round.plan.sections.get(title="Indsatser")
    section.text = html
    section.save()


FIRST = "<p>Vi åbner et værksted.</p>"
SECOND = "<p>Vi ansætter to vejledere.</p>"


@pytest.mark.parametrize(
    ("html", "became"),
    [
        (f"<p>Vi åbner et stort værksted.</p>{SECOND}", ChangeKind.CHANGED),
        (SECOND, ChangeKind.DELETED),
        (f"{FIRST}<p>Noget helt andet står her.</p>", ChangeKind.UNCHANGED),
    ],
)
def test_freezing_settles_what_became_of_the_paragraph(round, html, became):
    anchor = anchors(round)[1]
    row = wanting(round, anchor)
    rewrite(round, html)
    version = freeze(plan=round.plan, stage=Stage.SUBMITTED, by=None)
    row.refresh_from_db()
    assert (row.change, row.changed_in) == (became, version)
    assert row.changed_anchor == ("" if became == ChangeKind.DELETED else anchor)
    assert row.history.first().change == became


def test_a_new_paragraph_is_an_answer_too(round):
    rewrite(round, f"{FIRST}{SECOND}<p>Vi laver et nyt torv til cykler.</p>")
    new = Draft(round).new_spots
    assert len(new) == 1
    row = wanting(round, new[0].anchor)
    freeze(plan=round.plan, stage=Stage.SUBMITTED, by=None)
    row.refresh_from_db()
    assert row.change == ChangeKind.ADDED


def test_a_section_has_changed_when_anything_below_it_has(round):
    section = round.plan.sections.get(title="Indsatser")
    row = wanting(round, str(section.uid))
    rewrite(round, f"{FIRST}<p>Vi ansætter fem vejledere.</p>")
    freeze(plan=round.plan, stage=Stage.SUBMITTED, by=None)
    row.refresh_from_db()
    assert row.change == ChangeKind.CHANGED


def test_a_process_plan_alone_settles_nothing(round):
    row = wanting(round, anchors(round)[1])
    freeze(plan=round.plan, stage=Stage.PROCESS_PLAN, by=None, parts=[Part.PROCESS_PLAN])
    row.refresh_from_db()
    assert (row.change, row.changed_in) == ("", None)


def test_a_later_time_round_leaves_the_old_answers_as_they_were(round):
    row = wanting(round, anchors(round)[1])
    freeze(plan=round.plan, stage=Stage.ADOPTED, by=None)
    row.refresh_from_db()
    before = row.changed_in
    cycle = round.cycle
    cycle.state, cycle.closed_at = "adopted", round.closes_at
    cycle.save()
    round.plan.cycles.create(number=2, kind="revision")
    freeze(plan=round.plan, stage=Stage.SUBMITTED, by=None)
    row.refresh_from_db()
    assert row.changed_in == before


def test_a_form_opened_before_the_freezing_can_still_be_saved(round):
    row = wanting(round, anchors(round)[1])
    freeze(plan=round.plan, stage=Stage.SUBMITTED, by=None)
    saved = remarks.handle(remark=row, facts={"reply": "<p>Ja.</p>"}, seen=row.version, by=None)
    assert (saved.reply, saved.change) == ("<p>Ja.</p>", ChangeKind.UNCHANGED)


def test_the_page_shows_before_and_after_word_for_word(round, client):
    client.force_login(handler(round))
    row = wanting(round, anchors(round)[1])
    page = client.get(room(round, f"{row.uid}/")).content.decode()
    assert "Stykket står, som det stod" in page
    assert [one.number for one in unmade(round)] == [row.number]
    rewrite(round, f"<p>Vi åbner et stort værksted.</p>{SECOND}")
    page = client.get(room(round, f"{row.uid}/")).content.decode()
    assert '<ins><span class="sr-only">[tilføjet: </span>stort' in page
    assert unmade(round) == []


def test_a_remark_keeps_its_quote_when_the_paragraph_goes(round, client):
    client.force_login(handler(round))
    row = a_remark(round, anchor="p-gone", quote="Vi åbner et hus.")
    page = client.get(room(round, f"{row.uid}/")).content.decode()
    assert "Vi åbner et hus." in page
    assert "ikke i det udkast" in page
