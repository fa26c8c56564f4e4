"""What the surfaces tell of a plan, and where two of them tell different things."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.test import Client

from consultations.enums import RoundState
from consultations.models import Invitation, Round
from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.core.site.page_cache import forget_pages
from kommuneplan.timespan.phrase import day_words
from plans.document.told_dates import told_dates
from plans.enums import CycleState, MilestoneState
from plans.lifecycle.plan_state import PlanState
from plans.lifecycle.state import with_state
from plans.models import FrozenMilestone, Milestone, Plan, PlanVersion
from plans.public import plan_list, publications
from plans.public.plan_list import PlanListRow
from plans.public.plan_page import plan_page
from plans.public.standing import standing_of_plan
from plans.versions.verification import verify

from .house import INTERNAL

DAY = dt.timedelta(days=1)
_HREF = re.compile(r'href="([^"#]*)(#[^"]*)?"')


def disagreements(plans: list[Plan]) -> Iterator[str]:
    """Everything that is told in two ways, from data; none where all is well."""
    at = clock.now()
    states = dict(with_state(Plan.objects.all(), on=clock.today()).values_list("pk", "state_now"))
    for plan in plans:
        told = PlanState(plan, clock.today()).state
        if told != states[plan.pk]:
            yield f"{plan}: the list says {states[plan.pk]}, the workspace {told}"
        yield from _state_and_rounds(plan, told, at)
        yield from _consultation_dates(plan, at)
    listed = {row.slug: row for row in plan_list.rows(plan_list._EVERYTHING.rows(at=at), at=at)}
    for plan in plans:
        yield from _public_state(plan, listed.get(plan.slug), at)


def unsealed() -> Iterator[str]:
    """Versions that are no longer what was frozen."""
    yield from (f"{fault.plan} {fault.version}: {fault.what}" for fault in verify().faults)


def _state_and_rounds(plan: Plan, state: str, at: dt.datetime) -> Iterator[str]:
    """A plan is in consultation while a round of its open cycle can be answered, and only then:
    by everybody, or by a party with a deadline of its own."""
    cycle = plan.open_cycle
    if cycle is None or cycle.state != CycleState.IN_CONSULTATION:
        return
    rounds = list(Round.objects.counting().filter(cycle=cycle))
    own = Invitation.objects.filter(round__in=rounds, closes_at__gt=at, removed_at__isnull=True)
    later = set(own.values_list("round", flat=True))
    is_open = any(row.opens_at <= at and (at < row.closes_at or row.pk in later) for row in rounds)
    if rounds and state == CycleState.IN_CONSULTATION and not is_open:
        yield f"{plan}: in consultation without a round that is open"


def _consultation_dates(plan: Plan, at: dt.datetime) -> Iterator[str]:
    """A milestone that follows a round has its days: live, in lists and in the public document."""
    told = told_dates([plan.pk])
    page = plan_page(plan.slug, at=at)
    for row in Milestone.objects.filter(cycle__plan=plan, follows_consultation=True):
        rounds = Round.objects.filter(plan=plan, milestone_uid=row.uid, announced_at__isnull=False)
        holds = rounds.standing().order_by("-announced_at", "-pk").first()
        if holds is None:
            if row.state != MilestoneState.CANCELLED:
                yield f"{plan}: {row} is {row.state}, and every round of it is withdrawn"
        elif (row.when.earliest, row.when.latest) != (holds.first_day, holds.last_day):
            yield f"{plan}: {row} is {row.when}, its round {holds.first_day}–{holds.last_day}"
        for frozen in FrozenMilestone.objects.filter(uid=row.uid):
            if (frozen.when, frozen.state) != (row.when, row.state):
                yield f"{plan}: a list has {frozen.when} {frozen.state} for {row.when} {row.state}"
        line = page["document"].milestone(str(row.uid)) if page else None
        if line and (line.when, line.state) != (row.when, row.state_on(clock.today())[0]):
            yield f"{plan}: the page has {line.when} {line.state} for {row.when} {row.state}"
        assert str(row.uid) in told


def _public_state(plan: Plan, row: PlanListRow | None, at: dt.datetime) -> Iterator[str]:
    family = publications.family(plan.slug, at=at)
    member = publications.member(family, plan.slug)
    if (member is None) != (row is None):
        yield f"{plan}: on a page and not in the list, or the other way round"
        return
    if member is None or row is None:
        return
    if member.public_state != row.state:
        yield f"{plan}: the page says {member.public_state}, the list {row.state}"
    standing = standing_of_plan(plan.slug, at=at)
    if standing is None or standing.state != row.state:
        yield f"{plan}: the list says {row.state}, its standing {standing and standing.state}"
    is_open = _open_rounds(plan, at)
    told_of_one = member.public_state == CycleState.IN_CONSULTATION and plan.rounds.counting()
    if told_of_one and not is_open and not plan.rounds.filter(is_public=False).exists():
        yield f"{plan}: the public is told of a consultation that nobody can answer"
    if is_open and row.last_day and row.last_day not in {one.last_day for one in is_open}:
        yield f"{plan}: the list has the deadline {row.last_day}, the rounds another"


def _open_rounds(plan: Plan, at: dt.datetime) -> list[Round]:
    rows = Round.objects.public(at=at).open(at=at).filter(plan=plan)
    return [row for row in rows if row.state_at(at) == RoundState.OPEN]


def faults_of_pages(plans: list[Plan], user: User) -> Iterator[str]:
    """Every page opened as a visitor and as a secretary: answers, says the same from the cache and
    without it, shows nothing internal to the public, and leads only to what is there."""
    visitor, desk = Client(), Client()
    desk.force_login(user)
    found: set[str] = set()
    addresses = list(dict.fromkeys(public_addresses(plans)))
    # What was kept at the last look, before all that has been done since; then all made anew.
    kept = {address: visitor.get(address) for address in addresses}
    again = {address: visitor.get(address) for address in addresses}
    forget_pages()
    for address in addresses:
        answer, anew = kept[address], visitor.get(address)
        if answer.status_code not in (200, 301, 302, 404, 410):
            yield f"{address} answers {answer.status_code}"
        if not answer.status_code == again[address].status_code == anew.status_code:
            yield f"{address} answers otherwise from the cache"
        if not answer.content == again[address].content == anew.content:
            yield f"{address} is another page from the cache"
        if answer.status_code != 200:
            continue
        words = answer.content.decode(errors="replace")
        if INTERNAL in words:
            yield f"{address} shows {INTERNAL}"
        found.update(href for href, _anchor in _HREF.findall(words) if href.startswith("/"))
        for link in _HREF.finditer(words):
            if not link[1] and not link[2]:
                about = words[max(0, link.start() - 80) : link.end() + 80]
                yield f"{address} has an empty link: {about}"
        yield from _deadline_shown(address, words, plans)
    for href in sorted(found):
        if not href.startswith(("/static/", "/konto/", "/arbejde/")):
            status = visitor.head(href).status_code
            if status >= 400:
                yield f"a public link to {href} answers {status}"
    for address in workspace_addresses(plans):
        status = desk.get(address).status_code
        if status != 200:
            yield f"{address} answers {status}"


def _deadline_shown(address: str, words: str, plans: list[Plan]) -> Iterator[str]:
    """Where a plan's consultation can be answered, its page tells until when."""
    for plan in plans:
        if address == f"/planer/{plan.slug}/":
            for row in _open_rounds(plan, clock.now()):
                if row.last_day and day_words(row.last_day) not in words:
                    yield f"{address} does not tell the deadline {row.last_day}"


