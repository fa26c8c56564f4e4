"""What happens when a report is published: which files and words everybody reads from then on, and
who is told by mail. Asked before it is done, so that it can be said, and by what does it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from consultations.enums import PublishWhen
from consultations.models import Report, Response, Round
from consultations.models.party import digest_of
from consultations.responses.published import annexes_of
from consultations.responses.receipt import receipt_secret
from kommuneplan import clock
from kommuneplan.core.models import StoredFile
from kommuneplan.fingerprint import digest

from .published import is_withheld, published


@dataclass(frozen=True, slots=True)
class MailsTo:
    """How many mails go to senders of a kind (SenderKind): with a link to what became of their own
    remarks, or to the report alone."""

    kind: str
    own: int
    report: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.own + self.report


@dataclass(frozen=True, slots=True)
class ReportPublication:
    """What publishing a report does. ``replaces`` is the number of the one that is read no more;
    ``responses`` and ``annexes`` are shown from then on, where the round says so; ``told_before``:
    the senders were told with an earlier report and are not told anew; ``no_address`` and
    ``not_taking_part`` get no mail."""

    number: int
    files: tuple[tuple[str, str, int], ...]  # form, name, size
    replaces: int | None
    responses: int
    annexes: int
    mails: tuple[MailsTo, ...]
    told_before: bool
    no_address: int
    not_taking_part: int

    @property
    def total(self) -> int:
        """How many mails go out."""
        return sum(one.total for one in self.mails)

    @property
    def told(self) -> str:
        """One value for what was said, so that what is done is what was said."""
        return digest(repr(self))


def why_not(report: Report) -> str:
    """Why the report cannot be published now, in words; empty when it can."""
    round = report.round
    if not round.is_public:
        return _("The consultation is not public, so its report is not either.")
    if round.withdrawn_at is None and round.closes_at > clock.now():
        # what was cleared is promised to be shown later, and more may come in
        return _("The consultation is still open. Publish the report when the deadline is past.")
    if round.reports.filter(number__gt=report.number, published_at__isnull=False).exists():
        return _("A newer report is published already.")
    if is_withheld(report):
        return _("Something in the report must not be shown any more. Make it anew.")
    return ""


def publication(report: Report) -> ReportPublication:
    """What publishing this report would do now."""
    round, now = report.round, clock.now()
    before = published(round, at=now)
    told_before = tells_nobody_anew(report)
    rows = [] if told_before else list(receivers(round))
    standing = round.responses.standing()
    with_words, annexes = _shown_with_it(round)
    return ReportPublication(
        number=report.number,
        files=tuple(_files(report)),
        replaces=before.number if before else None,
        responses=with_words,
        annexes=annexes,
        mails=_mails(rows),
        told_before=told_before,
        no_address=standing.filter(email="").count(),
        not_taking_part=round.responses.count() - standing.count(),
    )


def receivers(round: Round) -> QuerySet[Response]:
    """The responses whose senders are told of the report, by number."""
    return round.responses.standing().exclude(email="").order_by("number")


def tells_nobody_anew(report: Report) -> bool:
    """Were the senders told with another report of the round?"""
    others = report.round.reports.filter(published_at__isnull=False)
    return others.exclude(pk=report.pk).exists()


def own_secret(response: Response) -> str | None:
    """The secret of the page of the receipt, which is the sender's alone; None of a response that
    has none."""
    secret = receipt_secret(response)
    return secret if response.digest == digest_of(secret) else None


def _files(report: Report) -> list[tuple[str, str, int]]:
    stored: list[tuple[str, StoredFile | None]] = [
        ("PDF", report.pdf), ("Word", report.word), ("Excel", report.sheet),
    ]  # fmt: skip
    return [(form, file.name, file.size) for form, file in stored if file is not None]


def _shown_with_it(round: Round) -> tuple[int, int]:
    """How many responses and annexes everybody reads only from the report on."""
    now = clock.now()
    if round.publish_when != PublishWhen.REPORT:
        return 0, 0
    waiting = round.responses.cleared().exclude(pk__in=round.responses.shown(at=now).values("pk"))
    return waiting.count(), annexes_of(waiting).count()


def _mails(rows: list[Response]) -> tuple[MailsTo, ...]:
    own = Counter(row.sender_kind for row in rows if own_secret(row))
    every = Counter(row.sender_kind for row in rows)
    return tuple(MailsTo(kind, own[kind], every[kind] - own[kind]) for kind in sorted(every))
