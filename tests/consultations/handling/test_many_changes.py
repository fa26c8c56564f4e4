"""What is chosen for many remarks is used, or said before anything is done."""

from __future__ import annotations

import html
import re

import pytest

from consultations.handling.actions import remarks as verbs
from consultations.handling.actions import themes
from consultations.models import Remark
from kommuneplan.core.models import Municipality
from tests.consultations.handled import a_closed_round, a_remark, handler, room, standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    return a_closed_round()


@pytest.fixture
def there(round, client):
    """A browser in which the secretary is signed in."""
    client.force_login(handler(round))
    return client


def choice(rows, **data) -> dict:
    return {
        "theme": "-", "assignee": "-", "proposal": "", "answer": "", "decision": "",
        "decision_words": "", "remark": [str(row.uid) for row in rows], **data,
    }  # fmt: skip


def send(client, round, rows, **data):
    return client.post(room(round, "mange/"), choice(rows, **data), follow=True)


def words(page) -> str:
    return html.unescape(page.content.decode())


def pressed(page, button: str) -> dict:
    """What the page sends when a button of it is pressed."""
    form = page.content.decode().rpartition("<form")[2]
    data: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form):
        data.setdefault(name, []).append(html.unescape(value))
    name, value = re.search(rf'name="({button})" value="([^"]*)"', form).groups()
    return {**data, name: value}


def an_answer(round):
    facts = {"title": "Tak", "reply": "<p>Tak for det.</p>", "proposal": "no_change"}
    return themes.save_answer(body=round.plan.body, facts=facts, by=None)


def state(round) -> list[tuple]:
    return [
        (row.theme and row.theme.title, row.reply, row.proposal, row.decision, row.same_as_id)
        for row in standing(round)
    ]


def test_answering_together_uses_every_field_that_was_chosen(there, round):
    rows = [a_remark(round) for _ in range(3)]
    theme = themes.add_theme(round=round, title="Trafik", by=None)
    page = send(
        there, round, rows, join="1", theme=theme.uid, answer=an_answer(round).uid, proposal="met",
        decision="partly", decision_words="Kun cyklerne.",
    )  # fmt: skip
    assert "besvares samlet med nr. 1" in words(page)
    head = ("Trafik", "<p>Tak for det.</p>", "met", "partly", None)
    follower = ("Trafik", "", "", "", rows[0].pk)
    assert state(round) == [head, follower, follower]
    assert standing(round)[0].decision_words == "Kun cyklerne."


def test_a_remark_with_words_of_its_own_is_told_of_before_it_is_answered_together(there, round):
    rows = [a_remark(round), a_remark(round, reply="<p>Mine ord.</p>"), a_remark(round)]
    before = state(round)
    page = send(there, round, rows, join="1", proposal="met")
    assert "Intet er gjort endnu" in words(page)
    assert re.search(r"Nr\. 2: .*eget svar", words(page))
    assert state(round) == before
    there.post(room(round, "mange/"), pressed(page, "told"))
    rows_now = standing(round)
    assert [row.same_as_id for row in rows_now] == [None, rows[0].pk, rows[0].pk]
    assert rows_now[0].proposal == "met"
    assert rows_now[1].reply == "<p>Mine ord.</p>"  # kept


def test_a_head_with_a_reply_keeps_it_and_that_is_said_first(there, round):
    rows = [a_remark(round, reply="<p>Mine ord.</p>"), a_remark(round)]
    page = send(there, round, rows, join="1", answer=an_answer(round).uid)
    assert "Nr. 1" in words(page)
    assert "beholder" in words(page)
    assert standing(round)[1].same_as_id is None
    there.post(room(round, "mange/"), pressed(page, "told"))
    head, follower = standing(round)
    assert head.reply == "<p>Mine ord.</p>"
    assert follower.same_as_id == head.pk


def test_a_head_that_is_not_marked_is_left_alone_and_that_is_said_first(there, round):
    head, follower, new = (a_remark(round) for _ in range(3))
    verbs.join_many(remarks=[head, follower], head=None, by=None)
    page = send(there, round, [follower, new], join="1", proposal="met")
    assert "Nr. 1 svarer for de markerede" in words(page)
    there.post(room(round, "mange/"), pressed(page, "told"))
    assert [(row.same_as_id, row.proposal) for row in standing(round)] == [
        (None, ""), (head.pk, ""), (head.pk, ""),
    ]  # fmt: skip


