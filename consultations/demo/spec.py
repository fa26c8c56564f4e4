"""What the consultation of the demo is made of, as plain values; nothing here knows tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from consultations.enums import Channel, HeardBy, PartyCategory, Proposal, SenderKind


@dataclass(frozen=True, slots=True)
class PartySpec:
    """A party of the register; ``body`` is the name of a body of the house."""

    name: str
    category: PartyCategory
    email: str
    contact: str = ""
    body: str = ""
    heard_by: HeardBy | None = None


@dataclass(frozen=True, slots=True)
class OnParagraph:
    """A remark on the paragraph that begins with some words."""

    begins: str
    words: str


@dataclass(frozen=True, slots=True)
class DemoResponse:
    """A response. ``party``: the name of the invited party that sends it; ``days``: how many days
    after the opening it came. ``answers``: to the secretary's questions, in their order."""

    days: int
    channel: Channel = Channel.WEB
    party: str = ""
    kind: SenderKind = SenderKind.CITIZEN
    name: str = ""
    organisation: str = ""
    role: str = ""
    postcode: str = ""
    email: str = ""
    is_protected: bool = False
    text: str = ""
    answers: tuple[str, ...] = ()
    remarks: tuple[OnParagraph, ...] = ()
    helper: str = ""
    is_cleared: bool = True


@dataclass(frozen=True, slots=True)
class Handled:
    """How a remark is handled: the one whose words begin so."""

    begins: str
    theme: str
    reply: str = ""
    proposal: Proposal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ConsultationSpec:
    """A round over the version that was sent out, and what has come in by the day of loading."""

    title: str
    introduction: str
    letter: str
    questions: tuple[tuple[str, str], ...]
    parties: tuple[PartySpec, ...]
    silent: tuple[str, ...]  # parties that have opened their link, and not answered
    no_remarks: tuple[str, ...]
    answers: tuple[DemoResponse, ...]
    themes: tuple[tuple[str, str], ...]
    handled: tuple[Handled, ...] = field(default=())
