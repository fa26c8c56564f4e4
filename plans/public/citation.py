"""How a published version is quoted: its title, whose it is, when, where it stands for ever, and
its seal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from kommuneplan.clock import local_day
from kommuneplan.core.mail.rendering import absolute
from plans.document.plan_document import PlanDocument
from plans.enums import CycleState, Purpose
from plans.models import Treatment

from .standing import BodyDecision, adoption_milestones

_BEGINNING = 16  # signs of a seal in a sentence


@dataclass(frozen=True, slots=True)
class Citation:
    """``adopted``: the decision by which the text of the version was adopted, where it was."""

    title: str
    body: str
    number: int
    published_on: dt.date
    address: str
    seal: str
    adopted: BodyDecision | None = None

    @property
    def beginning(self) -> str:
        """The beginning of the seal, which tells it from all others."""
        return self.seal[:_BEGINNING]


def citation(slug: str, version: dict[str, Any], document: PlanDocument) -> Citation:
    """Of one of ``public_versions``, with its document."""
    head = document.head
    return Citation(
        title=head.title,
        body=head.body,
        number=version["number"],
        published_on=local_day(version["first_visible"]),
        address=str(absolute(reverse("plans:version", args=[slug, version["number"]]))),
        seal=version["version__digest"],
        adopted=_adopted(slug, version) if head.state == CycleState.ADOPTED else None,
    )


def _adopted(slug: str, version: dict[str, Any]) -> BodyDecision | None:
    """The last adoption before the version was frozen: by the bodies, else as its process plan
    tells it."""
    frozen_on = local_day(version["version__frozen_at"])
    treated = Treatment.objects.deciding(Purpose.ADOPTION).filter(
        matter__plans__cycle__plan__slug=slug, decided_on__lte=frozen_on
    )
    row = treated.order_by("-decided_on", "-pk").values_list("body__name", "decided_on").first()
    if row is None:
        told = adoption_milestones(frozen_on).filter(version=version["version_id"])
        row = told.order_by("-sort_end").values_list("bodies", "sort_end").first()
    return BodyDecision(*row) if row else None
