"""The status reports of the demo: the orientation that the paper of 2009 is, in our own words, and
the yearly report it announces; and two of the plan that lives today, which are invented, as they
say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import models

from kommuneplan import clock
from kommuneplan.core.models import Body, Municipality, User
from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.enums import RecipientKind, ReportChannel, ReportPart, ReportRepeats
from plans.models import Plan, ReportRecipient, StatusReport, StatusReportSection
from plans.status_reports.actions.reports import begin_report
from plans.status_reports.actions.sending import publish_report, send_report
from plans.status_reports.headings import headings_of

from . import living, social_psychiatry

EXAMPLE = "Eksempel: rapporten er opfundet til denne demo."
YEAR_END = TimeSpan(
    None, None, None, dt.date(2009, 12, 31), Precision.DAY, Modifier.BY, "inden udgangen af 2009"
)


@dataclass(frozen=True, slots=True)
class DemoRecipient:
    """Who is to have it: a body by its key, or a name."""

    body: str = ""
    name: str = ""
    kind: RecipientKind = RecipientKind.BODY
    channel: str = ""
    due: TimeSpan | None = None


@dataclass(frozen=True, slots=True)
class DemoReport:
    """A report. ``text`` by part; without one it is planned. ``sent``: the day it went to all."""

    title: str
    recipients: tuple[DemoRecipient, ...]
    text: Mapping[ReportPart, str] | None = None
    until: dt.date | None = None
    sent: dt.date | None = None
    repeats: str = ""
    case_workers: str = ""
    document_number: str = ""


ORIENTATION = DemoReport(
    "Orientering om status på projektet",
    (DemoRecipient("SUD", due=YEAR_END),),
    {
        ReportPart.BACKGROUND: (
            "<p>Projektet varer tre år og skal give nye metoder til sagsbehandlingen, så indsatsen "
            "for borgere med en sindslidelse hænger sammen. Det er et initiativ i planen for "
            "socialpsykiatrien 2009–2012, som Borgerrepræsentationen vedtog den 13. november 2008. "
            "Pengene kommer fra satspuljen 19M, og Socialudviklingscenter SUS er med.</p>"
            "<p>Socialudvalget bad den 13. maj 2009 om en status inden årets udgang. Ønsket kom "
            "under efterretningssag C.</p>"
        ),
        ReportPart.DONE: (
            "<ul><li><p>De første aktiviteter er sat i gang.</p></li><li><p>De fleste af de "
            "indledende analyser er planlagt og gennemført siden juni 2009: erfaringer, "
            "arbejdsgange, udfordringer og det, der kan udvikles.</p></li></ul>"
        ),
        ReportPart.UNDER_WAY: (
            "<ul><li><p>Informationsmøder i november 2009: ét for regionen og de andre "
            "forvaltninger og ét for sagsbehandlere, der kan være med.</p></li><li><p>Fokusgrupper "
            "i november og december 2009, en for hver målgruppe og en med borgere. De afslutter "
            "analysen.</p></li><li><p>Hjemmesiden ventes ultimo 2009.</p></li><li><p>20 "
            "sagsbehandlere fra fem voksenteams skal deltage.</p></li></ul>"
        ),
        ReportPart.NEXT: (
            "<p>Primo 2010 begynder udviklingsfasen med de første workshopper.</p><p>Én gang om "
            "året bliver Socialudvalget orienteret gennem den årlige statusrapport til "
            "ministeriet: én rapport til to modtagere.</p>"
        ),
    },
    until=dt.date(2009, 10, 21),
    sent=dt.date(2009, 10, 21),
    case_workers="Sagsbehandler\n?",
    document_number="2009-629100",
)
YEARLY = DemoReport(
    "Årlig statusrapport til ministeriet og Socialudvalget",
    (
        DemoRecipient(name="Ministeriet", kind=RecipientKind.MINISTRY),
        DemoRecipient("SUD"),
    ),
    repeats=ReportRepeats.YEARLY,
)
"""Said to come, with its two recipients; the paper gives no day and no text."""

LIVING_TEXT = {
    ReportPart.BACKGROUND: f"<p>Udvalget ville vide, hvordan arbejdet begyndte. {EXAMPLE}</p>",
    ReportPart.DONE: "<ul><li><p>Procesplanen er godkendt, og arbejdet er begyndt.</p></li></ul>",
    ReportPart.UNDER_WAY: "<ul><li><p>Udkastet bliver skrevet.</p></li></ul>",
    ReportPart.NEXT: "<p>Udkastet kommer i høring, og alle kan svare.</p>",
}


def load(plan: Plan, bodies: Mapping[str, Body], by: User | None) -> None:
    """The reports of a plan that was made now."""
    loader = _ReportLoader(plan, bodies, by)
    if plan.slug == social_psychiatry.PROJECT.slug:
        loader.load(ORIENTATION)
        loader.load(YEARLY)
    if plan.slug == living.SLUG:
        loader.load(_first_of_today())
        row = loader.load(
            DemoReport("Eksempel: Status på arbejdet, til udvalget", (DemoRecipient("SUD"),))
        )
        row.covers_from = clock.today() - dt.timedelta(days=60)
        row.save()
        begin_report(report=row, by=by)


def _first_of_today() -> DemoReport:
    day = clock.today() - dt.timedelta(days=60)
    to = DemoRecipient("SUD", channel=ReportChannel.MEETING)
    return DemoReport(
        "Eksempel: Status på arbejdets begyndelse", (to,), LIVING_TEXT, until=day, sent=day
    )


class _ReportLoader:
    """Reports of one plan, written as they would have been at the time."""

    def __init__(self, plan: Plan, bodies: Mapping[str, Body], by: User | None) -> None:
        self.plan, self.bodies, self.by = plan, bodies, by
        self.number = 0

    def load(self, spec: DemoReport) -> StatusReport:
        """One report, as far as it is told."""
        self.number += 1
        at = _evening(spec.sent) if spec.sent else None
        save = _saved(at)
        report = StatusReport(
            plan=self.plan,
            number=self.number,
            title=spec.title,
            covers_until=spec.until,
            dated_on=spec.sent,
            repeats=spec.repeats,
            sender_unit=self.plan.sender_unit,
            case_number=self.plan.case_number,
            document_number=spec.document_number,
            case_workers=spec.case_workers,
            begun_at=at if spec.text else None,
        )
        save(report)
        report.answers.set(self.plan.requests.all() if spec.sent else [])
        report.fulfils.set(self.plan.duties.all() if spec.repeats else [])
        headings = headings_of(Municipality.current())
        for part, text in (spec.text or {}).items():
            save(StatusReportSection(report=report, part=part, title=headings[part], text=text))
        to = [self._recipient(report, place, one) for place, one in enumerate(spec.recipients)]
        for one in to:
            save(one)
        if spec.sent and at:
            report = send_report(
                report=report, seen=report.version, to=[one.uid for one in to], on=spec.sent,
                by=self.by, at=at,
            )  # fmt: skip
            publish_report(report=report, seen=report.digest, by=self.by, at=at)
        return report

    def _recipient(self, report: StatusReport, place: int, spec: DemoRecipient) -> ReportRecipient:
        body = self.bodies[spec.body] if spec.body else None
        one = ReportRecipient(
            report=report, position=place, kind=spec.kind, body=body, name=spec.name,
            channel=spec.channel,
        )  # fmt: skip
        one.when = spec.due
        return one


def _evening(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


def _saved(at: dt.datetime | None) -> Callable[[models.Model], None]:
    def save(row: models.Model) -> None:
        if at is not None:
            row._history_date = at  # type: ignore[attr-defined]
        row.save()

    return save
