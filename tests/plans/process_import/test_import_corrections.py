"""What is stored of an import while it is looked through comes back as it was said."""

from __future__ import annotations

import datetime as dt

from kommuneplan.timespan.span import Reading, ReadingStatus, TimeSpan
from plans.process_import.corrections import NewPlan, PlanCorrections, RowCorrection
from plans.text_import.answers import TextAnswers

DAY = TimeSpan.day(dt.date(2027, 3, 5))


def test_corrections_come_back_as_they_were_said():
    row = RowCorrection(
        title="",
        when=Reading(ReadingStatus.OK, (DAY,), ("Læst som dag.",), written="5. marts 2027"),
        calendar=("2027-03-05", ""),
        bodies=(),
        conditional=False,
        taken=False,
        confirmed=("year",),
        choices={"when": "file"},
        reason="Udsat.",
    )
    said = PlanCorrections(
        plan=NewPlan("Plan", "", "strategy"),
        rows={"m1": row, "m2": RowCorrection(phase="")},
        bodies={"Rådet": "words"},
        gone={"uid": "keep"},
        reason="Udsat.",
        meeting="uid",
    )
    assert PlanCorrections.from_json(said.to_json()) == said
    assert set(said.to_json()["rows"]["m2"]) == {"phase"}
    assert PlanCorrections().to_json() == {}


def test_corrections_stored_before_are_understood():
    stored = {
        "plan": {"title": "Plan", "kind": "strategy", "body": ""},
        "rows": {"m1": {"reason": "", "confirmed": [], "calendar": ["", ""], "taken": True}},
    }
    said = PlanCorrections.from_json(stored)
    assert (said.plan.title, said.row("m1").taken) == ("Plan", True)
    assert said.row("m1") == RowCorrection(taken=True)


def test_answers_that_come_later_stand_beside_those_given_before():
    first = TextAnswers(changes={"c1": "accept"}, alts={"i1": "Et hus"}, order="here")
    both = first.updated(TextAnswers(changes={"c2": "reject"}, alts={"i1": ""}))
    assert both.changes == {"c1": "accept", "c2": "reject"}
    assert (both.alts, both.order) == ({"i1": ""}, "here")
    assert TextAnswers.from_json(both.to_json()) == both
    assert TextAnswers().to_json() == {}
