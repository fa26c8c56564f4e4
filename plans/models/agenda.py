"""A body's meetings as agendas: the items in order, what is recommended in each, what came of it;
and the insight that members of the council ask for.

One truth: an item of a matter *is* that matter's treatment. Its meeting, title, sort, closedness
and outcome are the treatment's, and its own columns for them stay empty; the row holds only what a
treatment lacks: its place, its sender, the recommendation. A treatment nobody has given any of
that needs no row and is an item all the same (``plans.agenda.items``); it gets one with the same
``uid``, so that its address never changes.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.core.models import Body, Meeting
from kommuneplan.locking import Locked
from plans.enums import InsightAnswer, ItemType, Outcome, RecusalReason

from .matter import Matter, Treatment
from .plan import Plan
from .version import PlanVersion


class Agenda(Locked):
    """The agenda of a meeting: whether it is sent out, and where the whole protocol lies.

    Until it is sent out, only those who make it know the items that are no matters; from then on
    the members read them, and everybody what is open. ``sent_at``: empty where nobody knows, as of
    an agenda that a paper of long ago tells of.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="agenda")
    is_out = models.BooleanField(_("is sent out"), default=False)
    sent_at = models.DateTimeField(_("sent out"), null=True, blank=True, editable=False)
    protocol = models.URLField(_("link to the protocol"), max_length=1000, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")
        ordering = ["meeting"]
        constraints = [
            models.CheckConstraint(
                name="plans_agenda_sent_at_when_out",
                condition=Q(is_out=True) | Q(sent_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Items by meeting and plan, whether these are their own or their treatment's."""

    def told(self) -> AgendaItemQuerySet:
        """With all that their properties ask for."""
        return self.select_related(
            "own_meeting__body", "treatment__meeting__body", "treatment__body",
            "treatment__matter", "plan", "item_outcome",
        )  # fmt: skip

    def at(self, *meetings: Meeting) -> AgendaItemQuerySet:
        """Those of some meetings."""
        return self.filter(Q(own_meeting__in=meetings) | Q(treatment__meeting__in=meetings))

    def of_body(self, body: Body) -> AgendaItemQuerySet:
        """Those that a body treats."""
        return self.filter(Q(own_meeting__body=body) | Q(treatment__body=body))

    def of_plan(self, plan: Plan) -> AgendaItemQuerySet:
        """Those a plan is treated in."""
        of_matter = Matter.objects.filter(plans__cycle__plan=plan).values("pk")
        return self.filter(Q(plan=plan) | Q(treatment__matter__in=of_matter))

    def by_day(self) -> AgendaItemQuerySet:
        """In the order of their meetings, and within each."""
        day = Coalesce("own_meeting__date", "treatment__meeting__date")
        return self.annotate(day=day).order_by("day", "position", "pk")


class AgendaItem(Locked):
    """An item on a body's agenda: a matter's treatment, or an item of its own, with a plan or
    without one. Several items of a meeting may be about one plan, and one draft be discussed at
    several meetings.

    ``label``: the number or letter that the agenda gives it ("C"). ``sender``: who recommends.
    ``papers_on``: the day on which its papers came in.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    treatment = models.OneToOneField(
        Treatment, models.CASCADE, null=True, blank=True, related_name="agenda_item"
    )
    own_meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="own_items",
        verbose_name=_("meeting"),
    )  # fmt: skip
    plan = models.ForeignKey(
        Plan, models.SET_NULL, null=True, blank=True, related_name="own_items",
        verbose_name=_("plan"),
    )  # fmt: skip
    own_title = models.CharField(_("title"), max_length=300, blank=True)
    own_type = models.CharField(
        _("type of item"), max_length=20, choices=ItemType.choices, blank=True
    )
    own_closed = models.BooleanField(_("closed item"), default=False)
    closed_reason = models.CharField(
        _("why it is closed"), max_length=300, blank=True,
        help_text=_("Kommunestyrelsesloven § 10: for the house, never published."),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    label = models.CharField(
        _("number on the agenda"), max_length=20, blank=True, help_text=_("As it stands there.")
    )
    case_number = models.CharField(_("case number"), max_length=60, blank=True)
    sender = models.CharField(_("who recommends"), max_length=200, blank=True)
    summary = models.TextField(_("what it is about"), blank=True)
    papers_on = models.DateField(_("papers came in on"), null=True, blank=True)

    objects = AgendaItemQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("item of a meeting")
        verbose_name_plural = _("items of meetings")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_agendaitem_one_truth",
                condition=Q(
                    treatment__isnull=True, own_meeting__isnull=False, own_type__gt="",
                    own_title__gt="",
                )
                | Q(
                    treatment__isnull=False, own_meeting__isnull=True, plan__isnull=True,
                    own_title="", own_type="", own_closed=False,
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def meeting(self) -> Meeting | None:
        """Its meeting; None for a treatment that has none yet."""
        return self.treatment.meeting if self.treatment else self.own_meeting

    @property
    def body(self) -> Body:
        """Who treats it."""
        if self.treatment:
            return self.treatment.body
        return self.own_meeting.body  # type: ignore[union-attr]  # one of them: a constraint

    @property
    def title(self) -> str:
        """What it is called."""
        return self.treatment.matter.title if self.treatment else self.own_title

    @property
    def item_type(self) -> str:
        """An ItemType value."""
        return self.treatment.item_type if self.treatment else self.own_type

    @property
    def is_closed(self) -> bool:
        """Nothing of it is for the public."""
        return self.treatment.is_closed if self.treatment else self.own_closed

    @property
    def outcome_row(self) -> Treatment | ItemOutcome | None:
        """Where its outcome is recorded; None where it is not."""
        if self.treatment:
            return self.treatment if self.treatment.outcome else None
        return getattr(self, "item_outcome", None)


class AtClause(models.Model):
    """One numbered clause of a recommendation ("at …"), and what the body did with it where that
    is another thing than with the item as a whole."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="clauses")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    words = models.TextField(_("recommended"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    wording = models.TextField(_("extract of the protocol"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("clause of a recommendation")
        verbose_name_plural = _("clauses of recommendations")
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="plans_atclause_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.words}"


class ItemOutcome(Locked):
    """What a body did with an item that is no matter. The protocol is authoritative; what is held
    here is an extract with a link to it. Named as the columns of ``Treatment``."""

    item = models.OneToOneField(AgendaItem, models.CASCADE, related_name="item_outcome")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    decided_on = models.DateField(_("decided on"))
    wording = models.TextField(_("extract of the protocol"), blank=True)
    votes = models.CharField(_("votes"), max_length=200, blank=True)
    dissent = models.TextField(_("dissent"), blank=True)
    protocol = models.URLField(_("link to the protocol"), max_length=1000, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("outcome of an item")
        verbose_name_plural = _("outcomes of items")
        ordering = ["item"]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_outcome_display()}"


class ItemRecusal(models.Model):
    """A member is inhabil in an item that is no matter: it does not exist for them, until the
    recusal is lifted (as ``Recusal`` for matters)."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="recusals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=20, choices=RecusalReason.choices)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("recusal in an item")
        verbose_name_plural = _("recusals in items")
        ordering = ["item", "recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "user"],
                condition=Q(lifted_at__isnull=True),
                name="plans_itemrecusal_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.item}"


class InsightRequest(Locked):
    """A member of the council asks to see the final material of a matter (kommunestyrelsesloven
    § 9), also another committee's. What was given or refused, by whom and when, is kept.

    ``versions``: the frozen versions that were given; the asker may read them from then on.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(
        Body, models.PROTECT, related_name="insight_requests", verbose_name=_("whose matter")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="insight_requests"
    )
    asked_at = models.DateTimeField(_("asked"), editable=False)
    wanted = models.TextField(_("what you want to see"))
    answer = models.CharField(_("answer"), max_length=20, choices=InsightAnswer.choices, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    given = models.TextField(_("what was given"), blank=True)
    versions = models.ManyToManyField(
        PlanVersion, blank=True, related_name="insight", verbose_name=_("versions given")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords(m2m_fields=[versions])

    class Meta:
        verbose_name = _("request for insight")
        verbose_name_plural = _("requests for insight")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_insight_answered_at",
                condition=Q(answer="", answered_at__isnull=True)
                | (Q(answer="given") | Q(answer="refused", reason__gt=""))
                & Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by}, {self.body}"
