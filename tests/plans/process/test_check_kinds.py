"""Each kind of finding: at least three times it speaks, with how sure it is, three it does not.

What no reading of the dates allows is impossible, what few allow is looked at, and of what may
hold and is usual nothing is said (``plans.process.checks.readings``).
"""

from __future__ import annotations

import datetime as dt

import pytest

from plans.process.checks import (
    CHECKS,
    BodyFact,
    Depends,
    MeetingFact,
    RoundFact,
    Sureness,
    TextFact,
    TreatmentFact,
    check,
)

from .test_checks import CASES, DRAFT, MAY, adoption, hearing, law, meets, plan, step

SURE, LOOK, ADVICE = Sureness.IMPOSSIBLE, Sureness.LOOK, Sureness.ADVICE
SUD = BodyFact("b1", "Socialudvalget", "committee", "SUD")
OEU = BodyFact("b2", "Økonomiudvalget", "finance", "ØU")
BR = BodyFact("b3", "Borgerrepræsentationen", "council", "BR")
CHAIN = {"chain": ("b1", "b2", "b3")}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def sud(when: str, title: str = "Socialudvalget anbefaler strategien", **more):
    return step(title, when, "meeting", bodies=(SUD,), **more)


def oeu(when: str, title: str = "Økonomiudvalget anbefaler strategien", **more):
    return step(title, when, "meeting", bodies=(OEU,), **more)


def council(when: str, title: str = "Borgerrepræsentationen vedtager strategien", **more):
    return step(title, when, "adoption", bodies=(BR,), **more)


def opened(first: str, last: str, *, uid: str = "r1", withdrawn: bool = False, row: str = ""):
    return RoundFact(uid, "Høring om strategien", day(first), day(last), "/r/", withdrawn, row)


def held(body: BodyFact, position: int, on: str | None, **more) -> TreatmentFact:
    return TreatmentFact("m1", "Strategien", body, position, day(on) if on else None, **more)


def says(text: str, section: str = "s1") -> tuple[TextFact, ...]:
    return (TextFact("Proces", text, section=section),)


def about_itself(row) -> tuple[TextFact, ...]:
    return (TextFact(row.title, row.description, step=row.uid),)


REPORT = "Behandling af høringssvar"
MEET = meets("2027-04-28", "2027-05-12", "2027-06-23", papers="2027-06-09")
DUE = MeetingFact(dt.date(2027, 6, 23), dt.date(2027, 6, 9))
DATED = step("Møde i følgegruppen", "december 2027", "involvement",
             description="Mødet afholdes 2. december.")  # fmt: skip

