"""Where the approval of a plan stands: who has approved it as it is, and whose turn it is.

The steps are the municipality's (``Municipality.approvers``). An approval counts for what it was
about and nothing else: whatever others would read, every part and the words at the head, is the
same as then. Sent back, the steps begin anew.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from functools import cached_property

from kommuneplan.clock import today
from kommuneplan.core.enums import PlanRole
from kommuneplan.core.models import Municipality, User
from plans.document import plan_document as doc
from plans.document.building import gather
from plans.enums import CycleState
from plans.models import Approval, Cycle, Plan, PlanLead

READY = (CycleState.DRAFT, CycleState.AFTER_CONSULTATION)


def digest_of(document: doc.PlanDocument) -> str:
    """What is approved, in 64 characters. The state of the plan's work is no part of it, nor are
    the anchors of paragraphs: nobody reads them, and a change taken back leaves new ones."""
    head = dataclasses.replace(document.head, state="")
    as_read = {one.key: one.as_read(value) for one, value in document.each() if one.as_read}
    content = doc.to_json(dataclasses.replace(document.with_values(as_read), head=head))
    return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Step:
    """One step: who can take it, the approval there is (or was), and whether it still counts."""

    role: PlanRole
    holders: tuple[User, ...]
    approval: Approval | None
    counts: bool

    @property
    def outdated(self) -> bool:
        """Approved, but the plan was changed afterwards."""
        return self.approval is not None and not self.counts


@dataclass
class Standing:
    """The approval of a plan's open cycle; kept on the plan for as long as it is at hand."""

    plan: Plan
    cycle: Cycle
    roles: list[PlanRole]

    @cached_property
    def document(self) -> doc.PlanDocument:
        """The plan as the bodies would get it now."""
        return gather(self.plan)

    @cached_property
    def digest(self) -> str:
        """Of the plan as it is now."""
        return digest_of(self.document)

    @cached_property
    def acts(self) -> list[Approval]:
        """Everything that was approved or sent back in this cycle, in order."""
        return list(self.cycle.approvals.select_related("by").order_by("pk"))

    @cached_property
    def steps(self) -> list[Step]:
        """The steps in order. One that follows a step which does not count does not count."""
        given: dict[str, Approval] = {}
        for act in self.acts:
            if act.sent_back:
                given.clear()
            else:
                given[act.step] = act
        held = PlanLead.objects.held(on=today()).filter(plan=self.plan, role__in=self.roles)
        rows = list(held.select_related("user").order_by("user__name", "pk"))
        steps, so_far = [], True
        for role in self.roles:
            approval = given.get(role)
            so_far = so_far and approval is not None and approval.digest == self.digest
            holders = tuple(row.user for row in rows if row.role == role)
            steps.append(Step(role, holders, approval, so_far))
        return steps

    @property
    def next_step(self) -> Step | None:
        """Whose turn it is; None when all have approved the plan as it is."""
        return next((step for step in self.steps if not step.counts), None)

    @property
    def last_sent_back(self) -> Approval | None:
        """The newest act, when it was to send the plan back."""
        return self.acts[-1] if self.acts and self.acts[-1].sent_back else None

    def is_turn_of(self, user: User) -> bool:
        """Whether the person can take the next step."""
        return self.next_step is not None and user in self.next_step.holders


def _roles(plan: Plan) -> list[PlanRole]:
    """The municipality's steps, which may have come along with the plan (``standing``)."""
    if "approval_steps" in plan.__dict__:
        return [PlanRole(step) for step in (plan.__dict__["approval_steps"] or "").split()]
    return Municipality.current().approvers


def approval_of(plan: Plan, cycle: Cycle | None = None) -> Standing | None:
    """Where the approval stands; None where the municipality wants none, or nothing is being
    made ready for the bodies."""
    roles = _roles(plan)
    cycle = cycle or (plan.open_cycle if roles else None)
    if not roles or cycle is None or cycle.state_on(today()) not in READY:
        return None
    found = plan.__dict__.get("_approval")
    if found is None:
        found = plan.__dict__["_approval"] = Standing(plan, cycle, roles)
    return found
