"""The pages of handling, at the door: what they show, what they refuse, what they cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.handling.actions import remarks as verbs
from consultations.handling.actions import splitting, themes
from consultations.models import MeetingInput, OriginalRead, Remark, StandardAnswer
from kommuneplan.core.models import Municipality
from tests.consultations.handled import (
    a_closed_round,
    a_long_response,
    a_remark,
    handler,
    room,
    standing,
)
from tests.consultations.round_factories import anchors
from tests.factories import lead, secretary
from tests.plans.matters import consulted, ready_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    """After the consultation of a plan that goes on to the bodies."""
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    return a_closed_round(plan=consulted(ready_plan()))


@pytest.fixture
def there(round, client):
    """A browser in which the secretary is signed in."""
    client.force_login(handler(round))
    return client


def words(response) -> str:
    return response.content.decode()


def test_an_empty_round_says_what_the_place_is_for(there, round):
    page = words(there.get(room(round)))
    assert "Endnu ingen bemærkninger" in page
    assert "0 af 0 besvaret" in page
    assert "Der er ingen høringssvar endnu" in words(there.get(room(round, "svar/")))


@pytest.mark.slow  # rounds of every length
@pytest.mark.parametrize(
    "who", [handler, lambda round: lead(round.plan)], ids=["secretary", "lead"]
)
@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_table_asks_at_most_twelve_things_whatever_its_length(client, round, rows, who):
    there = client
    there.force_login(who(round))
    theme = themes.add_theme(round=round, title="Trafik", by=None)
    for _ in range(rows):
        a_remark(round, theme=theme)
    there.get(room(round))  # the reading is noted once a day
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = there.get(room(round))
    assert page.status_code == 200
    assert len(page.context["page"].object_list) == min(rows, 20)
    assert len(asked) <= 12, "\n".join(one["sql"][:200] for one in asked)


@pytest.mark.slow  # every page, twice
@pytest.mark.parametrize(
    "rest", ["tavle/", "svar/", "temaer/", "standardsvar/", "moeder/", "klar/"]
)
def test_the_other_pages_ask_the_same_of_one_row_as_of_three(there, round, rest):
    costs = []
    for _ in range(2):
        a_remark(round)
        a_long_response(round)
        themes.add_theme(round=round, title=f"Tema {len(costs)}", by=None)
        there.get(room(round, rest))
        with CaptureQueriesContext(connection) as asked:
            there.get(room(round, rest))
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_reading_is_noted_once_a_day(there, round):
    a_remark(round)
    for _ in range(2):
        there.get(room(round))
    there.get(room(round, f"{standing(round)[0].uid}/"))
    assert OriginalRead.objects.filter(round=round, what="handling").count() == 1


# --- finding ---


@pytest.fixture
def sorted_out(round):
    """Three remarks: on cycles with a theme; on a paragraph; from a meeting."""
    theme = themes.add_theme(round=round, title="Trafik", by=None)
    first = a_remark(round, "Cyklerne mangler plads på Østergade.", theme=theme)
    a_remark(round, "Værkstedet er godt.", anchor=anchors(round)[1], proposal="no_change")
    from consultations.handling.actions import meetings

    meetings.note_meeting(
        round=round, facts={"title": "Borgermøde", "held_on": "2026-11-02"}, said=["Mere lys."],
        anchor="", by=None,
    )  # fmt: skip
    return first


@pytest.mark.slow  # a round with remarks of all sorts for each filter
@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("q=oestergade", [1]),
        ("q=CYKLERNE+plads", [1]),
        ("q=2", [2]),
        ("tema=ingen", [2, 3]),
        ("forslag=no_change", [2]),
        ("forslag=ingen", [1, 3]),
        ("afsnit=ingen", [1, 3]),
        ("stand=aaben", [1, 2, 3]),
        ("stand=ny", [1, 3]),
        ("stand=igang", [2]),
        ("stand=besvaret", []),
        ("ansvarlig=ingen", [1, 2, 3]),
        ("ansvarlig=mig", []),
        ("afsender=moede", [3]),
        ("afsender=som-citizen", [1, 2]),
        ("afsender=part", []),
        ("afsender=part-council", []),
        ("tema=findes-ikke", [1, 2, 3]),
        ("q=%00", [1, 2, 3]),
    ],
)
def test_each_filter_lets_through_what_it_says(there, round, sorted_out, query, numbers):
    page = there.get(f"{room(round)}?{query}")
    assert [row.number for row in page.context["page"]] == numbers


def test_a_section_has_the_remarks_on_its_paragraphs(there, round, sorted_out):
    draft = there.get(room(round)).context["find"].draft
    section = next(uid for uid, name in draft.sections if "Indsatser" in name)
    page = there.get(f"{room(round)}?afsnit={section}")
    assert [row.number for row in page.context["page"]] == [2]


def test_an_unknown_filter_is_told(there, round, sorted_out):
    assert "findes-ikke" in words(there.get(f"{room(round)}?tema=findes-ikke"))


# --- many at once ---


def send(client, round, rows, **data):
    data = {"theme": "-", "assignee": "-", "remark": [str(row.uid) for row in rows], **data}
    return client.post(room(round, "mange/"), data, follow=True)


def test_many_are_changed_in_one_act(there, round):
    rows = [a_remark(round) for _ in range(3)]
    theme = themes.add_theme(round=round, title="Trafik", by=None)
    facts = {"title": "Tak", "reply": "<p>Tak.</p>", "proposal": ""}
    answer = themes.save_answer(body=round.plan.body, facts=facts, by=None)
    page = send(there, round, rows[:2], theme=theme.uid, proposal="met", answer=answer.uid)
    assert "2 bemærkninger er ændret" in words(page)
    assert [(row.theme, row.proposal, row.is_answered) for row in standing(round)] == [
        (theme, "met", True), (theme, "met", True), (None, "", False),
    ]  # fmt: skip


def test_a_foreign_remark_among_the_marked_changes_nothing(there, round):
    mine, foreign = a_remark(round), a_remark(a_closed_round(title="En anden"))
    send(there, round, [mine, foreign], proposal="met")
    assert set(Remark.objects.values_list("proposal", flat=True)) == {""}


def test_a_foreign_theme_or_standard_answer_changes_nothing(there, round):
    mine = a_remark(round)
    foreign = themes.add_theme(round=a_closed_round(title="En anden"), title="Trafik", by=None)
    from tests.factories import committee

    facts = {"title": "Tak", "reply": "<p>Tak.</p>", "proposal": "met"}
    other = themes.save_answer(body=committee("Teknikudvalget"), facts=facts, by=None)
    for data in ({"theme": foreign.uid}, {"answer": other.uid}):
        assert send(there, round, [mine], **data).status_code == 422
    mine.refresh_from_db()
    assert (mine.theme, mine.reply, mine.proposal) == (None, "", "")


def test_only_who_runs_the_round_records_decisions(client, round):
    client.force_login(lead(round.plan))
    mine = a_remark(round)
    send(client, round, [mine], decision="met")
    page = client.post(room(round, f"{mine.uid}/afgoerelse/"), {"seen": mine.version})
    mine.refresh_from_db()
    assert (page.status_code, mine.decision) == (403, "")


def test_marked_remarks_are_answered_together(there, round):
    rows = [a_remark(round) for _ in range(3)]
    send(there, round, rows, join="1")
    assert [row.same_as_id for row in standing(round)] == [None, rows[0].pk, rows[0].pk]
    page = words(there.get(room(round, f"{rows[0].uid}/")))
    assert "3 afsendere siger det samme" in page


def test_the_way_back_leads_nowhere_else(there, round):
    row = a_remark(round)
    for back in ("https://example.org/", "//example.org", room(round) + "\\x", "/arbejde/"):
        page = there.post(
            room(round, "mange/"), {"remark": str(row.uid), "proposal": "met", "back": back}
        )
        assert page.headers["Location"] == room(round)


# --- one remark ---


def fields(row, **more):
    return {"seen": row.version, "reply": "", "proposal": "", **more}


def test_a_remark_is_answered_and_the_next_one_opened(there, round):
    first, second = a_remark(round), a_remark(round)
    data = fields(first, reply="Tak.\n\n- et\n- to", proposal="met", next="1")
    page = there.post(room(round, f"{first.uid}/?stand=aaben"), data)
    assert page.headers["Location"] == room(round, f"{second.uid}/") + "?stand=aaben"
    first.refresh_from_db()
    assert first.is_answered
    assert first.reply == "<p>Tak.</p>\n<ul><li>et</li><li>to</li></ul>"
    assert "1 af 2 besvaret" in words(there.get(room(round)))


def test_a_conflict_shows_both_texts_and_keeps_mine(there, round):
    row = a_remark(round)
    verbs.handle(remark=row, facts={"reply": "<p>Deres ord.</p>"}, seen=row.version, by=None)
    page = there.post(room(round, f"{row.uid}/"), fields(row, reply="Mine ord.", proposal="met"))
    assert page.status_code == 409
    assert "Deres ord." in words(page)
    assert "Mine ord." in words(page)
    row.refresh_from_db()
    assert row.reply == "<p>Deres ord.</p>"
    again = fields(
        row, reply="Mine ord.", proposal="met", seen=page.context["handle"]["seen"].value()
    )
    assert there.post(room(round, f"{row.uid}/"), again).status_code == 302


def test_the_second_save_after_a_clash_leaves_what_the_other_has_changed(there, round):
    row = a_remark(round)
    theme = themes.add_theme(round=round, title="Støj", by=None)
    url, anchor = room(round, f"{row.uid}/"), anchors(round)[0]
    facts = {"reply": "<p>Deres.</p>", "theme": theme, "anchor": anchor}
    verbs.handle(remark=row, facts=facts, seen=row.version, by=None)
    page = there.post(url, fields(row, reply="Mit.", reason="Fordi.", theme="", anchor=""))
    assert page.status_code == 409
    form = page.context["handle"]
    there.post(url, {name: form[name].value() for name in form.fields})
    row.refresh_from_db()
    assert (row.reply, row.reason) == ("<p>Mit.</p>", "Fordi.")
    assert (row.theme, row.anchor) == (theme, anchor)


@pytest.mark.parametrize("gone", ["taken back", "joined"])
def test_what_was_typed_of_a_remark_that_is_not_answered_any_more_is_shown(there, round, gone):
    head, row = a_remark(round), a_remark(round)
    typed = fields(row, reply="Mit lange svar.", proposal="met", next="1")
    if gone == "joined":
        verbs.join(remark=row, head=head, seen=row.version, by=None)
    else:
        splitting.retire_remark(remark=row, seen=row.version, by=None)
    page = there.post(room(round, f"{row.uid}/"), typed)
    assert page.status_code == 409
    assert "Mit lange svar." in words(page)
    assert f"Bemærkning {row.number} " in words(page)
    del typed["reply"], typed["proposal"]
    assert there.post(room(round, f"{row.uid}/"), typed).status_code in {302, 404}


def test_a_standard_answer_is_copied_in_without_saving(there, round):
    row = a_remark(round)
    facts = {"title": "Tak", "reply": "<p>Tak for svaret.</p>", "proposal": "no_change"}
    answer = themes.save_answer(body=round.plan.body, facts=facts, by=None)
    data = fields(row, reply="Hej.", copy="1", answer=answer.uid)
    page = there.post(room(round, f"{row.uid}/"), data)
    assert page.context["handle"]["reply"].value() == "Hej.\n\nTak for svaret."
    row.refresh_from_db()
    assert row.reply == ""


def test_another_rounds_remark_is_not_here(there, round):
    other = a_closed_round(title="En anden")
    foreign = a_remark(other)
    for rest in ("", "afgoerelse/", "ens/", "fjern/"):
        assert there.post(room(round, f"{foreign.uid}/{rest}")).status_code == 404
    response = foreign.response
    assert there.get(room(round, f"svar/{response.uid}/")).status_code == 404
    theme = themes.add_theme(round=other, title="Trafik", by=None)
    assert there.post(room(round, f"temaer/{theme.uid}/flyt/")).status_code == 404


def test_it_is_answered_with_another_by_its_number(there, round):
    head, row = a_remark(round), a_remark(round)
    url = room(round, f"{row.uid}/ens/")
    assert there.post(url, {"seen": row.version, "number": 99}).status_code == 422
    assert there.post(url, {"seen": row.version, "number": row.number}).status_code == 422
    assert there.post(url, {"seen": row.version, "number": head.number}).status_code == 302
    row.refresh_from_db()
    assert row.same_as == head
    assert there.post(url, {"seen": 0, "apart": "1"}).status_code == 409
    assert there.post(url, {"seen": row.version, "apart": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.same_as is None


def test_what_a_remark_says_is_never_run(there, round):
    row = a_remark(round, "<script>alert(1)</script> & <b>fed</b>")
    page = words(there.get(room(round, f"{row.uid}/")))
    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;fed" in page


# --- cutting ---


def test_a_response_is_cut_without_a_script(there, round):
    response = a_long_response(round)
    url = room(round, f"svar/{response.uid}/")
    cut = there.get(url).context["cut"]
    pieces = [one.value for one in cut.cuts[0].pieces]
    there.post(url, {"seen": 1, "piece": [pieces[2], pieces[1]]})
    there.post(url, {"seen": 1, "piece": pieces[0]})
    there.post(url, {"seen": 1, "given": "1"})
    assert [row.words for row in standing(round)] == [
        "Borgerne skal spørges.\nHuset skal ligge centralt.",
        "Vi er glade for planen.",
        "Værkstedet skal være åbent om aftenen.",
    ]
    page = there.get(url)
    assert [row.number for row in page.context["cut"].cuts[0].remarks] == [2, 1]


def test_selected_words_become_a_remark(there, round):
    response = a_long_response(round, text="Vi 🙂 vil have lys og luft.")
    url = room(round, f"svar/{response.uid}/")
    there.post(url, {"seen": 1, "marked": "text:5:21"})
    assert [row.words for row in standing(round)] == ["vil have lys og"]


@pytest.mark.parametrize("wrong", ["", "text", "text:a:b", "text:0:99999", "x:0:3"])
def test_nonsense_makes_no_remark(there, round, wrong):
    response = a_long_response(round)
    url = room(round, f"svar/{response.uid}/")
    assert there.post(url, {"seen": 1, "marked": wrong, "piece": wrong}).status_code == 302
    assert standing(round) == []


def test_a_response_handled_whole_leads_to_the_next(there, round):
    first, second = a_long_response(round), a_long_response(round)
    page = there.post(room(round, f"svar/{first.uid}/"), {"seen": 1, "whole": "1"})
    assert page.headers["Location"] == room(round, f"svar/{second.uid}/")


def test_all_are_taken_in_one_press(there, round):
    a_long_response(round)
    a_long_response(round)
    page = there.post(room(round, "svar/tag-alle/"), follow=True)
    assert "2 høringssvar er blevet til 6 bemærkninger" in words(page)
    assert "Alle høringssvar er gennemgået" in words(page)


# --- around ---


def test_what_was_said_at_a_meeting_stands_among_the_remarks(there, round):
    a_remark(round)
    data = {"title": "Borgermøde", "held_on": "2026-11-02", "said": "Mere lys.\n\nFærre biler."}
    page = there.post(room(round, "moeder/"), data, follow=True)
    assert MeetingInput.objects.get().remarks.count() == 2
    row = standing(round)[2]
    assert (row.number, row.words) == (3, "Færre biler.")
    there.post(room(round, f"moeder/{row.meeting.uid}/"), {"said": "Og bænke."})
    assert len(standing(round)) == 4
    page = words(there.get(room(round, f"{row.uid}/")))
    assert "Indspil fra et møde" in page
    assert there.post(room(round, "moeder/"), {"title": "x"}).status_code == 422


def test_themes_are_kept_in_order_with_a_summary(there, round):
    for title in ("Bolig", "Trafik"):
        there.post(room(round, "temaer/"), {"title": title})
    assert there.post(room(round, "temaer/"), {"title": "Bolig"}).status_code == 422
    theme = round.themes.get(title="Trafik")
    there.post(room(round, f"temaer/{theme.uid}/flyt/"), {"retning": "up"})
    theme.refresh_from_db()
    data = {"title": "Trafik og støj", "summary": "Mange vil have ro.", "seen": theme.version}
    assert there.post(room(round, f"temaer/{theme.uid}/"), data).status_code == 302
    stale = there.post(room(round, f"temaer/{theme.uid}/"), {**data, "summary": "Få."})
    assert stale.status_code == 409
    assert "Mange vil have ro." in words(stale)
    assert [row.title for row in stale.context["round"].themes.order_by("position")] == [
        "Trafik og støj", "Bolig",
    ]  # fmt: skip


def test_standard_answers_belong_to_a_body(there, round, client):
    data = {"title": "Tak", "reply": "Tak for svaret.", "proposal": "no_change", "seen": 0}
    there.post(room(round, "standardsvar/"), data)
    row = StandardAnswer.objects.get()
    assert (row.body, row.reply) == (round.plan.body, "<p>Tak for svaret.</p>")
    url = room(round, f"standardsvar/{row.uid}/")
    assert there.post(url, {**data, "seen": row.version, "title": "Mange tak"}).status_code == 302
    assert there.post(url, {**data, "seen": row.version}).status_code == 409
    there.post(url, {"retire": "1"})
    assert there.get(url).status_code == 404


@pytest.mark.parametrize("rest", ["", "tavle/", "svar/", "klar/", "temaer/"])
def test_a_secretary_of_another_committee_finds_nothing(client, round, rest):
    client.force_login(secretary("fremmed", "Teknikudvalget"))
    assert client.get(room(round, rest)).status_code == 404


def test_going_through_is_undone_when_a_remark_is_taken_back(there, round):
    row = a_remark(round)
    page = there.post(room(round, f"{row.uid}/fjern/"), {"seen": row.version}, follow=True)
    assert "taget tilbage" in words(page)
    assert splitting.Response.objects.to_go_through().count() == 1
