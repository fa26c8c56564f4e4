"""What happened publicly: what a feed, a mail to followers and "since a date" tell of plans.

One query for all of them, ``happenings``. Apps register what they know by a kind
(``register_happenings``); each finds what everybody may know at an instant, of plans of which
something is published then. What was taken back is told as that, and by no other word of it; with
the last publication of a plan all that happened to it is silent.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.models import Body
from plans.document import plan_document as doc
from plans.document import process_plan
from plans.enums import Audience, Outcome, Purpose
from plans.models import (
    Milestone,
    PlanVersion,
    Publication,
    Redaction,
    Treatment,
)

from .bodies import plans_of
from .publications import published
from .standing import BodyDecision
from .standing_words import adopted_words, sent_back_words, sent_out_words

MOST = 50
_KEPT = 24 * 3600  # seconds; what a publication moved never changes, but where words are hidden


@dataclass(frozen=True, slots=True)
class PublicName:
    """A published plan as others are told of it; ``pk`` never leaves the house."""

    pk: int
    slug: str
    title: str
    body: str

    @property
    def address(self) -> str:
        """The path of its page."""
        return reverse("plans:plan", args=[self.slug])


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a plan, and everybody may know. ``uid`` stays with it for ever,
    also where it is told otherwise later; ``what`` is one sentence without the plan's title,
    ``words`` the reason or what was decided; ``address`` the path where it is read."""

    uid: uuid.UUID
    kind: str
    at: dt.datetime
    plan: PublicName
    what: str
    words: str = ""
    address: str = ""


@dataclass(frozen=True)
class WhatIsAsked:
    """Of which plans, by their keys, what happened in ``(since, at]``, as it may be told at
    ``at``; ``most``: the newest so many are enough. ``body``: those of a body are asked, and what
    it decided of others (``every``)."""

    at: dt.datetime
    since: dt.datetime | None
    plans: Mapping[int, PublicName]
    most: int = MOST
    body: Body | None = None
    every: Mapping[int, PublicName] = field(default_factory=dict)

    @cached_property
    def publications(self) -> list[Any]:
        """The newest publications, each with the version ``before`` it and the last act that hid
        words of its plan (``hidden``)."""
        return list(self.within(_with_the_one_before(self), "visible_from"))

    def within(self, rows: QuerySet[Any], when: str) -> QuerySet[Any]:
        """The newest of some rows by the time in a column."""
        times = {f"{when}__lte": self.at} | ({f"{when}__gt": self.since} if self.since else {})
        return rows.filter(**times).order_by(f"-{when}", "-pk")[: self.most]


Find = Callable[[WhatIsAsked], Iterable[Happening]]


@dataclass(frozen=True, slots=True)
class HappeningKind:
    """A kind of what happens, in words, and what finds it."""

    name: str
    label: Any  # a lazy translation
    find: Find


kinds: dict[str, HappeningKind] = {}


def register_happenings(*new: HappeningKind) -> None:
    """Make kinds known; a kind is registered once."""
    for kind in new:
        if kind.name in kinds:
            raise ValueError(f"{kind.name} is a kind of happening already")
        kinds[kind.name] = kind


def happenings(
    *,
    at: dt.datetime,
    since: dt.datetime | None = None,
    plan: str | None = None,
    body: Body | None = None,
    most: int = MOST,
) -> list[Happening]:
    """What happened, the newest first: in the whole house, to one ``plan`` (its address), or to
    those of a ``body`` and by its decisions."""
    every = public_names(at=at)
    wanted = every
    if plan is not None:
        wanted = {key: one for key, one in every.items() if one.slug == plan}
    elif body is not None:
        ours = set(plans_of(body, at=at).values_list("plan", flat=True))
        wanted = {key: one for key, one in every.items() if key in ours}
    asked = WhatIsAsked(at, since, wanted, most, body, every)
    found = [
        (one.at, place, one)
        for place, kind in enumerate(kinds.values())
        for one in kind.find(asked)
    ]
    newest = sorted(found, key=lambda row: row[:2], reverse=True)  # and each kind in its own order
    return [one for *_place, one in newest[:most]]


def public_names(*, at: dt.datetime) -> dict[int, PublicName]:
    """By key, what is published now as everybody calls it."""
    rows = published(at=at).values_list(
        "plan_id", "plan__slug", "version__title", "version__body_name"
    )
    return {row[0]: PublicName(*row) for row in rows}


def register_own() -> None:
    """Called once, when the app is ready."""
    register_happenings(
        HappeningKind("published", _("A version is published"), _published),
        HappeningKind("decided", _("A body has decided"), _decided),
        HappeningKind("moved", _("A date is moved"), _moved),
    )


# --- versions published, and taken back -----------------------------------------------------------


def _published(asked: WhatIsAsked) -> Iterator[Happening]:
    """What was published, and by the same name what was taken back since: nothing of it but that,
    and why."""
    rows = _publications(asked)
    for row in asked.publications:
        number = row.version.public_number
        yield Happening(
            uid=row.uid,
            kind="published",
            at=row.visible_from,
            plan=asked.plans[row.plan_id],
            what=_t("Version %(number)s is published") % {"number": number},
            words=row.reason,
            address=reverse("plans:version", args=[row.plan.slug, number]),
        )
    back = rows.filter(
        visible_from__lte=asked.at, withdrawn_at__gt=F("visible_from"), withdrawn_at__lte=asked.at
    )
    for row in asked.within(back, "withdrawn_at"):
        number = row.version.public_number
        if number is None:
            continue
        yield Happening(
            uid=row.uid,
            kind="published",
            at=row.withdrawn_at,
            plan=asked.plans[row.plan_id],
            what=_t("Version %(number)s is withdrawn") % {"number": number},
            words=row.withdrawn_because,
            address=reverse("plans:version", args=[row.plan.slug, number]),
        )


