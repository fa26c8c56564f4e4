"""What is shown of a response: the same for the sender's preview, for the person who looks it
through, and for everybody. Pure: from what was received, the passages taken out and the
municipality's setting.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from consultations.enums import Ground, SenderKind
from kommuneplan.collation import fold
from kommuneplan.look_alikes import skeleton

from .passages import Passages, Pieces, TakenOut, pieces, places

# Nobody calls themselves this from outside: a reader would take it for the municipality.
RESERVED = frozenset(
    fold(word)
    for word in (
        "administration", "administrationen", "admin", "borgerservice", "borgmester",
        "borgmesteren", "byråd", "byrådet", "direktionen", "forvaltning", "forvaltningen",
        "kommunalbestyrelse", "kommunalbestyrelsen", "kommune", "kommunen", "moderation",
        "moderator", "moderering", "redaktion", "redaktionen", "rådhuset", "sekretariat",
        "sekretariatet", "systemet",
    )
)  # fmt: skip
_LIKE_RESERVED = frozenset(map(skeleton, RESERVED))
_BETWEEN = frozenset({"af", "den", "for", "fra", "i", "og", "paa", "til", "ved"})


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """What is shown of the answer to one of the secretary's questions."""

    question: str
    asked: str
    words: Pieces


@dataclass(frozen=True, slots=True)
class PublicRemark:
    """What is shown of a remark on a paragraph, known by the anchor of its block."""

    uid: str
    anchor: str
    words: Pieces


@dataclass(frozen=True, slots=True)
class ShownResponse:
    """A response as it is shown. ``organisation`` and ``name`` are empty where they are not;
    ``kind`` is a SenderKind value. No address, telephone, postcode or function is ever in it."""

    kind: str
    organisation: str
    name: str
    text: Pieces
    answers: tuple[PublicAnswer, ...] = ()
    remarks: tuple[PublicRemark, ...] = ()

    def label(self, number: int | None = None, *, names: bool = False) -> str:
        """Who has written, as everybody may read it: the organisation, or the person's name when
        the municipality shows them (``names``), or "Borger, nr. 14"."""
        return self.organisation or (self.name if names else "") or nobody(self.kind, number)

    @property
    def says(self) -> bool:
        """Is there a word in it, or the mark of one?"""
        return bool(self.text or self.answers or self.remarks)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ShownResponse:
        """The same from plain data."""
        return cls(
            kind=data["kind"],
            organisation=data["organisation"],
            name=data["name"],
            text=_pieces(data["text"]),
            answers=tuple(
                PublicAnswer(one["question"], one["asked"], _pieces(one["words"]))
                for one in data["answers"]
            ),
            remarks=tuple(
                PublicRemark(one["uid"], one["anchor"], _pieces(one["words"]))
                for one in data["remarks"]
            ),
        )


def _pieces(data: Any) -> Pieces:
    return tuple((words, ground) for words, ground in data)


def shown(
    content: Mapping[str, Any],
    passages: Passages,
    *,
    names: bool,
    trusted: bool = False,
    house: str = "",
) -> ShownResponse:
    """What is shown of a response as received.

    ``names``: the municipality shows the names of private persons. A name is in it only when the
    sender was told so as well (``names_public`` in the content), is not protected, and nothing is
    taken out of it. ``trusted``: invited by name, or registered by the administration; all others
    cannot call themselves the administration, or by the municipality's name (``house``).
    """
    sender = content.get("sender") or {}
    kind = _kind(sender.get("sender_kind"))
    hides = bool(sender.get("is_protected"))
    told = names and content.get("names_public") is True
    private = kind == SenderKind.CITIZEN
    organisation = "" if private or hides else _whole(sender, "organisation", passages)
    if not trusted and is_reserved(organisation, house):
        organisation = ""
    name = _whole(sender, "name", passages) if private and told and not hides else ""
    if not trusted and is_reserved(name, house):
        name = ""
    return ShownResponse(
        kind=kind,
        organisation=organisation,
        name=name,
        text=_at("text", content.get("text"), passages),
        answers=_answers(content, passages),
        remarks=_remarks(content, passages),
    )


