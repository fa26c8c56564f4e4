"""What was said of a text from Word while it was looked through, as one type.

It is stored in ``TextImport.answers``; a page that is sent says the same, of what was changed on
it only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

AS_IN_WORD, AS_HERE = "word", "here"


@dataclass(frozen=True, slots=True)
class TextAnswers:
    """Answers by what they are about; what nobody has spoken of is not there.

    ``changes`` {change: accept | reject}, ``headings`` {paragraph: what it is to be}, ``intro``
    the heading of what stands before the first one, ``matches`` {section of Word: uid, or new},
    ``sections`` {section of Word:uid: theirs | ours, @ the lock version that was seen}, ``order``
    of the sections, ``gone`` {uid: keep | out}, ``alts`` {picture: words}, ``images`` {picture:
    left, or nothing}, ``comments`` {comment: does it come along}; ``digests`` {picture: digest}
    are no answer, but how a picture is known again in the next import.
    """

    changes: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    intro: str = ""
    matches: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    order: str = ""
    gone: Mapping[str, str] = field(default_factory=dict)
    alts: Mapping[str, str] = field(default_factory=dict)
    images: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, bool] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> TextAnswers:
        """What ``to_json`` wrote."""
        return cls(**data)

    def to_json(self) -> dict[str, Any]:
        """As it is stored: only what was said."""
        parts = {part.name: getattr(self, part.name) for part in fields(self)}
        return {name: value for name, value in parts.items() if value}

    def updated(self, later: TextAnswers) -> TextAnswers:
        """These and what was said later; what that does not mention stays."""
        parts = self.to_json()
        for name, said in later.to_json().items():
            parts[name] = {**parts.get(name, {}), **said} if isinstance(said, Mapping) else said
        return TextAnswers(**parts)

    @property
    def as_in_word(self) -> bool:
        """Do the sections follow the order of Word?"""
        return (self.order or AS_IN_WORD) == AS_IN_WORD

    @property
    def leads_elsewhere(self) -> bool:
        """Do they lead to something that was not on the page where they were given?"""
        return bool(self.headings or self.intro or self.matches or self.order)
