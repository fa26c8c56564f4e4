"""A town with four plans and many people, in which something happens at every hour; whatever a
person may not read there says so with a word that no mail may hold."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Callable

from consultations.answering.actions.registering import Registration, register
from consultations.handling.actions.remarks import sort_many
from consultations.handling.actions.splitting import handle_whole
from consultations.models import Remark, Response
from kommuneplan import clock
from kommuneplan.core.accounts.actions.ending import end_on
from kommuneplan.core.enums import ApprovalSteps, BodyKind, PlanRole, Role
from kommuneplan.core.gates import Blocked
from kommuneplan.core.models import Meeting, Membership, Municipality, User
from kommuneplan.core.notices.actions import choose
from kommuneplan.core.notices.kinds import kinds
from kommuneplan.locking import Conflict
from kommuneplan.timespan.span import TimeSpan
from plans.decisions.actions import outcomes
from plans.decisions.actions import steps as life
from plans.decisions.actions.approving import NotYourTurn, approve, send_back
from plans.details.actions.people import AppointedAlready, appoint, discharge
from plans.enums import Outcome, Purpose
from plans.lifecycle.approval import approval_of
from plans.lifecycle.transitions import NotAllowed
from plans.members.actions import questions
from plans.members.actions.recusals import lift_recusal, record_recusal
from plans.models import (
    Matter,
    Milestone,
    Plan,
    PlanLead,
    PlanVersion,
    Question,
    Recusal,
    Treatment,
)
from plans.models.submitted import versions_for
from plans.process.actions.milestones import add_milestone, finish_milestone
from tests.consultations.round_factories import a_round
from tests.factories import committee, person
from tests.plans.matters import ready_plan

SECRET = "kanariefugl"  # in drafts, titles of matters, questions, answers, responses, reasons
DAY = dt.timedelta(days=1)
REFUSED = (
    Blocked, NotAllowed, NotYourTurn, Conflict, AppointedAlready, ValueError,
    questions.QuestionMovedOn, outcomes.AlreadyRecorded,
)  # fmt: skip


class Town:
    """The town as it is, and what may happen in it; chance decides, the same each time."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        Municipality.objects.create(pk=1, name="By", approval_steps=ApprovalSteps.LEAD_MANAGER)
        kinds_of_body = [BodyKind.COMMITTEE, BodyKind.COMMITTEE, BodyKind.COUNCIL]
        names = ["Socialudvalget", "Miljøudvalget", "Byrådet"]
        self.bodies = [committee(*pair) for pair in zip(names, kinds_of_body, strict=True)]
        self.people = [person(f"person{number}") for number in range(16)]
        for number, user in enumerate(self.people[:12]):
            role = Role.SECRETARY if number < 3 else Role.MEMBER
            Membership.objects.create(user=user, role=role, body=self.bodies[number % 3])
        self.plans = [ready_plan(f"Strategi nummer {n}", case_number="1") for n in range(4)]
        for number, plan in enumerate(self.plans):
            plan.body = self.bodies[number % 2]
            plan.proposal = f"{plan.proposal} {SECRET}"
            plan.save()
            section = plan.sections.get()
            section.text = f"<p>Vi vil hinanden. {SECRET}</p>"
            section.save()
            for role in (PlanRole.LEAD, PlanRole.MANAGER):
                PlanLead.objects.create(plan=plan, user=self.anybody(), role=role)
        self.round = a_round(closes=clock.now() + 40 * DAY)
        self.done: dict[str, int] = {}

    def anybody(self) -> User:
        return self.chance.choice(self.people)

    def plan(self) -> Plan:
        return Plan.objects.get(pk=self.chance.choice(self.plans).pk)

    def one_of(self, rows):
        """One of some rows; a refusal where there is none."""
        found = list(rows.order_by("pk"))
        if not found:
            raise ValueError
        return self.chance.choice(found)

    def act(self) -> None:
        """Something happens, or is lawfully refused."""
        name = self.chance.choices([*ACTS], weights=[often for often, _act in ACTS.values()])[0]
        try:
            ACTS[name][1](self)
        except REFUSED:
            name = f"{name} refused"
        self.done[name] = self.done.get(name, 0) + 1


def submit(town: Town) -> None:
    plan, by = town.plan(), town.anybody()
    chain = town.chance.sample(town.bodies, town.chance.choice([1, 2]))
    day = clock.today() + town.chance.randint(0, 12) * DAY
    steps = [life.ChainStep(one, day=day + number * DAY) for number, one in enumerate(chain)]
    purpose = town.chance.choice([Purpose.CONSULTATION, Purpose.DISCUSSION])
    title = f"Sag {SECRET}"
    life.submit(plans=[plan], purpose=purpose, title=title, chain=steps, by=by)


def record(town: Town) -> None:
    matter = town.one_of(Matter.objects.filter(closed_at__isnull=True))
    good = [Outcome.RECOMMENDED, Outcome.APPROVED, Outcome.DISCUSSED, Outcome.RETURNED]
    decision = outcomes.Decision(
        town.chance.choice(good), clock.today(), wording=SECRET,
        is_closed=town.chance.random() < 0.4,
    )  # fmt: skip
    outcomes.record_outcome(treatment=matter.next_treatment, decision=decision, by=town.anybody())


def withdraw(town: Town) -> None:
    plan = town.plan()
    if plan.open_cycle is None:
        raise ValueError
    life.withdraw_cycle(cycle=plan.open_cycle, reason=SECRET, by=town.anybody())
    plan.cycles.create(number=plan.cycles.count() + 1)


