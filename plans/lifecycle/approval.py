"""Where the approval of a plan stands: who has approved it as it is, and whose turn it is.

The steps are the municipality's (``Municipality.approvers``). An approval counts for what it was
about and nothing else: whatever others would read, every part and the words at the head, is the
same as then. Sent back, the steps begin anew.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Exists, OuterRef, Q, Subquery

from kommuneplan.clock import today
from kommuneplan.core.enums import ApprovalSteps, PlanRole
from kommuneplan.core.models import Municipality, User
from plans.document import plan_document as doc
from plans.document.building import gather
from plans.enums import CycleState
from plans.models import Approval, Cycle, Plan, PlanLead
from plans.models.plan import PlanQuerySet

from .state import state_on
from .transitions import SUBMITTABLE


def digest_of(document: doc.PlanDocument) -> str:
    """What is approved, in 64 characters. The state of the plan's work is no part of it, nor are
    the anchors of paragraphs: nobody reads them, and a change taken back leaves new ones."""
    head = dataclasses.replace(document.head, state="")
    as_read = {one.key: one.as_read(value) for one, value in document.each() if one.as_read}
    content = doc.to_json(dataclasses.replace(document.with_values(as_read), head=head))
    return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """One step: who can take it, the approval there is (or was), and whether it still counts."""

    role: PlanRole
    holders: tuple[User, ...]
    approval: Approval | None
    counts: bool

    @property
    def outdated(self) -> bool:
        """Approved, but the plan was changed afterwards."""
        return self.approval is not None and not self.counts


@dataclass(frozen=True, slots=True)
class PlanApproval:
    """The approval of a plan's open cycle at the moment at which it was gathered.

    ``document``: the plan as the bodies would get it, ``digest`` its digest; ``acts``: everything
    that was approved or sent back in this cycle, in order.
    """

    plan: Plan
    cycle: Cycle
    document: doc.PlanDocument
    digest: str
    acts: tuple[Approval, ...]
    steps: tuple[ApprovalStep, ...]

    @property
    def next_step(self) -> ApprovalStep | None:
        """Whose turn it is; None when all have approved the plan as it is."""
        return next((step for step in self.steps if not step.counts), None)

    @property
    def last_sent_back(self) -> Approval | None:
        """The newest act, when it was to send the plan back."""
        return self.acts[-1] if self.acts and self.acts[-1].sent_back else None

    def is_turn_of(self, user: User) -> bool:
        """Whether the person can take the next step."""
        return self.next_step is not None and user in self.next_step.holders


def gather_approval(
    plan: Plan, cycle: Cycle, *, state: str, approvers: Sequence[PlanRole]
) -> PlanApproval | None:
    """Where the approval stands; None where the municipality wants none, or the cycle's state of
    the day is none in which something is made ready for the bodies."""
    if not approvers or state not in SUBMITTABLE:
        return None
    document = gather(plan)
    digest = digest_of(document)
    acts = tuple(cycle.approvals.select_related("by").order_by("pk"))
    steps = tuple(_steps(plan, approvers, acts, digest))
    return PlanApproval(plan, cycle, document, digest, acts, steps)


def _steps(
    plan: Plan, approvers: Sequence[PlanRole], acts: Sequence[Approval], digest: str
) -> list[ApprovalStep]:
    """The steps in order. One that follows a step which does not count does not count."""
    given: dict[str, Approval] = {}
    for act in acts:
        if act.sent_back:
            given.clear()
        else:
            given[act.step] = act
    held = PlanLead.objects.held(on=today()).filter(plan=plan, role__in=approvers)
    rows = list(held.select_related("user").order_by("user__name", "pk"))
    steps, so_far = [], True
    for role in approvers:
        approval = given.get(role)
        so_far = so_far and approval is not None and approval.digest == digest
        holders = tuple(row.user for row in rows if row.role == role)
        steps.append(ApprovalStep(role, holders, approval, so_far))
    return steps


def asked_to_approve(user: User, *, on: dt.date) -> PlanQuerySet:
    """The plans whose step before the person's was the last that was taken. Whether the plan has
    been changed since is said on its page."""
    steps = list(ApprovalSteps)
    pairs = {pair for one in steps for pair in pairwise(one.value.split())}
    last = Approval.objects.filter(cycle=OuterRef("cycles__pk")).order_by("-pk")
    asked = Municipality.objects.filter(pk=1).values("approval_steps")[:1]
    held = PlanLead.objects.held(on=on).filter(user=user, plan=OuterRef("pk"))
    found = Plan.objects.filter(
        cycles__closed_at__isnull=True,
        cycles__state__in=[CycleState.DRAFT, CycleState.IN_CONSULTATION],
        retired_at__isnull=True,
    ).annotate(
        asked=Subquery(asked),
        last_step=Subquery(last.values("step")[:1]),
        went_back=Subquery(last.values("sent_back")[:1]),
    )
    mine = Q()
    for before, role in sorted(pairs):
        follows = [one.value for one in steps if f"{before} {role}" in one.value]
        mine |= Q(Exists(held.filter(role=role)), last_step=before, asked__in=follows)
    return found.filter(mine, went_back=False)


def approval_of(plan: Plan) -> PlanApproval | None:
    """Where the approval of a plan's open cycle stands; None as ``gather_approval``."""
    approvers = Municipality.current().approvers
    cycle = plan.open_cycle if approvers else None
    if cycle is None:
        return None
    return gather_approval(plan, cycle, state=state_on(cycle, today()), approvers=approvers)
