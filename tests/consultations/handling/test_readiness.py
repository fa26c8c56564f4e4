"""Ready for the agenda: what is missing, said why not, and what it means for the plan's next step;
and what waits on the desk."""

from __future__ import annotations

import pytest

from consultations.handling import remarks as handling
from consultations.handling.actions import ready, remarks, splitting
from consultations.handling.readiness import READY
from consultations.models import Report, Round
from kommuneplan import clock
from kommuneplan.core.gates import Blocked, blockers
from kommuneplan.locking import Conflict
from plans.decisions.actions import outcomes
from plans.desk.page import whose
from plans.desk.tasks import waiting
from plans.enums import Outcome, Purpose
from plans.lifecycle.gates import SUBMIT, submission_facts
from plans.models import Treatment
from tests.consultations.handled import a_closed_round, a_long_response, a_remark, handler, room
from tests.consultations.round_factories import DAY, a_response, a_round, an_invitation, anchors
from tests.factories import lead, secretary
from tests.plans.matters import consulted, ready_plan, submitted

pytestmark = pytest.mark.django_db


def missing(round: Round) -> list[str]:
    return [one.text for one in blockers(READY, round=round)]


def a_report(round: Round) -> Report:
    number = round.reports.count() + 1
    return Report.objects.create(
        round=round, number=number, name="Høringsnotat", made_at=clock.now(), digest="x", content=""
    )


def answered(remark, **facts) -> None:
    remark.refresh_from_db()
    facts = {"reply": "<p>Ja.</p>", "proposal": "met", **facts}
    remarks.handle(remark=remark, facts=facts, seen=remark.version, by=None)


def test_each_thing_that_is_missing_is_told_with_a_way_to_it():
    round = a_closed_round()
    remark = a_remark(round)
    a_long_response(round)
    a_response(round, text="For sent.", is_late=True)
    assert missing(round) == [
        "Det er ikke afgjort, om 1 høringssvar modtaget efter fristen skal indgå.",
        "2 høringssvar er ikke delt færdigt op i bemærkninger.",
        "1 bemærkning mangler svar eller forslag.",
        "Høringsnotatet er ikke lavet.",
    ]
    assert all(one.link for one in blockers(READY, round=round))
    answered(remark, wanted_anchor=anchors(round)[1])
    assert any("bemærkning nr. 1, står, som det stod" in one for one in missing(round))


def test_an_open_round_is_not_ready_nor_one_where_a_party_may_still_answer():
    assert missing(a_round())[0] == "Høringen er stadig åben."
    round = a_closed_round(title="En anden")
    an_invitation(round, closes_at=clock.now() + DAY)
    assert "Høringen er stadig åben." in missing(round)


def test_a_report_made_before_the_last_change_does_not_count():
    round = a_closed_round()
    remark = a_remark(round)
    answered(remark)
    a_report(round)
    assert missing(round) == []
    answered(remark, reply="<p>Nej.</p>")
    assert missing(round) == [
        "Bemærkninger er ændret, efter at høringsnotatet blev lavet. Lav det på ny."
    ]


def test_it_is_marked_when_nothing_is_missing_or_it_is_said_why():
    round = a_closed_round()
    a_remark(round)
    with pytest.raises(Blocked):
        ready.mark_ready(round=round, seen=round.version, by=None)
    row = ready.mark_ready(round=round, in_spite="Haster.", seen=round.version, by=None)
    assert (row.ready_at is not None, row.ready_in_spite) == (True, "Haster.")
    with pytest.raises(Conflict):
        ready.take_back_ready(round=round, seen=round.version, by=None)
    row = ready.take_back_ready(round=row, seen=row.version, by=None)
    assert (row.ready_at, row.ready_by, row.ready_in_spite) == (None, None, "")


def test_the_page_tells_what_is_missing_and_asks_why(client):
    round = a_closed_round()
    a_remark(round)
    client.force_login(handler(round))
    url = room(round, "klar/")
    assert "mangler svar eller forslag" in client.get(url).content.decode()
    assert client.post(url, {"seen": round.version}).status_code == 422
    round.refresh_from_db()
    data = {"seen": round.version, "in_spite": "Udvalget har bedt om det."}
    assert client.post(url, data).status_code == 302
    assert "Selv om noget manglede" in client.get(url).content.decode()
    round.refresh_from_db()
    client.post(url, {"seen": round.version, "back": "1"})
    round.refresh_from_db()
    assert round.ready_at is None


def test_a_lead_sees_it_and_the_secretary_marks_it(client):
    round = a_closed_round()
    client.force_login(lead(round.plan))
    assert client.get(room(round, "klar/")).status_code == 200
    assert client.post(room(round, "klar/"), {"seen": 0}).status_code == 403


# --- the plan's next step ---


@pytest.fixture
def after():
    """A plan after its consultation, with a closed round that was answered once."""
    plan = consulted(ready_plan())
    round = a_closed_round(plan=plan)
    # the bodies had sent it out before: a round that ended before that would be another one
    Treatment.objects.filter(matter__plans__cycle__plan=plan).update(
        decided_on=round.first_day - DAY
    )
    return round, a_remark(round)


