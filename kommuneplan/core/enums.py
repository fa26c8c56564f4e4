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
    """What somebody does in a body; the administrator belongs to none. The last three are those of
    ``PlanRole``, asked for where the body has no plan yet."""

    ADMINISTRATOR = "administrator", _("administrator")
    SECRETARY = "secretary", _("committee secretary")
    MEMBER = "member", _("member")
    COUNCIL_SECRETARY = "council_secretary", _("secretary of an advisory council")
    LEAD = "lead", _("plan lead")
    MANAGER = "manager", _("manager")
    DIRECTOR = "director", _("director")

    @property
    def on_plans(self) -> bool:
        """Is it what somebody does on the body's plans (``PlanRole``)? In itself it opens nothing:
        the person is there to be put on a plan."""
        return self in {Role.LEAD, Role.MANAGER, Role.DIRECTOR}


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


class ReportName(models.TextChoices):
    """What a municipality calls its report on a consultation (practice §4)."""

    NOTE = "note", _("consultation report")
    WHITE_PAPER = "white_paper", _("white paper")


class MeetingKind(models.TextChoices):
    """How a body meets."""

    ORDINARY = "ordinary", _("ordinary meeting")
    THEME = "theme", _("theme meeting")
    SEMINAR = "seminar", _("seminar")
    EXTRAORDINARY = "extraordinary", _("extraordinary meeting")


class ScanState(models.TextChoices):
    """What is known of a file: whether it has been opened in the guarded process, and what the
    virus scanner said of it."""

    WAITING = "waiting", _("being looked at")
    REFUSED = "refused", _("refused")
    NOT_SCANNED = "not_scanned", _("not scanned")
    CLEAN = "clean", _("clean")
    INFECTED = "infected", _("infected")


class MailState(models.TextChoices):
    """Where a mail stands."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("not sent")
    BOUNCED = "bounced", _("came back")


class MailReason(models.TextChoices):
    """Why a mail was not sent, or came back; holds no personal data."""

    SERVER = "server", _("The mail server did not answer.")
    LOGIN = "login", _("The mail server did not let us in: name or password is wrong.")
    SENDER = "sender", _("The mail server does not take mail from our address.")
    ADDRESS = "address", _("The mail server says that the address does not exist.")
    LATER = "later", _("The mail server asks us to try again later.")
    REFUSED = "refused", _("The mail server does not take the mail.")
    EXPIRED = "expired", _("The mail could not be sent while it was of use.")
    MISTAKE = "mistake", _("The mail could not be written. Tell whoever runs the system.")
    BOUNCED = "bounced", _("The mail came back: it could not be delivered.")
    FULL = "full", _("The mail came back: the mailbox is full.")
    RESTORED = "restored", _("Held back: the system was restored, and it may have been sent.")


class NoticeEnd(models.TextChoices):
    """What became of a notice that waits no longer."""

    TOLD = "told", _("told")
    OFF = "off", _("the person has turned the kind off")
    GONE = "gone", _("nothing to tell any more")
    HELD = "held", _("held back: the system was restored")


class JobState(models.TextChoices):
    """How far a piece of background work has come."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being made")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class DataLicence(models.TextChoices):
    """What others may do with what is published as tables (``kommuneplan/core/site/open_data.py``).

    Public data are to be free to use, with at most a wish to be named (PSI-loven, Lov om
    videreanvendelse af den offentlige sektors informationer, § 8).
    """

    BY = "cc-by-4.0", "Creative Commons Kreditering 4.0 (CC BY 4.0)"
    ZERO = "cc0-1.0", "Creative Commons CC0 1.0"

    @property
    def address(self) -> str:
        """Where it is told in full, in Danish."""
        return {
            "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/deed.da",
            "cc0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/deed.da",
        }[self.value]


class StatementStatus(models.TextChoices):
    """How far pages meet the requirements (Commission decision 2018/1523, annex, section 2)."""

    FULL = "full", _("in full")
    PARTIAL = "partial", _("in part")
    NOT = "not", _("not")


class StatementMethod(models.TextChoices):
    """How that was assessed (the same, section 4)."""

    OWN = "own", _("by the municipality itself")
    OTHER = "other", _("by somebody else, for the municipality")
