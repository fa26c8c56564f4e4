"""The words of plans, their cycles, versions and decisions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanKind(models.TextChoices):
    """What sort of steering document a plan is (practice §11)."""

    BASIS_PAPER = "basis_paper", _("basis paper")
    FRAMEWORK_PLAN = "framework_plan", _("framework plan")
    STRATEGY = "strategy", _("strategy")
    POLICY = "policy", _("policy")
    SUB_STRATEGY = "sub_strategy", _("sub-strategy")
    TARGET_GROUP_PLAN = "target_group_plan", _("target-group plan")
    CENTRE_PLAN = "centre_plan", _("centre plan")
    ACTION_PLAN = "action_plan", _("action plan")
    INITIATIVE = "initiative", _("initiative")
    PROCESS = "process", _("process")


class PlanningAct(models.TextChoices):
    """Which rule of the planning act (planloven) a plan's consultation follows, if any."""

    STRATEGY = "strategy", _("strategy for the municipal plan (§ 23 a)")
    PROPOSAL = "proposal", _("proposal for a municipal plan (§ 24(3))")
    MINOR_CHANGE = "minor_change", _("minor change of the municipal plan (§ 24(4))")
    LOCAL_PLAN = "local_plan", _("local plan (§ 24(5))")
    MINOR_LOCAL_PLAN = "minor_local_plan", _("local plan of lesser importance (§ 24(6))")

    @property
    def weeks(self) -> int:
        """The shortest consultation the law allows, in weeks."""
        return {"strategy": 8, "proposal": 8, "minor_change": 4, "local_plan": 4}.get(self, 2)

    @property
    def paragraph(self) -> str:
        """Where the law says so."""
        return {
            "strategy": "§ 23 a",
            "proposal": "§ 24, stk. 3",
            "minor_change": "§ 24, stk. 4",
            "local_plan": "§ 24, stk. 5",
        }.get(self, "§ 24, stk. 6")


class CycleKind(models.TextChoices):
    """Why the plan is being worked on."""

    FIRST = "first", _("first making")
    REVISION = "revision", _("revision")


