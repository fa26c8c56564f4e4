"""What consultations let wait on the desks of those who handle them and of the secretaries of
councils that are heard. Registered in ``ready()``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.enums import PublicationState
from consultations.handling.remarks import UNANSWERED, gone_with_their_responses
from consultations.models import Invitation, Remark, Response, Round
from consultations.notices.kinds import user_remarks
from kommuneplan import clock
from kommuneplan.core.enums import Role
from plans.desk.tasks import Me, Waiting, as_rows, register_fact, register_task

_PLAN = "plan"


def register_desk_tasks() -> None:
    """Called once, when the app is ready."""
    register_task("responses", rows=_responses, says=_handle)
    register_task("remarks", rows=_remarks, says=_answer)
    register_task("round_ready", rows=_ready, says=_mark_ready)
    register_task("late_responses", rows=_late, says=_decide)
    register_task("responses_to_clear", rows=_to_clear, says=_clear)
    register_task("council_answers", rows=_council, says=_answer_for_council)
    register_fact("round_deadline", rows=_open_rounds, says=_deadline)
    register_fact("round_parties", rows=_asked, says=_answered)


def _rounds(plans: Any) -> QuerySet[Round]:
    return Round.objects.standing().filter(plan__in=plans, cycle__closed_at__isnull=True)


def _with(me: Me, plans: Any, rows: Any) -> QuerySet[Any]:
    """Rounds that have such responses, and how many."""
    wanted = Q(responses__in=rows.values("pk"))
    found = _rounds(plans).annotate(n=Count("responses", filter=wanted)).filter(n__gt=0)
    return as_rows(found, plan=_PLAN, uid="uid", words="title", number=F("n"))


def _responses(me: Me) -> QuerySet[Any]:
    """Closed rounds of my plans with responses that nobody has gone through."""
    rows = Response.objects.filter(round__closes_at__lte=clock.now()).to_go_through()
    return _with(me, me.plans, rows)


def _handle(row: Waiting) -> tuple[str, str]:
    said = ngettext(
        "Go through %(n)d response to “%(title)s”",
        "Go through %(n)d responses to “%(title)s”",
        row.number,
    )
    return said % {"n": row.number, "title": row.words}, _address("remark-responses", row)


def _remarks(me: Me) -> QuerySet[Any]:
    """The remarks that are mine to answer."""
    wanted = user_remarks(me.user)
    found = _rounds(me.plans).annotate(n=Count("remarks", filter=wanted)).filter(n__gt=0)
    return as_rows(found, plan=_PLAN, uid="uid", words="title", number=F("n"))


def _answer(row: Waiting) -> tuple[str, str]:
    said = ngettext(
        "Answer %(n)d remark that is yours (“%(title)s”)",
        "Answer %(n)d remarks that are yours (“%(title)s”)",
        row.number,
    )
    address = _address("remark-list", row) + "?ansvarlig=mig&stand=aaben"
    return said % {"n": row.number, "title": row.words}, address


def _ready(me: Me) -> QuerySet[Any]:
    """Closed rounds of the plans I run in which everything is answered and that nobody has marked
    as ready for the agenda."""
    gone = gone_with_their_responses().filter(round=OuterRef("round"))
    open_ones = Remark.objects.filter(
        UNANSWERED, round=OuterRef("pk"), retired_at__isnull=True
    ).exclude(pk__in=gone.values("pk"))
    left = Response.objects.filter(round=OuterRef("pk")).to_go_through()
    may_still = Invitation.objects.filter(
        round=OuterRef("pk"), closes_at__gt=clock.now(), removed_at__isnull=True
    )
    found = _rounds(me.run).filter(
        ~Exists(open_ones),
        ~Exists(left),
        ~Exists(may_still),
        closes_at__lte=clock.now(),
        ready_at__isnull=True,
        is_internal=False,
    )
    return as_rows(found, plan=_PLAN, uid="uid", words="title")


def _mark_ready(row: Waiting) -> tuple[str, str]:
    said = _("Everything in “%(title)s” is answered: mark it as ready for the agenda")
    return said % {"title": row.words}, _address("remark-ready", row)


def _late(me: Me) -> QuerySet[Any]:
    """Responses that came after the deadline, and nobody has said whether they count."""
    return _with(me, me.run, Response.objects.late_and_undecided())


def _decide(row: Waiting) -> tuple[str, str]:
    said = ngettext(
        "Decide whether %(n)d late response to “%(title)s” counts",
        "Decide whether %(n)d late responses to “%(title)s” count",
        row.number,
    )
    return said % {"n": row.number, "title": row.words}, _address("responses", row)


def _to_clear(me: Me) -> QuerySet[Any]:
    """Responses of public rounds that nobody has looked through before they are published."""
    rows = Response.objects.filter(
        round__is_internal=False,
        publication_state=PublicationState.WAITING,
        withdrawn_at__isnull=True,
    ).standing()
    return _with(me, me.run, rows)


def _clear(row: Waiting) -> tuple[str, str]:
    said = ngettext(
        "Look %(n)d response to “%(title)s” through before it is published",
        "Look %(n)d responses to “%(title)s” through before they are published",
        row.number,
    )
    return said % {"n": row.number, "title": row.words}, _address("responses", row)


def _council(me: Me) -> QuerySet[Any]:
    """Open rounds in which a council of mine is heard and has said nothing yet. Of the plan, which
    the secretary does not work with, only what was frozen is told."""
    now = clock.now()
    bodies = [body for body, role in me.user.roles() if role == Role.COUNCIL_SECRETARY]
    answered = Response.objects.filter(invitation=OuterRef("pk"), withdrawn_at__isnull=True)
    found = Invitation.objects.filter(
        ~Exists(answered),
        Q(closes_at__gt=now) | Q(closes_at__isnull=True, round__closes_at__gt=now),
        party__body__in=bodies,
        removed_at__isnull=True,
        no_remarks_at__isnull=True,
        round__announced_at__isnull=False,
        round__opens_at__lte=now,
        round__withdrawn_at__isnull=True,
    )
    until = Coalesce(F("closes_at"), F("round__closes_at"))
    return as_rows(
        found,
        plan="",
        slug=Value(""),
        title="round__frozen__title",
        uid="uid",
        words="round__title",
        day=TruncDate(until, tzinfo=clock.COPENHAGEN),
    )


def _answer_for_council(row: Waiting) -> tuple[str, str]:
    said = _("Answer for the council: “%(title)s”") % {"title": row.words}
    return said, reverse("consultations:answer-council", args=[row.uid])


def _open_rounds(me: Me) -> QuerySet[Any]:
    """Until when my plans' rounds can be answered by everybody."""
    now = clock.now()
    found = _rounds(me.plans).filter(
        announced_at__isnull=False, opens_at__lte=now, closes_at__gt=now
    )
    until = TruncDate(F("closes_at") - dt.timedelta(microseconds=1), tzinfo=clock.COPENHAGEN)
    return as_rows(found, plan=_PLAN, uid="uid", words="title", day=until)


