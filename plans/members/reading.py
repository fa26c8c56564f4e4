"""What the members' pages hold: lists with what changed since one last read, and a version to read.

Everything comes through ``models.submitted``; no live plan row is opened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, DateField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce

from kommuneplan.clock import local_day
from kommuneplan.core.models import Meeting, User
from kommuneplan.richtext import highlighting
from kommuneplan.richtext.highlighting import Snippet
from plans.document.differences import Differences, differences
from plans.document.parts import kind_of_block
from plans.document.plan_document import PlanDocument, SectionLine, from_json
from plans.enums import Audience, Part, Stage
from plans.models import (
    LastRead,
    MatterPlan,
    PlanVersion,
    PrivateNote,
    Publication,
    Question,
    Treatment,
)
from plans.models.submitted import (
    bodies_of,
    matters_for,
    recused_plans,
    treatments_for,
    versions_for,
)
from plans.models.version import LONG, named

from .consultation_remarks import Spoken


@dataclass(frozen=True, slots=True)
class ReadingState:
    """A version in a list, and where its reader stands: ``unread``, ``read``, or ``changed`` with
    what has changed since the version they read last (``since``)."""

    version: PlanVersion
    state: str
    what: Differences | None = None
    since: PlanVersion | None = None


@dataclass(frozen=True, slots=True)
class TreatmentItem:
    """A body's treatment of a matter, with the versions it has before it."""

    treatment: Treatment
    readings: list[ReadingState] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The next meeting of a member's bodies, and what is treated at it."""

    meeting: Meeting
    items: list[TreatmentItem]

    @property
    def unread(self) -> int:
        """How many of its versions are not read, or have changed since."""
        return sum(one.state != "read" for item in self.items for one in item.readings)


