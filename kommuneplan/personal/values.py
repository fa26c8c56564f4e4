"""The values of the search for personal data; plain, and the same again after JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from kommuneplan.messages import gettext as _
from kommuneplan.messages import gettext_noop


class DataKind(StrEnum):
    """What sort of personal data it looks like; the first wins where two overlap."""

    CPR = "cpr"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    NAME = "name"
    HOUSE = "house"


class Certainty(StrEnum):
    """How sure the program is. A person decides on each all the same."""

    SURE = "sure"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Why(StrEnum):
    """By what it was known."""

    CPR_WRITTEN = "cpr-written"
    CPR_NAMED = "cpr-named"
    CPR_PLAIN = "cpr-plain"
    CPR_ODD = "cpr-odd"
    CPR_REPLACED = "cpr-replaced"
    EMAIL = "email"
    EMAIL_HIDDEN = "email-hidden"
    PHONE_COUNTRY = "phone-country"
    PHONE_NAMED = "phone-named"
    PHONE_GROUPED = "phone-grouped"
    PHONE_PLAIN = "phone-plain"
    STREET = "street"
    POSTCODE = "postcode"
    SIGNED = "signed"
    SPEAKS_FOR = "speaks-for"
    LABELLED = "labelled"
    KNOWN = "known"
    KNOWN_PART = "known-part"
    AUTHOR = "author"
    TAKEN_AT = "taken-at"
    LIKE_THE_HOUSE = "like-the-house"


_KINDS = {
    DataKind.CPR: gettext_noop("CPR number"),
    DataKind.EMAIL: gettext_noop("e-mail address"),
    DataKind.PHONE: gettext_noop("telephone number"),
    DataKind.ADDRESS: gettext_noop("address"),
    DataKind.NAME: gettext_noop("name"),
    DataKind.HOUSE: gettext_noop("the municipality’s name"),
}
_REASONS = {
    Why.CPR_WRITTEN: gettext_noop(
        "A day, a month, a year and four digits, written as a CPR number"
    ),
    Why.CPR_NAMED: gettext_noop("The number is called a CPR number in the text"),
    Why.CPR_PLAIN: gettext_noop("Ten digits that begin with a day, a month and a year"),
    Why.CPR_ODD: gettext_noop("It could be a CPR number that is written in another way"),
    Why.CPR_REPLACED: gettext_noop("It could be a replacement CPR number (the day plus 60)"),
    Why.EMAIL: gettext_noop("Written as an e-mail address"),
    Why.EMAIL_HIDDEN: gettext_noop("An e-mail address written so that programs should not see it"),
    Why.PHONE_COUNTRY: gettext_noop("A number with a country code"),
    Why.PHONE_NAMED: gettext_noop("The number is called a telephone number in the text"),
    Why.PHONE_GROUPED: gettext_noop("Eight digits in groups, as telephone numbers are written"),
    Why.PHONE_PLAIN: gettext_noop("Eight digits that could be a telephone number"),
    Why.STREET: gettext_noop("A street and a house number"),
    Why.POSTCODE: gettext_noop("A postcode and a town"),
    Why.SIGNED: gettext_noop("It stands where the text is signed"),
    Why.SPEAKS_FOR: gettext_noop("Somebody who writes for others (v/)"),
    Why.LABELLED: gettext_noop("The text says that it is a name"),
    Why.KNOWN: gettext_noop("The sender gave it about themselves"),
    Why.KNOWN_PART: gettext_noop("A part of the sender's name"),
    Why.AUTHOR: gettext_noop("The file says who wrote it"),
    Why.TAKEN_AT: gettext_noop("The picture says where it was taken"),
    Why.LIKE_THE_HOUSE: gettext_noop(
        "A reader could take it for the municipality or one of its bodies"
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a text that looks like personal data: ``text[start:end] == quote``."""

    kind: DataKind
    start: int
    end: int
    quote: str
    certainty: Certainty
    why: Why

    @property
    def label(self) -> str:
        """What it looks like, in the reader's language."""
        return _(_KINDS[self.kind])

    @property
    def reason(self) -> str:
        """Why it was found, in the reader's language."""
        return _(_REASONS[self.why])

    def to_json(self) -> dict[str, Any]:
        """Plain data. The quote is personal data itself: keep it only where the text is kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Finding:
        """The same finding from plain data."""
        return cls(
            DataKind(data["kind"]),
            data["start"],
            data["end"],
            data["quote"],
            Certainty(data["certainty"]),
            Why(data["why"]),
        )


@dataclass(frozen=True, slots=True)
class SenderData:
    """What a sender has said of themselves; it is found also where no pattern fits."""

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SenderData:
        """The same from plain data."""
        return cls(**{name: tuple(values) for name, values in data.items()})
