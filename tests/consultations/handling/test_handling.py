"""Replies, proposals and decisions; what is answered together; many in one act."""

from __future__ import annotations

import pytest

from consultations.handling import remarks as handling
from consultations.handling.actions import remarks, themes
from consultations.handling.actions.remarks import Many, NotAlike
from consultations.models import Remark, StandardAnswer, Theme
from kommuneplan.locking import Conflict
from tests.consultations.handled import a_closed_round, a_remark, standing
from tests.consultations.round_factories import anchors
from tests.factories import committee, person

pytestmark = pytest.mark.django_db


def handled(remark: Remark, **facts: object) -> Remark:
    """The remark with those facts saved, from what is stored now."""
    seen = Remark.objects.get(pk=remark.pk).version
    return remarks.handle(remark=remark, facts=facts, seen=seen, by=None)


def test_a_remark_is_answered_with_reply_and_proposal_and_not_before():
    remark = a_remark(a_closed_round())
    assert handled(remark, reply="<p>Ja.</p>").handled_at is None
    assert handled(remark, proposal="met").is_answered
    assert not handled(remark, reply="<p> </p>").is_answered


def test_a_reply_is_made_safe():
    remark = a_remark(a_closed_round())
    row = handled(remark, reply='<p onclick="x()">Ja</p><script>alert(1)</script>')
    assert row.reply == "<p>Ja</p>"


def test_two_who_change_different_fields_are_put_together():
    round = a_closed_round()
    remark = a_remark(round)
    theme = themes.add_theme(round=round, title="Trafik", by=None)
    seen = remark.version
    remarks.handle(remark=remark, facts={"reply": "<p>Min.</p>", "theme": None}, seen=seen, by=None)
    row = remarks.handle(remark=remark, facts={"reply": "", "theme": theme}, seen=seen, by=None)
    assert (row.reply, row.theme) == ("<p>Min.</p>", theme)


def test_two_who_change_the_same_field_do_not_overwrite_each_other():
    remark = a_remark(a_closed_round())
    seen = remark.version
    remarks.handle(remark=remark, facts={"reply": "<p>Min.</p>"}, seen=seen, by=None)
    with pytest.raises(Conflict):
        remarks.handle(remark=remark, facts={"reply": "<p>Din.</p>"}, seen=seen, by=None)
    remark.refresh_from_db()
    assert remark.reply == "<p>Min.</p>"


def test_a_theme_of_another_round_is_refused():
    remark = a_remark(a_closed_round())
    other = a_closed_round(plan=None, title="En anden")
    theme = themes.add_theme(round=other, title="Trafik", by=None)
    with pytest.raises(ValueError, match="another round"):
        handled(remark, theme=theme)
    with pytest.raises(ValueError, match="another round"):
        remarks.sort_many(remarks=[remark], facts={"theme": theme}, by=None)
    remark.refresh_from_db()
    assert remark.theme is None


def test_a_place_of_the_draft_brings_its_words_along():
    round = a_closed_round()
    row = handled(a_remark(round), anchor=anchors(round)[1])
    assert row.quote == "Vi åbner et værksted."
    with pytest.raises(ValueError, match="no such place"):
        handled(row, anchor="p-findes-ikke")


def test_the_proposal_stays_beside_what_the_committee_decided():
    remark = handled(a_remark(a_closed_round()), reply="<p>Nej.</p>", proposal="not_met")
    row = remarks.decide(
        remark=remark, decision="met", words="Det vil vi.", seen=remark.version, by=None
    )
    assert (row.proposal, row.decision, row.decision_words) == ("not_met", "met", "Det vil vi.")


def test_a_decision_is_recorded_of_what_nobody_has_answered():
    remark = a_remark(a_closed_round())
    row = remarks.decide(remark=remark, decision="partly", words="", seen=remark.version, by=None)
    assert row.decision == "partly"


def test_doubles_never_make_a_chain():
    round = a_closed_round()
    a, b, c, d = (a_remark(round, f"Bemærkning {n}") for n in "abcd")
    remarks.join(remark=b, head=a, seen=b.version, by=None)
    c.refresh_from_db()
    remarks.join(remark=d, head=c, seen=d.version, by=None)
    b.refresh_from_db()
    remarks.join(remark=c, head=b, seen=c.version, by=None)  # b is answered with a
    assert [row.same_as_id for row in standing(round)] == [None, a.pk, a.pk, a.pk]
    assert len(handling.senders(a)) == 3