def treatments(user: User, *, on: dt.date) -> QuerySet[Treatment]:
    """What has been submitted to a member's bodies: what is to come, the next meeting first; then
    what has no meeting yet; then what has been, the newest first."""
    rows = treatments_for(user).select_related("matter", "body", "meeting__body")
    rows = rows.annotate(day=Coalesce("decided_on", "meeting__date"))
    rows = rows.annotate(
        turn=Case(
            When(day__gte=on, outcome="", then=Value(0)),
            When(day__isnull=True, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
    )
    soonest = Case(When(turn=0, then=F("day")), output_field=DateField()).asc()
    newest = F("day").desc()
    return rows.order_by("turn", soonest, newest, "-matter__created_at", "-position", "pk")


def next_meeting(user: User, shown: Iterable[TreatmentItem], *, on: dt.date) -> NextMeeting | None:
    """The next meeting of a member's bodies that is not cancelled, with its items among the first
    that are ``shown``; one query."""
    shown = list(shown)
    rows = Meeting.objects.filter(body__in=bodies_of(user), date__gte=on, cancelled=False)
    meeting = rows.select_related("body").order_by("date", "begins_at", "pk").first()
    if meeting is None:
        return None
    own = [item for item in shown if _is_treated_at(item.treatment, meeting)]
    return NextMeeting(meeting, own)


def _is_treated_at(row: Treatment, meeting: Meeting) -> bool:
    """Not what was decided before the meeting, which may have been moved since."""
    return row.meeting_id == meeting.pk and row.decided_on in {None, meeting.date}


def items(rows: Iterable[Treatment], user: User, *, at: dt.datetime) -> list[TreatmentItem]:
    """Some treatments with their versions and what is new in each."""
    rows = list(rows)
    held = MatterPlan.objects.filter(
        matter__in=[row.matter_id for row in rows], version__in=versions_for(user, at=at)
    )
    held = held.prefetch_related(named("version")).order_by("version__sort_key", "pk")
    by_matter: dict[int, list[PlanVersion]] = {}
    for one in held:
        by_matter.setdefault(one.matter_id, []).append(one.version)
    versions = {version.pk: version for found in by_matter.values() for version in found}
    read = {reading.version.pk: reading for reading in readings(versions.values(), user, at=at)}
    return [
        TreatmentItem(row, [read[version.pk] for version in by_matter.get(row.matter_id, ())])
        for row in rows
    ]


def readings(versions: Iterable[PlanVersion], user: User, *, at: dt.datetime) -> list[ReadingState]:
    """Some versions, and what each holds that its reader has not seen: two queries, however
    many. Only what they may still read is compared with."""
    versions = list(versions)
    rows = LastRead.objects.filter(user=user, plan__in=[one.plan_id for one in versions])
    last = {row.plan_id: row for row in rows.select_related("frozen").defer(*_of("frozen"))}
    behind = {
        one.pk: last[one.plan_id].frozen_id
        for one in versions
        if one.plan_id in last and last[one.plan_id].frozen.number < one.number
    }
    wanted = {*behind, *behind.values()}
    found = (
        versions_for(user, at=at).filter(pk__in=wanted) if wanted else PlanVersion.objects.none()
    )
    documents = {pk: from_json(text) for pk, text in found.values_list("pk", "content")}
    return [_reading(one, last, behind, documents) for one in versions]


def _reading(
    version: PlanVersion,
    last: dict[int, LastRead],
    behind: dict[int, int],
    documents: dict[int, PlanDocument],
) -> ReadingState:
    if version.plan_id not in last:
        return ReadingState(version, "unread")
    if version.pk not in behind:
        return ReadingState(version, "read")
    before = behind[version.pk]
    if before not in documents or version.pk not in documents:
        return ReadingState(version, "unread")
    what = differences(documents[before], documents[version.pk])
    return ReadingState(version, "changed", what, last[version.plan_id].frozen)


def _of(relation: str) -> list[str]:
    return [f"{relation}__{name}" for name in LONG]


def published_plans(user: User, *, at: dt.datetime) -> QuerySet[Publication]:
    """The newest publication, to everybody or to the members, of each plan that is theirs."""
    current = Publication.objects.current
    rows = current(at=at) | current(at=at, audience=Audience.MEMBERS)
    rows = rows.filter(version__in=versions_for(user, at=at))
    rows = rows.select_related("version__plan").defer(*_of("version"))
    return rows.order_by("version__sort_key", "plan", "audience")


# --- a version to read ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BlockView:
    """A paragraph with what the reader has written at it, and the questions they may see."""

    anchor: str
    html: str
    note: PrivateNote | None = None
    questions: tuple[Question, ...] = ()
    spoken: tuple[Spoken, ...] = ()

    @property
    def is_heading(self) -> bool:
        """A heading within the section: read, but not written at."""
        return self.html.startswith(("<h3", "<h4"))


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section and its paragraphs, with what was said about it as a whole."""

    line: SectionLine
    blocks: tuple[BlockView, ...]
    spoken: tuple[Spoken, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Where a search found its words: the address on the page, a name, the words around."""

    target: str
    name: str
    snippet: Snippet


def sections(
    document: PlanDocument,
    notes: Iterable[PrivateNote],
    questions: Iterable[Question],
    spoken: Iterable[Spoken] = (),
) -> list[SectionView]:
    """The text with notes, questions and what was said in a consultation at their paragraphs."""
    at = {note.anchor: note for note in notes}
    said: dict[str, list[Spoken]] = {}
    for one in spoken:
        said.setdefault(one.anchor, []).append(one)
    asked: dict[str, list[Question]] = {}
    for question in questions:
        asked.setdefault(question.anchor, []).append(question)
    return [
        SectionView(
            line,
            tuple(
                BlockView(
                    block.anchor,
                    block.html,
                    at.get(block.anchor),
                    tuple(asked.get(block.anchor, ())),
                    tuple(said.get(block.anchor, ())),
                )
                for block in line.blocks
            ),
            tuple(said.get(line.uid, ())),
        )
        for line in document.text
    ]


def spoken_elsewhere(document: PlanDocument, spoken: Iterable[Spoken]) -> list[Spoken]:
    """What was said about the whole, or about a place that is not in the text of this version."""
    there = {block.anchor for line in document.text for block in line.blocks}
    there |= {line.uid for line in document.text}
    return [one for one in spoken if one.anchor not in there]


def hits(document: PlanDocument, query: str) -> list[SearchHit]:
    """Where all the words of a search stand together: a heading, a paragraph, a milestone, a
    block of any other part; in the order of the page."""
    words = highlighting.words_of(query)
    found = []
    for target, name, text in _places(document) if words else ():
        spans = highlighting.spans(text, words)
        if spans:
            found.append(SearchHit(target, name, highlighting.snippet(text, spans)))
    return found


def _places(document: PlanDocument) -> Iterable[tuple[str, str, str]]:
    """What can be found: its address on the page, its name, its words. The text stands first."""
    for part, value in sorted(document.each(), key=lambda pair: pair[0].key != Part.TEXT):
        kinds = {anchor: kind for anchor, kind, _content in part.blocks_of(value)}
        for block in part.words(value):
            if block.reading_words:
                target = kind_of_block(kinds[block.anchor]).target
                yield target.format(block.anchor), block.title, block.reading_words


def notes_of(user: User, *, at: dt.datetime, **where: object) -> QuerySet[PrivateNote]:
    """One's own notes that still exist, on what one may still read."""
    rows = PrivateNote.objects.there(on=local_day(at)).filter(user=user, **where)
    return rows.filter(frozen__in=versions_for(user, at=at))


def questions_for(user: User, *, at: dt.datetime, **where: object) -> QuerySet[Question]:
    """One's own questions, and those that both sides show to the members of one's bodies; on
    what one may still read. Whoever is inhabil in a plan's matter reads only their own of it."""
    own = Question.objects.filter(asker=user)
    shown = Question.objects.shown().filter(body__in=bodies_of(user))
    shown = shown.exclude(frozen__plan__in=recused_plans(user))
    rows = (own | shown).filter(frozen__in=versions_for(user, at=at), **where)
    return rows.select_related("asker", "body").prefetch_related(named("frozen"))


@dataclass(frozen=True, slots=True)
class Beside:
    """The other versions a reader can set beside this one: all they may read, the newest first;
    the one they read before it; the one in force."""

    others: list[PlanVersion]
    since: PlanVersion | None
    in_force: PlanVersion | None
    newest: PlanVersion | None


def beside(version: PlanVersion, user: User, *, at: dt.datetime) -> Beside:
    """What the version can be compared with. Ask before the reading is marked."""
    rows = versions_for(user, at=at).filter(plan=version.plan_id).listed()
    known = {row.pk: row for row in rows.order_by("-number")}
    last = LastRead.objects.filter(user=user, plan=version.plan_id).first()
    since = None
    if last is not None:
        before = last.before_id if last.frozen_id == version.pk else last.frozen_id
        since = known.get(before) if before else None
        since = since if since and since.number < version.number else None
    in_force = next((row for row in known.values() if row.stage == Stage.ADOPTED), None)
    newest = next(iter(known.values()), None)
    return Beside(
        others=[row for row in known.values() if row.pk != version.pk],
        since=since,
        in_force=in_force if in_force and in_force.pk != version.pk else None,
        newest=newest if newest and newest.number > version.number else None,
    )


def submitted_in(version: PlanVersion, user: User) -> list[Treatment]:
    """Where the version was submitted, as far as the reader may know: matter, body, meeting."""
    rows = treatments_for(user).filter(matter__in=matters_for(user).filter(plans__version=version))
    return list(rows.select_related("matter", "body", "meeting").order_by("position", "pk"))