def move_meeting(town: Town) -> None:
    row = town.one_of(Treatment.objects.filter(outcome="", matter__closed_at__isnull=True))
    day = clock.today() + town.chance.randint(1, 9) * DAY
    meeting, _new = Meeting.objects.get_or_create(body=row.body, date=day)
    life.reschedule(treatment=row, meeting=meeting, by=None)


def recuse(town: Town) -> None:
    matter = town.one_of(Matter.objects.filter(closed_at__isnull=True))
    members = Membership.objects.filter(role=Role.MEMBER, body__treatments__matter=matter)
    who = town.one_of(members).user
    record_recusal(matter=matter, member=who, reason="interest", by=town.anybody())


def lift(town: Town) -> None:
    lift_recusal(recusal=town.one_of(Recusal.objects.filter(lifted_at=None)), by=town.anybody())


def ask(town: Town) -> None:
    who = town.anybody()
    rows = PlanVersion.objects.filter(pk__in=versions_for(who, at=clock.now()).values("pk"))
    version = town.one_of(rows)
    questions.ask(version=version, anchor="", words=SECRET, key=uuid.uuid4(), by=who)


def answer(town: Town) -> None:
    row = town.one_of(Question.objects.filter(withdrawn_at=None))
    questions.answer(question=row, words=f"{SECRET} {town.chance.random()}", show=False,
                     seen=row.version, by=town.anybody())  # fmt: skip


def take_back(town: Town) -> None:
    row = town.one_of(Question.objects.filter(withdrawn_at=None))
    questions.withdraw(question=row, by=row.asker)


def appoint_somebody(town: Town) -> None:
    begins = clock.today() + town.chance.choice([0, 0, 3]) * DAY
    role = town.chance.choice([PlanRole.LEAD, PlanRole.MANAGER])
    appoint(plan=town.plan(), user=town.anybody(), role=role, by=town.anybody(), begins=begins)


def discharge_somebody(town: Town) -> None:
    held = PlanLead.objects.held(on=clock.today())
    discharge(lead=town.one_of(held), on=clock.today(), by=town.anybody())


def say_yes(town: Town) -> None:
    plan = town.plan()
    now = approval_of(plan)
    if now is None or now.next_step is None or not now.next_step.holders:
        raise ValueError
    approve(plan=plan, seen=now.digest, by=town.chance.choice(now.next_step.holders))


def say_no(town: Town) -> None:
    plan = town.plan()
    now = approval_of(plan)
    if now is None or now.next_step is None or not now.next_step.holders:
        raise ValueError
    send_back(plan=plan, words=SECRET, by=town.chance.choice(now.next_step.holders))


def respond(town: Town) -> None:
    what = Registration(channel="letter", day=clock.today(), sender={"name": SECRET}, text=SECRET)
    register(round=town.round, what=what, key=uuid.uuid4(), by=None)


def cut(town: Town) -> None:
    handle_whole(response=town.one_of(Response.objects.filter(gone_through=0)), seen=1, by=None)


def assign(town: Town) -> None:
    facts = {"assignee": town.anybody()}
    sort_many(remarks=[town.one_of(Remark.objects)], facts=facts, by=town.anybody())


def take_up(town: Town) -> None:
    role = town.chance.choice([Role.MEMBER, Role.MEMBER, Role.SECRETARY])
    user, body = town.anybody(), town.chance.choice(town.bodies)
    if not user.memberships.sharing(clock.today()).filter(body=body, role=role).exists():
        user.memberships.filter(body=body, role=role, begins=clock.today()).delete()
        Membership.objects.create(user=user, body=body, role=role, begins=clock.today())


def give_up(town: Town) -> None:
    end_on(town.one_of(Membership.objects.held(on=clock.today())), on=clock.today(), by=None)


def set_deadline(town: Town) -> None:
    plan = town.plan()
    if plan.open_cycle is None:
        raise ValueError
    when = TimeSpan.day(clock.today() + town.chance.randint(0, 9) * DAY)
    facts = {"title": f"Frist {SECRET}", "when": when, "kind": "other"}
    add_milestone(cycle=plan.open_cycle, facts=facts, bodies=[], by=town.anybody())


def finish(town: Town) -> None:
    row = town.one_of(Milestone.objects.filter(state="planned"))
    finish_milestone(milestone=row, on=clock.today(), by=town.anybody())


def retire(town: Town) -> None:
    plan = town.plan()
    away = plan.retired_at is None and town.chance.random() < 0.5
    plan.retired_at, plan.retired_because = (clock.now(), SECRET) if away else (None, "")
    plan.save()


def turn_off(town: Town) -> None:
    choose(user=town.anybody(), wanted=[one for one in kinds if town.chance.random() < 0.8])


def close_account(town: Town) -> None:
    user = User.objects.get(pk=town.anybody().pk)
    user.is_active = not user.is_active and True
    user.save()


ACTS: dict[str, tuple[int, Callable[[Town], None]]] = {
    "submit": (7, submit), "record": (3, record), "withdraw": (1, withdraw),
    "move meeting": (1, move_meeting), "recuse": (3, recuse), "lift": (1, lift),
    "ask": (4, ask), "answer": (3, answer), "take back": (1, take_back),
    "appoint": (3, appoint_somebody), "discharge": (2, discharge_somebody),
    "approve": (6, say_yes), "send back": (1, say_no), "respond": (4, respond), "cut": (2, cut),
    "assign": (3, assign), "take up": (3, take_up), "give up": (2, give_up),
    "deadline": (4, set_deadline), "finish": (1, finish), "retire": (1, retire),
    "turn off": (1, turn_off), "close account": (1, close_account),
}  # fmt: skip
"""How often, among the others, and what."""
