"""The fixed vocabularies of plans; the catalogue has their Danish words."""

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


class AnnexKind(models.TextChoices):
    """What an annex of a plan is."""

    FILE = "file", _("file")
    EFFORT = "effort", _("effort description")


class FoundDecision(models.TextChoices):
    """What a person has decided of a file in which something was found."""

    RELEASE = "release", _("may be published")
    WITHHOLD = "withhold", _("stays internal")


class PaperPart(models.TextChoices):
    """What a section of a paper for the agenda is made from."""

    SUMMARY = "summary", _("the plan in short")
    RECOMMENDATION = "recommendation", _("the recommendation")
    PROBLEM = "problem", _("the problem")
    SOLUTION = "solution", _("the solution")
    ECONOMY = "economy", _("the steps of money")
    CONSULTATION = "consultation", _("the consultations")
    PROCESS = "process", _("the process plan")
    ANNEXES = "annexes", _("the annexes")
    OWN = "own", _("words of its own")


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


class InitiativeState(models.TextChoices):
    """Where an initiative stands."""

    PLANNED = "planned", _("planned")
    RUNNING = "running", _("running")
    FINISHED = "finished", _("finished")
    STOPPED = "stopped", _("stopped")

    @property
    def is_over(self) -> bool:
        """Nothing more is to come of it."""
        return self in {InitiativeState.FINISHED, InitiativeState.STOPPED}


class ActivityState(models.TextChoices):
    """What became of an activity. That it was moved is no state of its own: its earlier dates say
    so, and it is planned again."""

    PLANNED = "planned", _("planned")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")

    @property
    def is_open(self) -> bool:
        """Something is still to come of it."""
        return self in {ActivityState.PLANNED, ActivityState.UNDER_WAY}


class FundingKind(models.TextChoices):
    """Where the money of an initiative comes from."""

    POOL = "pool", _("pool")
    GRANT = "grant", _("grant")
    OWN = "own", _("own budget")


class InitiativeLinkKind(models.TextChoices):
    """What is linked to from an initiative."""

    WEBSITE = "website", _("website")
    DOCUMENT = "document", _("document")


class GoodDirection(models.TextChoices):
    """When the value of an indicator is good."""

    UP = "up", _("up is good")
    DOWN = "down", _("down is good")
    WITHIN = "within", _("within limits")


class Interval(models.TextChoices):
    """How often an indicator is measured."""

    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every quarter")
    HALF_YEARLY = "half_yearly", _("every half-year")
    YEARLY = "yearly", _("every year")
    EVERY_OTHER_YEAR = "every_other_year", _("every other year")
    RUNNING = "running", _("running")

    @property
    def months(self) -> int:
        """How many months there are from one measurement to the next; 0 where nothing is due."""
        return {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}.get(
            self, 24 if self == self.EVERY_OTHER_YEAR else 0
        )


class Standing(models.TextChoices):
    """How it goes with an indicator of a plan (``plans.indicators.standing``)."""

    ON_THE_WAY = "on_the_way", _("on the way")
    BEHIND = "behind", _("behind")
    NOT_MEASURED = "not_measured", _("not measured")
    NO_TARGET = "no_target", _("no target")


class InsightAnswer(models.TextChoices):
    """What a member of the council was answered who asked to see material."""

    GIVEN = "given", _("given")
    REFUSED = "refused", _("refused")


class EffectKind(models.TextChoices):
    """The four links of a chain of effects, from what is wanted to what it takes."""

    GOAL = "goal", _("goal")
    RESULT = "result", _("result")
    ACTIVITY = "activity", _("activity")
    RESOURCE = "resource", _("resource")

    @property
    def column(self) -> int:
        """Its place from the left: goals 0, resources 3."""
        return list(EffectKind).index(self)

    def may_serve(self, other: EffectKind) -> bool:
        """What comes later in the chain contributes to what comes before it."""
        return self.column > other.column


class ReferenceKind(models.TextChoices):
    """What sort of thing a claim is taken from."""

    DOCUMENT = "document", _("document")
    CASE = "case", _("case")
    PROJECT = "project", _("project")
    OTHER = "other", _("something else")


class Asker(models.TextChoices):
    """By whom something was asked of the administration, in general terms: never a name."""

    BODY = "body", _("the body")
    CHAIR = "chair", _("the chair")
    MEMBERS = "members", _("several members")
    MEMBER = "member", _("a member")
    ADMINISTRATION = "administration", _("promised by the administration")


class RequestState(models.TextChoices):
    """Where a request stands on a day; it follows from the facts and is stored nowhere."""

    LATE = "late", _("late")
    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")
    WITHDRAWN = "withdrawn", _("withdrawn")

    @property
    def is_open(self) -> bool:
        """Does somebody still wait for it?"""
        return self in {RequestState.LATE, RequestState.OPEN}


class BudgetState(models.TextChoices):
    """How far an amount has come: the steps of money, in their usual order."""

    SET_ASIDE = "set_aside", _("set aside")
    NEGOTIATED = "negotiated", _("under negotiation")
    AGREED = "agreed", _("agreed")
    GRANTED = "granted", _("granted")
    TO_BE_USED = "to_be_used", _("to be put to use")
    CONCRETE = "concrete", _("made concrete")


class ReportPart(models.TextChoices):
    """The parts of a status report, in their order. A municipality may call them otherwise."""

    BACKGROUND = "background", _("Background")
    DONE = "done", _("Done")
    UNDER_WAY = "under_way", _("Under way")
    NEXT = "next", _("What comes next")


class ReportRepeats(models.TextChoices):
    """How often a status report comes again."""

    HALF_YEARLY = "half_yearly", _("twice a year")
    YEARLY = "yearly", _("once a year")


class RecipientKind(models.TextChoices):
    """Who gets a status report."""

    BODY = "body", _("a body of the municipality")
    MINISTRY = "ministry", _("a ministry")
    OTHER = "other", _("somebody else")


class ReportChannel(models.TextChoices):
    """By which way a status report goes to a recipient."""

    MEETING = "meeting", _("at a meeting")
    MAIL = "mail", _("e-mail")
    PORTAL = "portal", _("portal")
    LETTER = "letter", _("letter")
