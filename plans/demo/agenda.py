"""The items of meetings that the papers of 2008 and 2009 tell of. What they do not say, how a
recommendation was worded or what came of an item, is left open: it is shown as not recorded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kommuneplan.core.models import Body, Meeting
from plans.enums import ItemType, Outcome
from plans.models import Agenda, AgendaItem, ItemOutcome, Plan

from . import families, social_psychiatry, social_strategy

SENDER = "Socialforvaltningen"


@dataclass(frozen=True, slots=True)
class DemoItem:
    """An item: of which plan (its address), on whose meeting, what. ``outcome``: an Outcome value,
    only where a paper says so."""

    plan: str
    body: str
    date: dt.date
    item_type: ItemType
    title: str
    summary: str = ""
    sender: str = ""
    label: str = ""
    case_number: str = ""
    outcome: str = ""


_PSYCHIATRY, _PROJECT = social_psychiatry.SLUG, social_psychiatry.PROJECT.slug
_FAMILIES = families.PLAN.slug
_STRATEGY = social_strategy.SLUG

ITEMS = (
    DemoItem(
        _PSYCHIATRY, "SUD", dt.date(2008, 3, 5), ItemType.DECISION,
        "Procesplanen for den nye psykiatriplan",
        "Forvaltningen indstiller, hvordan arbejdet skal gribes an.",
        sender=SENDER, case_number="2007-54374",
    ),
    DemoItem(
        _PSYCHIATRY, "SUD", dt.date(2008, 3, 5), ItemType.DISCUSSION,
        "Temadrøftelse af et inspirationspapir",
        "De første tanker om den nye plan drøftes på et temamøde samme dag.",
    ),
    DemoItem(
        _PSYCHIATRY, "SUD", dt.date(2008, 5, 7), ItemType.DECISION,
        "Brug af 4 mio. kr. til forberedelsen af den nye psykiatriplan",
        "Pengene er afsat i 2009 i budgetaftalen for 2008.",
        sender=SENDER,
    ),
    DemoItem(
        _PSYCHIATRY, "SUD", dt.date(2008, 5, 21), ItemType.DECISION,
        "Høringsudgaven af rammeplanen",
        "Med et udkast til en samlet forandringsteori og politiske mål.",
    ),
    DemoItem(
        _PSYCHIATRY, "SUD", dt.date(2008, 8, 27), ItemType.DECISION,
        "Høringssvar og vedtagelse af rammeplanen",
        "Høringssvarene fremlægges, og rammeplanen vedtages på samme møde.",
    ),
    DemoItem(
        _PSYCHIATRY, "BR", dt.date(2008, 11, 13), ItemType.DECISION,
        "Plan for Københavns Kommunes socialpsykiatri 2009-2012",
        outcome=Outcome.APPROVED,
    ),
    DemoItem(
        _PROJECT, "SUD", dt.date(2009, 5, 13), ItemType.NOTING,
        "Bevilling fra satspuljen 19M",
        "Udvalget bad om et statusnotat inden årets udgang.",
        label="C",
    ),
    DemoItem(
        _PROJECT, "SUD", dt.date(2009, 10, 21), ItemType.INFORMATION,
        "Status på projektet om den koordinerende kontaktperson",
        "Den status, som udvalget bad om den 13. maj 2009.",
        sender=SENDER, case_number="2009-53145",
    ),
    DemoItem(
        _FAMILIES, "SUD", dt.date(2008, 6, 25), ItemType.DECISION,
        "Plan for en samlet strategi for udsatte børn og deres familier",
        "Indstillingen følger op på en konkret sag.",
        sender=SENDER,
    ),
    DemoItem(
        _FAMILIES, "SUD", dt.date(2008, 11, 12), ItemType.DISCUSSION,
        "Temadag: udkast til rammeplan",
        "Temaer og forslag til indsatsområder.",
    ),
    DemoItem(
        _STRATEGY, "SUD", dt.date(2015, 4, 22), ItemType.DISCUSSION,
        "Tematisk drøftelse af socialstrategien",
    ),
    DemoItem(
        _STRATEGY, "SUD", dt.date(2015, 5, 27), ItemType.DISCUSSION,
        "Drøftelse af et samlet udkast til socialstrategi",
    ),
    DemoItem(
        _STRATEGY, "SUD", dt.date(2015, 6, 24), ItemType.DECISION,
        "Godkendelse af socialstrategien",
    ),
)  # fmt: skip


def load_items(plan: Plan, bodies: dict[str, Body]) -> None:
    """The items about a plan that was made now, each dated on the day of its meeting."""
    for spec in ITEMS:
        if spec.plan == plan.slug:
            _load(spec, plan, bodies[spec.body])


def _load(spec: DemoItem, plan: Plan, body: Body) -> None:
    evening = dt.datetime.combine(spec.date, dt.time(16), tzinfo=dt.UTC)
    meeting = Meeting.objects.filter(body=body, date=spec.date).order_by("pk").first()
    if meeting is None:
        meeting = Meeting(body=body, date=spec.date, is_public=True)
        meeting._history_date = evening
        meeting.save()
    if not Agenda.objects.filter(meeting=meeting).exists():
        agenda = Agenda(meeting=meeting, is_out=True)
        agenda._history_date = evening
        agenda.save()
    names = ("label", "case_number", "summary", "sender")
    item = AgendaItem(
        own_meeting=meeting,
        plan=plan,
        own_title=spec.title,
        own_type=spec.item_type,
        position=meeting.own_items.count() + 1,
        **{name: getattr(spec, name) for name in names},
    )
    item._history_date = evening
    item.save()
    if spec.outcome:
        told = ItemOutcome(
            item=item, outcome=spec.outcome, decided_on=spec.date, recorded_at=evening
        )
        told._history_date = evening
        told.save()
