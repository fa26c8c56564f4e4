"""Writing in a section: drafts, saving, conflicts; the outline; comments."""

from __future__ import annotations

import pytest

from kommuneplan.keeping import TextChoice, TextMoved, Typed, mark
from kommuneplan.locking import Conflict
from plans.document.building import gather
from plans.models import Section
from plans.text.actions.comments import add_comment, answer_comment, reopen_comment, resolve_comment
from plans.text.actions.outline import (
    CannotMove,
    Direction,
    add_section,
    mark_section,
    move_section,
    place_section,
    restore_section,
    retire_section,
)
from plans.text.actions.sections import (
    ConflictChoice,
    discard_draft,
    in_conflict,
    joined,
    keep_draft,
    mark_of,
    open_draft,
    save_section,
    settle_beside,
    settle_conflict,
    windows_of,
)
from plans.text.outline import outline, threads
from tests.factories import a_plan, lead, secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db):
    return a_plan()


@pytest.fixture
def ida(plan):
    return secretary("ida")


@pytest.fixture
def bo(plan):
    return lead(plan, "bo")


@pytest.fixture
def section(plan, ida):
    row = add_section(plan=plan, title="Formål", by=ida)
    return save_section(
        section=row, title="Formål", text="<p>Vi lytter.</p>", base_version=row.version, by=ida
    )


def keep(section, by, text, *, sequence=1, page="a", seen=None, title="Formål", base=None):
    typed = Typed({"title": title, "text": text}, seen or {}, page=page, sequence=sequence)
    return keep_draft(
        section=section, typed=typed, by=by,
        base_version=section.version if base is None else base,
    )[0]  # fmt: skip


def shown(section, by) -> dict[str, str]:
    """The marks of the draft, for a page that was opened with it."""
    draft = open_draft(section, by)
    return {name: mark(getattr(draft, name)) for name in ("title", "text")}


def save(section, by, text, *, title="Formål", base=None, page="", sequence=0, seen=None):
    typed = Typed({"title": title, "text": text}, seen or {}, page=page, sequence=sequence)
    return save_section(
        section=section, title=title, text=text, by=by, typed=typed,
        base_version=section.version if base is None else base,
    )  # fmt: skip


# --- drafts --------------------------------------------------------------------------------------


def test_a_draft_is_sanitised_and_changes_no_section(section, ida):
    assert keep(section, ida, "<p>Nyt<script>alert(1)</script></p>").store["text"] == "<p>Nyt</p>"
    assert open_draft(section, ida).text == "<p>Nyt</p>"
    section.refresh_from_db()
    assert section.text == "<p>Vi lytter.</p>"


def test_autosaves_that_overtake_each_other_do_not_undo(section, ida):
    assert not keep(section, ida, "<p>2</p>", sequence=2).is_late
    assert keep(section, ida, "<p>1</p>", sequence=1).is_late
    assert open_draft(section, ida).text == "<p>2</p>"


def test_the_same_person_in_two_windows_overwrites_nothing(section, ida):
    keep(section, ida, "<p>Den ene</p>", page="a")
    assert keep(section, ida, "<p>Den anden</p>", page="b").beside == ["text"]
    assert open_draft(section, ida).text == "<p>Den ene</p>"
    assert [one.words for one in windows_of(section, ida).besides()] == ["<p>Den anden</p>"]
    seen = shown(section, ida)
    assert keep(section, ida, "<p>Videre</p>", page="c", seen=seen).store
    assert open_draft(section, ida).text == "<p>Videre</p>"


def test_two_windows_write_heading_and_text_and_both_stand(section, ida):
    first = {"title": mark("Formål"), "text": mark("<p>Vi lytter.</p>")}
    for page, words in (("a", {"title": "Mål"}), ("b", {"text": "<p>Vi handler.</p>"})):
        typed = Typed(words, first, page=page, sequence=1)
        keep_draft(section=section, typed=typed, base_version=section.version, by=ida)
    draft = open_draft(section, ida)
    assert (draft.title, draft.text) == ("Mål", "<p>Vi handler.</p>")


