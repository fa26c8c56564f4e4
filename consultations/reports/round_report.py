"""RoundReport: what a consultation came to, as the report tells it.

Plain values without database, account or time of day. The page, Word, PDF, the spreadsheet and
the journal package all take this type. Every text is as it is published: a name that is not public
is a label ("Borger 14"), a passage that was taken out is the words that stand in its place. Dates
are civil dates in Denmark.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from kommuneplan.richtext import comparison
from kommuneplan.richtext.comparison import ComparedPiece

SCHEMA = 1


class ReportedForm(StrEnum):
    """How a response is shown to everybody."""

    PUBLIC = "public"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    NOT_PUBLISHED = "not_published"


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What was consulted on. ``name`` is what the report is called (a ReportName value),
    ``number`` which report of the round it is, ``made_on`` the day its facts were read; from
    ``case_number`` to ``case_worker`` what the head of the plan said then;
    ``version`` the draft that was sent out, in words, ``audience`` who could answer.
    ``names_shown``: the municipality published the names of private persons when it was made.
    """

    municipality: str
    plan: str
    round_title: str
    name: str = "note"
    case_number: str = ""
    document_number: str = ""
    body: str = ""
    version: str = ""
    audience: str = ""
    address: str = ""
    introduction: str = ""
    number: int = 1
    made_on: dt.date | None = None
    names_shown: bool = False
    questions: tuple[str, ...] = ()
    sender_unit: str = ""
    recipients: tuple[str, ...] = ()
    annex_number: str = ""
    case_worker: str = ""

    @property
    def document_date(self) -> dt.date | None:
        """The date it bears."""
        return self.made_on

    @property
    def is_filed(self) -> bool:
        """Is anything known of where it belongs, but its date?"""
        return any(
            (self.case_number, self.document_number, self.sender_unit, self.recipients,
             self.annex_number, self.case_worker)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extension:
    """A deadline that was moved: the last day before and after, and why."""

    before: dt.date
    after: dt.date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AnsweringPeriod:
    """When answers were taken, both days included; ``last`` is None while nobody knows it."""

    first: dt.date | None
    last: dt.date | None
    extensions: tuple[Extension, ...] = ()
    closed_early: bool = False

    @property
    def days(self) -> int:
        """How many days, the first and the last counted; 0 where one of them is not known."""
        if not self.first or not self.last:
            return 0
        return max((self.last - self.first).days + 1, 0)


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party on the list. ``standing`` is a PartyState value, ``category`` a PartyCategory
    value; ``last`` is its own last day, where it is another than the round's;
    ``response`` the number of its answer."""

    name: str
    standing: str
    category: str = ""
    last: dt.date | None = None
    answered_on: dt.date | None = None
    response: int | None = None


@dataclass(frozen=True, slots=True)
class ReportedChange:
    """A place in the text that became another. An empty side is a paragraph that came or went.
    ``remarks`` are the numbers of the remarks it answers."""

    number: int
    where: str
    before: str
    after: str
    remarks: tuple[int, ...] = ()

    @property
    def pieces(self) -> tuple[ComparedPiece, ...]:
        """Both texts word for word."""
        return tuple(comparison.compare(self.before, self.after))


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A remark, its answer, and what came of it. ``proposal`` and ``decision`` are Proposal
    values.

    ``sender`` is as published, ``response`` the number of the response it stands in; ``alike``
    counts the senders who say the same, this one too, and ``others`` names them as published.
    ``where`` is the place in the text as readers know it, ``quote`` its words when it was sent
    out. ``decision`` is the committee's and stands empty until it has decided; what the
    administration proposed is never changed by it. ``meeting`` names the meeting where it was
    said. ``changes`` are numbers in the list of changes.
    """

    number: int
    sender: str
    text: str
    uid: str = ""
    response: int | None = None
    alike: int = 1
    others: tuple[str, ...] = ()
    where: str = ""
    quote: str = ""
    reply: str = ""
    proposal: str = ""
    reason: str = ""
    decision: str = ""
    decision_words: str = ""
    meeting: str = ""
    late: bool = False
    changes: tuple[int, ...] = ()

    @property
    def stands(self) -> str:
        """What holds now: the committee's decision, else what is proposed."""
        return self.decision or self.proposal


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme, what was said about it in short, and its remarks. ``title`` is empty for those
    that were put under none."""

    title: str
    summary: str = ""
    remarks: tuple[RemarkLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ResponseLine:
    """A response as everybody may read it; a number stays though its words are gone.
    ``said`` is what is to be known of how it came ("pr. brev", "Afsender ikke bekræftet")."""

    number: int
    sender: str
    shown: ReportedForm = ReportedForm.PUBLIC
    received_on: dt.date | None = None
    late: bool = False
    said: tuple[str, ...] = ()
    text: str = ""
    annexes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundReport:
    """The whole report of one round."""

    head: ReportHead
    period: AnsweringPeriod
    parties: tuple[PartyLine, ...] = ()
    themes: tuple[ThemeLine, ...] = ()
    changes: tuple[ReportedChange, ...] = ()
    responses: tuple[ResponseLine, ...] = ()
    summary: str = ""

    def remarks(self) -> Iterator[RemarkLine]:
        """All remarks in the order of the report."""
        for theme in self.themes:
            yield from theme.remarks

    @property
    def numbers(self) -> Numbers:
        """The report in figures, counted from what is in it."""
        remarks = list(self.remarks())
        held = Counter(one.stands for one in remarks)
        return Numbers(
            parties=len(self.parties),
            standings=dict(Counter(one.standing for one in self.parties)),
            responses=len(self.responses),
            withdrawn=sum(one.shown == ReportedForm.WITHDRAWN for one in self.responses),
            late=sum(one.late for one in self.responses),
            remarks=len(remarks),
            proposals={one: many for one, many in held.items() if one},
            open=held[""],
            changes=len(self.changes),
        )


@dataclass(frozen=True, slots=True)
class Numbers:
    """The report in figures. ``open`` are remarks without a proposal, ``late`` responses that
    came after the deadline, whether they were taken into account or not."""

    parties: int
    standings: dict[str, int]
    responses: int
    withdrawn: int
    late: int
    remarks: int
    proposals: dict[str, int]
    open: int
    changes: int


def to_json(report: RoundReport) -> str:
    """The report as canonical JSON: the same report gives the same bytes."""
    data = {"schema": SCHEMA, **asdict(report)}
    return json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
    )


def digest(report: RoundReport) -> str:
    """SHA-256 of all that the report says."""
    return hashlib.sha256(to_json(report).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no place in a report")


def from_json(text: str) -> RoundReport:
    """The report that a row holds.

    Raises ValueError for a schema this code does not know.
    """
    data = json.loads(text)
    if data.pop("schema", None) != SCHEMA:
        raise ValueError("The report was made with a schema this program does not know")
    head, period = data["head"], data["period"]
    return RoundReport(
        head=ReportHead(**{**_tuples(head), "made_on": _day(head["made_on"])}),
        period=AnsweringPeriod(
            first=_day(period["first"]),
            last=_day(period["last"]),
            closed_early=period["closed_early"],
            extensions=tuple(
                Extension(**{**one, "before": _day(one["before"]), "after": _day(one["after"])})
                for one in period["extensions"]
            ),
        ),
        parties=tuple(
            PartyLine(**{**one, "last": _day(one["last"]), "answered_on": _day(one["answered_on"])})
            for one in data["parties"]
        ),
        themes=tuple(
            ThemeLine(
                **{**one, "remarks": tuple(RemarkLine(**_tuples(row)) for row in one["remarks"])}
            )
            for one in data["themes"]
        ),
        changes=tuple(ReportedChange(**_tuples(one)) for one in data["changes"]),
        responses=tuple(_response(one) for one in data["responses"]),
        summary=data["summary"],
    )


def _response(data: dict[str, Any]) -> ResponseLine:
    facts = {"shown": ReportedForm(data["shown"]), "received_on": _day(data["received_on"])}
    return ResponseLine(**{**_tuples(data), **facts})


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(one) if isinstance(one, list) else one for key, one in data.items()}


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