def test_a_head_that_follows_one_of_its_own_is_turned_round():
    round = a_closed_round()
    a, b, c = (a_remark(round, f"Bemærkning {n}") for n in "abc")
    remarks.join_many(remarks=[b, a, c], head=None, by=None)
    assert [row.same_as_id for row in standing(round)] == [None, a.pk, a.pk]
    b.refresh_from_db()
    remarks.join(remark=b, head=None, seen=b.version, by=None)
    assert [row.same_as_id for row in standing(round)] == [None, None, a.pk]


def test_a_remark_is_not_answered_with_itself_or_another_rounds():
    round = a_closed_round()
    a, other = a_remark(round), a_remark(a_closed_round(title="En anden"))
    for head in (a, other):
        with pytest.raises(NotAlike):
            remarks.join(remark=a, head=head, seen=a.version, by=None)
    with pytest.raises(NotAlike):
        remarks.join_many(remarks=[a, other], head=None, by=None)


def test_what_is_answered_with_another_is_not_counted_as_open():
    round = a_closed_round()
    a, b = a_remark(round), a_remark(round)
    handled(a, reply="<p>Ja.</p>", proposal="met")
    remarks.join(remark=b, head=a, seen=b.version, by=None)
    progress = handling.progress(round)
    assert (progress.total, progress.answered, progress.doubles, progress.open) == (1, 1, 1, 0)


def an_answer(round, **fields) -> StandardAnswer:
    facts = {"title": "Tak", "reply": "<p>Tak for det.</p>", "proposal": "no_change", **fields}
    return themes.save_answer(body=round.plan.body, facts=facts, by=None)


def test_a_standard_answer_is_copied_into_many_and_overwrites_nobodys_words():
    round = a_closed_round()
    a, b, c = a_remark(round), a_remark(round), a_remark(round)
    handled(b, reply="<p>Mine egne ord.</p>")
    remarks.join(remark=c, head=a, seen=c.version, by=None)
    answer = an_answer(round)
    done = remarks.answer_many(remarks=[a, b, c], proposal="", answer=answer, by=None)
    assert done == Many(done=1, left=2)
    rows = standing(round)
    assert [row.reply for row in rows] == ["<p>Tak for det.</p>", "<p>Mine egne ord.</p>", ""]
    assert rows[0].is_answered
    assert rows[0].history.count() == 2  # made, and answered
    facts = {"title": "Tak", "reply": "<p>Andet.</p>", "proposal": ""}
    themes.save_answer(
        body=round.plan.body, facts=facts, answer=answer, seen=answer.version, by=None
    )
    assert standing(round)[0].reply == "<p>Tak for det.</p>"


def test_another_bodys_standard_answer_is_refused():
    round = a_closed_round()
    facts = {"title": "Tak", "reply": "<p>Tak.</p>", "proposal": ""}
    foreign = themes.save_answer(body=committee("Teknikudvalget"), facts=facts, by=None)
    with pytest.raises(ValueError, match="another body"):
        remarks.answer_many(remarks=[a_remark(round)], proposal="met", answer=foreign, by=None)


def test_many_are_sorted_and_decided_in_one_act_with_history_and_a_new_version():
    round = a_closed_round()
    rows = [a_remark(round) for _ in range(3)]
    who = person("fagperson")
    assert remarks.sort_many(remarks=rows, facts={"assignee": who}, by=who).done == 3
    assert remarks.decide_many(remarks=rows, decision="met", words="Ja.", by=who).done == 3
    again = remarks.decide_many(remarks=rows, decision="not_met", words="", by=who)
    assert again == Many(done=0, left=3)
    for row in standing(round):
        assert (row.assignee, row.decision, row.version) == (who, "met", 3)
        assert row.history.first().history_user == who


def test_themes_keep_their_order_and_their_names_apart():
    round = a_closed_round()
    for title in ("Bolig", "Trafik", "Klima"):
        themes.add_theme(round=round, title=title, by=None)
    with pytest.raises(themes.NameTaken):
        themes.add_theme(round=round, title="Trafik", by=None)
    last = Theme.objects.get(title="Klima")
    themes.move_theme(theme=last, up=True, by=None)
    themes.move_theme(theme=last, up=True, by=None)
    themes.move_theme(theme=last, up=True, by=None)  # at the top already
    assert [row.title for row in handling.themes_of(round)] == ["Klima", "Bolig", "Trafik"]
    handled(a_remark(round), theme=last)
    with pytest.raises(themes.InUse):
        themes.retire_theme(theme=last, by=None)