def test_an_answer_that_was_lost_makes_no_conflict_with_oneself(section, ida):
    seen = {"title": mark("Formål"), "text": mark("<p>Vi lytter.</p>")}
    keep(section, ida, "<p>Vi lytter. Mere</p>", sequence=1, seen=seen)
    done = keep(section, ida, "<p>Vi lytter. Mere endnu</p>", sequence=2, seen=seen)
    assert not done.clashes
    assert open_draft(section, ida).text == "<p>Vi lytter. Mere endnu</p>"


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("begge", "<p>Den ene</p>\n<p>Den anden</p>"),
        ("denne", "<p>Den anden</p>"),
        ("ingen", "<p>Den ene</p>"),
    ],
)
def test_two_windows_are_put_together_as_one_chooses(section, ida, what, text):
    keep(section, ida, "<p>Den ene</p>", page="a")
    keep(section, ida, "<p>Den anden</p>", page="b")
    choice = TextChoice.read(f"{what}|b|text|{mark('<p>Den ene</p>')}|{mark('<p>Den anden</p>')}")
    settle_beside(section=section, choice=choice, page="c", by=ida)
    assert open_draft(section, ida).text == text
    assert not windows_of(section, ida).besides()
    with pytest.raises(TextMoved):
        settle_beside(section=section, choice=choice, page="c", by=ida)


def test_a_choice_between_texts_that_are_others_by_now_changes_nothing(section, ida):
    keep(section, ida, "<p>Den ene</p>", page="a")
    keep(section, ida, "<p>Den anden</p>", page="b")
    choice = TextChoice.read(f"denne|b|text|{mark('<p>Den ene</p>')}|{mark('<p>Den anden</p>')}")
    keep(section, ida, "<p>Den ene igen</p>", page="a", sequence=2)
    with pytest.raises(TextMoved):
        settle_beside(section=section, choice=choice, page="c", by=ida)
    assert open_draft(section, ida).text == "<p>Den ene igen</p>"
    assert windows_of(section, ida).besides()


def test_an_autosave_that_comes_after_the_save_makes_no_draft_again(section, ida):
    keep(section, ida, "<p>Halvt</p>", sequence=1)
    save(section, ida, "<p>Helt</p>", page="a", sequence=3)
    assert keep(section, ida, "<p>Halvt</p>", sequence=2, base=section.version).is_late
    assert open_draft(section, ida) is None


def test_saving_in_one_window_leaves_what_another_has_kept(section, ida):
    keep(section, ida, "<p>Andet vindue</p>", page="b")
    save(section, ida, "<p>Gemt</p>", page="a", sequence=1)
    assert open_draft(section, ida).text == "<p>Andet vindue</p>"


def test_saving_the_draft_one_was_shown_closes_it(section, ida):
    keep(section, ida, "<p>Fra i går</p>", page="b")
    seen = shown(section, ida)
    save(section, ida, "<p>Fra i går, rettet</p>", page="c", sequence=1, seen=seen)
    assert open_draft(section, ida) is None


def test_a_draft_that_was_written_on_in_another_window_is_not_thrown_away(section, ida):
    keep(section, ida, "<p>Vist</p>", page="b")
    seen = shown(section, ida)
    keep(section, ida, "<p>Vist og mere</p>", page="b", sequence=2)
    with pytest.raises(TextMoved):
        discard_draft(section=section, by=ida, typed=Typed({}, seen, page="c"))
    assert open_draft(section, ida).text == "<p>Vist og mere</p>"
    seen = shown(section, ida)
    discard_draft(section=section, by=ida, typed=Typed({}, seen, page="c"))
    assert open_draft(section, ida) is None


def test_a_conflict_leaves_out_no_heading_of_another_window(section, ida, bo):
    base = section.version
    keep(section, bo, "<p>Vi lytter.</p>", page="b", title="Bos anden overskrift")
    save(section, ida, "<p>Idas.</p>", title="Idas overskrift")
    with pytest.raises(Conflict):
        save(section, bo, "<p>Bos.</p>", title="Bos overskrift", base=base, page="a", sequence=1)
    draft = open_draft(section, bo)
    assert draft.title == "Bos overskrift"
    for words in ("Bos anden overskrift", "Vi lytter.", "Bos."):
        assert words in draft.text


# --- saving --------------------------------------------------------------------------------------


def test_two_who_save_both_keep_their_text(section, ida, bo):
    base = section.version
    save(section, ida, "<p>Vi lytter og handler.</p>")
    with pytest.raises(Conflict):
        save(section, bo, "<p>Vi lytter til borgerne.</p>", base=base)
    section.refresh_from_db()
    assert section.text == "<p>Vi lytter og handler.</p>"
    assert open_draft(section, bo).text == "<p>Vi lytter til borgerne.</p>"
    assert in_conflict(section, open_draft(section, bo))


def test_a_section_that_was_only_moved_meanwhile_is_no_conflict(plan, section, ida, bo):
    base = section.version
    add_section(plan=plan, title="Baggrund", by=ida)
    move_section(section=section, direction=Direction.DOWN, by=ida)
    mark_section(section=section, public=True, by=ida)
    saved = save(section, bo, "<p>Vi lytter til borgerne.</p>", base=base)
    assert (saved.text, saved.position, saved.is_public) == (
        "<p>Vi lytter til borgerne.</p>", 1, True,
    )  # fmt: skip