def test_changing_says_first_which_remarks_keep_their_own(there, round):
    new, answered, decided = a_remark(round), a_remark(round, proposal="met"), a_remark(round)
    verbs.decide_many(remarks=[decided], decision="met", words="", by=None)
    page = send(there, round, [new, answered, decided], proposal="not_met", decision="partly")
    assert re.search(r"Nr\. 2: .*forslag", words(page))
    assert re.search(r"Nr\. 3: afgørelsen", words(page))
    assert standing(round)[0].proposal == ""
    page = there.post(room(round, "mange/"), pressed(page, "told"), follow=True)
    assert "3 bemærkninger er ændret" in words(page)
    assert [(row.proposal, row.decision) for row in standing(round)] == [
        ("not_met", "partly"), ("met", "partly"), ("not_met", "met"),
    ]  # fmt: skip


def test_what_has_changed_since_it_was_told_is_told_again(there, round):
    rows = [a_remark(round), a_remark(round, proposal="met"), a_remark(round)]
    page = send(there, round, rows, proposal="not_met")
    Remark.objects.filter(pk=rows[2].pk).update(proposal="partly")
    page = there.post(room(round, "mange/"), pressed(page, "told"))
    assert "ændret bemærkningerne imens" in words(page)
    assert "Nr. 2 og 3" in words(page)
    assert standing(round)[0].proposal == ""
    there.post(room(round, "mange/"), pressed(page, "told"))
    assert [row.proposal for row in standing(round)] == ["not_met", "met", "partly"]


def test_going_back_keeps_what_was_chosen(there, round):
    rows = [a_remark(round), a_remark(round, proposal="met")]
    back = room(round) + "?stand=aaben"
    page = send(there, round, rows, proposal="not_met", back=back)
    page = there.post(room(round, "mange/"), pressed(page, "again"))
    assert page.context["many"]["proposal"].value() == "not_met"
    assert page.context["marked"] == {str(row.uid) for row in rows}
    assert page.context["find"].used == {"stand": "aaben"}
    assert page.context["asked_from"] == back


@pytest.mark.parametrize("rows", [[], ["00000000-0000-0000-0000-000000000000"], ["ingen"]])
def test_nothing_typed_is_lost_when_the_marks_do_not_fit(there, round, rows):
    mine = a_remark(round)
    data = choice([mine] if rows else [], decision="met", decision_words="Ord fra mødet.")
    data["remark"] += rows
    page = there.post(room(round, "mange/"), data)
    assert page.status_code == 422
    assert "Ord fra mødet." in words(page)
    assert "intet" in words(page).lower()
    mine.refresh_from_db()
    assert mine.decision == ""


def test_words_of_a_decision_without_one_are_asked_about(there, round):
    page = send(there, round, [a_remark(round)], decision_words="Kun om aftenen.")
    assert page.status_code == 422
    assert "Vælg, hvad udvalget besluttede" in words(page)
    assert "Kun om aftenen." in words(page)


def test_one_remark_with_words_of_its_own_is_told_of_before_it_is_answered_with_another(
    there, round
):
    head, row = a_remark(round), a_remark(round, reply="<p>Mine ord.</p>")
    address = room(round, f"{row.uid}/ens/")
    page = there.post(address, {"seen": row.version, "number": "1"})
    assert "Intet er gjort endnu" in words(page)
    assert standing(round)[1].same_as_id is None
    back = there.post(address, pressed(page, "again"))
    assert back.context["join"]["number"].value() == "1"
    there.post(address, pressed(page, "told"))
    assert standing(round)[1].same_as_id == head.pk
    assert standing(round)[1].reply == "<p>Mine ord.</p>"
    plain = a_remark(round)
    data = {"seen": plain.version, "number": "1"}
    assert there.post(room(round, f"{plain.uid}/ens/"), data).status_code == 302


def test_more_marks_than_can_be_changed_change_nothing(there, round, monkeypatch):
    monkeypatch.setattr("consultations.handling.forms.around.MOST_AT_ONCE", 2)
    rows = [a_remark(round) for _ in range(3)]
    page = send(there, round, rows, proposal="met")
    assert "3 bemærkninger er markeret" in words(page)
    assert {row.proposal for row in standing(round)} == {""}
