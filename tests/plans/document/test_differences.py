"""What has changed between two documents, and how a change of date is told."""

from __future__ import annotations

import dataclasses
import datetime as dt

from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.document.comparison import compare
from plans.document.date_words import meaning, shown_date
from plans.document.differences import differences, notices
from plans.document.plan_document import (
    FocusLine,
    FocusMilestone,
    MilestoneLine,
    Moved,
    PlanDocument,
    PlanSummary,
    ProcessPlan,
    SectionLine,
    StatusHead,
    TextBlock,
)

D = dt.date
HEAD = PlanSummary(uid="p", title="Plan", kind="strategy", state="draft")


def row(uid: str, when: TimeSpan | None = None, **fields: object) -> MilestoneLine:
    fields = {"title": uid, "written": "", "kind": "meeting", **fields}
    return MilestoneLine(uid=uid, when=when, **fields)


def document(
    *rows: MilestoneLine, text: tuple[SectionLine, ...] = (), head: PlanSummary = HEAD
) -> PlanDocument:
    return PlanDocument(head, ProcessPlan((), rows), text)


MARCH, MAY = TimeSpan.day(D(2027, 3, 1)), TimeSpan.day(D(2027, 5, 1))


def test_the_same_document_has_no_differences() -> None:
    same = document(row("a", MARCH), text=(SectionLine("s", "1", 1, "Mål"),))
    assert not differences(same, same)


def test_milestones_are_followed_by_their_uid() -> None:
    before = document(
        row("væk", MARCH), row("flyttet", MARCH), row("holdt", MARCH), row("omdøbt", MARCH)
    )
    moved = row("flyttet", MAY, moved=(Moved(MARCH, "1. marts 2027", "Salen var optaget."),))
    after = document(
        moved,
        row("holdt", MARCH, state="done"),
        row("omdøbt", MARCH, title="Nyt navn"),
        row("ny", MAY),
    )
    found = differences(before, after).parts["process_plan"]
    assert [line.uid for line in found.gone] == ["væk"]
    assert [line.uid for line in found.new] == ["ny"]
    assert [line.uid for line in found.done] == ["holdt"]
    assert [(c.line.uid, c.before.title, c.aspects) for c in found.changed] == [
        ("omdøbt", "omdøbt", ("title",))
    ]
    (change,) = found.moved
    assert (change.before, change.after, change.reasons) == (
        "1. marts 2027",
        "1. maj 2027",
        ("Salen var optaget.",),
    )


def test_only_the_reasons_given_since_are_told() -> None:
    old = Moved(MARCH, "", "Gammel grund.")
    before = document(row("a", MARCH, moved=(old,)))
    after = document(row("a", MAY, moved=(old, Moved(MARCH, "", "Ny grund."))))
    assert differences(before, after).parts["process_plan"].moved[0].reasons == ("Ny grund.",)


def test_other_words_for_the_same_date_are_no_move() -> None:
    before, after = row("a", MARCH, written="1. marts 2027"), row("a", MARCH, written="1/3 2027")
    assert not differences(document(before), document(after))


def test_sections_and_head_are_compared() -> None:
    before = document(
        text=(
            SectionLine("a", "1", 1, "A", (TextBlock("x", "<p>1</p>"),)),
            SectionLine("b", "2", 1, "B"),
        )
    )
    after = document(
        text=(
            SectionLine("a", "1", 1, "A", (TextBlock("x", "<p>2</p>"),)),
            SectionLine("c", "2", 1, "C"),
        ),
        head=dataclasses.replace(HEAD, state="adopted"),
    )
    found = differences(before, after)
    text = found.parts["text"]
    assert [s.uid for s in text.changed] == ["a"]
    assert [s.uid for s in text.new] == ["c"]
    assert [s.uid for s in text.gone] == ["b"]
    assert found.head == ("state",)


def test_a_section_that_only_got_another_number_has_not_changed() -> None:
    before = document(text=(SectionLine("a", "1", 1, "A"),))
    assert not differences(before, document(text=(SectionLine("a", "2", 1, "A"),)))