# (code, how sure; None: it does not speak, facts)
KINDS = [
    # --- the bodies in the order of the chain
    ("bodies-out-of-order", SURE,
     plan(sud("8. december 2027"), council("1. december 2027"), **CHAIN)),
    ("bodies-out-of-order", SURE,
     plan(oeu("10. december 2027"), council("2. december 2027"), **CHAIN)),
    ("bodies-out-of-order", SURE,
     plan(sud("20. november 2027"), oeu("12. november 2027"), **CHAIN)),
    ("bodies-out-of-order", SURE, plan(sud("december 2027"), council("november 2027"), **CHAIN)),
    ("bodies-out-of-order", LOOK, plan(sud("december 2027"), council("3. december 2027"), **CHAIN)),
    ("bodies-out-of-order", LOOK,
     plan(sud("ca. 1. december 2027"), council("1. oktober 2027"), **CHAIN)),
    ("bodies-out-of-order", SURE,
     plan(sud("9. december 2027", "SUD: Forslaget"), oeu("2. december 2027", "ØU: Forslaget"),
          **CHAIN)),
    ("bodies-out-of-order", SURE,  # done does not make it so
     plan(sud("8. december 2027", state="done", done_on=day("2027-12-08")),
          council("1. december 2027", state="done", done_on=day("2027-12-01")), **CHAIN)),
    ("bodies-out-of-order", None,
     plan(sud("24. november 2027"), oeu("30. november 2027"), council("9. december 2027"),
          **CHAIN)),
    ("bodies-out-of-order", None, plan(sud("november 2027"), council("november 2027"), **CHAIN)),
    ("bodies-out-of-order", None,
     plan(sud("1. december 2027"), council("1. december 2027"), **CHAIN)),
    ("bodies-out-of-order", None,  # another matter
     plan(sud("8. december 2027", "Orientering om status"), council("1. december 2027"), **CHAIN)),
    ("bodies-out-of-order", None,  # sent back, and recommended again
     plan(sud("24. november 2027"), sud("12. december 2027"), council("9. december 2027"),
          **CHAIN)),
    ("bodies-out-of-order", None,
     plan(sud("8. december 2027", state="cancelled"), council("1. december 2027"), **CHAIN)),
    ("bodies-out-of-order", None, plan(sud("8. december 2027"), council("1. december 2027"))),
    ("bodies-out-of-order", None,
     plan(sud("5. marts 2027", "SUD godkender procesplan"), council("1. februar 2027"), **CHAIN)),
    # --- matters before the bodies
    ("matter-out-of-order", SURE,
     plan(treatments=(held(SUD, 1, "2027-12-08"), held(BR, 2, "2027-12-01")), **CHAIN)),
    ("matter-out-of-order", SURE,
     plan(treatments=(held(SUD, 1, "2027-12-08", decided=True),
                      held(OEU, 2, "2027-12-07", decided=True)), **CHAIN)),
    ("matter-out-of-order", LOOK,
     plan(treatments=(held(SUD, 1, None), held(BR, 2, "2027-12-01", decided=True)), **CHAIN)),
    ("matter-out-of-order", LOOK,
     plan(treatments=(held(BR, 1, "2027-12-01"), held(SUD, 2, "2027-12-08")), **CHAIN)),
    ("matter-out-of-order", None,
     plan(treatments=(held(SUD, 1, "2027-12-01"), held(BR, 2, "2027-12-08")), **CHAIN)),
    ("matter-out-of-order", None, plan(treatments=(held(SUD, 1, "2027-12-01"),), **CHAIN)),
    ("matter-out-of-order", None,
     plan(treatments=(held(SUD, 1, None), held(BR, 2, None)), **CHAIN)),
    *[("matter-meeting-cancelled", sure,
       plan(treatments=(held(SUD, 1, on, meeting=MeetingFact(day(on), cancelled=gone), decided=done,
                             is_open=is_open),)))
      for sure, on, gone, done, is_open in [
          (SURE, "2027-12-08", True, False, True), (SURE, "2028-01-05", True, False, True),
          (SURE, "2026-01-05", True, False, True), (None, "2027-12-08", False, False, True),
          (None, "2027-12-08", True, True, True), (None, "2027-12-08", True, False, False)]],
    *[("outcome-before-meeting", sure,
       plan(treatments=(held(SUD, 1, on, meeting=MeetingFact(day("2027-12-08")), decided=done),)))
      for sure, on, done in [
          (SURE, "2027-12-07", True), (SURE, "2027-11-01", True), (SURE, "2026-12-08", True),
          (None, "2027-12-08", True), (None, "2027-12-15", True), (None, "2027-12-07", False)]],
    *[("matter-before-hearing-ends", sure,
       plan(MAY, rounds=rounds, treatments=(held(SUD, 1, on, adopts=adopts, decided=done),)))
      for sure, on, adopts, done, rounds in [
          (SURE, "2027-06-10", True, False, ()), (SURE, "2027-06-14", True, False, ()),
          (SURE, "2027-06-20", True, False, (opened("2027-05-10", "2027-06-30"),)),
          (None, "2027-06-15", True, False, ()), (None, "2027-06-10", False, False, ()),
          (None, "2027-06-10", True, True, ()),
          (None, "2027-06-10", True, False, (opened("2027-05-10", "2027-06-05"),))]],
    # --- drafting, treatment, report
    ("drafting-after-hearing", SURE,
     plan(MAY, step(DRAFT, "6. april til 20. maj 2027", "drafting"))),
    ("drafting-after-hearing", SURE,  # the consultation was opened earlier than planned
     plan(MAY, step(DRAFT, "april 2027", "drafting"),
          rounds=(opened("2027-03-20", "2027-06-14"),))),
    ("drafting-after-treatment", SURE,
     plan(step(DRAFT, "20. april til 5. maj 2027", "drafting"),
          sud("28. april 2027", "Sendes i høring"))),
    ("drafting-after-treatment", SURE,
     plan(step(DRAFT, "1. til 30. juni 2027", "drafting"), adoption("20. maj 2027"))),
    ("drafting-after-treatment", LOOK,
     plan(step(DRAFT, "maj 2027", "drafting"), adoption("3. maj 2027"))),
    ("drafting-after-treatment", None,
     plan(step(DRAFT, "1. til 30. april 2027", "drafting"), adoption("20. maj 2027"))),
    ("drafting-after-treatment", None,
     plan(step(DRAFT, "maj 2027", "drafting"), adoption("maj 2027"))),
    ("drafting-after-treatment", None,
     plan(step("Tilretning og layout", "juni 2027", "drafting"), adoption("20. maj 2027"))),
    ("drafting-after-treatment", None,
     plan(step(DRAFT, "maj 2027", "drafting"), sud("3. marts 2027", "Godkendelse af procesplan"))),
    ("drafting-after-treatment", None,  # nothing says that it is the draft
     plan(step("Lokale processer", "juni 2027", "drafting"), adoption("20. maj 2027"))),
    ("drafting-after-treatment", None,
     plan(step(DRAFT, "maj 2027", "drafting"),
          sud("3. marts 2027", "Udvalget godkender rammen og sætter arbejdet i gang"))),
    ("report-before-hearing-ends", SURE, plan(MAY, sud("10. juni 2027", REPORT))),
    ("report-before-hearing-ends", SURE,
     plan(MAY, step("Høringsnotat skrives", "1. til 8. juni 2027", "drafting"))),
    ("report-before-hearing-ends", SURE,  # extended, and the report was not moved
     plan(MAY, sud("23. juni 2027", REPORT), rounds=(opened("2027-05-10", "2027-07-01"),))),
    ("report-before-hearing-ends", LOOK, plan(hearing("juni 2027"), sud("2. juni 2027", REPORT))),
    ("report-before-hearing-ends", None, plan(MAY, sud("23. juni 2027", REPORT))),
    ("report-before-hearing-ends", None, plan(MAY, sud("juni 2027", REPORT))),
    ("report-before-hearing-ends", None,
     plan(MAY, step("Frist for høringssvar", "14. juni 2027", "deadline"))),
    ("report-before-hearing-ends", None,  # closed early
     plan(MAY, sud("10. juni 2027", REPORT), rounds=(opened("2027-05-10", "2027-06-04"),))),
    ("hearing-after-adoption", SURE, plan(adoption("april 2027"), MAY)),
    ("hearing-after-adoption", SURE, plan(adoption("senest 1. maj 2027"), MAY)),
    ("hearing-after-adoption", LOOK, plan(adoption("ca. 1. april 2027"), MAY)),
    ("adoption-before-hearing-ends", SURE,  # extended
     plan(MAY, adoption("20. juni 2027"), rounds=(opened("2027-05-10", "2027-06-28"),))),
    ("adoption-before-hearing-ends", SURE,
     plan(hearing("30. juni 2027"), adoption("20. juni 2027"))),
    ("hearing-after-adoption", LOOK, plan(hearing("juni 2027"), adoption("3. juni 2027"))),
    ("adoption-before-hearing-ends", None,  # closed early
     plan(MAY, adoption("10. juni 2027"), rounds=(opened("2027-05-10", "2027-06-04"),))),
    # --- papers
    ("papers", SURE, plan(MAY, adoption("23. juni 2027", meeting=DUE))),
    ("papers", SURE, plan(step("Høringsnotat skrives", "1. til 16. juni 2027", "drafting"),
                          adoption("23. juni 2027", meeting=DUE))),
    ("papers", SURE,
     plan(hearing("10. maj til 4. juni 2027"), adoption("23. juni 2027", meeting=DUE),
                          rounds=(opened("2027-05-10", "2027-06-12"),))),
    ("papers", None,
     plan(hearing("10. maj til 4. juni 2027"), adoption("23. juni 2027", meeting=DUE))),
    ("papers", None, plan(MAY, adoption("23. juni 2027", meeting=DUE, state="done"))),
    ("papers-after-meeting", SURE,
     plan(step("Aflevering af materiale til SUD", "30. juni 2027", "deadline"),
          sud("23. juni 2027", meeting=DUE))),
    ("papers-after-meeting", SURE,
     plan(step("Frist for materiale til Socialudvalget", "15. juni 2027", "deadline"),
          sud("23. juni 2027", meeting=DUE))),
    ("papers-after-meeting", SURE,
     plan(step("Sagen afleveres", "1. juli 2027", "deadline"),
          sud("23. juni 2027", "Møde om planen"),
          depends=(Depends("Møde om planen", "Sagen afleveres"),))),
    ("papers-after-meeting", None,
     plan(step("Aflevering af materiale til SUD", "8. juni 2027", "deadline"),
          sud("23. juni 2027", meeting=DUE))),
    ("papers-after-meeting", None,
     plan(step("Aflevering af materiale", "juni 2027", "deadline"), sud("juni 2027"))),
    ("papers-after-meeting", SURE,  # too late for whichever meeting
     plan(step("Indstillingen afleveres til dagsordenen", "30. august 2027", "deadline"),
          sud("23. juni 2027"), council("20. august 2027"))),
    ("papers-after-meeting", None,
     plan(step("Indstillingen afleveres til dagsordenen", "30. juni 2027", "deadline"),
          sud("23. juni 2027"), council("20. august 2027"))),
    ("papers-after-meeting", None,  # whose papers is not said
     plan(step("Aflevering af materiale", "30. juni 2027", "deadline"), sud("23. juni 2027"),
          council("20. august 2027"))),
    # --- the consultation and its round
    ("hearing-differs-from-round", SURE, plan(MAY, rounds=(opened("2027-05-10", "2027-06-28"),))),
    ("hearing-differs-from-round", SURE, plan(MAY, rounds=(opened("2027-05-12", "2027-06-14"),))),
    ("hearing-differs-from-round", SURE,
     plan(hearing("april 2027"), rounds=(opened("2027-05-12", "2027-06-14"),))),
    ("hearing-differs-from-round", SURE,
     plan(hearing("senest 14. juni 2027"), rounds=(opened("2027-05-10", "2027-06-28"),))),
    ("hearing-differs-from-round", None, plan(MAY, rounds=(opened("2027-05-10", "2027-06-14"),))),
    ("hearing-differs-from-round", None,
     plan(hearing("maj 2027"), rounds=(opened("2027-05-10", "2027-06-14"),))),
    ("hearing-differs-from-round", None,
     plan(MAY, hearing("1. til 30. september 2027", "Fornyet høring"),
          rounds=(opened("2027-05-10", "2027-06-14"),
          opened("2027-09-01", "2027-09-30", uid="r2")))),
    ("hearing-differs-from-round", None, plan(MAY)),
    ("round-not-in-plan", LOOK, plan(rounds=(opened("2027-05-10", "2027-06-14"),))),
    ("round-not-in-plan", LOOK,
     plan(MAY, rounds=(opened("2027-05-10", "2027-06-14"),
          opened("2027-09-01", "2027-09-30", uid="r2")))),
    ("round-not-in-plan", SURE,
     plan(hearing("10. maj til 14. juni 2027", state="cancelled"),
          rounds=(opened("2027-05-10", "2027-06-14"),))),
    ("round-not-in-plan", None, plan(MAY, rounds=(opened("2027-05-10", "2027-06-14"),))),
    ("round-not-in-plan", None, plan(rounds=(opened("2027-05-10", "2027-06-14", withdrawn=True),))),
    ("round-not-in-plan", None, plan(MAY)),
    ("round-not-in-plan", None,  # two rounds, one after the other, as one milestone
     plan(hearing("1. til 30. september 2027", "Høring"),
          rounds=(opened("2027-05-10", "2027-06-14", row="Høring"),
                  opened("2027-09-01", "2027-09-30", uid="r2", row="Høring")))),
    ("round-withdrawn", SURE,
     plan(MAY, rounds=(opened("2027-05-10", "2027-06-14", withdrawn=True),))),
    ("round-withdrawn", SURE,
     plan(hearing("1. til 30. september 2027", "Fornyet høring"),
          rounds=(opened("2027-09-01", "2027-09-30", withdrawn=True),))),
    ("round-withdrawn", SURE,
     plan(MAY, hearing("1. til 30. september 2027", "Fornyet høring"),
          rounds=(opened("2027-05-10", "2027-06-14"),
                  opened("2027-09-01", "2027-09-30", uid="r2", withdrawn=True)))),
    ("round-withdrawn", None,
     plan(hearing("1. til 30. september 2027"),
          rounds=(opened("2027-05-10", "2027-06-14", withdrawn=True),))),
    ("round-withdrawn", None,
     plan(MAY, rounds=(opened("2027-05-10", "2027-06-14"),
                       opened("2027-05-10", "2027-06-14", uid="r2", withdrawn=True)))),
    ("round-withdrawn", None,
     plan(hearing("10. maj til 14. juni 2027", state="cancelled"),
          rounds=(opened("2027-05-10", "2027-06-14", withdrawn=True),))),
    ("hearing-deadline-differs", SURE,
     plan(MAY, step("Frist for høringssvar", "21. juni 2027", "deadline"))),
    ("hearing-deadline-differs", SURE,
     plan(MAY, step("Høringsfrist", "senest 11. juni 2027", "deadline"))),
    ("hearing-deadline-differs", SURE,  # extended
     plan(MAY, step("Høringsfrist", "14. juni 2027", "deadline"),
          rounds=(opened("2027-05-10", "2027-06-28"),))),
    ("hearing-deadline-differs", None,
     plan(MAY, step("Frist for høringssvar", "14. juni 2027", "deadline"))),
    ("hearing-deadline-differs", None,
     plan(hearing("maj 2027"), step("Høringsfrist", "14. juni 2027", "deadline"))),
    ("hearing-deadline-differs", None,
     plan(MAY, step("Høringsfrist", "28. juni 2027", "deadline"),
          rounds=(opened("2027-05-10", "2027-06-28"),))),
    # --- lengths and holidays
    ("hearing-shorter-than-law", SURE,
     plan(hearing("1. marts til 30. april 2027"), rules=law(8),
          rounds=(opened("2027-03-01", "2027-04-09"),))),  # closed early
    ("hearing-shorter-than-own-rule", ADVICE, plan(hearing("1. til 14. maj 2027"))),
    ("hearing-shorter-than-own-rule", ADVICE, plan(hearing("uge 20 2027"))),
    ("hearing-across-holidays", ADVICE, plan(hearing("5. til 30. juli 2027"))),
    ("objections", LOOK, plan(MAY, adoption("11. juli 2027"), rules=law(8, objections=True))),
    ("objections", LOOK, plan(MAY, adoption("20. juni 2027"), rules=law(8, objections=True))),
    ("council-disability", LOOK, plan(MAY, rules=law(4).__class__(councils=("disability",)))),
    ("council-disability", LOOK,
     plan(hearing("2028"), rules=law(4).__class__(councils=("disability",)))),
    ("council-disability", None, plan(MAY)),
    ("council-disability", None, plan(adoption("maj 2027"))),
    ("council-seniors", LOOK, plan(MAY, rules=law(4).__class__(councils=("seniors",)))),
    ("council-seniors", LOOK, plan(hearing("2028"), rules=law(4).__class__(councils=("seniors",)))),
    # --- meetings
    ("meeting-outside-calendar", SURE, plan(sud("5. maj 2027"), calendars=MEET)),
    ("meeting-outside-calendar", SURE, plan(sud("uge 22 2027"), calendars=MEET)),
    ("meeting-outside-calendar", LOOK, plan(sud("1. december 2027"), calendars=MEET)),
    ("meeting-outside-calendar", None, plan(sud("uge 19 2027"), calendars=MEET)),
    ("meeting-outside-calendar", None, plan(sud("december 2027"), calendars=MEET)),
    ("meeting-cancelled", SURE,
     plan(sud("5. maj 2027", meeting=MeetingFact(day("2027-05-05"), cancelled=True)))),
    ("meeting-cancelled", SURE,
     plan(step("Drøftelse", "5. maj 2027", meeting=MeetingFact(day("2027-05-05"),
          cancelled=True)))),
    ("meeting-cancelled", None,
     plan(sud("5. maj 2027", state="cancelled",
              meeting=MeetingFact(day("2027-05-05"), cancelled=True)))),
    ("meeting-cancelled", None, plan(sud("5. maj 2027"))),
    # --- conventions, and the plan as a whole
    ("gap", ADVICE, plan(step("Start", "januar 2027"), adoption("1. december 2027"))),
    ("gap", ADVICE, plan(step("Start", "5. januar 2026"), adoption("1. december 2027"))),
    *[("before-document", LOOK, plan(step("Møde", when), document_date=day("2028-02-01")))
      for when in ("5. marts 2027", "2026", "december 2027")],
    *[("evaluation", ADVICE, plan(adoption(when), kind=kind))
      for when, kind in [("maj 2027", "policy"), ("2027", "framework_plan")]],
    ("framework-first", None, plan(adoption("5. marts 2027"), kind="sub_strategy")),
    # --- a step and what it waits for
    ("dependency", SURE,
     plan(MAY, sud("10. juni 2027", "Møde"), depends=(Depends("Møde", "Høring"),))),
    ("dependency", SURE, plan(sud("1. maj 2027", "Møde"), step("Oplæg", "2. maj 2027"),
                              depends=(Depends("Møde", "Oplæg"),))),
    ("outside-within", SURE, plan(MAY, step("Borgermøde", "20. juni 2027", within="Høring"))),
    ("outside-within", SURE, plan(MAY, step("Borgermøde", "april 2027", within="Høring"))),
    ("outside-within", LOOK, plan(MAY, step("Borgermøde", "ca. 1. august 2027", within="Høring"))),
    ("outside-within", None, plan(MAY, step("Borgermøde", "20. maj 2027", within="Høring"))),
    ("outside-within", None, plan(MAY, step("Borgermøde", "juni 2027", within="Høring"))),
    ("outside-within", None, plan(MAY, step("Borgermøde", "20. juni 2027"))),
    *[("done-on-another-day", sure, plan(step("Møde", when, kind, state=state, done_on=day(on))))
      for sure, when, kind, state, on in [
          (LOOK, "5. maj 2027", "meeting", "done", "2027-05-12"),
          (LOOK, "maj 2027", "meeting", "done", "2027-06-02"),
          (LOOK, "6. til 30. maj 2027", "drafting", "done", "2027-05-01"),
          (None, "maj 2027", "meeting", "done", "2027-05-31"),
          (None, "6. til 30. maj 2027", "drafting", "done", "2027-06-04"),
          (None, "ca. 5. maj 2027", "meeting", "done", "2027-05-12")]],
    # --- dates told twice
    ("date-in-text", SURE, plan(hearing("10. november til 17. december 2027"),
                                texts=says("Høringen slutter 24. december."))),
    ("date-in-text", LOOK,
     plan(adoption("december 2027"), texts=says("Planen vedtages 2. december."))),
    ("date-in-text", SURE,
     plan(adoption("november 2027"), texts=says("Planen vedtages 2. december."))),
    ("date-in-text", SURE, plan(sud("9. december 2027"),
                                texts=says("Den 2. december behandler Socialudvalget planen."))),
    ("date-in-text", SURE, plan(step("Evaluering", "2030", "evaluation"),
                                texts=says("Strategien evalueres i 2029."))),
    ("date-in-text", SURE, plan(step("Borgermøde", "3. maj 2027", "involvement"),
                                texts=says("Borgermødet afholdes 4. maj 2027."))),
    ("date-in-text", SURE,
     plan(step("Strategien træder i kraft", "1. januar 2028", "implementation"),
                                texts=says("Planen træder i kraft 1. marts 2028."))),
    ("date-in-text", SURE, plan(step("Kickoff med de ni centre", "3. maj 2027"),
                                texts=says("Vi holder kickoff med de ni centre den 4. maj."))),
    ("date-in-text", SURE, plan(hearing("1. november til 24. december 2027"),
                                rounds=(opened("2027-11-01", "2028-01-15"),),
                                texts=says("Høringen slutter 24. december."))),
    ("date-in-text", LOOK, plan(DATED, texts=about_itself(DATED))),
    ("date-in-text", None,
     plan(adoption("2. december 2027"), texts=says("Planen vedtages i december."))),
    ("date-in-text", None,
     plan(adoption("2. december 2027"), texts=says("Planen vedtages 2. december."))),
    ("date-in-text", None, plan(sud("9. december 2027"), sud("2. december 2027", "Møde"),
                                texts=says("Socialudvalget behandler planen 2. december 2027."))),
    ("date-in-text", None, plan(hearing("1. november til 24. december 2027"),
                                rounds=(opened("2027-11-01", "2028-01-15"),),
                                texts=says("Høringen slutter 15. januar."))),
    ("date-in-text", None, plan(hearing("10. november til 17. december 2027"),
                                texts=says("Der er juleferie fra 24. december."))),
    ("words-of-date", LOOK, plan(sud("december 2027", written="2. december"))),
    ("words-of-date", LOOK, plan(sud("9. december 2027", written="2. december 2027"))),
    ("words-of-date", LOOK, plan(sud("december 2027", "Møde i SUD 2. december"))),
    ("words-of-date", None, plan(sud("december 2027", written="december 2027"))),
    ("words-of-date", None, plan(sud("2. december 2027", "Møde i SUD 2. december"))),
    ("words-of-date", None, plan(sud("december 2027", "Opfølgning på mødet 2. november"))),
    # --- the plan's period
    *[("outside-period", sure, plan(step("Trin", when, kind), first_year=first, last_year=last))
      for sure, when, kind, first, last in [
          (SURE, "1. marts 2031", "adoption", 2027, 2030), (SURE, "2072", "hearing", 2027, 2030),
          (LOOK, "2031", "status", 2027, 2030), (LOOK, "2026", "implementation", 2027, None),
          (LOOK, "2040", "other", None, 2030), (None, "2031", "evaluation", 2027, 2030),
          (None, "1. marts 2027", "adoption", 2028, 2030), (None, "2072", "adoption", None, None),
          (None, "ca. 2072", "other", 2027, 2030)]],
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "sure", "facts"), KINDS, ids=[f"{n}-{one[0]}" for n, one in enumerate(KINDS)]
)
def test_each_kind(code, sure, facts):
    said = {one.certainty for one in check(facts) if one.code == code}
    assert said == ({sure} if sure else set())


def test_every_kind_is_in_the_tables_three_times_each_way():
    table = [(code, speaks) for code, _facts, speaks in CASES]
    table += [(code, sure is not None) for code, sure, _facts in KINDS]
    every = [facts for _code, facts, _s in CASES] + [facts for _code, _s, facts in KINDS]
    found = {one.code for facts in every for one in check(facts)}
    assert len(found) >= len(CHECKS)
    few = {
        (c, way, table.count((c, way)))
        for c in found
        for way in (True, False)
        if table.count((c, way)) < 3
    }
    assert few == set()


def test_what_is_impossible_leads_to_what_it_is_about():
    for _code, _sure, facts in KINDS:
        known = {one.uid for one in facts.steps} | {one.uid for one in facts.rounds}
        for one in check(facts):
            assert {*one.milestones, *one.rounds} <= known
            leads = one.milestones or one.target or one.action == "add"
            assert leads, one
