"""The responses of a round are laid together: by the worker, whenever one was received, corrected
or withdrawn. Nothing follows from it by itself; a person decides what becomes of a group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.enums import AlikeKind
from consultations.models import AlikeGroup, AlikeMember, Round
from kommuneplan.core.models import Job
from kommuneplan.core.worker import jobs
from plans.document import plan_document as doc

from .grouping import alike
from .laid import newest_of
from .no_remarks import says_nothing
from .substance import OwnWords, own_words
from .words import counted_words, stretches, text_of

KIND = "consultations.alike"


def register_jobs() -> None:
    """Called once, when the app is ready."""
    reasons = {"no_round": _("The consultation is no longer there.")}
    jobs.register(KIND, _lay, reasons, called=_("Responses that say the same"))


def later(round: Round) -> Job:
    """Have the responses of a round laid together; part of the transaction that changes them, in
    which the round is locked."""
    return jobs.start(kind=KIND, subject=round.uid)


@dataclass(frozen=True, slots=True)
class ReceivedText:
    """What is looked at of a response: its newest revision, all its words, and who sent it."""

    revision: int
    response: int
    text: str
    sender: tuple[str, ...]


Groups = list[tuple[AlikeKind, list[int]]]  # revisions, the model first


def _lay(subject: UUID, work: jobs.Work) -> None:
    round = Round.objects.filter(uid=subject).select_related("frozen").first()
    if round is None:
        raise jobs.CannotBeMade("no_round")
    while not _laid(round, work):
        work.hold()  # one was received meanwhile


def _laid(round: Round, work: jobs.Work) -> bool:
    """Lay them together; False when others have been received before it was done."""
    rows = received(round)
    groups = worked_out(round, rows)
    told = _differing(rows, groups, dict(_known(round)))
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=round.pk)
        if set(rows) != set(newest_of(round).values_list("pk", flat=True)):
            return False
        with work.finishing():
            _store(round, rows, groups, told)
    return True


def received(round: Round) -> dict[int, ReceivedText]:
    """The responses of a round that stand, by their newest revision, in the order they came."""
    sender = ("response__name", "response__organisation", "response__role")
    found = newest_of(round).order_by("response__number")
    return {
        pk: ReceivedText(pk, response, text_of(content), tuple(names))
        for pk, response, content, *names in found.values_list(
            "pk", "response_id", "content", *sender
        ).iterator(500)
    }


def worked_out(round: Round, rows: Mapping[int, ReceivedText]) -> Groups:
    """Which of them are alike. What is quoted from what was sent out does not count."""
    document = doc.from_json(round.frozen.content)
    quoted = stretches(
        [round.title, round.introduction, *(one.compared.words for one in document.cited())]
    )
    titles = (round.title, round.frozen.title)
    nothing = [pk for pk, one in rows.items() if says_nothing(one.text, (*one.sender, *titles))]
    others = rows.keys() - set(nothing)
    words = {pk: counted_words(one.text, quoted) for pk, one in rows.items() if pk in others}
    groups: Groups = [(AlikeKind.SAME, list(group.members)) for group in alike(words)]
    if len(nothing) > 1:
        groups.append((AlikeKind.NOTHING, nothing))
    return groups


def _differing(
    rows: Mapping[int, ReceivedText], groups: Groups, known: Mapping[tuple[int, int], OwnWords]
) -> dict[tuple[int, int], OwnWords]:
    """How each differs from the model of its group, by both revisions; what is ``known`` is not
    asked again."""
    pairs = [(kept[0], one) for kind, kept in groups if kind == AlikeKind.SAME for one in kept]
    return {
        (model, one): known.get((model, one)) or own_words(rows[model].text, rows[one].text)
        for model, one in pairs
    }


def _known(round: Round) -> Iterable[tuple[tuple[int, int], OwnWords]]:
    """How members differ from their models, as it was found before: by the revisions."""
    rows = AlikeMember.objects.filter(group__round=round, group__kind=AlikeKind.SAME)
    models = dict(rows.filter(is_model=True).values_list("group_id", "revision_id"))
    for group, revision, own, differs in rows.values_list(
        "group_id", "revision_id", "own", "differs"
    ):
        if group in models:
            yield (models[group], revision), OwnWords(own, differs)


def _store(
    round: Round,
    rows: Mapping[int, ReceivedText],
    groups: Groups,
    told: Mapping[tuple[int, int], OwnWords],
) -> None:
    """The groups as they are now. One that has most of its responses in common with one from
    before is that one, so that its address leads on."""
    before: dict[int, tuple[str, int]] = {
        response: (kind, group)
        for response, kind, group in AlikeMember.objects.filter(group__round=round).values_list(
            "response_id", "group__kind", "group_id"
        )
    }
    AlikeMember.objects.filter(group__round=round).delete()
    kept: set[int] = set()
    members = []
    for kind, revisions in groups:
        shared = Counter(
            before[rows[pk].response][1]
            for pk in revisions
            if before.get(rows[pk].response, ("",))[0] == kind
        )
        free = (pk for pk, _n in shared.most_common() if pk not in kept)
        group = next(free, None) or AlikeGroup.objects.create(round=round, kind=kind).pk
        kept.add(group)
        for place, pk in enumerate(revisions):
            how = told[revisions[0], pk] if kind == AlikeKind.SAME else OwnWords(0, False)
            members.append(
                AlikeMember(
                    group_id=group,
                    response_id=rows[pk].response,
                    revision_id=pk,
                    is_model=place == 0,
                    own=how.words,
                    differs=how.differs,
                )
            )
    AlikeMember.objects.bulk_create(members, batch_size=500)
    round.alike_groups.exclude(pk__in=kept).delete()


def lay_now(round: Round) -> None:
    """As the worker does, at once: for the example, and where nobody waits."""
    rows = received(round)
    groups = worked_out(round, rows)
    told = _differing(rows, groups, {})
    with transaction.atomic():
        _store(round, rows, groups, told)
