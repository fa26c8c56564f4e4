"""What the search of the public pages knows of consultations: rounds, their questions and
materials, the responses that are shown, and the published report.

Many verbs of many wings change what is shown of a response or a report; that the index follows is
asked of the rows themselves, as their histories are: each that is stored has its thing indexed anew
in the same transaction. From when a thing may be read is asked of each answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import (
    Material,
    Redaction,
    Report,
    Response,
    ResponseRevision,
    Round,
    RoundEvent,
    RoundQuestion,
)
from consultations.reports import round_report as told
from consultations.reports.published import REMARKS_A_PAGE, is_withheld
from consultations.responses.public_form import WORDS_KNOWN, ShownResponse, plain
from kommuneplan.core.models import Municipality
from kommuneplan.timespan.phrase import day_words
from plans.models import Redaction as PlanRedaction
from plans.models import SearchEntry
from plans.public_search.entries import IndexedPlace, Thing
from plans.public_search.indexing import refresh
from plans.public_search.sources import Card, Narrowed, SearchedSource, Stands, register_source

from .public_pages import round_lines

ROUND, ASKED, RESPONSE, REPORT = "round", "asked", "response", "report"
_ROUNDS, _RESPONSES, _REPORTS = "hoeringer", "svar", "notater"


def register_public_search() -> None:
    """Called once, when the app is ready."""
    rounds = {_ROUNDS: gettext_lazy("Consultations")}
    keys = {"keys": _round_keys, "stands": _rounds_stand, "together": True, "tables": (Round,)}
    register_source(
        SearchedSource(ROUND, rounds, things=_rounds, visible=_visible, cards=_round_cards,
               urgent=_urgent, order=20, **keys)
    )  # fmt: skip
    register_source(
        SearchedSource(
            ASKED, rounds, things=_asked, visible=_begun, cards=_round_cards, order=21, **keys
        )
    )
    register_source(
        SearchedSource(
            REPORT,
            {_REPORTS: gettext_lazy("Reports of consultations")},
            keys=_report_keys,
            things=_reports,
            visible=_reported,
            stands=lambda keys, at: {key: Stands(_REPORTS, 1, 0.6) for key in keys},
            cards=_report_cards,
            order=30,
            tables=(Report, Redaction, ResponseRevision),
        )
    )
    register_source(
        SearchedSource(
            RESPONSE,
            {_RESPONSES: gettext_lazy("Responses to consultations")},
            keys=lambda: _shown_some_day().values_list("pk", flat=True),
            things=_responses,
            visible=_shown,
            stands=lambda keys, at: {key: Stands(_RESPONSES, 1, 0.5) for key in keys},
            cards=_response_cards,
            order=40,
            together=True,
            tables=(Response,),
        )
    )
    _follow()


# --- the rounds themselves, and what they ask -----------------------------------------------------


def _announced() -> QuerySet[Round]:
    return Round.objects.filter(is_public=True, announced_at__isnull=False).order_by()


def _round_keys() -> QuerySet[Any, int]:
    return _announced().values_list("pk", flat=True)


def _narrowed(rows: QuerySet[Round], narrowed: Narrowed) -> QuerySet[Any]:
    if narrowed.plans is not None:
        rows = rows.filter(plan__in=narrowed.plans)
    return rows.order_by().values("pk")


def _visible(at: dt.datetime, narrowed: Narrowed) -> QuerySet[Any]:
    return _narrowed(Round.objects.visible(at=at), narrowed)


def _begun(at: dt.datetime, narrowed: Narrowed) -> QuerySet[Any]:
    return _narrowed(Round.objects.public(at=at), narrowed)


def _urgent(at: dt.datetime) -> list[int]:
    rows = Round.objects.public(at=at).open(at=at)  # type: ignore[attr-defined]
    return list(rows.order_by().values_list("pk", flat=True))


def _rounds_stand(keys: Collection[int], at: dt.datetime) -> dict[int, Stands]:
    rows = Round.objects.filter(pk__in=keys)
    rows = rows.only("opens_at", "closes_at", "announced_at", "withdrawn_at")
    ranks = {"open": 0, "coming": 1}
    return {row.pk: Stands(_ROUNDS, ranks.get(row.state_at(at).value, 2), 0.9) for row in rows}


def _round_cards(keys: Collection[int], at: dt.datetime) -> dict[int, Card]:
    lines = round_lines(Round.objects.visible(at=at).filter(pk__in=keys), at=at)
    word = _("Consultation")
    return {key: Card(word, line.title, line.address, about=line) for key, line in lines.items()}


def _rounds(keys: Collection[int]) -> Iterator[Thing]:
    rows = _announced().filter(pk__in=keys).select_related("plan", "frozen").order_by("pk")
    rows = rows.defer("frozen__content", "frozen__search_text", "letter")
    for row in rows.prefetch_related("events"):
        first, last = row.first_day, row.last_day
        if first is None or last is None:
            continue  # what is announced has its times
        days = {"first": day_words(first), "last": day_words(last)}
        events = [one for one in row.events.all() if one.invitation_id is None]
        yield Thing(
            source=ROUND,
            key=row.pk,
            found_as=f"r{row.pk}",
            kind=_ROUNDS,
            title=row.title,
            text=row.introduction,
            about=(row.frozen.title, row.frozen.body_name),
            places=(
                IndexedPlace("", "deadline", _("Deadline"),
                      _("Answers from %(first)s up to and including %(last)s") % days),
                *(IndexedPlace("events", "event", str(one.get_kind_display()), one.reason)
                  for one in sorted(events, key=lambda one: one.pk)),
            ),
        )  # fmt: skip


def _asked(keys: Collection[int]) -> Iterator[Thing]:
    rows = _announced().filter(pk__in=keys).order_by("pk").only("pk")
    for row in rows.prefetch_related("questions", "materials"):
        asked = [one for one in row.questions.all() if one.retired_at is None]
        materials = [one for one in row.materials.all() if one.retired_at is None]
        places = (
            *(IndexedPlace("asked", "question", one.words, one.help) for one in asked),
            *(IndexedPlace("materials", "material", one.title) for one in materials),
        )
        yield Thing(ASKED, row.pk, f"r{row.pk}", _ROUNDS, title="", places=places)


# --- responses ------------------------------------------------------------------------------------


def _shown_some_day() -> QuerySet[Response]:
    """Those that a person has cleared; from when they are read is the round's setting."""
    rows = Response.objects.cleared().filter(round__in=_announced(), published_at__isnull=False)
    return rows.filter(published__has_key=WORDS_KNOWN).order_by()


