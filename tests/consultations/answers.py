"""Answers as a browser sends them, for the tests of answering."""

from __future__ import annotations

import datetime as dt
import html as html_lib
import re
import uuid
from typing import Any

from django.test import Client

from consultations.answering import proof_of_work
from consultations.answering.actions import drafts
from consultations.answering.actions import sending as answering
from consultations.models import ResponseDraft, Round
from consultations.responses import content
from kommuneplan import clock

SENDER = {
    "sender_kind": "citizen",
    "name": "Kim Nielsen",
    "organisation": "",
    "role": "",
    "postcode": "2000",
    "email": "kim@example.org",
}
SECRET = "h" * 32


def hidden(html: str, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', html)
    return found[1] if found else ""


def button(html: str, what: str) -> str:
    """What the button says that takes a text from beside a field; the last one on the page."""
    return html_lib.unescape(re.findall(rf'name="settle" value="({what}[^"]*)"', html)[-1])


def marks(html: str) -> dict[str, str]:
    """The marks of all text boxes of a page."""
    return dict(re.findall(r'name="(seen\.[^"]+)" value="([^"]*)"', html))


def typed(html: str, **fields: Any) -> dict[str, Any]:
    """What the form of a page sends: its boxes as they are, the sender, and what was typed."""
    boxes = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', html)
    more = re.findall(r'name="((?:anchor|quote|marked)\.remarks\.[^"]+)" value="([^"]*)"', html)
    data = {**dict(boxes), **marks(html), **dict(more), **SENDER, "page": hidden(html, "page")}
    if token := hidden(html, "token"):
        data["token"], data["proof"] = token, proof_of_work.solve(token)
    return {**data, **{name.replace("__", "."): value for name, value in fields.items()}}


def begun(client: Client, round: Round, **fields: Any) -> str:
    """Write an answer from the round's page on; the address of its page."""
    address = f"/hoeringer/{round.slug}/svar/"
    html = client.get(address).content.decode()
    fields = {"text": "Jeg er enig.", "save": "1", **fields}
    answer = client.post(address, typed(html, **fields))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).partition("?")[0]


def sending(client: Client, address: str) -> dict[str, str]:
    """What the button of the page for reading through sends; solved, as a browser would."""
    html = client.get(f"{address}send/").content.decode()
    task = hidden(html, "task")
    names = ("key", "seen", "task")
    return {name: hidden(html, name) for name in names} | {
        "number": proof_of_work.solve(task) if task else "",
        "website": "",
    }


def a_draft(round: Round, secret: str = SECRET, **fields: Any) -> ResponseDraft:
    """An answer being written since an hour, with a sender."""
    began = clock.now() - dt.timedelta(hours=1)
    row = drafts.begin(round=round, secret=secret, at=began)
    for name, value in {**SENDER, "text": "Jeg er enig.", **fields}.items():
        setattr(row, name, value)
    row.save()
    return row


def seal_of(draft: ResponseDraft) -> str:
    """What stands in the page on which a draft is read through."""
    return content.sha256_of(answering.content_of(draft))


def submitted(draft: ResponseDraft, at: dt.datetime, **more: Any) -> answering.Sent:
    """The draft sent at an instant as it is now."""
    draft.refresh_from_db()
    asked = {"key": draft.key, "seen": seal_of(draft), **more}
    return answering.submit(draft=draft, arrived_at=at, **asked)


def new_remark(anchor: str, words: str) -> dict[str, str]:
    """The fields of a new remark on a paragraph."""
    name = f"remarks.{uuid.uuid4()}"
    return {name: words, f"anchor.{name}": anchor, f"marked.{name}": "", f"seen.{name}": ""}
