"""The checks of a process plan: each with what makes it speak, and what must not."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kommuneplan.core.models import Meeting
from kommuneplan.timespan.danish import read
from plans.models import Milestone, Plan
from plans.process.check_facts import gather_facts, live_rows
from plans.process.checks import (
    Action,
    BodyFact,
    CheckedMilestone,
    Depends,
    MeetingFact,
    ProcessFacts,
    Relative,
    Rules,
    Sureness,
    TextFact,
    check,
)
from plans.process.checks.consultations import longest, working_days
from plans.process.checks.meetings import closed_day
from tests.factories import FIRST, a_plan, committee, imported, secretary

SUD = BodyFact("b1", "Socialudvalget", "committee")
QUIET = Rules(councils=())


def step(title: str, when: str | None, kind: str = "other", **more) -> CheckedMilestone:
    """A milestone in words: "10. maj til 14. juni 2027"."""
    span = read(when).span if when else None
    assert when is None or span is not None, when
    return CheckedMilestone(uid=title, title=title, when=span, kind=kind, **more)


def plan(*steps: CheckedMilestone, kind: str = "process", **more) -> ProcessFacts:
    more.setdefault("rules", QUIET)
    ordered = sorted(steps, key=lambda s: s.when.sort_key if s.when else (dt.date.max,) * 2)
    return ProcessFacts(kind=kind, steps=tuple(ordered), **more)


def hearing(when: str, title: str = "Høring", **more) -> CheckedMilestone:
    return step(title, when, "hearing", **more)


def adoption(when: str, title: str = "Endelig vedtagelse", **more) -> CheckedMilestone:
    return step(title, when, "adoption", **more)


def law(weeks: int, *, objections: bool = False) -> Rules:
    return Rules(weeks, "§ 24, stk. 3", objections, councils=())


def meets(*days: str, papers: str | None = None) -> dict[str, tuple[MeetingFact, ...]]:
    due = dt.date.fromisoformat(papers) if papers else None
    return {"b1": tuple(MeetingFact(dt.date.fromisoformat(day), due) for day in days)}


def _text(words: str) -> TextFact:
    return TextFact("Proces", words)


COUNCILS = Rules(councils=("disability", "seniors"))
MAY = hearing("10. maj til 14. juni 2027")
DRAFT = "Udkast udarbejdes"

# (code, facts, does it speak?)
CASES = [
    ("drafting-after-hearing", plan(MAY, step(DRAFT, "1. til 30. august 2027", "drafting")), True),
    ("drafting-after-hearing", plan(MAY, step(DRAFT, "april 2027", "drafting")), False),
    ("drafting-after-hearing", plan(MAY, step(DRAFT, "2027", "drafting")), False),
    ("drafting-after-hearing",
     plan(MAY, step("Tilretning efter høringen", "august 2027", "drafting")), False),
    ("drafting-after-hearing",
     plan(MAY, step(DRAFT, "april 2027", "drafting"),
          step("Udkast til bilag", "august 2027", "drafting")), False),
    ("hearing-after-adoption", plan(adoption("5. marts 2027"), MAY), True),
    ("hearing-after-adoption", plan(MAY, adoption("27. august 2027")), False),
    ("hearing-after-adoption", plan(adoption("2027"), MAY), False),
    ("hearing-after-adoption",
     plan(adoption("5. marts 2027"), hearing("maj 2027", "Høring om delstrategier")), False),
    ("hearing-after-adoption",
     plan(adoption("5. marts 2027"), step("Behandling af høringssvar", "maj 2027", "hearing")),
     False),
    ("adoption-before-hearing-ends", plan(MAY, adoption("1. juni 2027")), True),
    ("adoption-before-hearing-ends", plan(MAY, adoption("14. juni 2027")), True),
    ("adoption-before-hearing-ends", plan(MAY, adoption("15. juni 2027")), False),
    ("adoption-before-hearing-ends", plan(MAY, adoption("juni 2027")), False),
    ("adoption-before-hearing-ends", plan(MAY, adoption("ca. 1. juni 2027")), False),
    ("adoption-before-hearing-ends",
     plan(MAY, adoption("1. juni 2027"), adoption("27. august 2027", "Byrådet vedtager")), False),
    ("adoption-before-hearing-ends", plan(hearing("juni 2027"), adoption("20. juni 2027")), False),
    ("gap", plan(step("Start", "5. januar 2027"), adoption("1. december 2027")), True),
    ("gap", plan(step("Start", "5. januar 2027"), adoption("1. juni 2027")), False),
    ("gap", plan(adoption("5. januar 2027"), step("Evaluering", "2030")), False),
    ("gap", plan(step("Start", "5. januar 2027"), step("Udkast", "2027"),
                 adoption("1. december 2027")), False),
    ("gap", plan(step("Start", "5. januar 2027"), step("Proces", None),
                 adoption("1. december 2027")), False),
    ("dependency", plan(MAY, adoption("20. juni 2027"),
                        depends=(Depends("Endelig vedtagelse", "Høring", 14),)), True),
    ("dependency", plan(MAY, adoption("28. juni 2027"),
                        depends=(Depends("Endelig vedtagelse", "Høring", 14),)), False),
    # three of June's thirty days are late enough
    ("dependency", plan(MAY, adoption("juni 2027"),
                        depends=(Depends("Endelig vedtagelse", "Høring", 14),)), True),
    ("dependency", plan(MAY, adoption("juni 2027"),
                        depends=(Depends("Endelig vedtagelse", "Høring", 1),)), False),
    ("dependency", plan(MAY, adoption("ca. 1. juni 2027"),
                        depends=(Depends("Endelig vedtagelse", "Høring", 14),)), False),
    ("hearing-shorter-than-law", plan(hearing("1. marts til 23. april 2027"), rules=law(8)), True),
    ("hearing-shorter-than-law", plan(hearing("1. marts til 24. april 2027"), rules=law(8)), False),
    # both ways of counting "otte uger": R40 (inclusive) and R35 (start + 56 days)
    ("hearing-shorter-than-law",
     plan(hearing("1. februar til 28. marts 2021"), rules=law(8)), False),
    ("hearing-shorter-than-law", plan(hearing("6. juni til 1. august 2019"), rules=law(8)), False),
    ("hearing-shorter-than-law", plan(hearing("maj 2027"), rules=law(8)), True),
    ("hearing-shorter-than-law", plan(hearing("maj til juli 2027"), rules=law(8)), False),
    ("hearing-shorter-than-law", plan(hearing("fra 1. maj 2027"), rules=law(8)), False),
    ("hearing-shorter-than-law", plan(hearing("3. maj 2027"), rules=law(8)), False),
    ("hearing-shorter-than-law", plan(hearing("1. til 31. maj 2027"), rules=law(4)), False),
    ("hearing-shorter-than-own-rule", plan(hearing("3. til 21. maj 2027")), True),
    ("hearing-shorter-than-own-rule", plan(hearing("3. til 29. maj 2027")), False),
    ("hearing-shorter-than-own-rule", plan(hearing("senest 21. maj 2027")), False),
    # S0: the seeds' own consultation of 30 days
    ("hearing-shorter-than-own-rule", plan(hearing("22. maj til 20. juni 2008")), False),
    ("hearing-across-holidays", plan(hearing("28. juni til 10. august 2027")), True),
    ("hearing-across-holidays", plan(hearing("1. juni til 15. august 2027")), False),
    ("hearing-across-holidays", plan(hearing("15. december 2026 til 14. januar 2027")), True),
    ("hearing-across-holidays", plan(hearing("15. marts til 12. april 2027")), True),
    ("hearing-across-holidays", plan(MAY), False),
    ("hearing-across-holidays", plan(hearing("juli 2027")), True),
    ("hearing-across-holidays", plan(hearing("sommeren 2027")), False),
    ("hearing-across-holidays",
     plan(hearing("28. juni til 10. august 2027"),
          rules=Rules(hearing_weeks_outside_holidays=0)), False),
    ("objections", plan(MAY, adoption("30. juni 2027"), rules=law(4, objections=True)), True),
    ("objections", plan(MAY, adoption("12. juli 2027"), rules=law(4, objections=True)), False),
    ("objections", plan(MAY, adoption("30. juni 2027")), False),
    ("objections", plan(MAY, adoption("juli 2027"), rules=law(4, objections=True)), False),
    ("council-disability", plan(MAY, rules=COUNCILS), True),
    ("council-seniors", plan(MAY, rules=COUNCILS), True),
    ("council-disability",
     plan(hearing("maj 2027", others="Handicaprådet og brugerrådene"), rules=COUNCILS), False),
    ("council-seniors", plan(MAY, step("Møde i Seniorrådet", "maj 2027"), rules=COUNCILS), False),
    ("council-seniors", plan(MAY), False),
    ("council-seniors", plan(adoption("maj 2027"), rules=COUNCILS), False),
    ("meeting-on-closed-day", plan(step("Møde", "1. maj 2027", "meeting")), True),
    ("meeting-on-closed-day", plan(step("Møde", "5. juni 2026", "meeting")), True),
    ("meeting-on-closed-day", plan(step("Møde", "24. december 2026", "meeting")), True),
    ("meeting-on-closed-day", plan(step("Møde", "18. april 2008", "meeting")), True),
    ("meeting-on-closed-day", plan(step("Møde", "26. april 2024", "meeting")), False),
    ("meeting-on-closed-day", plan(step("Møde", "5. marts 2008", "meeting")), False),
    ("meeting-on-closed-day", plan(step("Borgermøde", "1. maj 2027", "meeting")), False),
    ("meeting-on-closed-day", plan(step("Udkast", "1. maj 2027", "drafting")), False),
    ("meeting-on-closed-day",
     plan(step("Møde", "1. maj 2027", "meeting", state="cancelled")), False),
    ("meeting-outside-calendar",
     plan(step("Møde", "5. maj 2027", "meeting", bodies=(SUD,)),
          calendars=meets("2027-04-28", "2027-05-12")), True),
    ("meeting-outside-calendar",
     plan(step("Møde", "12. maj 2027", "meeting", bodies=(SUD,)),
          calendars=meets("2027-04-28", "2027-05-12")), False),
    ("meeting-outside-calendar",
     plan(step("Møde", "5. maj 2027", "meeting", bodies=(SUD,)),
          calendars=meets("2026-04-28")), False),
    ("meeting-outside-calendar",
     plan(step("Møde", "maj 2027", "meeting", bodies=(SUD,)),
          calendars=meets("2027-04-28")), False),
    ("meeting-outside-calendar",
     plan(step("Udkast", "5. maj 2027", "drafting", bodies=(SUD,)),
          calendars=meets("2027-04-28")), False),
    ("meeting-cancelled",
     plan(step("Møde", "5. maj 2027", "meeting",
               meeting=MeetingFact(dt.date(2027, 5, 5), cancelled=True))), True),
    ("meeting-cancelled",
     plan(step("Møde", "5. maj 2027", "meeting", meeting=MeetingFact(dt.date(2027, 5, 5)))), False),
    ("papers", plan(MAY, adoption("23. juni 2027", bodies=(SUD,)),
                    calendars=meets("2027-06-23", papers="2027-06-09")), True),
    ("papers", plan(MAY, adoption("30. juni 2027", bodies=(SUD,)),
                    calendars=meets("2027-06-30", papers="2027-06-16")), False),
    ("papers", plan(hearing("juni 2027"), adoption("7. juli 2027", bodies=(SUD,)),
                    calendars=meets("2027-07-07", papers="2027-06-23")), False),
    ("papers", plan(MAY, adoption("23. juni 2027", bodies=(SUD,))), False),
    ("date-in-text", plan(MAY, texts=(_text("Høringen løber fra 1. til 31. juli 2027."),)),
     True),
    ("date-in-text", plan(MAY, texts=(_text("Høringsfristen er 21. juni 2027."),)), True),
    ("date-in-text", plan(MAY, texts=(_text("Høringsfristen er 14. juni 2027."),)), False),
    ("date-in-text",
     plan(MAY, texts=(_text("Høringen løber 10. maj til 14. juni 2027."),)), False),
    ("date-in-text", plan(MAY, texts=(_text("Høringen foregår i maj 2027."),)), False),
    ("date-in-text",
     plan(MAY, texts=(_text("Høringssvar behandles 27. august 2027."),)), False),
    ("date-in-text", plan(MAY, texts=(_text("Høringsfristen er 21. juni."),)), True),
    ("date-in-text", plan(MAY, texts=(_text("Høringsfristen er 14. juni."),)), False),
    ("date-in-text",
     plan(MAY, hearing("1. til 30. september 2027", "Fornyet høring"),
          texts=(_text("Høringsfristen er 30. september 2027."),)), False),
    ("date-in-text",
     plan(adoption("27. august 2027"),
          texts=(_text("Strategien vedtages 3. december 2027."),)), True),
    ("date-in-text",
     plan(adoption("27. august 2027"),
          texts=(_text("Kommuneplanen vedtages 3. december 2027."),)), False),
    ("before-document",
     plan(step("Møde", "5. marts 2007"), document_date=dt.date(2008, 2, 1)), True),
    ("before-document",
     plan(step("Møde", "5. marts 2007", state="done"), document_date=dt.date(2008, 2, 1)), False),
    ("before-document",
     plan(step("Møde", "2008"), document_date=dt.date(2008, 2, 1)), False),
    ("before-document", plan(step("Møde", "5. marts 2007")), False),
    ("framework-first",
     plan(adoption("5. marts 2027"), kind="sub_strategy",
          family=(Relative("p", "Rammeplan", "framework_plan", read("maj 2027").span, True),)),
     True),
    ("framework-first",
     plan(adoption("5. marts 2027"), kind="sub_strategy",
          family=(Relative("p", "Rammeplan", "framework_plan", read("2027").span, True),)), False),
    ("framework-first",
     plan(adoption("5. marts 2027"), kind="framework_plan",
          family=(Relative("p", "Delstrategi", "sub_strategy", read("maj 2026").span, False),)),
     True),
    ("framework-first",
     plan(adoption("5. marts 2027"), kind="framework_plan",
          family=(Relative("p", "Delstrategi", "sub_strategy", None, False),)), False),
    ("framework-first",
     plan(adoption("5. marts 2027"), adoption("januar 2027", "Delstrategi vedtages"),
          kind="framework_plan"), True),
    ("evaluation", plan(adoption("5. marts 2027"), kind="strategy"), True),
    ("evaluation",
     plan(adoption("5. marts 2027"), step("Årlig status", "2028", "status"), kind="strategy"),
     False),
    ("evaluation",
     plan(adoption("5. marts 2027", description="Strategien evalueres i 2030."), kind="strategy"),
     False),
    ("evaluation", plan(MAY, kind="strategy"), False),
    ("evaluation", plan(adoption("5. marts 2027"), kind="process"), False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "facts", "speaks"), CASES, ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)]
)
def test_each_check(code, facts, speaks):
    assert (code in {one.code for one in check(facts)}) is speaks


def test_a_finding_says_why_and_by_which_source():
    for _code, facts, _speaks in CASES:
        for one in check(facts):
            assert one.message and one.reason and one.source and len(one.key) == 64
            assert one.certainty in Sureness and one.action in Action


def test_the_key_lasts_as_long_as_the_things_and_no_longer():
    facts = plan(MAY, adoption("1. juni 2027"))
    again = plan(MAY, adoption("1. juni 2027"), step("Borgermøde", "3. maj 2027"))
    moved = plan(MAY, adoption("2. juni 2027"))
    keys = [{one.key for one in check(f) if one.code.startswith("adoption-b")}
            for f in (facts, again, moved)]  # fmt: skip
    assert keys[0] == keys[1] != keys[2]


def test_the_key_does_not_depend_on_the_language():
    facts = plan(MAY, adoption("1. juni 2027"))
    keys = []
    for language in ("da", "en"):
        with translation.override(language):
            keys.append([one.key for one in check(facts)])
    assert keys[0] == keys[1]


# --- holidays 2008-2027 ------------------------------------------------------------------------


@pytest.mark.parametrize("year", range(2008, 2028))
def test_the_days_nobody_meets(year):
    easter = dt.date.fromordinal(_easter(year))
    day = dt.timedelta(days=1)
    closed = [dt.date(year, *md) for md in ((1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31))]
    closed += [easter + n * day for n in (-3, -2, 0, 1, 39, 49, 50)]
    assert all(closed_day(one) for one in closed)
    prayer = easter + 26 * day
    assert bool(closed_day(prayer)) is (year <= 2023)
    other = [d for d in (dt.date(year, 1, 1) + n * day for n in range(365)) if d.weekday() < 5]
    away = {*closed, *([prayer] if year <= 2023 else [])}
    assert [one for one in other if closed_day(one) and one not in away] == []


def _easter(year: int) -> int:
    """Gauss' rule, to have another one than the code's."""
    a, b, c = year % 19, year % 4, year % 7
    d = (19 * a + 24) % 30
    e = (2 * b + 4 * c + 6 * d + 5) % 7
    day = dt.date(year, 3, 22).toordinal() + d + e
    return day - 7 if (d == 29 and e == 6) or (d == 28 and e == 6 and a > 10) else day


def test_working_days_outside_the_holidays():
    july = dt.date(2027, 7, 1), dt.date(2027, 7, 31)
    assert working_days(*july) == 0
    assert working_days(dt.date(2027, 5, 10), dt.date(2027, 5, 14)) == 5
    assert working_days(dt.date(2027, 5, 17), dt.date(2027, 5, 21)) == 4  # Whit Monday


@given(st.dates(dt.date(2008, 1, 1), dt.date(2027, 12, 31)), st.integers(1, 120))
def test_a_consultation_of_n_days_counts_n(first, days):
    from kommuneplan.timespan.span import TimeSpan

    span = TimeSpan.between(first, first + dt.timedelta(days=days))
    assert longest(CheckedMilestone("a", "Høring", span, "hearing")) == days + 1


# --- on live rows ------------------------------------------------------------------------------


def facts_of(plan: Plan, readable=None) -> ProcessFacts:
    readable = Plan.objects.all() if readable is None else readable
    return gather_facts(plan, live_rows(plan.open_cycle), readable)


@pytest.mark.django_db
def test_live_rows_become_facts():
    live = imported(FIRST, secretary(), a_plan())
    body = committee()
    Meeting.objects.create(body=body, date=dt.date(2027, 9, 1))
    Milestone.objects.get(kind="adoption").bodies.set([body])
    live.planning_act = "proposal"
    live.save()
    codes = {one.code for one in check(facts_of(live))}
    assert {"hearing-shorter-than-law", "meeting-outside-calendar", "council-seniors"} <= codes
    assert "council-disability" not in codes
    assert "before-document" not in codes


@pytest.mark.django_db
def test_a_plan_that_may_not_be_read_is_not_told_of():
    user = secretary()
    parent = imported(FIRST, user, a_plan("Hemmelig rammeplan"))
    parent.kind = "framework_plan"
    parent.save()
    child = imported(FIRST.replace("27. august", "16. juni"), user, a_plan("Delstrategi"))
    child.kind, child.parent = "sub_strategy", parent
    child.save()
    assert "framework-first" in {one.code for one in check(facts_of(child))}
    hidden = facts_of(child, Plan.objects.exclude(pk=parent.pk))
    assert "Hemmelig" not in json.dumps([dataclasses.asdict(one) for one in check(hidden)])
    assert hidden.family == ()


@pytest.mark.django_db
def test_the_command_tells_the_same_in_words_and_as_json():
    live = imported(FIRST, secretary(), a_plan())
    out = StringIO()
    call_command("check_plan", live.slug, "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["milestones"] == 4
    assert {one["code"] for one in told["findings"]} == {one.code for one in check(facts_of(live))}
    words = StringIO()
    call_command("check_plan", live.slug, stdout=words)
    assert all(one["source"] in words.getvalue() for one in told["findings"])
    with pytest.raises(CommandError, match="findes-ikke"):
        call_command("check_plan", "findes-ikke")
