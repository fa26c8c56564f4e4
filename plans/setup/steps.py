"""The steps by which an empty municipality is set up; other apps register theirs beside them.

Whether a step is done is asked of the rows, so nothing has to be ticked, and nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Body, Invitation, Meeting, Municipality, User
from kommuneplan.core.permissions import SEE_PEOPLE
from plans.models import Publication
from plans.permissions import CREATE_PLAN, KEEP_MEETINGS, SET_UP

POLITICAL = [kind for kind in BodyKind if kind.is_political]


@dataclass(frozen=True, slots=True)
class Step:
    """A step: ``address`` is the route of its page, ``permission`` what its page asks for,
    ``done`` whether the rows say that it is done. One that ``can_wait`` is offered, not asked."""

    key: str
    title: Any  # lazily translated
    about: Any
    address: str
    permission: str
    done: Callable[[], bool]
    order: int
    can_wait: bool = False


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step as one person meets it today."""

    step: Step
    done: bool
    is_next: bool

    @property
    def link(self) -> str:
        """The page of the step."""
        return reverse(self.step.address)


_steps: dict[str, Step] = {}


def register_step(step: Step) -> None:
    """Make a step known; called in ``ready()``. The same key again replaces the step."""
    _steps[step.key] = step


def steps_for(user: User) -> list[StepShown]:
    """The steps whose pages a person may open, in their order; the first that is not done and
    cannot wait is the next."""
    mine = sorted(
        (one for one in _steps.values() if user.has_perm(one.permission)),
        key=lambda one: one.order,
    )
    shown, found = [], False
    for step in mine:
        done = step.done()
        is_next = not (done or found or step.can_wait)
        found = found or is_next
        shown.append(StepShown(step, done, is_next))
    return shown


def steps_to_offer(user: User) -> list[StepShown]:
    """The steps that stand on top of the overview: an administrator's, until the house is set up.
    A house in which something is published is at work, whatever is not done."""
    if not user.has_perm(SET_UP) or _is_published():
        return []
    shown = steps_for(user)
    return shown if any(one.is_next for one in shown) else []


def way_on(user: User, otherwise: str) -> str:
    """The route of the page after a step: the list while the house is being set up."""
    return "plans:setup" if steps_to_offer(user) else otherwise


def _is_published() -> bool:
    return Publication.objects.exists()


def _has_municipality() -> bool:
    return Municipality.objects.filter(pk=1).exists()


def _has_bodies() -> bool:
    return Body.objects.filter(kind__in=POLITICAL).exists()


def _has_meetings() -> bool:
    return Meeting.objects.filter(date__gte=today(), cancelled=False).exists()


def _has_colleagues() -> bool:
    asked = Invitation.objects.filter(Q(used_at__isnull=False) | Q(withdrawn_at__isnull=True))
    return asked.exists() or User.objects.filter(is_active=True)[1:2].exists()


def register_steps() -> None:
    """Called once, when the app is ready."""
    for step in (
        Step(
            key="municipality",
            title=_("The municipality"),
            about=_("Name, contact, and what you have decided about approval and consultations."),
            address="plans:setup-municipality",
            permission=SET_UP,
            done=_has_municipality,
            order=10,
        ),
        Step(
            key="bodies",
            title=_("Committees and councils"),
            about=_("Tick those you have. The names can be changed."),
            address="plans:setup-bodies",
            permission=SET_UP,
            done=_has_bodies,
            order=20,
        ),
        Step(
            key="meetings",
            title=_("Meetings"),
            about=_("Paste the dates of a year, or fetch them from a calendar."),
            address="plans:meetings-many",
            permission=KEEP_MEETINGS,
            done=_has_meetings,
            order=30,
        ),
        Step(
            key="colleagues",
            title=_("Colleagues"),
            about=_("Invite those who write, approve and look after the bodies."),
            address="plans:setup-colleagues",
            permission=SEE_PEOPLE,
            done=_has_colleagues,
            order=40,
        ),
        Step(
            key="plan",
            title=_("The first process plan"),
            about=_("From a document, from a template, or from an empty page; then publish it."),
            address="plans:setup-plan",
            permission=CREATE_PLAN,
            done=_is_published,
            order=50,
        ),
    ):
        register_step(step)
