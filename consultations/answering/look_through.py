"""What somebody is about to send that they may not want everybody to read: a CPR number, however it
is written, and whatever else is surely an e-mail address, a telephone number or an address. It is
pointed at and hinders nothing: what one writes, one may send. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consultations.responses.passages import places
from kommuneplan.personal import Certainty, DataKind, find


@dataclass(frozen=True, slots=True)
class PointedAt:
    """Something found at a place of an answer, with what the place is about: the ``asked``
    question, or the ``quote`` of the paragraph."""

    place: str
    kind: DataKind
    label: str
    words: str
    asked: str = ""
    quote: str = ""

    @property
    def box(self) -> str:
        """The id of the field in the form, where it can be corrected."""
        whose, _dot, name = self.place.partition(".")
        return f"id_{name}" if whose == "sender" else f"f-{self.place.replace('.', '-')}"


def pointed_at(content: Mapping[str, Any]) -> list[PointedAt]:
    """What a person should look at before sending, CPR numbers first, else in reading order."""
    return sorted(_found(content), key=lambda one: one.kind != DataKind.CPR)


def _found(content: Mapping[str, Any]) -> Iterator[PointedAt]:
    about: dict[str, Mapping[str, Any]] = {}
    about |= {f"answers.{one['question']}": one for one in content["answers"]}
    about |= {f"remarks.{one['uid']}": one for one in content["remarks"]}
    for place, words in places(content).items():
        more = about.get(place, {})
        for one in find(words):
            if one.kind == DataKind.CPR or one.certainty == Certainty.SURE:
                yield PointedAt(
                    place,
                    one.kind,
                    one.label,
                    one.quote,
                    asked=more.get("asked", ""),
                    quote=more.get("quote", ""),
                )