def _publications(asked: WhatIsAsked) -> Any:
    rows = Publication.objects.filter(plan__in=list(asked.plans), audience=Audience.PUBLIC)
    return rows.select_related("version", "plan").defer("version__content", "version__search_text")


# --- what the bodies decided ----------------------------------------------------------------------


def _decided(asked: WhatIsAsked) -> Iterator[Happening]:
    """What a body has said last of a matter: sent out, adopted, or sent back. Of a closed item
    nothing."""
    tells = [one for one in Outcome if one.carries or one.sends_back]
    rows = Treatment.objects.concluding().filter(
        is_closed=False,
        outcome__in=tells,
        matter__purpose__in=[Purpose.CONSULTATION, Purpose.ADOPTION],
    )
    # A row for each plan of the matter.
    rows = rows.annotate(
        of_plan=F("matter__plans__cycle__plan"), of_uid=F("matter__plans__cycle__plan__uid")
    )
    ours = Q(of_plan__in=list(asked.plans))
    if asked.body is not None:
        ours |= Q(body=asked.body, of_plan__in=list(asked.every))
    for row in asked.within(rows.filter(ours).select_related("body", "matter"), "recorded_at"):
        by_it = asked.body is not None and row.body_id == asked.body.pk
        plan = (asked.every if by_it else asked.plans).get(row.of_plan)
        if plan is None:
            continue
        yield Happening(
            uid=uuid.uuid5(row.uid, str(row.of_uid)),
            kind="decided",
            at=row.recorded_at,
            plan=plan,
            what=_outcome(row),
            words=row.wording.strip(),
            address=plan.address,
        )


def _outcome(row: Treatment) -> str:
    assert row.decided_on is not None  # it has an outcome
    decision = BodyDecision(row.body.name, row.decided_on, row.outcome)
    if Outcome(row.outcome).sends_back:
        words = sent_back_words(decision)
    elif row.matter.purpose == Purpose.CONSULTATION:
        words = sent_out_words(decision)
    else:
        words = adopted_words(decision)
    return words.rstrip(".")


# --- dates that were moved ------------------------------------------------------------------------


def _moved(asked: WhatIsAsked) -> Iterator[Happening]:
    """Each milestone that a publication gave another day than the one before it. A consultation's
    days are told by what happens to its round."""
    moved = _moved_by(asked.publications)
    found = [(row, one) for row in asked.publications for one in moved.get(row.pk, ())]
    uids = {one.uid for _row, one in found}
    of_rounds = set(
        map(
            str,
            Milestone.objects.filter(uid__in=uids, follows_consultation=True).values_list(
                "uid", flat=True
            ),
        )
    )
    for row, one in found:
        if one.uid in of_rounds:
            continue
        plan = asked.plans[row.plan_id]
        facts = {"title": one.title, "now": one.now, "before": one.before}
        yield Happening(
            uid=uuid.uuid5(row.uid, one.uid),
            kind="moved",
            at=row.visible_from,
            plan=plan,
            what=_t("New date: %(title)s, %(now)s (was %(before)s)") % facts,
            words=capfirst(" ".join(one.reasons)),
            address=f"{plan.address}#m-{one.uid}",
        )


@dataclass(frozen=True, slots=True)
class MovedDate:
    """A milestone that a publication gave another date, in words."""

    uid: str
    title: str
    before: str
    now: str
    reasons: tuple[str, ...]


def _with_the_one_before(asked: WhatIsAsked) -> QuerySet[Any]:
    earlier = Publication.objects.published(at=asked.at).filter(
        plan=OuterRef("plan"), visible_from__lt=OuterRef("visible_from")
    )
    before = earlier.exclude(version=OuterRef("version")).newest_first().values("version")[:1]
    hidden = Redaction.objects.filter(plan=OuterRef("plan")).order_by("-pk").values("pk")[:1]
    rows = _publications(asked).published(at=asked.at)
    return rows.annotate(before=Subquery(before), hidden=Subquery(hidden))


def _moved_by(rows: list[Any]) -> dict[int, list[MovedDate]]:
    """What some publications moved, by their keys: by what everybody reads of each and of the one
    before it, less what has been hidden in them. As many queries for one as for many."""
    keys = {
        f"moved-{row.pk}-{row.version_id}-{row.before}-{row.hidden}": row
        for row in rows
        if row.before
    }
    kept = cache.get_many(keys)
    missing = {key: row for key, row in keys.items() if key not in kept}
    new = _compared(missing) if missing else {}
    cache.set_many(new, _KEPT)
    return {row.pk: {**kept, **new}[key] for key, row in keys.items()}


def _compared(publications: Mapping[str, Any]) -> dict[str, list[MovedDate]]:
    versions = {one for row in publications.values() for one in (row.version_id, row.before)}
    rows = PlanVersion.objects.filter(pk__in=versions).values_list("pk", "content")
    plans = {pk: doc.from_json(content).process_plan for pk, content in rows}
    return {
        key: [
            MovedDate(
                one.line.uid, one.line.title, one.before or _t("not fixed"), one.after, one.reasons
            )
            for one in process_plan.differences(plans[row.before], plans[row.version_id]).moved
            if one.after
        ]
        for key, row in publications.items()
    }
