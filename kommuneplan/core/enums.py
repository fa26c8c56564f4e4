"""The fixed vocabularies of core."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    """What sort of body acts; whether it decides follows from it."""

    COUNCIL = "council", _("municipal council")
    FINANCE_COMMITTEE = "finance", _("finance committee")
    COMMITTEE = "committee", _("committee")
    ADVISORY = "advisory", _("advisory council")
    ADMINISTRATION = "administration", _("administration")
    UNIT = "unit", _("unit")
    EXTERNAL = "external", _("external party")

    @property
    def is_political(self) -> bool:
        """Elected people who meet and decide or recommend."""
        return self in {BodyKind.COUNCIL, BodyKind.FINANCE_COMMITTEE, BodyKind.COMMITTEE}


class Role(models.TextChoices):
    """What somebody does in a body; the administrator belongs to none."""

    ADMINISTRATOR = "administrator", _("administrator")
    SECRETARY = "secretary", _("committee secretary")
    MEMBER = "member", _("member")
    COUNCIL_SECRETARY = "council_secretary", _("secretary of an advisory council")


class PlanRole(models.TextChoices):
    """What somebody does on a plan in the administration, in the order in which they approve."""

    LEAD = "lead", _("plan lead")
    MANAGER = "manager", _("manager")
    DIRECTOR = "director", _("director")


class ApprovalSteps(models.TextChoices):
    """Who approves a plan, one after another, before it is put before the bodies."""

    NONE = "", _("nobody")
    LEAD = "lead", _("plan lead")
    MANAGER = "manager", _("manager")
    DIRECTOR = "director", _("director")
    LEAD_MANAGER = "lead manager", _("plan lead → manager")
    LEAD_DIRECTOR = "lead director", _("plan lead → director")
    MANAGER_DIRECTOR = "manager director", _("manager → director")
    ALL = "lead manager director", _("plan lead → manager → director")


class MeetingKind(models.TextChoices):
    """How a body meets."""

    ORDINARY = "ordinary", _("ordinary meeting")
    THEME = "theme", _("theme meeting")
    SEMINAR = "seminar", _("seminar")
    EXTRAORDINARY = "extraordinary", _("extraordinary meeting")


class ScanState(models.TextChoices):
    """What the virus scanner said of a file."""

    NOT_SCANNED = "not_scanned", _("not scanned")
    CLEAN = "clean", _("clean")
    INFECTED = "infected", _("infected")
