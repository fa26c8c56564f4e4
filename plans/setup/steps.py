"""The steps by which an empty municipality is set up; other apps register theirs beside them.

Whether a step is done is asked of the rows, so nothing has to be ticked, and nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Body, Invitation, Meeting, Municipality, User
from kommuneplan.core.permissions import SEE_PEOPLE
from plans.models import Publication
from plans.permissions import CREATE_PLAN, KEEP_MEETINGS, SET_UP

PUBLISHED, _ASKED = "published", "setup_"  # of what is asked beside the columns of a person
POLITICAL = [kind for kind in BodyKind if kind.is_political]


@dataclass(frozen=True, slots=True)
class Step:
    """A step: ``address`` is the route of its page, ``permission`` what its page asks for,
    ``done`` gives the condition (``Exists``) under which it is done; all are asked in one query.
    One that ``can_wait`` is offered, not asked."""

    key: str
    title: Any  # lazily translated
    about: Any
    address: str
    permission: str
    done: Callable[[], Any]
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
    return _shown(user, _facts(user))


def steps_to_offer(user: User) -> list[StepShown]:
    """The steps that stand on top of the overview: an administrator's, until the house is set up.
    A house in which something is published is at work, whatever is not done."""
    if not user.has_perm(SET_UP):
        return []
    facts = _facts(user)
    shown = [] if facts[PUBLISHED] else _shown(user, facts)
    return shown if any(one.is_next for one in shown) else []


def _facts(user: User) -> dict[str, bool]:
    """Which steps are done, by key, and whether anything is published: one query."""
    asked = {f"{_ASKED}{key}": _condition(step.done()) for key, step in _steps.items()}
    asked[f"{_ASKED}{PUBLISHED}"] = _condition(_is_published())
    row = User.objects.filter(pk=user.pk).values(**asked).order_by().get()
    return {name.removeprefix(_ASKED): bool(found) for name, found in row.items()}


def _condition(found: Any) -> ExpressionWrapper:
    return ExpressionWrapper(Q(found), output_field=BooleanField())


def _shown(user: User, facts: dict[str, bool]) -> list[StepShown]:
    mine = sorted(
        (one for one in _steps.values() if user.has_perm(one.permission)),
        key=lambda one: one.order,
    )
    shown, found = [], False
    for step in mine:
        done = facts[step.key]
        is_next = not (done or found or step.can_wait)
        found = found or is_next
        shown.append(StepShown(step, done, is_next))
    return shown


def way_on(user: User, otherwise: str) -> str:
    """The route of the page after a step: the list while the house is being set up."""
    return "plans:setup" if steps_to_offer(user) else otherwise


def _is_published() -> Exists:
    return Exists(Publication.objects.all())


def _has_municipality() -> Exists:
    return Exists(Municipality.objects.filter(pk=1))


def _has_bodies() -> Exists:
    return Exists(Body.objects.filter(kind__in=POLITICAL))


def _has_meetings() -> Exists:
    return Exists(Meeting.objects.filter(date__gte=today(), cancelled=False))


def _has_colleagues() -> Any:
    asked = Invitation.objects.filter(Q(used_at__isnull=False) | Q(withdrawn_at__isnull=True))
    others = User.objects.filter(is_active=True).exclude(pk=OuterRef("pk"))
    return Exists(asked) | Exists(others)


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
