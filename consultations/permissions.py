"""Who may act in consultations. Who may *see* a round in the workspace is
``Round.objects.readable_by``; whom a personal link leads in, ``Invitation.objects.by_token``.
"""

from __future__ import annotations

import rules

from kommuneplan.core.admin_rights import register_admin_rights
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Municipality, User
from kommuneplan.core.permissions import is_administrator
from plans.permissions import (
    is_a_secretary,
    is_secretary_of_plan,
    leads_a_plan,
    leads_plan,
    of_plans,
)

from .models import (
    ContactPerson,
    Filing,
    Invitation,
    Material,
    MeetingInput,
    Party,
    Remark,
    Report,
    Round,
    RoundEvent,
    RoundQuestion,
    StandardList,
    Theme,
)


@rules.predicate
def runs_round(user: User, round: Round | None) -> bool:
    """Is secretary of the body that answers for the round's plan."""
    return round is not None and is_secretary_of_plan(user, round.plan)


@rules.predicate
def leads_round(user: User, round: Round | None) -> bool:
    """Is tovholder of the round's plan."""
    return round is not None and leads_plan(user, round.plan)


@rules.predicate
def answers_for_party(user: User, invitation: Invitation | None) -> bool:
    """Is secretary of the advisory council that is invited."""
    return (
        invitation is not None
        and invitation.party.body_id is not None
        and user.has_role(Role.COUNCIL_SECRETARY, invitation.party.body)
    )


PLAN_ROUND = "consultations.plan_round"  # asked of a plan
RUN_ROUND = "consultations.run_round"
HANDLE = "consultations.handle"
READ_ORIGINALS = "consultations.read_originals"
PUBLISH_RESPONSES = "consultations.publish_responses"
FILE = "consultations.file"
KEEP_REGISTER = "consultations.keep_register"
ANSWER_FOR_COUNCIL = "consultations.answer_for_council"

rules.add_perm(PLAN_ROUND, is_administrator | is_secretary_of_plan)
rules.add_perm(RUN_ROUND, is_administrator | runs_round)
rules.add_perm(HANDLE, is_administrator | runs_round | leads_round)
rules.add_perm(READ_ORIGINALS, is_administrator | runs_round | leads_round)
rules.add_perm(PUBLISH_RESPONSES, is_administrator | runs_round)
rules.add_perm(FILE, is_administrator | runs_round)
rules.add_perm(KEEP_REGISTER, is_administrator | is_a_secretary)
rules.add_perm(ANSWER_FOR_COUNCIL, answers_for_party)


def shows_private_names() -> bool:
    """Whether the municipality publishes the names of private persons who answer."""
    return Municipality.current().shows_private_names


# --- in the admin ---------------------------------------------------------------------------------

_OF_ROUNDS = (Filing, Invitation, Material, MeetingInput, Remark, Report, RoundEvent, RoundQuestion,
              Theme)  # fmt: skip


def register_rights_in_the_admin() -> None:
    """Called once, when the app is ready: the rounds of the plans somebody works with, to look at;
    to secretaries the register of parties, as in the workspace."""
    for holds in (is_a_secretary, leads_a_plan):
        register_admin_rights([Round], "view", holds=holds, within=of_plans("plan"))
        register_admin_rights(_OF_ROUNDS, "view", holds=holds, within=of_plans("round__plan"))
    kept = (ContactPerson, Party, StandardList)
    register_admin_rights(kept, "view add change", holds=is_a_secretary)
