"""What bodies have asked the administration for (bestillinger), and what answered it."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.clock import today
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.locking import Locked
from kommuneplan.timespan.fields import Dated
from plans.enums import Asker, RequestState

from .agenda import AgendaItem, ItemRecusal
from .plan import Plan, PlanLead
from .reading import Recusal
from .submitted import recused_plans
from .version import PlanVersion


class CommitteeRequestQuerySet(models.QuerySet["CommitteeRequest"]):
    """Requests by who may know of them, and by where they stand on a day."""

    def readable_by(self, user: User) -> CommitteeRequestQuerySet:
        """The administrator all; secretaries and members those of their bodies; secretaries and
        leads of a plan those about it. Nobody else knows of them, and a member who is inhabil in
        the item, or in a matter of the plan, does not either."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser or user.has_role(Role.ADMINISTRATOR):
            return self
        roles = list(user.roles())
        run = [body for body, role in roles if role == Role.SECRETARY]
        member_of = [body for body, role in roles if role == Role.MEMBER]
        led = PlanLead.objects.leading(on=today()).filter(user=user).values("plan")
        as_member = Q(body__in=member_of) & ~_inhabil(user) if member_of else Q(pk__in=[])
        return self.filter(Q(body__in=run) | Q(plan__body__in=run) | Q(plan__in=led) | as_member)

    def run_by(self, user: User) -> CommitteeRequestQuerySet:
        """Those whose answers a person may write down (``permissions.RUN_REQUEST``, as rows)."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser or user.has_role(Role.ADMINISTRATOR):
            return self
        run = [body for body, role in user.roles() if role == Role.SECRETARY]
        return self.filter(Q(body__in=run) | Q(plan__body__in=run))

    def with_answered(self) -> CommitteeRequestQuerySet:
        """Each with ``is_answered``: an answer of it stands."""
        return self.annotate(is_answered=Exists(_standing()))

    def waiting(self) -> CommitteeRequestQuerySet:
        """Neither answered nor withdrawn."""
        return self.filter(~Exists(_standing()), withdrawn_on__isnull=True)

    def in_state(self, state: RequestState, *, on: dt.date) -> CommitteeRequestQuerySet:
        """Those in a state on a day: ``CommitteeRequest.state_on`` as rows."""
        if state == RequestState.WITHDRAWN:
            return self.filter(withdrawn_on__isnull=False)
        if state == RequestState.ANSWERED:
            return self.filter(Exists(_standing()), withdrawn_on__isnull=True)
        over = Q(latest_end__isnull=False, latest_end__lt=on)
        return self.waiting().filter(over if state == RequestState.LATE else ~over)


def _inhabil(user: User) -> Q:
    """What a member takes no part in: by its item, or by a matter of its plan."""
    items = ItemRecusal.objects.filter(user=user, lifted_at__isnull=True).values("item")
    matters = Recusal.objects.filter(user=user, lifted_at__isnull=True).values("matter")
    return (
        Q(item__isnull=False, item__in=items)
        | Q(item__isnull=False, item__treatment__matter__in=matters)
        | Q(plan__isnull=False, plan__in=recused_plans(user))
    )


def _standing() -> models.QuerySet[RequestAnswer]:
    return RequestAnswer.objects.filter(request=OuterRef("pk"), reopened_on__isnull=True)


class CommitteeRequest(Locked, Dated):
    """Something a body has asked the administration for, or was promised by it (bestilling).

    Its own date is when it is due, as it was said ("inden årets udgang"), and may be words alone
    ("én gang årligt"). Late is only what is past its latest day. It is answered when a person has
    written down what answered it, never by itself; what was found not to answer it reopens it.
    Nobody is named: who asked is one of a list (``Asker``). Everything here is for the house and
    for the members of the body; nothing of it is published.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(
        Body, models.PROTECT, related_name="requests", verbose_name=_("asked by")
    )
    asker = models.CharField(
        _("who asked"), max_length=20, choices=Asker.choices, default=Asker.BODY
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("asked at the meeting"),
    )
    asked_on = models.DateField(
        _("asked on"), null=True, blank=True, help_text=_("Where it was not at a meeting.")
    )
    item = models.ForeignKey(
        AgendaItem,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("item of the meeting"),
    )
    item_label = models.CharField(
        _("under the item"),
        max_length=200,
        blank=True,
        help_text=_("As the agenda calls it, for example “efterretningssag C”."),
    )
    title = models.CharField(_("what is asked for"), max_length=300)
    words = models.TextField(_("in more words"), blank=True)
    plan = models.ForeignKey(
        Plan,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("plan"),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_because = models.TextField(_("withdrawn because"), blank=True)

    objects = CommitteeRequestQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Dated.Meta):
        verbose_name = _("request of a body")
        verbose_name_plural = _("requests of bodies")
        ordering = ["sort_end", "sort_begin", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="plans_committeerequest_one_day",
                condition=Q(meeting__isnull=True) | Q(asked_on__isnull=True),
            ),
            models.CheckConstraint(
                name="plans_committeerequest_says_something", condition=~Q(title="")
            ),
            models.CheckConstraint(
                name="plans_committeerequest_withdrawn_with_reason",
                condition=Q(withdrawn_on__isnull=True, withdrawn_because="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def asked_day(self) -> dt.date | None:
        """The day on which it was asked; None where nobody wrote it down."""
        return self.meeting.date if self.meeting else self.asked_on

    @property
    def answer(self) -> RequestAnswer | None:
        """What answers it now; of answers that are fetched already nothing is asked again."""
        return next((one for one in self.answers.all() if one.reopened_on is None), None)

    def state_on(self, day: dt.date) -> RequestState:
        """Where it stands on a day, from what is written down."""
        if self.withdrawn_on is not None:
            return RequestState.WITHDRAWN
        if self.answer is not None:
            return RequestState.ANSWERED
        due = self.when
        return RequestState.LATE if due is not None and due.is_over(day) else RequestState.OPEN


class RequestAnswer(Locked):
    """What answered a request, and when: a paper, a later meeting, a frozen version, a link.

    One at most stands; one that was found not to be enough keeps its row, with the day and the
    reason for which the request was opened again.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(CommitteeRequest, models.CASCADE, related_name="answers")
    answered_on = models.DateField(_("answered on"))
    document = models.CharField(
        _("the paper"),
        max_length=300,
        blank=True,
        help_text=_("Its title, with its number where it has one."),
    )
    link = models.URLField(_("link to it"), max_length=1000, blank=True)
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answered_requests",
        verbose_name=_("at the meeting"),
    )
    item = models.ForeignKey(
        AgendaItem,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="answered_requests",
        verbose_name=_("item of the meeting"),
    )
    item_label = models.CharField(_("under the item"), max_length=200, blank=True)
    frozen = models.ForeignKey(
        PlanVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answered_requests",
        verbose_name=_("version of the plan"),
    )
    words = models.TextField(_("in words"), blank=True)
    reopened_on = models.DateField(_("opened again on"), null=True, blank=True)
    reopened_because = models.TextField(_("opened again because"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("answer to a request")
        verbose_name_plural = _("answers to requests")
        ordering = ["request", "answered_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(reopened_on__isnull=True),
                name="plans_requestanswer_one_stands",
            ),
            models.CheckConstraint(
                name="plans_requestanswer_by_something",
                condition=~Q(document="")
                | ~Q(link="")
                | Q(meeting__isnull=False)
                | Q(frozen__isnull=False),
            ),
            models.CheckConstraint(
                name="plans_requestanswer_reopened_with_reason",
                condition=Q(reopened_on__isnull=True, reopened_because="")
                | (Q(reopened_on__isnull=False) & ~Q(reopened_because="")),
            ),
        ]

    def __str__(self) -> str:
        return self.document or self.link or f"{self.meeting or self.frozen or ''}"
