"""What a person has to decide before a response is shown to everybody: what was found in its words,
its sender and its annexes, and what still hinders. Only asked here; decided in ``actions``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from consultations.enums import Ground, LateDecision, PublicationState
from consultations.models import Attachment, Redaction, Response, ResponseRevision
from consultations.responses.passages import TakenOut, by_place, is_covered, occurrences, places
from consultations.responses.public_form import ShownResponse, could_be_reserved, shown
from kommuneplan.core.house_names import HouseNames
from kommuneplan.core.models import Municipality
from kommuneplan.fingerprint import digest
from kommuneplan.personal import Certainty, DataKind, Finding, SenderData, Why, find, normal

from .publication_blockers import Hindrance, hindered, needs_person
from .segments import Segment, segments

KeptKey = tuple[str, str, str]  # place, kind, digest of the words


@dataclass(frozen=True, slots=True)
class ReviewFinding:
    """Something found at a place of a response. ``taken_out``: no letter of it is shown;
    ``kept``: a person has left it in. ``ground``: on which it is taken out, unless somebody says
    otherwise."""

    place: str
    finding: Finding
    ground: Ground
    taken_out: bool
    kept: bool

    @property
    def begins(self) -> int:
        """The first letter of it in the words of the place."""
        return self.finding.start

    @property
    def ends(self) -> int:
        """The letter after the last."""
        return self.finding.end

    @property
    def is_open(self) -> bool:
        """Nobody has decided yet."""
        return not (self.taken_out or self.kept)

    @property
    def key(self) -> str:
        """What names it in a form: it is good for one revision."""
        one = self.finding
        return f"{self.place}:{one.start}:{one.end}:{one.kind}"


def digest_of_words(words: str) -> str:
    """What is stored of words that were left in, so that the decision is about them alone."""
    return hashlib.sha256(normal(words).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Original:
    """A place of a response as received, for those who look it through; ``asked`` the question it
    answers, ``quote`` and ``anchor`` of the paragraph it is about."""

    place: str
    segments: tuple[Segment, ...]
    asked: str = ""
    quote: str = ""
    anchor: str = ""


@dataclass
class Clearance:
    """A response with what was found in it and what stands in the way. ``passages`` are those
    taken out of the newest revision; ``earlier`` words that were taken out of one before."""

    response: Response
    revision: ResponseRevision
    redactions: list[Redaction]
    kept: set[KeptKey]
    handed_in: list[Attachment]
    earlier: list[Redaction] = field(default_factory=list)
    house: Municipality = field(default_factory=Municipality.current)
    house_names: HouseNames | None = None  # one for a whole list

    @property
    def content(self) -> dict[str, Any]:
        """What was received, as its sender last left it."""
        return self.revision.content

    @cached_property
    def annexes(self) -> list[Attachment]:
        """The annexes of the response as its sender last left it."""
        listed = {str(one.get("uid")) for one in self.content.get("files") or ()}
        return [annex for annex in self.handed_in if str(annex.uid) in listed]

    @property
    def taken_back(self) -> list[Attachment]:
        """Annexes that the sender handed in and left out of a correction. They stay received."""
        return [annex for annex in self.handed_in if annex not in self.annexes]

    @cached_property
    def words(self) -> dict[str, str]:
        """The words of each place."""
        return places(self.content)

    @cached_property
    def passages(self) -> dict[str, list[TakenOut]]:
        """What is taken out, by place."""
        return by_place(self.redactions)

    @property
    def is_trusted(self) -> bool:
        """Invited by name, or registered by the administration."""
        row = self.response
        return row.invitation_id is not None or row.registered_by_id is not None

    @cached_property
    def shown(self) -> ShownResponse:
        """The response as everybody would read it now."""
        return shown(
            self.content,
            self.passages,
            names=self.house.shows_private_names,
            trusted=self.is_trusted,
            house=self.house.name,
        )

    @property
    def label(self) -> str:
        """Who everybody would read has written it."""
        return self.shown.label(self.response.number, names=self.house.shows_private_names)

    @property
    def given_out(self) -> list[Attachment]:
        """The annexes that would be given out with it."""
        return [annex for annex in self.annexes if annex.state != PublicationState.HIDDEN]

    @property
    def seen(self) -> str:
        """One value for what everybody would read: what somebody has seen is released, and nothing
        else."""
        files = [(str(one.uid), one.version, one.published_id) for one in self.given_out]
        versions = self.response.version, str(self.revision.uid)
        return digest([versions, self.label, self.shown.to_json(), files])

    @cached_property
    def found(self) -> list[ReviewFinding]:
        """What was found in the words that would be shown, in reading order."""
        return [
            self._found(place, finding)
            for place, words in self.words.items()
            if self._is_shown(place)
            for finding in [*self._house_name(place, words), *self._personal(place, words)]
        ]

    @cached_property
    def _names(self) -> HouseNames:
        return self.house_names or HouseNames(self.house)

    def _personal(self, place: str, words: str) -> Iterator[Finding]:
        for finding in find(words, known=known_of(self.content)):
            if not self._is_the_label(place, finding):
                yield finding

    def _house_name(self, place: str, words: str) -> Iterator[Finding]:
        """The whole of a sender's name that a reader could take for the municipality's."""
        if self.is_trusted or not place.startswith("sender."):
            return
        if could_be_reserved(words, self.house.name) or self._names.could_be(words):
            yield Finding(
                DataKind.HOUSE, 0, len(words), words, Certainty.POSSIBLE, Why.LIKE_THE_HOUSE
            )

    def _is_shown(self, place: str) -> bool:
        """Of the sender only what is shown is looked at."""
        if not place.startswith("sender."):
            return True
        return bool(getattr(self.shown, place.removeprefix("sender.")))

    def _is_the_label(self, place: str, finding: Finding) -> bool:
        """Is it the name that stands above the response anyway? Said once, it need not be asked
        about; in the sender's own fields only what is no name is."""
        if finding.kind != DataKind.NAME:
            return False
        if place == "sender.name":
            return True
        told = self.shown.name or self.shown.organisation
        return bool(told) and digest_of_words(finding.quote) == digest_of_words(told)

    def _found(self, place: str, finding: Finding) -> ReviewFinding:
        key = (place, finding.kind.value, digest_of_words(finding.quote))
        covered = is_covered(finding.start, finding.end, self.passages.get(place, ()))
        return ReviewFinding(place, finding, self._ground(finding), covered, key in self.kept)

    def _ground(self, finding: Finding) -> Ground:
        if finding.kind == DataKind.CPR:
            return Ground.CPR
        if finding.kind == DataKind.HOUSE:
            return Ground.OTHER
        own = finding.why in {Why.KNOWN, Why.KNOWN_PART} or finding.kind != DataKind.NAME
        if not own:
            return Ground.NAMED_PERSON
        return Ground.PROTECTED if self.response.is_protected else Ground.CONTACT

    @cached_property
    def originals(self) -> list[Original]:
        """The words as received with what was found in them and what is taken out."""
        content, found = self.content, []
        said = {f"answers.{one.get('question')}": one for one in content.get("answers") or ()}
        said |= {f"remarks.{one.get('uid')}": one for one in content.get("remarks") or ()}
        for place, words in self.words.items():
            if not words or not self._is_shown(place):
                continue
            here = [one for one in self.found if one.place == place]
            cut = segments(words, here, self.passages.get(place, ()))
            more = said.get(place, {})
            found.append(
                Original(
                    place,
                    cut,
                    asked=more.get("asked") or "",
                    quote=more.get("quote") or "",
                    anchor=more.get("anchor") or "",
                )
            )
        return found

    @property
    def open_findings(self) -> list[ReviewFinding]:
        """Those nobody has decided."""
        return [one for one in self.found if one.is_open]

    @cached_property
    def open_earlier(self) -> list[Redaction]:
        """Words that were taken out before the sender corrected the response, and stand in it
        again, uncovered."""
        return [row for row in self.earlier if self._stands_again(row)]

    def _stands_again(self, row: Redaction) -> bool:
        gone = places(row.revision.content).get(row.place, "")[row.begins : row.ends]
        return any(
            not is_covered(*span, self.passages.get(place, ()))
            for place, words in self.words.items()
            if self._is_shown(place)
            for span in occurrences(words, gone)
        )

    @cached_property
    def hindrances(self) -> list[Hindrance]:
        """What stands between the response and everybody; nothing: a person may clear it."""
        row, found = self.response, []
        if row.withdrawn_at is not None:
            return [Hindrance.WITHDRAWN]
        if row.is_late and row.late_decision != LateDecision.ACCEPTED:
            found.append(Hindrance.LATE)
        if self.open_findings:
            found.append(Hindrance.FINDINGS)
        if self.open_earlier:
            found.append(Hindrance.EARLIER)
        for annex in self.annexes:
            hindrance = hindered(annex)
            if hindrance and hindrance not in found:
                found.append(hindrance)
        return found

    @property
    def is_plain(self) -> bool:
        """Nothing was found at all: what may be cleared together with others."""
        return not (self.hindrances or self.found or self.earlier) and all(
            annex.state != PublicationState.WAITING or not needs_person(annex)
            for annex in self.annexes
        )


def known_of(content: Mapping[str, Any]) -> SenderData:
    """What the sender has said of themselves: found in the words also where no pattern fits."""
    sender = content.get("sender") or {}
    names = [sender.get("name") or ""]
    return SenderData(
        names=tuple(name for name in names if name.strip()),
        emails=tuple(mail for mail in [sender.get("email") or ""] if mail),
    )