def public_addresses(plans: list[Plan]) -> Iterator[str]:
    """What a visitor opens."""
    yield from ("/", "/planer/", "/kalender/", "/kalender.ics", "/hoeringer/")
    yield from ("/planer/?q=plan", "/planer/?status=adopted", "/hoeringer/?q=plan")
    for plan in plans:
        yield f"/planer/{plan.slug}/"
        yield f"/planer/{plan.slug}/kalender.ics"
        for publication in plan.publications.filter(audience="public"):
            yield f"/planer/{plan.slug}/versioner/{publication.version.public_number}/"
        for round in plan.rounds.all():
            yield f"/hoeringer/{round.slug}/"
            yield f"/hoeringer/{round.slug}/notat/"
            for number in round.responses.values_list("number", flat=True)[:5]:
                yield f"/hoeringer/{round.slug}/svar/{number}/"


def workspace_addresses(plans: list[Plan]) -> Iterator[str]:
    """What a secretary opens."""
    yield "/arbejde/"
    for plan in plans:
        home = f"/arbejde/planer/{plan.slug}/"
        for room in ("", "procesplan/", "tekst/", "hoeringer/", "historik/", "versioner/"):
            yield home + room
        for version in PlanVersion.objects.filter(plan=plan):
            yield f"{home}versioner/{version.number}/"
