"""Moving a milestone and what follows: distances kept, confirmed dates unmoved, dry run = done."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommuneplan import locking
from kommuneplan.core.models import Meeting
from kommuneplan.timespan.danish import phrase, read
from kommuneplan.timespan.span import TimeSpan
from plans.document.building import gather
from plans.models import Dependency, Milestone
from plans.process.actions import milestones
from plans.process.actions.moving import (
    GoesRound,
    NotInPlan,
    add_dependency,
    dry_run,
    move_with_followers,
    remove_dependency,
)
from plans.process.moving import DependencyLink, Movable, MoveOutcome, Scope, follow, shifted
from plans.versions.actions import publishing
from tests.factories import FIRST, a_plan, facts, imported, secretary
from tests.races import race

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2029, 12, 31))


@st.composite
def plans(draw):
    """Exact milestones, some confirmed, with dependencies that only go forward."""
    count = draw(st.integers(2, 8))
    rows = []
    for n in range(count):
        begin, long = draw(DAYS), draw(st.integers(0, 60))
        span = TimeSpan.between(begin, begin + dt.timedelta(days=long))
        rows.append(Movable(str(n), span, "", draw(st.booleans())))
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    chosen = draw(st.sets(pairs, max_size=10))
    links = [DependencyLink(str(b), str(a), draw(st.integers(0, 30))) for a, b in chosen if a < b]
    return rows, links


@given(plans(), DAYS, st.sampled_from(Scope))
def test_distances_are_kept_and_confirmed_dates_stand(made, day, scope):
    rows, links = made
    first = rows[0]
    length = (first.when.latest - first.when.earliest).days
    target = TimeSpan.between(day, day + dt.timedelta(days=length))
    effects = follow(rows, links, first.uid, target, scope)
    days = (day - first.when.earliest).days
    by_uid = {row.uid: row for row in rows}
    for effect in effects[1:]:
        row = by_uid[effect.uid]
        if row.fixed or days == 0:
            assert effect.after == row.when
            assert effect.outcome in {MoveOutcome.FIXED, MoveOutcome.CONFLICT}
        else:
            assert (effect.after.earliest - row.when.earliest).days == days
            assert (effect.after.latest - row.when.latest).days == days
    moved = {e.uid: e.after for e in effects if e.changes}
    for link in links:
        if link.step in moved and link.after in moved and first.uid not in (link.step, link.after):
            before = by_uid[link.step].when.earliest - by_uid[link.after].when.latest
            assert moved[link.step].earliest - moved[link.after].latest == before


@given(plans(), DAYS)
def test_what_waits_for_a_moved_one_moves_or_is_told_of(made, day):
    """No dependency that held is broken in silence by moving later."""
    rows, links = made
    first = rows[0]
    target = first.when.shifted((day - first.when.earliest).days)
    if day < first.when.earliest:
        return
    effects = {e.uid: e for e in follow(rows, links, first.uid, target, Scope.DEPENDENT)}
    before = {row.uid: row.when for row in rows}
    after = before | {uid: e.after for uid, e in effects.items()}
    for link in links:
        step, other, gap = link.step, link.after, dt.timedelta(days=link.days)
        held = before[step].earliest >= before[other].latest + gap
        holds = after[step].earliest >= after[other].latest + gap
        if held and not holds:
            assert effects[step].outcome is MoveOutcome.CONFLICT


@pytest.mark.parametrize(
    ("words", "days", "becomes"),
    [
        ("5. marts 2027", 7, "12. marts 2027"),
        ("10. maj til 14. juni 2027", 14, "24. maj–28. juni 2027"),
        ("maj 2027", 30, "juni 2027"),
        ("maj 2027", 7, "maj 2027"),
        ("januar 2027", -31, "december 2026"),
        ("uge 34 2027", 7, "uge 35 2027"),
        ("ultimo oktober 2015", 10, "primo november 2015"),
        ("2. kvartal 2027", 92, "3. kvartal 2027"),
        ("2008", 365, "2009"),
        ("senest 1. oktober 2027", 14, "senest 15. oktober 2027"),
        ("ca. 1. oktober 2027", 14, "ca. 15. oktober 2027"),
    ],
)
def test_a_date_stays_as_precise_as_it_was(words, days, becomes):
    moved = shifted(read(words).span, days)
    assert moved == read(becomes).span, phrase(moved)


VAGUE = "maj 2027|ultimo maj 2027|uge 8 2027|1. halvår 2027|sommer 2027|primo 2027|maj-juni 2027"


@given(st.sampled_from(VAGUE.split("|")), st.integers(-1500, 1500))
def test_a_vague_date_keeps_its_precision_and_its_words_can_be_read(words, days):
    span = read(words).span
    moved = shifted(span, days)
    assert moved.precision is span.precision
    assert read(phrase(moved)).span == moved


def test_the_words_of_a_moved_date_hold_no_explanation():
    rows = [Movable("a", read("5. marts 2027").span), Movable("b", read("primo maj 2027").span)]
    effects = follow(
        rows, [DependencyLink("b", "a")], "a", read("15. marts 2027").span, Scope.DEPENDENT
    )
    assert effects[1].words == "medio maj 2027"
    assert read(effects[1].words).span == effects[1].after


def test_an_undated_follower_is_told_of_and_left_alone():
    rows = [Movable("a", read("5. marts 2027").span), Movable("b", None, "afventer")]
    effects = follow(
        rows, [DependencyLink("b", "a")], "a", read("8. marts 2027").span, Scope.DEPENDENT
    )
    assert [e.outcome for e in effects] == [MoveOutcome.MOVES, MoveOutcome.UNDATED]


# --- done for good -----------------------------------------------------------------------------


@pytest.fixture
def user(db):
    return secretary()


@pytest.fixture
def plan(user):
    return imported(FIRST, user, a_plan())


def named(words: str) -> Milestone:
    return Milestone.objects.get(title__icontains=words)


def chain(user) -> None:
    """Draft → consultation → adoption."""
    add_dependency(milestone=named("Høring"), after=named("Udkast"), days=7, by=user)
    add_dependency(milestone=named("vedtagelse"), after=named("Høring"), days=28, by=user)


def move(plan, user, words="Udkast", to="20. april til 14. maj 2027", **more):
    row, when = named(words), read(to).span
    scope = more.pop("scope", Scope.DEPENDENT)
    _shown, seen = dry_run(plan=plan, milestone=row, when=when, scope=scope)
    more.setdefault("seen", seen)
    return move_with_followers(plan=plan, milestone=row, when=when, scope=scope, by=user, **more)


@pytest.mark.django_db
def test_the_dry_run_writes_nothing_and_is_what_is_done(plan, user):
    chain(user)
    before = facts(plan)
    shown, _seen = dry_run(
        plan=plan, milestone=named("Udkast"), when=read("20. april til 14. maj 2027").span,
        scope=Scope.DEPENDENT,
    )  # fmt: skip
    assert facts(plan) == before
    done = move(plan, user)
    assert [a.effect for a in shown] == [a.effect for a in done]
    for one in shown:
        assert Milestone.objects.get(pk=one.row.pk).takes_place == one.effect.after
    assert named("Høring").when == read("24. maj til 28. juni 2027").span
    assert named("vedtagelse").written == "10. september 2027"
    assert named("Indstilling").when == read("5. marts 2027").span


@pytest.mark.django_db
def test_confirmed_dates_and_meetings_stand_and_are_told_of(plan, user):
    chain(user)
    row = named("vedtagelse")
    meeting = Meeting.objects.create(body=plan.body, date=dt.date(2027, 7, 1))
    row.when, row.meeting = None, meeting
    row.save()
    done = {a.row.title: a.effect.outcome for a in move(plan, user)}
    assert done["Endelig vedtagelse af strategien"] is MoveOutcome.CONFLICT
    assert named("vedtagelse").takes_place == TimeSpan.day(dt.date(2027, 7, 1))
    with pytest.raises(milestones.DateNotItsOwn):
        move(plan, user, "vedtagelse", "1. oktober 2027")


@pytest.mark.django_db
def test_published_dates_keep_their_story_or_nothing_moves(plan, user):
    chain(user)
    uids = [str(uid) for uid in plan.open_cycle.milestones.values_list("uid", flat=True)]
    milestones.mark_public(plan=plan, public=uids, by=user)
    seen = publishing.seen_as(gather(plan))
    publishing.publish_process_plan(plan=plan, reason="", seen=seen, by=user)
    before = facts(plan)
    with pytest.raises(milestones.ReasonNeeded):
        move(plan, user)
    assert facts(plan) == before
    move(plan, user, reason="Mere tid til udkastet.")
    for words in ("Udkast", "Høring", "vedtagelse"):
        assert named(words).date_changes.get().reason == "Mere tid til udkastet."
    assert not named("Indstilling").date_changes.exists()


@pytest.mark.django_db
def test_what_has_changed_since_the_dry_run_is_shown_again(plan, user):
    chain(user)
    row, when = named("Udkast"), read("20. april til 14. maj 2027").span
    _shown, seen = dry_run(plan=plan, milestone=row, when=when, scope=Scope.DEPENDENT)
    milestones.move_milestone(
        milestone=named("Høring"), when=read("11. maj til 14. juni 2027").span, by=user
    )
    before = facts(plan)
    with pytest.raises(locking.Outdated):
        move(plan, user, seen=seen)
    assert facts(plan) == before


@pytest.mark.django_db
def test_everything_later_moves_too(plan, user):
    move(plan, user, scope=Scope.LATER)
    assert named("vedtagelse").when == read("10. september 2027").span
    assert named("Indstilling").when == read("5. marts 2027").span


@pytest.mark.django_db
def test_dependencies_go_forward_only_and_stay_in_the_plan(plan, user):
    chain(user)
    with pytest.raises(GoesRound):
        add_dependency(milestone=named("Udkast"), after=named("vedtagelse"), days=0, by=user)
    add_dependency(milestone=named("Høring"), after=named("Udkast"), days=9, by=user)
    assert sorted(Dependency.objects.values_list("days", flat=True)) == [9, 28]
    remove_dependency(milestone=named("Høring"), after=named("Udkast"), by=user)
    assert Dependency.objects.count() == 1
    mine = named("Høring")
    imported(FIRST, user, a_plan("En anden plan"))
    foreign = Milestone.objects.exclude(cycle=mine.cycle).first()
    with pytest.raises(NotInPlan):
        add_dependency(milestone=mine, after=foreign, days=0, by=user)
    with pytest.raises(NotInPlan):
        move_with_followers(
            plan=plan, milestone=foreign, when=read("1. maj 2028").span, scope=Scope.ALONE,
            seen="", by=user,
        )  # fmt: skip


# --- two at once -------------------------------------------------------------------------------


def move_once(_number: int, uid: str, seen: str) -> str:
    """In a process of its own: the confirmed move, once."""
    row = Milestone.objects.get(uid=uid)
    try:
        move_with_followers(
            plan=row.cycle.plan, milestone=row, when=read("20. april til 14. maj 2027").span,
            scope=Scope.DEPENDENT, seen=seen, by=None,
        )  # fmt: skip
    except locking.Outdated:
        return "outdated"
    return "moved"


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_the_same_move_move_it_once(plan, user):
    chain(user)
    row, when = named("Udkast"), read("20. april til 14. maj 2027").span
    _shown, seen = dry_run(plan=plan, milestone=row, when=when, scope=Scope.DEPENDENT)
    answers = race("tests.plans.process.test_moving:move_once", 4, str(row.uid), seen)
    assert sorted(answers) == ["moved", "outdated", "outdated", "outdated"]
    assert named("Høring").when == read("24. maj til 28. juni 2027").span
