"""What members of the bodies read of a consultation beside the paragraphs of a version: responses
that a person has cleared, as they are published, from the moment the round's setting allows.

No original leaves through here. What the administration replies and proposes is told when it is
ready for the agenda.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.enums import MembersSee, Proposal
from consultations.models import Remark, Report, Response, Round
from consultations.responses.passages import TakenOut
from consultations.responses.public_form import WORDS_KNOWN, ShownResponse, plain, remark_words
from consultations.responses.published import passages_of
from kommuneplan.core.models import Municipality, User
from plans.members import consultation_remarks
from plans.members.consultation_remarks import Spoken
from plans.models import PlanVersion
from plans.models.submitted import versions_for

MOST = 2000  # remarks beside one version; a longer list is read in the report


def register_members() -> None:
    """Called once, when the app is ready."""
    consultation_remarks.register_source(spoken_about)


def rounds_for(version: PlanVersion, user: User, *, at: dt.datetime) -> QuerySet[Round]:
    """The rounds whose responses a member may read beside a version: of the same plan, over a
    version that is this one or before it and that they may read, once the setting allows."""
    reported = Report.objects.filter(round=OuterRef("pk"), made_at__lte=at)
    begun = (
        Q(members_see=MembersSee.RECEIVED)
        | Q(members_see=MembersSee.DEADLINE, closes_at__lte=at)
        | Q(Exists(reported), members_see=MembersSee.REPORT)
    )
    read = versions_for(user, at=at).filter(plan=version.plan_id).values("pk")
    return Round.objects.announced(at=at).filter(
        begun, plan=version.plan_id, frozen__number__lte=version.number, frozen__in=read
    )


def spoken_about(version: PlanVersion, user: User, at: dt.datetime) -> Iterator[Spoken]:
    """The remarks beside a version: those from meetings, then the responses by number. Five
    queries, however many."""
    rounds = {round.pk: round for round in rounds_for(version, user, at=at)}
    if not rounds:
        return
    names = Municipality.current().shows_private_names
    rows = Response.objects.filter(round__in=rounds).cleared().order_by("round", "number")
    responses = list(rows)
    cut: dict[int, list[Remark]] = {}
    for remark in _remarks(rounds, responses):
        cut.setdefault(remark.response_id or 0, []).append(remark)
    for remark in cut.get(0, ()):
        if remark.meeting is not None:
            who = _("Meeting: %(title)s") % {"title": remark.meeting.title}
            yield _spoken(remark, rounds[remark.round_id], who, remark.words)
    passages = passages_of(responses)
    for response in responses:
        own = cut.get(response.pk, [])
        yield from _of_response(response, rounds, own, passages.get(response.pk, {}), names)


def _remarks(rounds: Iterable[int], responses: Iterable[Response]) -> QuerySet[Remark]:
    rows = Remark.objects.filter(
        Q(response__in=responses) | Q(meeting__isnull=False),
        round__in=list(rounds),
        retired_at__isnull=True,
    )
    alike = Count("duplicates", filter=Q(duplicates__retired_at__isnull=True))
    found = rows.annotate(doubles=alike).select_related("revision", "meeting", "same_as")
    return found.order_by("number")[:MOST]


def _of_response(
    response: Response,
    rounds: Mapping[int, Round],
    remarks: list[Remark],
    passages: dict[str, list[TakenOut]],
    names: bool,
) -> Iterator[Spoken]:
    """The remarks a response has become; what of it is none yet is told as it was given."""
    known = (response.published or {}).get(WORDS_KNOWN)
    if not known:
        return
    shown = ShownResponse.from_json(known)
    who = shown.label(response.number, names=names)
    newest = [one for one in remarks if _is_published(one, response)]
    for remark in newest:
        words = _words(remark, passages, shown)
        yield _spoken(remark, rounds[remark.round_id], who, words)
    if any(one.begins is None for one in newest):
        return
    cut = {one.place for one in newest}
    for said in shown.remarks:
        if f"remarks.{said.uid}" not in cut:
            yield Spoken(said.anchor, who, plain(said.words))
    if not cut and shown.text:
        yield Spoken("", who, plain(shown.text))


def _is_published(remark: Remark, response: Response) -> bool:
    """Cut from the revision that is published; one from before a correction is not."""
    revision = remark.revision
    return revision is not None and str(revision.uid) == response.published.get("revision")


def _words(remark: Remark, passages: dict[str, list[TakenOut]], shown: ShownResponse) -> str:
    if remark.begins is None or remark.revision is None:
        parts: list[Any] = [shown.text, *(one.words for one in [*shown.answers, *shown.remarks])]
        return "\n\n".join(plain(part) for part in parts if part)
    content = remark.revision.content
    return remark_words(content, passages, remark.place, remark.begins, remark.ends)


def _spoken(remark: Remark, round: Round, who: str, words: str) -> Spoken:
    told = round.ready_at is not None
    head = remark.same_as or remark
    proposal = capfirst(str(Proposal(head.proposal).label)) if told and head.proposal else ""
    return Spoken(
        anchor=remark.anchor,
        who=who,
        words=words,
        quote=remark.quote,
        reply=head.reply if told else "",
        proposal=proposal,
        alike=1 + getattr(remark, "doubles", 0),
    )