def _shown(at: dt.datetime, narrowed: Narrowed) -> QuerySet[Any]:
    rounds = _begun(at, narrowed)
    return Response.objects.shown(at=at).filter(round__in=rounds).order_by().values("pk")


def _responses(keys: Collection[int]) -> Iterator[Thing]:
    """The words as everybody reads them. A person's name is never among them: whoever is shown by
    name is read, and is not looked up."""
    rows = _shown_some_day().filter(pk__in=keys).order_by("pk")
    for row in rows.only("round", "published"):
        shown = ShownResponse.from_json(row.published[WORDS_KNOWN])
        parts = [shown.text, *(one.words for one in (*shown.answers, *shown.remarks))]
        text = "\n".join(filter(None, map(plain, parts)))
        yield Thing(RESPONSE, row.pk, f"s{row.round_id}", _RESPONSES, shown.organisation, text)


def _response_cards(keys: Collection[int], at: dt.datetime) -> dict[int, Card]:
    rows = Response.objects.filter(pk__in=keys).select_related("round")
    names = Municipality.current().shows_private_names
    found = {}
    for row in rows.only("number", "published", "sender_kind", "round__slug", "round__title"):
        known = ShownResponse.from_json(row.published[WORDS_KNOWN])
        facts = {"number": row.number, "label": known.label(row.number, names=names)}
        found[row.pk] = Card(
            _("Response to a consultation"),
            _("Response no. %(number)s: %(label)s") % facts,
            reverse("consultations:response-shown", args=[row.round.slug, row.number]),
            (row.round.title,),
        )
    return found


# --- reports --------------------------------------------------------------------------------------


def _report_keys() -> list[int]:
    return [thing.key for thing in _reports(_announced().values_list("pk", flat=True))]


def _reported(at: dt.datetime, narrowed: Narrowed) -> QuerySet[Any]:
    """Rounds whose report everybody reads; the index has none that is withheld."""
    published = Report.objects.filter(published_at__lte=at).order_by().values("round")
    return _narrowed(Round.objects.visible(at=at).filter(pk__in=published), narrowed)


