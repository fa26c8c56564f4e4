"""The fixed vocabularies of consultations; the catalogue has their Danish words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    """Where a round stands; follows from its times alone (``Round.state_at``)."""

    PREPARED = "prepared", _("Being prepared")
    COMING = "coming", _("Opens later")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class EventKind(models.TextChoices):
    """What happened to a round after it was announced. Parties are told of each."""

    EXTENDED = "extended", _("Deadline extended")
    CLOSED_EARLY = "closed_early", _("Closed early")
    CORRECTION = "correction", _("Correction sheet")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PublishWhen(models.TextChoices):
    """From when responses that a person has cleared may be read by everybody."""

    CLEARED = "cleared", _("as soon as each is cleared")
    DEADLINE = "deadline", _("when the deadline is past")
    REPORT = "report", _("together with the report")


class MembersSee(models.TextChoices):
    """From when the members of the bodies read the responses."""

    RECEIVED = "received", _("as they come in")
    DEADLINE = "deadline", _("when the deadline is past")
    REPORT = "report", _("when the report is made")


class PartyCategory(models.TextChoices):
    """What sort of party is consulted (practice §4)."""

    COUNCIL = "council", _("advisory council")
    LOCAL_COMMITTEE = "local_committee", _("local committee")
    USERS = "users", _("users and relatives")
    ASSOCIATION = "association", _("association or organisation")
    UNION = "union", _("professional organisation")
    INSTITUTION = "institution", _("board of an institution or a school")
    AUTHORITY = "authority", _("other authority")
    INTERNAL = "internal", _("administration or MED committee")
    BUSINESS = "business", _("company or self-owning offer")
    OTHER = "other", _("other")


class HeardBy(models.TextChoices):
    """Which rule says that a council is heard."""

    DISABILITY = "disability", _("disability council (retssikkerhedsloven § 37 a)")
    SENIOR = "senior", _("senior citizens' council (retssikkerhedsloven § 30)")


class PartyState(models.TextChoices):
    """How far an invited party is (``Invitation.state``); follows from what has happened."""

    LISTED = "listed", _("not invited yet")
    INVITED = "invited", _("invited")
    OPENED = "opened", _("has opened the link")
    ANSWERING = "answering", _("is writing")
    ANSWERED = "answered", _("has answered")
    NO_REMARKS = "no_remarks", _("no remarks")
    LATE = "late", _("answered after the deadline")
    SILENT = "silent", _("has not answered")


class SenderKind(models.TextChoices):
    """As what somebody answers."""

    CITIZEN = "citizen", _("private person")
    ORGANISATION = "organisation", _("association, company or organisation")
    COUNCIL = "council", _("council or committee")
    AUTHORITY = "authority", _("authority or administration")


class Channel(models.TextChoices):
    """How a response came in."""

    WEB = "web", _("on the website")
    LINK = "link", _("by personal link")
    MAIL = "mail", _("e-mail")
    LETTER = "letter", _("letter")
    DIGITAL_POST = "digital_post", _("Digital Post")
    PHONE = "phone", _("telephone")
    SPOKEN = "spoken", _("spoken")


class LateDecision(models.TextChoices):
    """Whether a late response takes part all the same."""

    NONE = "", _("not decided")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("not accepted")


class PublicationState(models.TextChoices):
    """What a person has decided about showing a response to everybody."""

    WAITING = "waiting", _("not looked through")
    CLEARED = "cleared", _("may be published")
    HIDDEN = "hidden", _("hidden from the public")


class Ground(models.TextChoices):
    """Why a passage is taken out of what is published."""

    CPR = "cpr", _("CPR number")
    CONTACT = "contact", _("contact details")
    PROTECTED = "protected", _("protected name or address")
    NAMED_PERSON = "named_person", _("another person is named")
    HEALTH = "health", _("health or social circumstances")
    UNLAWFUL = "unlawful", _("unlawful or offensive words")
    OTHER = "other", _("other reason")


class Proposal(models.TextChoices):
    """What the administration proposes about a remark; what a committee decides in the end."""

    NONE = "", _("undecided")
    MET = "met", _("Met")
    PARTLY = "partly", _("Partly met")
    NOT_MET = "not_met", _("Not met")
    NO_CHANGE = "no_change", _("Gives no cause for changes")


class ChangeKind(models.TextChoices):
    """What became of the block a remark led to a change in."""

    CHANGED = "changed", _("changed")
    ADDED = "added", _("added")
    DELETED = "deleted", _("deleted")
    UNCHANGED = "unchanged", _("unchanged so far")


class AlikeKind(models.TextChoices):
    """What responses that are laid together have in common."""

    SAME = "same", _("the same text")
    NOTHING = "nothing", _("no remarks")


class FilingKind(models.TextChoices):
    """What is marked as filed in the municipality's case system."""

    LETTER = "letter", _("consultation letter")
    PARTIES = "parties", _("list of parties")
    VERSION = "version", _("draft sent out")
    RESPONSE = "response", _("response")
    REPORT = "report", _("report")
    PACKAGE = "package", _("journal package")
