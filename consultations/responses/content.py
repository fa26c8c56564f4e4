"""What a response says, as it is kept and sealed: canonical JSON and its SHA-256, which is what a
receipt names. Pure; the shape is that of ``ResponseRevision.content``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

SENDER = ("sender_kind", "name", "organisation", "role", "postcode", "email", "is_protected")


def canonical(content: Mapping[str, Any]) -> str:
    """The one way to write a response: sorted keys, no spaces."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256_of(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a response as received, in hexadecimal."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def content(
    *,
    sender: Mapping[str, Any],
    text: str = "",
    answers: Iterable[Mapping[str, str]] = (),
    remarks: Iterable[Mapping[str, str]] = (),
    files: Iterable[Mapping[str, str]] = (),
    names_public: bool = False,
) -> dict[str, Any]:
    """A response in its stored shape. ``names_public``: the sender was told, before sending, that
    the names of private persons are published here."""
    return {
        "sender": {name: sender.get(name, "") for name in SENDER},
        "text": text,
        "answers": [dict(one) for one in answers],
        "remarks": [dict(one) for one in remarks],
        "files": [dict(one) for one in files],
        "names_public": names_public,
    }


def says_something(content: Mapping[str, Any]) -> bool:
    """Is there a word or a file in it?"""
    return bool(content["text"] or content["answers"] or content["remarks"] or content["files"])


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> set[str]:
    """The fields in which two contents differ: ``text``, ``files``, the sender's by their names,
    ``answers.<question>``, ``remarks.<uid>``."""
    before, after = _by_field(one), _by_field(other)
    return {name for name in {*before, *after} if before.get(name, "") != after.get(name, "")}


def _by_field(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **content["sender"],
        "text": content["text"],
        **{f"answers.{one['question']}": one["words"] for one in content["answers"]},
        **{f"remarks.{one['uid']}": one["words"] for one in content["remarks"]},
        "files": sorted(one["uid"] for one in content["files"]) or "",
    }
