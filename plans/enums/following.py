"""The words of what follows a plan: annexes, promises, effects, initiatives, reports, duties."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class InitiativeState(models.TextChoices):
    """Where an initiative stands."""

    PLANNED = "planned", _("planned")
    RUNNING = "running", _("under way")
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
