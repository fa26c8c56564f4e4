"""What a round hands to the municipality's case system: every letter, list, version, response and
report as files, each with what it is. Nothing is left out: originals are in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations.enums import Channel, FilingKind
from consultations.models import Filing, Report, Response, ResponseRevision, Round
from consultations.parties.letter_file import letter_pdf
from consultations.responses import content
from kommuneplan.clock import COPENHAGEN, local_day
from kommuneplan.core.models import Municipality, StoredFile
from kommuneplan.documents.package import PackageFile, safe_name
from plans import exports as plan_exports
from plans.document.plan_document import from_json
from plans.models import PlanVersion
from plans.text import image_bytes

from . import round_report as doc
from .building import gather
from .exports import filed
from .exports.words import name_of, shown_words, standing_words

IN, OUT, OWN = "ind", "ud", "intern"


@dataclass(frozen=True, slots=True)
class CaseItem:
    """What gets a document number of its own in the case system."""

    kind: FilingKind
    uid: UUID
    title: str
    date: dt.date | None
    document_number: str = ""


def things_of(round: Round) -> list[CaseItem]:
    """Everything of a round that is filed, in the order of the package; four queries."""
    numbers = {
        (row.kind, row.thing): row.document_number
        for row in Filing.objects.filter(round=round, undone_at__isnull=True)
    }
    sent = local_day(round.announced_at) if round.announced_at else None
    version = _("Draft sent out: %(version)s") % {"version": round.frozen.name}
    known = _("Response no. %(number)d")
    found = [
        CaseItem(FilingKind.LETTER, round.uid, _("Consultation letter"), sent),
        CaseItem(FilingKind.PARTIES, round.uid, _("List of parties"), sent),
        CaseItem(FilingKind.VERSION, round.frozen.uid, version, local_day(round.frozen.frozen_at)),
    ]
    columns = "uid", "number", "received_at", "withdrawn_at", "round"
    for row in round.responses.order_by("number").only(*columns):
        name = _("Response no. %(number)d, withdrawn") if row.withdrawn_at else known
        title = name % {"number": row.number}
        found.append(CaseItem(FilingKind.RESPONSE, row.uid, title, local_day(row.received_at)))
    for report in round.reports.order_by("number").only("uid", "number", "name", "made_at"):
        title = _("Report no. %(number)d") % {"number": report.number}
        found.append(CaseItem(FilingKind.REPORT, report.uid, title, local_day(report.made_at)))
    return [
        CaseItem(one.kind, one.uid, one.title, one.date, numbers.get((one.kind, one.uid), ""))
        for one in found
    ]


class Package:
    """The files of a round, as they are made one after the other."""

    def __init__(self, round: Round, *, at: dt.datetime) -> None:
        self.round, self.at = round, at
        self.house = Municipality.current()
        self.told = gather(round, at=at)
        self.numbers = {(one.kind, one.uid): one.document_number for one in things_of(round)}

    @property
    def head(self) -> dict[str, Any]:
        """What the package says of itself."""
        return {
            "kommune": self.house.name,
            "plan": self.round.frozen.title,
            "hoering": self.round.title,
            "udvalg": self.round.frozen.body_name,
            "dannet": self.at.astimezone(COPENHAGEN).isoformat(timespec="seconds"),
            "format": 1,
        }

    def items(self) -> Iterator[PackageFile]:
        """Every file, in the order of the folders."""
        yield self._letter()
        yield self._parties()
        yield from self._materials()
        yield self._version()
        lines = {one.number: one for one in self.told.responses}
        rows = self.round.responses.order_by("number")
        for row in rows.prefetch_related(
            "revisions", "attachments__file", "attachments__published"
        ):
            yield from self._response(row, lines[row.number])
        for report in self.round.reports.select_related("pdf", "word", "sheet").order_by("number"):
            yield from self._report(report)

    def count(self) -> int:
        """How many files there will be, about: for the progress."""
        return 4 + 4 * self.round.responses.count() + 3 * self.round.reports.count()

    def _number(self, kind: FilingKind, uid: UUID) -> dict[str, str]:
        return {"document_number": self.numbers.get((kind, uid), ""), "uid": str(uid)}

    # What went out

    def _letter(self) -> PackageFile:
        day = local_day(self.round.announced_at or self.at)
        make = partial(letter_pdf, self.round, None, day=day, municipality=self.house)
        title = _("Consultation letter: %(title)s") % {"title": self.round.title}
        number = self._number(FilingKind.LETTER, self.round.uid)
        return PackageFile(
            "1-hoeringsbrev", "hoeringsbrev.pdf", title, "brev", OUT, day, make, **number
        )

    def _parties(self) -> PackageFile:
        title = _("List of parties: %(title)s") % {"title": self.round.title}
        lines = {one.name: one for one in self.told.parties}
        rows = [
            (
                one.name,
                one.email,
                _short(one.invited_at),
                standing_words(lines[one.name]) if one.name in lines else _("Taken off the list"),
                _short(one.closes_at),
            )
            for one in self.round.invitations.order_by("sort_key", "pk")
        ]
        make = partial(
            filed.parties_pdf, rows, title=title, municipality=self.house.name, at=self.at
        )
        day = local_day(self.round.announced_at or self.at)
        number = self._number(FilingKind.PARTIES, self.round.uid)
        return PackageFile(
            "2-hoeringsliste", "hoeringsliste.pdf", title, "liste", OUT, day, make, **number
        )

    def _materials(self) -> Iterator[PackageFile]:
        day = local_day(self.round.announced_at or self.at)
        for one in self.round.materials.select_related("file"):
            read = partial(_bytes, one.file)
            yield PackageFile(
                "3-udsendt", one.file.name, one.title, "materiale", OUT, day, read, uid=str(one.uid)
            )

    def _version(self) -> PackageFile:
        version = PlanVersion.objects.get(pk=self.round.frozen_id)
        make = partial(
            plan_exports.whole_pdf,
            from_json(version.content),
            paper=plan_exports.frozen_paper(version),
            municipality=self.house,
            pictures=image_bytes.of_version(version),
        )
        number = version.public_number
        name = f"udkast-version-{number}.pdf" if number else "udkast.pdf"
        title = f"{version.title}: {version.name}"
        day = local_day(version.frozen_at)
        filed = self._number(FilingKind.VERSION, version.uid)
        return PackageFile("3-udsendt", name, title, "udkast", OUT, day, make, **filed)

    # What came in

    def _response(self, row: Response, line: doc.ResponseLine) -> Iterator[PackageFile]:
        folder, day = "4-hoeringssvar", local_day(row.received_at)
        title = _("Response no. %(number)d") % {"number": row.number}
        number = self._number(FilingKind.RESPONSE, row.uid)
        start = f"{row.number:04d}"
        for revision in sorted(row.revisions.all(), key=lambda one: one.number):
            name, said = f"{start}-modtaget-{revision.number}", f"{title}, {_('as received')}"
            exact = partial(_exact, revision)
            came = local_day(revision.received_at)
            yield PackageFile(
                folder, f"{name}.json", said, "svar-modtaget", IN, came, exact, **number
            )
            paper = partial(self._received, row, revision, said)
            yield PackageFile(
                folder, f"{name}.pdf", said, "svar-modtaget", IN, came, paper, **number
            )
        said = f"{title}, {_('as published')}"
        make = partial(self._published, row, line, said)
        name = f"{start}-offentliggjort.pdf"
        yield PackageFile(folder, name, said, "svar-offentliggjort", OUT, day, make, **number)
        for place, one in enumerate(row.attachments.all(), start=1):
            about = {"number": place, "title": title}
            said = _("%(title)s, annex %(number)d as received") % about
            name = f"{start}-bilag-{place:02d}-{safe_name(one.file.name)}"
            read = partial(_bytes, one.file)
            yield PackageFile(folder, name, said, "bilag-modtaget", IN, day, read, **number)
            if one.published is not None:
                said = _("%(title)s, annex %(number)d as published") % about
                known = safe_name(one.published.name)
                name = f"{start}-bilag-{place:02d}-offentliggjort-{known}"
                read = partial(_bytes, one.published)
                yield PackageFile(
                    folder, name, said, "bilag-offentliggjort", OUT, day, read, **number
                )

    def _received(self, row: Response, revision: ResponseRevision, title: str) -> bytes:
        facts = [
            ("", _("Received"), _stamp(revision.received_at)),
            ("", _("Came by"), str(Channel(row.channel).label)),
            ("", "SHA-256", revision.sha256),
        ]
        if row.is_late:
            facts.append(("", _("Deadline"), _("Received after the deadline")))
        if row.withdrawn_at:
            facts.append(("", _("Withdrawn"), _stamp(row.withdrawn_at)))
        return filed.received_pdf(
            revision.content, title=title, facts=tuple(facts), **self._house(revision.received_at)
        )

    def _published(self, row: Response, line: doc.ResponseLine, title: str) -> bytes:
        facts = (("", _("Sender"), line.sender), ("", _("Received"), _stamp(row.received_at)))
        text = shown_words(line) or line.text
        return filed.published_pdf(text, title=title, facts=facts, **self._house(row.received_at))

    def _house(self, at: dt.datetime) -> dict[str, Any]:
        return {"municipality": self.house.name, "at": at}

    # What was made of it

    def _report(self, report: Report) -> Iterator[PackageFile]:
        title = f"{name_of(self.told.head)} {report.number}"
        day, number = local_day(report.made_at), self._number(FilingKind.REPORT, report.uid)
        for stored in (report.pdf, report.word, report.sheet):
            if stored is not None:
                read = partial(_bytes, stored)
                yield PackageFile("5-notat", stored.name, title, "notat", OWN, day, read, **number)


def _bytes(stored: StoredFile) -> bytes:
    with stored.content.open("rb") as file:
        return bytes(file.read())


def _exact(revision: ResponseRevision) -> bytes:
    """What the receipt's SHA-256 is of."""
    return content.canonical(revision.content).encode()


def _stamp(at: dt.datetime) -> str:
    return date_format(at.astimezone(COPENHAGEN), "j. F Y \\k\\l. H.i")


def _short(at: dt.datetime | None) -> str:
    return f"{local_day(at):%d-%m-%Y}" if at else ""
