"""Answers to a consultation as the bench sends them: begun, kept, sent, each request used once.

What is measured is what the house does with a request. The work of the browser (the proof) is left
out: ``settings`` asks for no bits, and gives one network room for as many answers.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

SOCKETS = 4  # as many as the client has; each writes in an answer of its own
_TOKEN = secrets.token_hex(16)
BY_SCRIPT = {
    "Cookie": f"csrftoken={_TOKEN}",
    "Accept": "application/json",
    "Content-Type": "application/x-www-form-urlencoded",
}
BY_FORM = {name: value for name, value in BY_SCRIPT.items() if name != "Accept"}
_LINE = "Vi ser gerne, at der bliver lyttet mere til dem, som bor her. "


def posts(begun: int, kept: int, sent: int) -> list[dict[str, Any]]:
    """Three rows for the bench, or none where no round is open to everybody."""
    from consultations.models import Round
    from kommuneplan import clock

    now = clock.now()
    rows = Round.objects.public(at=now).filter(closes_at__gt=now, opens_at__lte=now)
    round = rows.order_by("-closes_at").first()
    if round is None:
        return []
    return [
        _row("an answer begun", list(_begun(round, begun)), BY_SCRIPT, 200),
        _row("an answer kept", list(_kept(round, kept)), BY_SCRIPT, 200),
        _row("an answer sent", list(_sent(round, sent)), BY_FORM, 302),
    ]


def _row(name: str, posts: list[Any], headers: dict[str, str], status: int) -> dict[str, Any]:
    """Sends the first ones here, to see how many questions are asked."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    counts, found = [], 0
    for path, body in posts[: 2 * SOCKETS]:
        with CaptureQueriesContext(connection) as queries:
            answer = Client(headers={"host": "127.0.0.1", **headers}).post(
                path, body, content_type=headers["Content-Type"]
            )
        found = answer.status_code
        counts.append(len(queries))
    return {
        "name": name,
        "path": posts[0][0],
        "headers": headers,
        "status": status,
        "found": found,
        "bytes": len(posts[-1][1]),
        "cold": counts[-1],
        "queries": counts[-1],
        "posts": posts[2 * SOCKETS :],
    }


def _begun(round: Any, count: int) -> Iterator[tuple[str, str]]:
    from consultations.answering import proof_of_work

    for _number in range(count):
        token = proof_of_work.challenge(secrets.token_urlsafe(24))
        typed = {"token": token, "proof": "0", **_typed(1)}
        yield f"/hoeringer/{round.slug}/svar/", urlencode(typed)


def _kept(round: Any, count: int) -> Iterator[tuple[str, str]]:
    """Each of a few answers again and again, as one writes on."""
    from kommuneplan.keeping import mark

    answers = [_draft(round)[1] for _socket in range(SOCKETS)]
    pages = [_typed(1)["page"] for _socket in range(SOCKETS)]
    before = ""
    for number in range(1, count // SOCKETS + 1):
        typed = _typed(number)
        for secret, page in zip(answers, pages, strict=True):
            own = {**typed, "page": page, "seen.text": mark(before)}
            yield f"/hoeringer/kladde/{secret}/", urlencode(own)
        before = typed["text"]


def _sent(round: Any, count: int) -> Iterator[tuple[str, str]]:
    from consultations.answering.actions.sending import content_of
    from consultations.responses import content

    for number in range(count):
        draft, secret = _draft(round, text=f"{number}. {_LINE * 8}", name="Kim Bænk")
        draft.email = f"bench-{number}@example.invalid"
        draft.save()
        read = {"key": str(draft.key), "seen": content.sha256_of(content_of(draft))}
        yield (
            f"/hoeringer/kladde/{secret}/send/",
            urlencode({**read, "task": "", "number": "", "csrfmiddlewaretoken": _TOKEN}),
        )


def _draft(round: Any, **words: str) -> tuple[Any, str]:
    """An answer that was begun a while ago by somebody on a network of their own."""
    from consultations.models import ResponseDraft
    from consultations.models.party import digest_of
    from kommuneplan import clock

    secret = secrets.token_urlsafe(24)
    began = clock.now() - dt.timedelta(minutes=10)
    row = ResponseDraft.objects.create(
        round=round, digest=digest_of(secret), began_at=began, saved_at=began, **words
    )
    return row, secret


def _typed(number: int) -> dict[str, Any]:
    return {
        "csrfmiddlewaretoken": _TOKEN,
        "page": secrets.token_hex(8),
        "sequence": number,
        "only": "1",
        "text": f"{number}. {_LINE * (number % 20 + 1)}".strip(),
        "seen.text": "",
    }