def test_every_change_of_date_is_told_the_newest_first() -> None:
    line = row(
        "a", MAY, moved=(Moved(None, "foråret", "Første grund."), Moved(MARCH, "", "Anden grund."))
    )
    assert [(n.now, n.before, n.reason) for n in notices(line)] == [
        ("1. maj 2027", "1. marts 2027", "Anden grund."),
        ("1. marts 2027", "foråret", "Første grund."),
    ]


def test_an_exact_date_is_shown_in_full_and_a_vague_one_as_it_was_written() -> None:
    assert (
        shown_date(row("a", TimeSpan.day(D(2015, 4, 22)), written="22. april")) == "22. april 2015"
    )
    autumn = TimeSpan.within(D(2008, 9, 1), D(2008, 12, 31), Precision.PART_OF_YEAR)
    assert shown_date(row("a", autumn, written="Ultimo 2008")) == "ultimo 2008"
    august = TimeSpan.within(D(2015, 8, 1), D(2015, 8, 10), Precision.PART_OF_MONTH)
    assert shown_date(row("a", august, written="primo august")) == "primo august 2015"
    assert shown_date(row("a", None, written="afventer")) == "afventer"
    assert shown_date(row("a", None)) == ""


def test_a_vague_date_is_explained_where_that_says_more() -> None:
    october = TimeSpan.within(D(2015, 10, 21), D(2015, 10, 31), Precision.PART_OF_MONTH)
    assert meaning(row("a", october, written="ultimo oktober 2015")) == "21.–31. oktober 2015"
    autumn = TimeSpan.within(D(2008, 9, 1), D(2008, 12, 31), Precision.PART_OF_YEAR)
    assert meaning(row("a", autumn, written="ultimo 2008")) == "september–december 2008"
    for clear in (
        None,
        MARCH,
        TimeSpan.by(D(2015, 10, 1)),
        TimeSpan.within(D(2015, 10, 1), D(2015, 10, 31), Precision.MONTH),
        TimeSpan.day(D(2015, 10, 1), Modifier.APPROX),
    ):
        assert meaning(row("a", clear)) == ""


AREAS = (
    FocusLine("a", "Haver", goals="Flere mødes.", first_year=2026),
    FocusLine("b", "Naboer"),
    FocusLine("c", "Tryghed"),
)
DECIDED = (
    FocusLine("a", "Haver", goals="Flere mødes.", first_year=2026),
    FocusLine(
        "b",
        "Nye naboer",
        words="To gårde deltager.",
        decision="change",
        reason="Målet er for snævert.",
        milestones=(FocusMilestone("m", "Fest", "juni 2026", "done", D(2026, 6, 5)),),
    ),
    FocusLine("d", "Unge"),
)


def test_focus_areas_are_compared_by_their_uid() -> None:
    before = dataclasses.replace(document(), focus=AREAS)
    found = differences(before, dataclasses.replace(document(), focus=DECIDED)).parts["focus"]
    assert [area.uid for area in found.new] == ["d"]
    assert [area.uid for area in found.gone] == ["c"]
    (change,) = found.changed
    assert (change.line.uid, change.aspects) == ("b", ("title", "words", "decision", "reason"))
    assert not differences(before, before)


def test_focus_areas_stand_side_by_side_word_for_word() -> None:
    before = dataclasses.replace(document(), focus=AREAS)
    status = StatusHead("s", 2026, "Et godt år.")
    after = dataclasses.replace(document(), focus=DECIDED, status=status)
    found = compare(before, after).parts
    assert [(area.title, area.kind) for area in found["focus"]] == [
        ("Nye naboer", "changed"),
        ("Tryghed", "gone"),
        ("Unge", "new"),
    ]
    rows = {row.name: row for row in found["focus"][0].rows}
    assert list(rows) == ["title", "words", "milestones", "decision", "reason"]
    told = {name: "".join(piece.text for piece in row.after) for name, row in rows.items()}
    assert told["milestones"] == "juni 2026: Fest (gennemført 5. juni 2026)"
    assert told["decision"] == "ændr"
    assert "".join(piece.text for piece in rows["title"].before) == "Naboer"
    (year,) = found["status"]
    assert "Et godt år." in "".join(piece.text for piece in year.rows[0].after)
    assert not compare(before, before)