class CycleState(models.TextChoices):
    """Where the work on a plan stands. Between the decision to send a draft out and the end of
    the consultation IN_CONSULTATION is stored; which of the three it is on a day,
    TO_BE_SENT_OUT, IN_CONSULTATION or AFTER_CONSULTATION, says ``plans.lifecycle.state``."""

    DRAFT = "draft", _("Draft")
    BEFORE_BODIES = "before_bodies", _("Before the bodies")
    TO_BE_SENT_OUT = "to_be_sent_out", _("To be sent out for consultation")
    IN_CONSULTATION = "in_consultation", _("In consultation")
    AFTER_CONSULTATION = "after_consultation", _("After consultation")
    ADOPTED = "adopted", _("Adopted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PublicState(models.TextChoices):
    """Where a published plan stands for a reader today: its frozen state, corrected by what has
    happened since (``plans.public.publications.with_public_state``)."""

    DRAFT = "draft", _("Draft")
    BEFORE_BODIES = "before_bodies", _("Before the bodies")
    TO_BE_SENT_OUT = "to_be_sent_out", _("To be sent out for consultation")
    IN_CONSULTATION = "in_consultation", _("In consultation")
    AFTER_CONSULTATION = "after_consultation", _("After consultation")
    ADOPTED = "adopted", _("Adopted")
    REPLACED = "replaced", _("Replaced")
    REPEALED = "repealed", _("Repealed")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    @property
    def was_adopted(self) -> bool:
        """The plan is in force, or once was."""
        return self in {
            PublicState.ADOPTED,
            PublicState.REPLACED,
            PublicState.REPEALED,
            PublicState.EXPIRED,
        }

    @property
    def is_over(self) -> bool:
        """Nothing more is to come of the plan."""
        return self in {
            PublicState.REPLACED,
            PublicState.REPEALED,
            PublicState.EXPIRED,
            PublicState.WITHDRAWN,
        }


class MilestoneKind(models.TextChoices):
    """What a milestone is; decides whether it fills its span or falls somewhere within it.

    Four are finer words for two others, because the public reads them differently: a body that
    recommends has not decided, a theme meeting decides nothing, and everybody may come to a
    citizens' meeting.
    """

    MEETING = "meeting", _("meeting")
    RECOMMENDATION = "recommendation", _("recommendation")
    THEME_MEETING = "theme_meeting", _("theme meeting")
    HEARING = "hearing", _("consultation")
    DRAFTING = "drafting", _("drafting")
    ADOPTION = "adoption", _("adoption")
    BUDGET = "budget", _("budget")
    INVOLVEMENT = "involvement", _("involvement")
    PUBLIC_MEETING = "public_meeting", _("citizens' meeting")
    WORKSHOP = "workshop", _("workshop")
    INFORMATION = "information", _("information")
    STATUS = "status", _("status")
    EVALUATION = "evaluation", _("evaluation")
    IMPLEMENTATION = "implementation", _("implementation")
    DEADLINE = "deadline", _("deadline")
    OTHER = "other", _("other")

    @property
    def lasts(self) -> bool:
        """Goes on throughout its span; the others happen at some moment within it."""
        return self in {MilestoneKind.HEARING, MilestoneKind.DRAFTING, MilestoneKind.IMPLEMENTATION}

    @property
    def broad(self) -> MilestoneKind:
        """The kind that a finer one is a case of; any other is its own."""
        if self in {MilestoneKind.RECOMMENDATION, MilestoneKind.THEME_MEETING}:
            return MilestoneKind.MEETING
        if self in {MilestoneKind.PUBLIC_MEETING, MilestoneKind.WORKSHOP}:
            return MilestoneKind.INVOLVEMENT
        return self

    @property
    def is_turn(self) -> bool:
        """A body's turn, on its meeting: it treats, recommends or adopts."""
        return self.broad in {MilestoneKind.MEETING, MilestoneKind.ADOPTION}


class MilestoneState(models.TextChoices):
    """What became of a milestone; lateness is not a state but follows from the clock."""

    PLANNED = "planned", _("planned")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


class Stage(models.TextChoices):
    """What a version was frozen for."""

    PROCESS_PLAN = "process_plan", _("process plan")
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    INTERNAL = "internal", _("internal consultation")
    CONSULTATION = "consultation", _("sent out for consultation")
    ADOPTED = "adopted", _("adopted")
    STATUS = "status", _("yearly status")


class Part(models.TextChoices):
    """The parts of a document that can be frozen by themselves."""

    PROCESS_PLAN = "process_plan", _("process plan")
    TEXT = "text", _("text")
    FOCUS = "focus", _("focus areas")


class ChapterPart(models.TextChoices):
    """Which part of a target group's chapter a section is."""

    CHAPTER = "chapter", _("chapter")
    FACTS = "facts", _("facts")
    PRINCIPLE = "principle", _("principle")


class Audience(models.TextChoices):
    """To whom a publication is visible."""

    PUBLIC = "public", _("everybody")
    MEMBERS = "members", _("members of the bodies")
    PARTIES = "parties", _("invited parties")


class BlockKind(models.TextChoices):
    """What a block of a frozen document is; a remark can point to each."""

    HEAD = "head", _("head")
    SECTION = "section", _("section")
    PARAGRAPH = "paragraph", _("paragraph")
    PHASE = "phase", _("phase")
    MILESTONE = "milestone", _("milestone")
    STATUS = "status", _("yearly status")
    FOCUS = "focus", _("focus area")


class DraftState(models.TextChoices):
    """What became of an import."""

    OPEN = "open", _("being looked through")
    APPLIED = "applied", _("carried out")
    DISCARDED = "discarded", _("discarded")


class Purpose(models.TextChoices):
    """What the bodies are asked to do with a matter."""

    PROCESS_PLAN = "process_plan", _("approve the process plan")
    CONSULTATION = "consultation", _("send the draft out for consultation")
    ADOPTION = "adoption", _("adopt the plan")
    STATUS = "status", _("take note of the yearly status")
    DISCUSSION = "discussion", _("discuss the draft")


class ItemType(models.TextChoices):
    """What sort of item the matter is on a body's agenda (practice §2)."""

    DECISION = "decision", _("matter for decision")
    DISCUSSION = "discussion", _("matter for discussion")
    INFORMATION = "information", _("matter for information")
    NOTING = "noting", _("matter to be noted")


class Outcome(models.TextChoices):
    """What a body did with a matter in the words of minutes."""

    APPROVED = "approved", _("Approved")
    AMENDED = "amended", _("Approved with amendments")
    RECOMMENDED = "recommended", _("Recommended")
    DISCUSSED = "discussed", _("Discussed")
    NOTED = "noted", _("Noted")
    POSTPONED = "postponed", _("Postponed")
    RETURNED = "returned", _("Sent back")
    REJECTED = "rejected", _("Rejected")
    HALTED = "halted", _("Halted, brought before the council")

    @property
    def sends_back(self) -> bool:
        """The plan is a draft again."""
        return self in {Outcome.RETURNED, Outcome.REJECTED}

    @property
    def carries(self) -> bool:
        """The matter goes on to the next body, or is decided."""
        return self in {Outcome.APPROVED, Outcome.AMENDED, Outcome.RECOMMENDED}


class FocusDecision(models.TextChoices):
    """What the yearly status says of a focus area."""

    CONTINUE = "continue", _("continue")
    CHANGE = "change", _("change")
    END = "end", _("end")


class StatusState(models.TextChoices):
    """Where a yearly status stands."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class RecusalReason(models.TextChoices):
    """Why somebody takes no part in a matter (forvaltningsloven § 3(1), nos. 1–5)."""

    INTEREST = "interest", _("personal or financial interest (no. 1)")
    FAMILY = "family", _("family (no. 2)")
    BOARD = "board", _("leads or stands close to a company or an association (no. 3)")
    SUPERVISION = "supervision", _("took part in the matter at another authority (no. 4)")
    OTHER = "other", _("other circumstances (no. 5)")