def blocked(round: Round, purpose: str = Purpose.ADOPTION) -> list[str]:
    plan = type(round.plan).objects.get(pk=round.plan_id)
    facts = submission_facts(plan, plan.open_cycle, purpose)
    return [
        one.text
        for one in blockers(SUBMIT, facts=facts)
        if "Høring" in one.text or "høring" in one.text
    ]


def test_the_bodies_get_the_plan_again_when_the_consultation_is_ready(after):
    round, remark = after
    assert len(blocked(round)) == 1
    answered(remark)
    a_report(round)
    ready.mark_ready(round=round, seen=Round.objects.get(pk=round.pk).version, by=None)
    assert blocked(round) == []
    a_long_response(round, is_late=True, late_decision="accepted", late_because="Posten var sen.")
    assert "siden høringen blev meldt klar" in blocked(round)[0]


def test_said_why_not_is_enough(after):
    round, _remark = after
    seen = Round.objects.get(pk=round.pk).version
    ready.mark_ready(round=round, in_spite="Haster.", seen=seen, by=None)
    assert blocked(round) == []


def test_a_withdrawn_or_internal_round_blocks_nothing(after):
    round, _remark = after
    for fields in (
        {"is_internal": True, "is_public": False},
        {"withdrawn_at": clock.now(), "withdrawn_because": "Fejl"},
    ):
        row = Round.objects.get(pk=round.pk)
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        assert blocked(round) == []
        for name in fields:
            setattr(row, name, getattr(round, name))
        row.save()


def test_recording_a_decision_is_never_refused(after):
    round, _remark = after
    matter = submitted(round.plan, purpose=Purpose.DISCUSSION)
    decision = outcomes.Decision(Outcome.DISCUSSED, decided_on=clock.today())
    done = outcomes.record_outcome(treatment=matter.next_treatment, decision=decision, by=None)
    assert done.outcome == Outcome.DISCUSSED


# --- the desk ---


def desk(user) -> dict[str, int]:
    at = clock.now()
    return {row.code: row.number for row in waiting(whose(user, at=at))}


def test_the_desk_tells_what_there_is_to_do():
    round = a_closed_round()
    me = handler(round)
    assert "responses" not in desk(me)
    remark = a_remark(round)
    a_long_response(round)
    a_long_response(round, is_late=True)
    found = desk(me)
    assert (found["responses"], found["late_responses"]) == (2, 1)
    assert found["responses_to_clear"] == 3
    assert "round_ready" not in found
    remarks.sort_many(remarks=[remark], facts={"assignee": me}, by=me)
    assert desk(me)["remarks"] == 1
    assert desk(secretary("fremmed", "Teknikudvalget")) == {}
    rows = [row for row in waiting(whose(me, at=clock.now())) if row.code in found]
    assert all(row.said[0] and row.said[1].startswith("/arbejde/") for row in rows)


def test_a_round_in_which_all_is_answered_waits_to_be_marked():
    round = a_closed_round()
    me = handler(round)
    answered(a_remark(round))
    assert "round_ready" in desk(me)
    assert "round_ready" not in desk(lead(round.plan))
    seen = Round.objects.get(pk=round.pk).version
    ready.mark_ready(round=round, in_spite="x", seen=seen, by=me)
    assert "round_ready" not in desk(me)


def test_a_late_response_that_is_refused_waits_for_nobody():
    round = a_closed_round()
    a_long_response(round, is_late=True, late_decision="refused", late_because="For sent.")
    assert "responses" not in desk(handler(round))
    assert not splitting.Response.objects.filter(round=round).to_go_through().exists()


def test_what_was_said_in_a_withdrawn_or_refused_response_needs_no_answer():
    round = a_closed_round()
    me = handler(round)
    rows = [a_remark(round) for _ in range(4)]
    remarks.sort_many(remarks=rows, facts={"assignee": me}, by=me)
    for remark, facts in (
        (rows[0], {"withdrawn_at": clock.now()}),
        (rows[1], {"is_late": True, "late_decision": "refused", "late_because": "For sent."}),
    ):
        response = remark.response
        for name, value in facts.items():
            setattr(response, name, value)
        response.save()
    assert handling.progress(round).open == 2
    assert [row.number for row in handling.remarks_of(round)] == [3, 4]
    assert desk(me)["remarks"] == 2
    for row in rows[2:]:
        answered(row)
    assert handling.progress(round).open == 0
    assert "round_ready" in desk(me)


def test_one_that_others_are_answered_with_stays_though_its_sender_withdrew():
    round = a_closed_round()
    head, other = a_remark(round), a_remark(round)
    remarks.join(remark=other, head=head, seen=other.version, by=None)
    response = head.response
    response.withdrawn_at = clock.now()
    response.save()
    progress = handling.progress(round)
    assert (progress.total, progress.doubles, progress.open) == (1, 1, 1)