def test_heading_by_one_and_text_by_the_other_are_both_kept(section, ida, bo):
    base = section.version
    save(section, ida, "<p>Vi lytter.</p>", title="Formål og vision")
    saved = save(section, bo, "<p>Vi lytter til borgerne.</p>", base=base)
    assert (saved.title, saved.text) == ("Formål og vision", "<p>Vi lytter til borgerne.</p>")


def test_saving_what_stands_already_leaves_no_trace(section, ida):
    save(section, ida, "<p>Vi lytter.</p>")
    assert section.history.count() == 2


@pytest.fixture
def conflict(section, ida, bo):
    base = section.version
    save(section, ida, "<p>Ens.</p><p>Idas ord.</p>")
    with pytest.raises(Conflict):
        save(section, bo, "<p>Ens.</p><p>Bos ord.</p>", base=base)
    section.refresh_from_db()
    return section


def test_a_conflict_settled_for_theirs(conflict, bo):
    settle_conflict(section=conflict, choice=ConflictChoice.THEIRS, seen=conflict.version, by=bo)
    conflict.refresh_from_db()
    assert "Idas ord" in conflict.text
    assert open_draft(conflict, bo) is None


def test_a_conflict_settled_for_mine_keeps_theirs_in_the_history(conflict, bo):
    settle_conflict(section=conflict, choice=ConflictChoice.MINE, seen=conflict.version, by=bo)
    conflict.refresh_from_db()
    assert "Bos ord" in conflict.text
    assert "Idas ord" in conflict.history.all()[1].text
    assert conflict.history.first().history_user == bo


def test_a_joined_text_holds_every_word_of_both(conflict, bo):
    settle_conflict(section=conflict, choice=ConflictChoice.JOINED, seen=conflict.version, by=bo)
    draft = open_draft(conflict, bo)
    assert draft.text.split("\n") == ["<p>Ens.</p>", "<p>Idas ord.</p>", "<p>Bos ord.</p>"]
    assert not in_conflict(conflict, draft)


@pytest.mark.parametrize("choice", [ConflictChoice.MINE, ConflictChoice.JOINED])
def test_a_choice_made_of_an_older_text_is_asked_again(conflict, ida, bo, choice):
    seen = conflict.version
    save(conflict, ida, "<p>Ida igen.</p>")
    with pytest.raises(Conflict):
        settle_conflict(section=conflict, choice=choice, seen=seen, by=bo)
    assert "Bos ord" in open_draft(conflict, bo).text


@pytest.mark.parametrize("choice", [ConflictChoice.MINE, ConflictChoice.THEIRS])
def test_a_choice_of_an_older_draft_is_asked_again(conflict, bo, choice):
    shown_mark = mark_of(open_draft(conflict, bo))
    keep(conflict, bo, "<p>Ens.</p><p>Bos ord og flere.</p>", page="b", seen=shown(conflict, bo))
    with pytest.raises(Conflict):
        settle_conflict(
            section=conflict, choice=choice, seen=conflict.version, by=bo, shown=shown_mark
        )
    assert "Bos ord og flere" in open_draft(conflict, bo).text


def test_joining_leaves_no_block_out():
    assert joined(["a", "b", "c"], ["a", "x", "c", "d"]).split("\n") == ["a", "b", "x", "c", "d"]


def test_a_discarded_draft_has_no_words_left(section, ida):
    keep(section, ida, "<p>Hemmeligt</p>")
    discard_draft(section=section, by=ida)
    assert section.drafts.get().text == ""


# --- the outline ---------------------------------------------------------------------------------


def shape(plan) -> list[str]:
    return [f"{line.number} {line.title}" for line in outline(plan)]


@pytest.fixture
def three(plan, ida):
    return [add_section(plan=plan, title=title, by=ida) for title in "ABC"]


@pytest.mark.parametrize(
    ("moves", "after"),
    [
        ([(1, "up")], ["1 B", "2 A", "3 C"]),
        ([(1, "down")], ["1 A", "2 C", "3 B"]),
        ([(1, "in")], ["1 A", "1.1 B", "2 C"]),
        ([(1, "in"), (2, "in"), (2, "in")], ["1 A", "1.1 B", "1.1.1 C"]),
        ([(1, "in"), (1, "out")], ["1 A", "2 B", "3 C"]),
        ([(1, "in"), (2, "in"), (1, "out")], ["1 A", "1.1 C", "2 B"]),
    ],
)
def test_sections_move_by_steps(plan, ida, three, moves, after):
    for which, direction in moves:
        move_section(section=three[which], direction=Direction(direction), by=ida)
    assert shape(plan) == after