def _deadline(row: Waiting) -> tuple[str, str]:
    days = (row.day - clock.today()).days if row.day else 0
    if days <= 0:
        return _("last day to answer is today"), _address("round-page", row)
    said = ngettext("deadline in %(n)d day", "deadline in %(n)d days", days)
    return said % {"n": days}, _address("round-page", row)


def _asked(me: Me) -> QuerySet[Any]:
    """Of the parties on the lists of my plans' open rounds, how many have said something."""
    now = clock.now()
    listed = Q(invitations__removed_at__isnull=True)
    said = Response.objects.filter(
        invitation=OuterRef("invitations__pk"), withdrawn_at__isnull=True
    )
    found = _rounds(me.plans).filter(
        announced_at__isnull=False, opens_at__lte=now, closes_at__gt=now
    )
    answered = listed & (Q(invitations__no_remarks_at__isnull=False) | Q(Exists(said)))
    counted = found.annotate(
        asked=Count("invitations", filter=listed, distinct=True),
        heard=Count("invitations", filter=answered, distinct=True),
    ).filter(asked__gt=0)
    return as_rows(counted, plan=_PLAN, uid="uid", words=F("asked"), number=F("heard"))


def _answered(row: Waiting) -> tuple[str, str]:
    said = _("%(heard)d of %(asked)s parties have answered")
    return said % {"heard": row.number, "asked": row.words}, _address("round-parties", row)


def _address(name: str, row: Waiting) -> str:
    return reverse(f"consultations:{name}", args=[row.slug, row.uid])
