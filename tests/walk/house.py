"""A small municipality that acts of all kinds happen to, in any order.

Each method is one act as a person would do it, through the application's own actions. What the
application refuses with one of its own exceptions is no fault; anything else is. ``pick`` chooses
among what there is, so that a sequence of numbers is a sequence of acts.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from consultations import deadlines
from consultations.locking import RoundMovedOn
from consultations.models import Report, Response, Round
from consultations.parties.actions.invitations import WrongDay
from consultations.reports.actions import reporting
from consultations.review.actions import reviewing
from consultations.rounds.actions import events
from consultations.rounds.actions import rounds as round_acts
from kommuneplan import clock
from kommuneplan.core.gates import Blocked
from kommuneplan.core.models import Meeting, User
from kommuneplan.core.worker import jobs
from kommuneplan.locking import Conflict, Outdated
from kommuneplan.timespan import danish
from plans.decisions.actions import outcomes, steps
from plans.enums import MilestoneKind, Outcome, Purpose, Stage
from plans.focus import yearly
from plans.focus.actions import areas
from plans.lifecycle.chain import proposed_bodies
from plans.lifecycle.transitions import NotAllowed
from plans.models import Matter, Milestone, Plan, PlanVersion, Publication, Section
from plans.models.imports import Incomplete
from plans.process.actions import meetings, milestones
from plans.process_import.actions import import_file
from plans.readers.files.text import from_paste
from plans.readers.process_plan.reader import read_process_plan
from plans.versions.actions import freezing, publishing, redacting
from tests.consultations.round_factories import a_response, an_invitation, sent_out
from tests.plans.matters import bodies, ready_plan

DAY = dt.timedelta(days=1)
INTERNAL = "INTERNT-NOTAT"  # stands in everything that nobody outside may read
REFUSED = (
    Blocked, Conflict, Incomplete, NotAllowed, Outdated, RoundMovedOn, WrongDay,
    areas.AlreadyOpen, areas.NothingSaid, areas.NotInForce, areas.Undecided,
    milestones.AlreadyPublished, milestones.DateNotItsOwn, milestones.IsConsultation,
    milestones.ReasonNeeded, meetings.DayTaken,
    outcomes.AlreadyPublic, outcomes.AlreadyRecorded, outcomes.MovedOn,
    publishing.AlreadyCurrent, publishing.LaterScheduled, publishing.NothingToPublish,
    redacting.NothingToHide, reviewing.Hindered,
)  # fmt: skip
DATES = (
    "ultimo 2026", "21. maj 2026", "22. maj til 20. juni 2026", "uge 34 2026", "afventer",
    "senest 1. oktober 2026", "fra 15. august 2026", "ca. 3. november 2026",
    "primo oktober 2026", "2. kvartal 2027",
    "efteråret 2026", "2027", "marts-april 2027", "25. oktober 2026", "28. marts 2027",
)  # fmt: skip


class House:
    """The municipality, and the secretary whose acts need somebody."""

    def __init__(self, secretary: User) -> None:
        self.secretary = secretary
        bodies()
        self.plan_ids = [ready_plan(f"Plan {name}").pk for name in ("Alfa", "Beta")]
        for plan in self.plans():
            Section.objects.create(plan=plan, title="Skjult", text=f"<p>{INTERNAL}</p>")
            row = Milestone(cycle=plan.open_cycle, title=f"{INTERNAL} møde")
            row.when = danish.read("3. juni 2026").spans[0]
            row.save()
        sent_out(self.plans()[0])

    # what there is

    def plans(self) -> list[Plan]:
        return list(Plan.objects.filter(pk__in=self.plan_ids).order_by("pk"))

    def plan(self, pick: int) -> Plan:
        plans = self.plans()
        return plans[pick % len(plans)]

    @staticmethod
    def one_of(rows: Any, pick: int) -> Any:
        """A row, or None where there is none."""
        rows = list(rows)
        return rows[pick % len(rows)] if rows else None

    # milestones

    def add_milestone(self, pick: int, kind: int, date: int, is_public: bool) -> None:
        plan = self.plan(pick)
        cycle = plan.open_cycle
        if cycle is None or cycle.milestones.count() > 15:
            return
        words = DATES[date % len(DATES)]
        kinds = list(MilestoneKind)
        title = "Et skridt" if is_public else f"{INTERNAL} skridt"
        spans = danish.read(words).spans
        facts = {
            "title": title, "kind": kinds[kind % len(kinds)], "is_public": is_public,
            "when": spans[0] if spans else None, "written": words,
        }  # fmt: skip
        milestones.add_milestone(cycle=cycle, facts=facts, bodies=(), by=None)

    def _milestone(self, plan: Plan, pick: int) -> Milestone | None:
        return self.one_of(Milestone.objects.filter(cycle__plan=plan).order_by("pk"), pick)

    def move_milestone(self, pick: int, which: int, date: int, with_reason: bool) -> None:
        row = self._milestone(self.plan(pick), which)
        if row is None:
            return
        words = DATES[date % len(DATES)]
        spans = danish.read(words).spans
        milestones.move_milestone(
            milestone=row,
            when=spans[0] if spans else None,
            written=words,
            reason="Mødet er flyttet." if with_reason else "",
            by=None,
        )

    def end_milestone(self, pick: int, which: int, how: int) -> None:
        row = self._milestone(self.plan(pick), which)
        if row is None:
            return
        acts = (
            milestones.cancel_milestone, milestones.delete_milestone, milestones.reopen_milestone,
        )  # fmt: skip
        if how % 4 == 3:
            milestones.finish_milestone(milestone=row, on=clock.today(), by=None)
        else:
            acts[how % 4](milestone=row, by=None)

    def mark_public(self, pick: int) -> None:
        plan = self.plan(pick)
        cycle = plan.open_cycle
        rows = cycle.milestones.exclude(title__contains=INTERNAL) if cycle else ()
        milestones.mark_public(plan=plan, public=[str(row.uid) for row in rows], by=None)

    def hold_meeting(self, pick: int, which: int, days: int) -> None:
        """A meeting on a day, as a milestone."""
        plan = self.plan(pick)
        if plan.open_cycle is None:
            return
        body = self.one_of(proposed_bodies(plan), which)
        meeting = meetings.meeting_on(body=body, day=clock.today() + (days % 90) * DAY, by=None)
        facts = {"title": "Møde", "kind": MilestoneKind.MEETING, "meeting": meeting}
        facts["is_public"] = True
        milestones.add_milestone(cycle=plan.open_cycle, facts=facts, bodies=[body], by=None)

    def move_meeting(self, which: int, days: int) -> None:
        meeting = self.one_of(Meeting.objects.order_by("pk"), which)
        if meeting is not None:
            meetings.move_meeting(
                meeting=meeting,
                seen=meeting.version,
                day=clock.today() + (days % 120) * DAY,
                reason="Sal optaget.",
                by=None,
            )

    # versions and publications

    def publish_process_plan(self, pick: int) -> None:
        plan = self.plan(pick)
        seen = publishing.seen_as(publishing.process_plan_to_publish(plan))
        publishing.publish_process_plan(plan=plan, reason="Nye datoer", seen=seen, by=None)

    def publish_plan(self, pick: int, stage: int, days: int) -> None:
        """A version frozen as it is, visible now or from a day to come."""
        plan = self.plan(pick)
        stages = (Stage.CONSULTATION, Stage.PROCESS_PLAN)
        version = freezing.freeze(plan=plan, stage=stages[stage % 2], by=None)
        later = clock.now() + (days % 20) * DAY if days % 3 == 0 else None
        publishing.publish(version=version, visible_from=later, by=None, reason="Ny version")

    def publish_newest(self, pick: int) -> None:
        """What was frozen last, be it what was decided."""
        plan = self.plan(pick)
        version = plan.versions.order_by("-number").first()
        if version is not None:
            seen = plan.publications.count()
            publishing.publish_version(version=version, seen=seen, reason="Vedtaget", by=None)

    def withdraw_publication(self, which: int) -> None:
        rows = Publication.objects.filter(withdrawn_at__isnull=True).order_by("pk")
        row = self.one_of(rows, which)
        if row is not None:
            publishing.withdraw_publication(publication=row, because="Fejl i bilaget.", by=None)

    def redact(self, which: int) -> None:
        version = self.one_of(PlanVersion.objects.order_by("pk"), which)
        block = version and version.blocks.filter(kind="section", redacted_at__isnull=True).first()
        if block:
            redacting.redact_blocks(
                version=version, anchors=[block.anchor], reason="Personoplysning", by=None
            )

    # decisions

    def submit(self, pick: int, purpose: int, length: int) -> None:
        plan = self.plan(pick)
        purposes = [one for one in Purpose if one != Purpose.STATUS]
        chain = [steps.ChainStep(body) for body in proposed_bodies(plan)[: 1 + length % 3]]
        steps.submit(
            plans=[plan],
            purpose=purposes[purpose % len(purposes)],
            title="Sag",
            chain=chain,
            treated=True,
            by=None,
        )

    def decide(self, which: int, outcome: int, days: int) -> None:
        matters = Matter.objects.filter(closed_at__isnull=True).order_by("pk")
        matter = self.one_of(matters, which)
        treatment = matter.next_treatment if matter else None
        if treatment is None:
            return
        # most often carried, so that plans get on
        chosen = Outcome.APPROVED if outcome % 3 else list(Outcome)[outcome // 3 % len(Outcome)]
        decision = outcomes.Decision(chosen, clock.today() - (days % 3) * DAY, wording="Godkendt.")
        outcomes.record_outcome(treatment=treatment, decision=decision, by=None)

    def correct(self, which: int, outcome: int) -> None:
        rows = [
            row
            for matter in Matter.objects.order_by("pk")
            for row in matter.treatments.exclude(outcome="")
        ]
        row = self.one_of(rows, which)
        if row is not None:
            chosen = list(Outcome)[outcome % len(Outcome)]
            decision = outcomes.Decision(chosen, row.decided_on)
            outcomes.correct_outcome(
                treatment=row, decision=decision, reason="Skrevet forkert", by=None
            )

    def revise(self, pick: int) -> None:
        steps.open_revision(plan=self.plan(pick), reason="Nyt budget", by=None)

    def give_up(self, pick: int) -> None:
        cycle = self.plan(pick).open_cycle
        if cycle is not None:
            steps.withdraw_cycle(cycle=cycle, reason="Opgivet", by=None)

    def repeal(self, pick: int, days: int) -> None:
        on = clock.today() + (days % 30) * DAY
        steps.repeal(plan=self.plan(pick), on=on, reason="Afløst", by=None)

    # rounds

    def prepare_round(self, pick: int, first: int, length: int, audience: int) -> None:
        plan = self.plan(pick)
        version = plan.versions.order_by("-number").first()
        if version is None or plan.shown_cycle is None or plan.rounds.count() > 4:
            return
        begins = clock.today() + (first % 15) * DAY
        row = round_acts.create_round(
            plan=plan,
            facts={
                "title": "Høring", "frozen": version, "introduction": "Kort", "letter": "Kære part",
                "is_public": audience % 3 != 2, "is_internal": audience % 3 == 2,
                "opens_at": deadlines.begins(begins),
                "closes_at": deadlines.ends(begins + (7 + length % 60) * DAY),
            },
            by=None,
        )  # fmt: skip
        an_invitation(row, "Handicaprådet", invited_at=None)

    def _round(self, which: int, **facts: Any) -> Round | None:
        return self.one_of(Round.objects.filter(**facts).order_by("pk"), which)

    def announce(self, which: int) -> None:
        row = self._round(which, announced_at__isnull=True)
        if row is not None:
            round_acts.announce_round(round=row, seen=row.version, by=None)

    def extend(self, which: int, days: int) -> None:
        row = self._round(which, announced_at__isnull=False)
        if row is not None:
            last = clock.today() + (1 + days % 60) * DAY
            events.extend(
                round=row,
                closes_at=deadlines.ends(last),
                reason="Mere tid",
                seen=row.version,
                by=None,
            )

    def close_early(self, which: int, days: int) -> None:
        row = self._round(which, announced_at__isnull=False)
        if row is not None:
            at = deadlines.ends(clock.today() + (days % 20) * DAY)
            events.close_early(round=row, closes_at=at, reason="Fejl", seen=row.version, by=None)

    def withdraw_round(self, which: int) -> None:
        row = self._round(which)
        if row is not None:
            events.withdraw(round=row, reason="Forkert bilag", seen=row.version, by=None)

    def renew(self, which: int, length: int) -> None:
        row = self._round(which, announced_at__isnull=False)
        if row is None or row.plan.rounds.count() > 4 or row.plan.shown_cycle is None:
            return
        facts = {
            "title": "Fornyet høring", "frozen": row.frozen, "introduction": "Kort", "letter": "K",
            "is_public": row.is_public, "is_internal": row.is_internal,
            "opens_at": deadlines.begins(clock.today()),
            "closes_at": deadlines.ends(clock.today() + (5 + length % 40) * DAY),
        }  # fmt: skip
        again = round_acts.create_round(
            plan=row.plan, facts=facts, renews=row, because="Rettet bilag", by=None
        )
        if not again.invitations.exists():
            an_invitation(again, "Handicaprådet", invited_at=None)

    def answer(self, which: int) -> None:
        now = clock.now()
        row = self.one_of(Round.objects.open(at=now).order_by("pk"), which)
        if row is not None and Response.objects.filter(round=row).count() < 3:
            a_response(row, text=f"{INTERNAL} svar som ingen har set igennem", email="")

    def answer_for_all_to_read(self, which: int) -> None:
        row = self.one_of(Round.objects.open(at=clock.now()).order_by("pk"), which)
        if row is not None and Response.objects.filter(round=row).count() < 5:
            a_response(row, text="Gør døren bredere.", email="")

    def look_through(self, which: int, how: int) -> None:
        """A response is cleared, hidden or laid back; what must not be read is never cleared."""
        row = self.one_of(Response.objects.order_by("pk"), which)
        if row is None:
            return
        if how % 4 == 3:
            reviewing.take_back(response=row, by=None)
        elif how % 4 == 2 or INTERNAL in str(row.newest.content):
            reviewing.hide(response=row, reason="Uden for emnet.", by=None)
        else:
            reviewing.clear(response=row, by=None)

    def make_report(self, which: int) -> None:
        row = self._round(which, announced_at__isnull=False)
        if row is not None and row.reports.count() < 3:
            job = reporting.start_report(round=row, by=self.secretary)
            jobs.run(str(job.uid))

    def publish_report(self, which: int) -> None:
        row = self.one_of(Report.objects.filter(published_at__isnull=True).order_by("pk"), which)
        if row is not None:
            reporting.publish_report(report=row, by=self.secretary)

    # imports and years

    def import_process_plan(self, pick: int, first: int, length: int) -> None:
        """A process plan from a file, laid over what the plan has."""
        plan = self.plan(pick)
        if plan.open_cycle is None or plan.open_cycle.milestones.count() > 12:
            return
        lines = [
            f"{DATES[(first + number) % len(DATES)]}\tBehandling {number}"
            for number in range(1 + length % 3)
        ]
        read = read_process_plan(from_paste("\n".join(lines)), year=2026)
        import_file(plan=plan, name="procesplan.txt", read=read, year=2026, by=None)

    def open_year(self, pick: int, days: int) -> None:
        today = clock.today()
        facts = {"year": today.year, "opens_on": today, "closes_on": today + (days % 90) * DAY}
        areas.open_year(plan=self.plan(pick), facts=facts, by=None)

    def close_year(self, pick: int) -> None:
        status = yearly.open_status(self.plan(pick))
        if status is not None:
            facts = {"summary": "<p>Året gik som planlagt.</p>"}
            status = areas.edit_status(status=status, seen=status.version, facts=facts, by=None)
            areas.close_year(status=status, seen=areas.seen_as(status, []), by=None)
