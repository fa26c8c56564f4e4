"""Rounds for the tests of consultations: rows as the actions leave them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from typing import Any

from consultations.enums import Channel, SenderKind
from consultations.models import Invitation, Party, Response, ResponseRevision, Round, RoundQuestion
from consultations.models.response import Sender
from kommuneplan import clock
from kommuneplan.core.models import User
from plans.document import plan_document as doc
from plans.enums import Audience, Stage
from plans.models import Plan, PlanVersion, Section
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.plans.matters import ready_plan

DAY = dt.timedelta(days=1)


def sent_out(plan: Plan | None = None, *, publish_it: bool = True) -> PlanVersion:
    """A version that was frozen to be sent out, with two paragraphs; published to everybody."""
    plan = plan or ready_plan()
    if not plan.sections.filter(title="Indsatser").exists():
        Section.objects.create(
            plan=plan,
            title="Indsatser",
            text="<p>Vi åbner et værksted.</p><p>Vi ansætter to vejledere.</p>",
            is_public=True,
        )
    version = freeze(plan=plan, stage=Stage.CONSULTATION, by=None)
    if publish_it:
        publish(version=version, by=None, reason="Sendt i høring")
    return version


def a_round(
    plan: Plan | None = None,
    *,
    opens: dt.datetime | None = None,
    closes: dt.datetime | None = None,
    public: bool = True,
    announced: bool = True,
    version: PlanVersion | None = None,
    **fields: Any,
) -> Round:
    """A round over a version that is sent out: open since yesterday and for 30 days more, unless
    it is said otherwise. Announced without mails; with ``announced=False`` it is prepared."""
    now = clock.now()
    opens = opens or now - DAY
    closes = closes or now + 30 * DAY
    version = version or sent_out(plan, publish_it=public)
    if announced:
        fields.setdefault("announced_at", min(opens, now))
        if not public:
            publish(version=version, by=None, audience=Audience.PARTIES)
    fields.setdefault("title", "Høring om strategi for naboskab")
    fields.setdefault("introduction", "Vi vil have flere til at kende deres naboer.")
    return Round.objects.create(
        plan=version.plan,
        cycle=version.plan.shown_cycle,
        frozen=version,
        is_public=public,
        opens_at=opens,
        closes_at=closes,
        **fields,
    )


def a_party(name: str = "Handicaprådet", **fields: Any) -> Party:
    """A party in the register with an address."""
    found = Party.objects.filter(name=name).first()
    fields.setdefault("email", f"part{Party.objects.count() + 1}@example.org")
    return found or Party.objects.create(name=name, **fields)


def an_invitation(round: Round, party: Party | str = "Handicaprådet", **fields: Any) -> Invitation:
    """A party on the round's list, invited when the round is announced. ``invitation.token`` is
    what stands in its link."""
    if isinstance(party, str):
        party = a_party(party)
    fields.setdefault("invited_at", round.announced_at)
    row = Invitation(
        round=round,
        party=party,
        name=party.name,
        email=party.email,
        listed_at=round.announced_at or clock.now(),
        **fields,
    )
    token = row.new_link() if row.invited_at else ""
    row.save()
    row.token = token
    return row


def a_question(round: Round, words: str = "Er målene tydelige?", **fields: Any) -> RoundQuestion:
    """A question to everybody who answers."""
    return RoundQuestion.objects.create(
        round=round, position=round.questions.count() + 1, words=words, **fields
    )


def anchors(round: Round) -> list[str]:
    """The anchors of the paragraphs of the frozen text, in order."""
    document = doc.from_json(round.frozen.content)
    return [block.anchor for section in document.text for block in section.blocks]


def a_response(
    round: Round,
    *,
    received: dt.datetime | None = None,
    invitation: Invitation | None = None,
    registered_by: User | None = None,
    **content: Any,
) -> Response:
    """A response as it is when it has been received; the next number of its round.

    What is named as a field of Response goes there (``name="…"``, ``publication_state="…"``,
    ``is_late=True``); the rest is its content: ``text="…"``, ``answers=[…]``, ``remarks=[…]``,
    ``files=[…]``.
    """
    names = {field.name for field in Response._meta.concrete_fields}
    fields = {name: content.pop(name) for name in list(content) if name in names}
    fields.setdefault("name", "" if invitation else "Kim Nielsen")
    fields.setdefault("sender_kind", SenderKind.ORGANISATION if invitation else SenderKind.CITIZEN)
    fields.setdefault("organisation", invitation.name if invitation else "")
    fields.setdefault("email", "svar@example.org")
    fields.setdefault("channel", Channel.LINK if invitation else Channel.WEB)
    content.setdefault("text", "Jeg er enig.")
    for part in ("answers", "remarks", "files"):
        content.setdefault(part, [])
    received = received or clock.now()
    row = Response.objects.create(
        round=round,
        number=round.next_response,
        invitation=invitation,
        key=uuid.uuid4(),
        received_at=received,
        registered_by=registered_by,
        **fields,
    )
    round.next_response += 1
    round.save()
    sender = {field.name: getattr(row, field.name) for field in Sender._meta.local_fields}
    content["sender"] = sender
    ResponseRevision.objects.create(
        response=row,
        number=1,
        key=row.key,
        content=content,
        sha256=sha256_of(content),
        received_at=received,
    )
    return row


def sha256_of(content: dict[str, Any]) -> str:
    """SHA-256 of canonical JSON, as in a receipt."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
