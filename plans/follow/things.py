"""What can be followed: a plan, a body, or everything, as everybody knows it now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _t

from kommuneplan.core.models import Body
from plans.models import Following, Plan
from plans.public.bodies import known_body
from plans.public.happenings import Happening, happenings
from plans.public.publications import published

WEBCAL = "webcal"


@dataclass(frozen=True, slots=True)
class Followed:
    """A plan, a body or, with neither, everything; ``title`` is what readers call it."""

    title: str
    plan: Plan | None = None
    body: Body | None = None

    @property
    def page(self) -> str:
        """The path of the page that a feed of it is about."""
        if self.plan is not None:
            return reverse("plans:plan", args=[self.plan.slug])
        return self.follow if self.body is not None else reverse("plans:front")

    @property
    def follow(self) -> str:
        """The path of the page on which it is followed."""
        return self._path("plans:follow{}")

    @property
    def feed(self) -> str:
        """The path of its feed."""
        return self._path("plans:feed{}")

    @property
    def calendar(self) -> str:
        """The path of its calendar."""
        if self.plan is not None:
            return reverse("plans:calendar", args=[self.plan.slug])
        if self.body is not None:
            return reverse("plans:body-calendar", args=[self.body.slug])
        return reverse("plans:calendar_all")

    @property
    def webcal(self) -> str:
        """The address at which a program of calendars subscribes."""
        return f"{WEBCAL}:{settings.SITE_ADDRESS.partition(':')[2]}{self.calendar}"

    @property
    def calendar_address(self) -> str:
        """The same for programs that ask for an address."""
        return f"{settings.SITE_ADDRESS}{self.calendar}"

    def _path(self, name: str) -> str:
        if self.plan is not None:
            return reverse(name.format("-plan"), args=[self.plan.slug])
        if self.body is not None:
            return reverse(name.format("-body"), args=[self.body.slug])
        return reverse(name.format("-all"))

    def happened(
        self, *, at: dt.datetime, since: dt.datetime | None = None, most: int = 50
    ) -> list[Happening]:
        """What happened to it, the newest first."""
        plan = self.plan.slug if self.plan else None
        return happenings(at=at, since=since, plan=plan, body=self.body, most=most)


def everything() -> Followed:
    """All plans of the municipality."""
    return Followed(_t("All plans"))


def followed_plan(slug: str, *, at: dt.datetime) -> Followed | None:
    """A published plan; None when there is none at the address."""
    row = (
        published(at=at)
        .filter(plan__slug=slug)
        .select_related("plan", "version")
        .defer("version__content", "version__search_text", "plan__search_text")
        .first()
    )
    return Followed(row.version.title, plan=row.plan) if row else None


def followed_body(slug: str, *, at: dt.datetime) -> Followed | None:
    """A body that everybody knows something of; None when there is none there."""
    body = known_body(slug, at=at)
    return Followed(body.name, body=body) if body else None


def thing_of(row: Following, *, at: dt.datetime) -> Followed | None:
    """What a row follows, as everybody knows it now; None while it is not public."""
    if row.plan_id is not None and row.plan is not None:
        return followed_plan(row.plan.slug, at=at)
    if row.body is not None:
        return followed_body(row.body.slug, at=at)
    return everything()