@pytest.mark.parametrize(
    ("which", "direction"), [(0, "up"), (2, "down"), (0, "in"), (0, "out")]
)  # fmt: skip
def test_there_is_no_step_beyond_the_edge(plan, ida, three, which, direction):
    with pytest.raises(CannotMove):
        move_section(section=three[which], direction=Direction(direction), by=ida)
    assert shape(plan) == ["1 A", "2 B", "3 C"]


def test_dragging_puts_a_section_anywhere_but_under_itself(plan, ida, three):
    place_section(section=three[2], parent=three[0], position=0, by=ida)
    assert shape(plan) == ["1 A", "1.1 C", "2 B"]
    place_section(section=three[1], parent=None, position=0, by=ida)
    assert shape(plan) == ["1 B", "2 A", "2.1 C"]
    with pytest.raises(CannotMove):
        place_section(section=three[0], parent=Section.objects.get(title="C"), position=0, by=ida)


def test_another_plans_section_is_no_place(plan, ida, three):
    other = add_section(plan=a_plan("Anden plan"), title="X", by=ida)
    with pytest.raises(CannotMove):
        place_section(section=three[0], parent=other, position=0, by=ida)
    with pytest.raises(ValueError, match="another plan"):
        add_section(plan=plan, title="Y", parent=other, by=ida)


def test_taken_out_and_put_back_nothing_is_lost(plan, ida, three):
    move_section(section=three[1], direction=Direction.IN, by=ida)
    child = save(
        three[1], ida, "<p>Ord</p>", title="B", base=Section.objects.get(title="B").version
    )
    comment = add_comment(section=child, text="Hm", anchor=child.blocks[0][0], by=ida)
    keep(child, ida, "<p>Ord og flere</p>")
    mark_section(section=three[0], public=True, by=ida)
    assert [row.title for row in retire_section(section=three[0], by=ida)] == ["A", "B"]
    assert shape(plan) == ["1 C"]
    assert gather(plan).text == ()
    restore_section(section=three[0], by=ida)
    assert shape(plan) == ["1 A", "1.1 B", "2 C"]
    child.refresh_from_db()
    assert child.blocks[0][0] == comment.anchor
    assert open_draft(child, ida).text == "<p>Ord og flere</p>"


def test_a_new_section_stands_last_also_where_one_was_taken_out(plan, ida, three):
    retire_section(section=three[0], by=ida)
    add_section(plan=plan, title="D", by=ida)
    assert shape(plan) == ["1 B", "2 C", "3 D"]


def test_a_section_whose_place_is_out_comes_back_as_a_chapter(plan, ida, three):
    move_section(section=three[1], direction=Direction.IN, by=ida)
    retire_section(section=three[1], by=ida)
    retire_section(section=three[0], by=ida)
    restore_section(section=three[1], by=ida)
    assert shape(plan) == ["1 C", "2 B"]


# --- comments ------------------------------------------------------------------------------------


def test_a_comment_keeps_its_quote_when_the_paragraph_goes(section, ida, bo):
    comment = add_comment(section=section, text="Til hvem?", anchor=section.blocks[0][0], by=bo)
    saved = save(section, ida, "<p>Vi lytter til alle.</p>")
    assert not threads(saved)[0].gone
    saved = save(saved, ida, "<table><tbody><tr><td>42</td></tr></tbody></table>")
    assert threads(saved)[0].gone
    assert comment.quote == "Vi lytter."


def test_a_comment_is_answered_resolved_and_reopened(section, ida, bo):
    comment = add_comment(section=section, text="Til hvem?", by=bo)
    answer_comment(comment=comment, text="Til alle", by=ida)
    assert resolve_comment(comment=comment, by=ida).resolved_by == ida
    resolve_comment(comment=comment, by=bo)
    assert reopen_comment(comment=comment, by=bo).resolved_at is None
    resolve_comment(comment=comment, by=ida)
    answer_comment(comment=comment, text="Nej", by=bo)
    thread = threads(section)[0]
    assert thread.comment.resolved_at is None
    assert [answer.text for answer in thread.answers] == ["Til alle", "Nej"]


def test_a_comment_needs_a_paragraph_of_its_section(section, bo):
    with pytest.raises(ValueError, match="no such block"):
        add_comment(section=section, text="Hm", anchor="p0000000000", by=bo)