def _answers(content: Mapping[str, Any], passages: Passages) -> tuple[PublicAnswer, ...]:
    return tuple(
        PublicAnswer(
            str(one.get("question")),
            one.get("asked") or "",
            _at(f"answers.{one.get('question')}", one.get("words"), passages),
        )
        for one in content.get("answers") or ()
        if one.get("words")
    )


def _remarks(content: Mapping[str, Any], passages: Passages) -> tuple[PublicRemark, ...]:
    return tuple(
        PublicRemark(
            str(one.get("uid")),
            one.get("anchor") or "",
            _at(f"remarks.{one.get('uid')}", one.get("words"), passages),
        )
        for one in content.get("remarks") or ()
        if one.get("words")
    )


def _kind(value: Any) -> str:
    return SenderKind(value).value if value in SenderKind.values else SenderKind.CITIZEN.value


def _whole(sender: Mapping[str, Any], field: str, passages: Passages) -> str:
    """A field of the sender as it is; nothing when any of it is taken out."""
    return "" if passages.get(f"sender.{field}") else (sender.get(field) or "").strip()


def _at(place: str, words: Any, passages: Passages) -> Pieces:
    return pieces(words or "", passages.get(place, ()))


def is_reserved(name: str, house: str = "") -> bool:
    """Would a reader take the name for the municipality itself?"""
    visible = (letter for letter in name if unicodedata.category(letter) != "Cf")
    words = fold("".join(letter if letter.isalnum() else " " for letter in visible)).split()
    if len(words) > 1 and all(len(word) == 1 for word in words):
        words = ["".join(words)]  # written with a space after each letter
    about = {*_BETWEEN, *fold(house).split()}
    named = [word for word in words if word in RESERVED or word.removesuffix("s") in RESERVED]
    others = [word for word in words if word not in named and word not in about]
    return bool(words) and (words == fold(house).split() or bool(named and not others))


def could_be_reserved(name: str, house: str = "") -> bool:
    """Whether it looks like a name that ``is_reserved``, whichever letters it is written with."""
    words = [bones for word in name.split() if (bones := skeleton(word))]
    about = {*map(skeleton, _BETWEEN), *map(skeleton, house.split())}
    named = [word for word in words if _is_like_reserved(word)]
    others = [word for word in words if word not in named and word not in about]
    return _is_like_reserved(skeleton(name)) or bool(named and not others)


def _is_like_reserved(bones: str) -> bool:
    return bones in _LIKE_RESERVED or bones.removesuffix("s") in _LIKE_RESERVED


def nobody(kind: str, number: int | None) -> str:
    """Who has written, where the name is not shown: "Borger, nr. 14"."""
    word = {
        SenderKind.CITIZEN: _("Citizen"),
        SenderKind.ORGANISATION: _("Organisation"),
        SenderKind.COUNCIL: _("Council"),
        SenderKind.AUTHORITY: _("Authority"),
    }[SenderKind(kind)]
    if number is None:
        return word
    return _("%(sender)s, no. %(number)d") % {"sender": word, "number": number}


def removed(ground: str) -> str:
    """What stands where a passage was taken out: "[fjernet: CPR-nummer]"."""
    return _("[removed: %(ground)s]") % {"ground": Ground(ground).label}


def plain(words: Pieces) -> str:
    """Pieces as one text, with the marks of what was taken out."""
    return "".join(removed(ground) if ground else text for text, ground in words)


def remark_words(
    content: Mapping[str, Any],
    passages: Mapping[str, list[TakenOut]],
    place: str,
    begins: int | None,
    ends: int | None,
) -> str:
    """What is shown of some letters of a place: of a remark cut out of a response."""
    text = places(content).get(place, "")
    return plain(pieces(text, passages.get(place, ()), begins or 0, ends))


WORDS_KNOWN = "known"  # the key under which what is shown lies in ``Response.published``