def _report_cards(keys: Collection[int], at: dt.datetime) -> dict[int, Card]:
    rows = Round.objects.filter(pk__in=keys).only("slug", "title")
    word = _("Report of a consultation")
    return {
        row.pk: Card(word, row.title, reverse("consultations:report-shown", args=[row.slug]))
        for row in rows
    }


def _reports(keys: Collection[int]) -> Iterator[Thing]:
    """The newest published report of each round, as far as it still may be read."""
    rows = Report.objects.filter(round__in=_announced().filter(pk__in=keys))
    newest: dict[int, Report] = {}
    for row in rows.filter(published_at__isnull=False).order_by("number").select_related("round"):
        newest[row.round_id] = row
    for key in sorted(newest):
        if not is_withheld(newest[key]):
            yield _report(key, told.from_json(newest[key].content))


def _report(key: int, report: told.RoundReport) -> Thing:
    head = report.head
    return Thing(
        source=REPORT,
        key=key,
        found_as=f"n{key}",
        kind=_REPORTS,
        title=head.round_title,
        text="\n".join(filter(None, [head.introduction, report.summary])),
        about=tuple(filter(None, [head.plan, head.body, head.case_number, head.document_number])),
        places=tuple(_report_places(report)),
    )


def _report_places(report: told.RoundReport) -> Iterator[IndexedPlace]:
    for number, theme in enumerate(report.themes, start=1):
        yield IndexedPlace(f"?tema={number}", "theme", theme.title, theme.summary, heading=True)
        for nth, one in enumerate(theme.remarks):
            side = nth // REMARKS_A_PAGE + 1
            text = "\n".join(filter(None, [one.text, one.reply, one.reason, one.decision_words]))
            title = _("Remark %(number)s") % {"number": one.number}
            yield IndexedPlace(
                f"?tema={number}&side={side}#b{one.number}", "remark", title, text, named=False
            )
    for change in report.changes:
        text = "\n".join(filter(None, [change.after, change.before]))
        yield IndexedPlace(f"aendring-{change.number}", "change", change.where, text)


# --- the index follows ----------------------------------------------------------------------------


def _follow() -> None:
    """What is indexed anew when a row is stored or deleted."""
    for model, does in (
        (Round, _round_stored),
        (RoundEvent, lambda row: refresh(ROUND, [row.round_id])),
        (RoundQuestion, _asked_stored),
        (Material, _asked_stored),
        (Response, _response_stored),
        (Redaction, lambda row: _report_anew([row.response.round_id])),
        (ResponseRevision, _revision_stored),
        (Report, lambda row: refresh(REPORT, [row.round_id], takes_words=True)),
        (PlanRedaction, _plan_redacted),
        (Municipality, lambda row: _report_anew(_indexed(REPORT))),
    ):
        _when_stored(model, does)


def _when_stored(model: Any, does: Any) -> None:
    def stored(instance: Any, raw: bool = False, **facts: Any) -> None:
        if not raw:
            does(instance)

    name = f"consultations.public_search.{model._meta.label}"
    for signal in (post_save, post_delete):
        signal.connect(stored, sender=model, weak=False, dispatch_uid=name)


def _indexed(source: str, **which: Any) -> list[int]:
    rows = SearchEntry.objects.filter(source=source, position=0, **which)
    return list(rows.values_list("key", flat=True))


def _report_anew(rounds: Collection[int]) -> None:
    """Those of some reports that are in the index: perhaps they must not be read any more."""
    there = _indexed(REPORT, key__in=rounds) if rounds else []
    if there:
        refresh(REPORT, there, takes_words=True)


def _round_stored(row: Round) -> None:
    if row.announced_at is not None or _indexed(ROUND, key=row.pk):
        for source in (ROUND, ASKED):
            refresh(source, [row.pk])


def _asked_stored(row: RoundQuestion | Material) -> None:
    refresh(ASKED, [row.round_id], takes_words=row.retired_at is not None)


def _response_stored(row: Response) -> None:
    is_there = bool(_indexed(RESPONSE, key=row.pk)) if row.cleared_at is None else True
    if is_there:
        refresh(RESPONSE, [row.pk], takes_words=True)
    if row.version > 1:
        _report_anew([row.round_id])


def _revision_stored(row: ResponseRevision) -> None:
    if row.number > 1:
        _report_anew([row.response.round_id])


def _plan_redacted(row: PlanRedaction) -> None:
    _report_anew(Round.objects.filter(plan=row.plan_id).values_list("pk", flat=True))
