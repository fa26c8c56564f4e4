"""Writes the consultation of the demo. What is there already is left as it is."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from consultations.answering.actions import drafts, registering, sending
from consultations.enums import Channel, EventKind, PublishWhen
from consultations.handling.actions import remarks, splitting, themes
from consultations.models import (
    Invitation,
    Party,
    Remark,
    Response,
    ResponseDraft,
    Round,
    RoundEvent,
    StandardList,
    Theme,
)
from consultations.parties.actions import invitations
from consultations.parties.actions.register import save_party
from consultations.responses import content
from consultations.review.actions import reviewing
from consultations.rounds.actions import preparing
from consultations.rounds.actions.milestone_dates import tell_milestone
from kommuneplan import clock
from kommuneplan.core.models import Body, ReservedSlug, User
from kommuneplan.keeping import Typed, mark
from kommuneplan.richtext.blocks import plain
from plans.demo import living, people
from plans.demo.days import DemoDays
from plans.document import plan_document as doc
from plans.enums import MilestoneKind, Stage
from plans.models import Plan, PlanVersion

from .content import consultation
from .spec import ConsultationSpec, DemoResponse, Handled, PartySpec

SLUG = "hoering-om-selvstaendigt-voksenliv"
MIDDAY = dt.timedelta(hours=4)


@transaction.atomic
def load_consultation(today: dt.date) -> Round | None:
    """The open round of the living plan, made now; None when it was made before, or the plan is
    not there as the demo made it."""
    if ReservedSlug.objects.filter(scope="round", slug=SLUG).exists():
        return None
    plan = Plan.objects.filter(slug=living.SLUG, retired_at__isnull=True).first()
    version = PlanVersion.objects.filter(plan=plan, stage=Stage.CONSULTATION).first()
    if plan is None or version is None:
        return None
    return _Loader(consultation(), plan, version, DemoDays(today)).load()


class _Loader:
    """The round and its story, written as it would have been at the time."""

    def __init__(
        self, spec: ConsultationSpec, plan: Plan, version: PlanVersion, days: DemoDays
    ) -> None:
        self.spec, self.plan, self.version, self.days = spec, plan, version, days
        self.secretary = User.objects.filter(email=people.SECRETARY.email).first()
        self.lead = User.objects.filter(email=people.LEAD.email).first()
        self.opens = days.morning(days.hearing_begins)
        self.document = doc.from_json(version.content)

    def load(self) -> Round:
        self.round = self.prepare()
        parties = [self.party(one) for one in self.spec.parties]
        self.standard_list(parties)
        listed = invitations.put_on_list(round=self.round, parties=parties, by=self.secretary)
        self.announce()
        self.invited = {one.name: self.invite(one) for one in listed}
        for answer in self.spec.answers:
            self.clear(self.receive(answer), answer)
        self.extend()
        self.handle()
        return self.round

    def prepare(self) -> Round:
        row = Round(
            slug=SLUG,
            plan=self.plan,
            cycle=self.plan.shown_cycle,
            frozen=self.version,
            title=self.spec.title,
            introduction=self.spec.introduction,
            letter=self.spec.letter,
            open_list=True,
            milestone_uid=self.plan.shown_cycle.milestones.get(kind=MilestoneKind.HEARING).uid,
            publish_when=PublishWhen.CLEARED,
            members_see="received",
            opens_at=self.opens,
            closes_at=self.closes(self.days.first_end),
        )
        row._history_date = self.opens - dt.timedelta(days=1)
        row.save()
        for words, explanation in self.spec.questions:
            preparing.ask(round=row, words=words, help=explanation, by=self.secretary)
        return row

    def closes(self, last: dt.date) -> dt.datetime:
        """The midnight that ends a last day."""
        return self.days.morning(last + dt.timedelta(days=1), 0)

    def party(self, spec: PartySpec) -> Party:
        known = Party.objects.filter(name=spec.name).first()
        if known is not None:
            return known
        facts = {
            "name": spec.name,
            "category": spec.category,
            "email": spec.email,
            "body": Body.objects.filter(name=spec.body).first() if spec.body else None,
            "heard_by": spec.heard_by or "",
        }
        contact = {"name": spec.contact, "role": "", "email": spec.email, "phone": ""}
        contacts = [contact] if spec.contact else []
        return save_party(party=None, facts=facts, contacts=contacts, by=self.secretary)

    def standard_list(self, parties: list[Party]) -> None:
        row = StandardList(title="Strategier på socialområdet", plan_kind="strategy")
        row.save()
        row.parties.set(parties)

    def announce(self) -> None:
        """As the secretary opened it, but without mails: what is told was told long ago."""
        self.round.refresh_from_db()
        self.round.announced_at, self.round.announced_by = self.opens, self.secretary
        self.round._history_date = self.opens
        self.round.save()

    def invite(self, row: Invitation) -> Invitation:
        row.refresh_from_db()
        row.new_link()
        row.invited_at = self.opens
        at = self.opens + dt.timedelta(days=2)
        if row.name in self.spec.silent:
            row.opened_at = at
        if row.name in self.spec.no_remarks:
            row.opened_at = row.no_remarks_at = at
        row._history_date = self.opens
        row.save()
        return row

    # What came in

    def receive(self, answer: DemoResponse) -> Response:
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"{SLUG}/{answer.name}")
        at = min(self.opens + dt.timedelta(days=answer.days) + MIDDAY, clock.now())
        sender = {name: getattr(answer, name) for name in content.SENDER if name != "sender_kind"}
        sender["sender_kind"] = answer.kind
        if answer.channel not in {Channel.WEB, Channel.LINK}:
            what = registering.Registration(
                channel=answer.channel,
                day=clock.local_day(at),
                sender=sender,
                text=answer.text,
                helper=answer.helper,
            )
            return registering.register(round=self.round, what=what, key=key, by=self.secretary)
        draft = self.begun(answer, key, at)
        typed, new = self.typed(answer, sender, draft, key)
        drafts.keep(draft=draft, typed=typed, new=new, at=at)
        draft.refresh_from_db()
        seen = content.sha256_of(sending.content_of(draft))
        sent = sending.submit(draft=draft, key=draft.key, seen=seen, arrived_at=at)
        return sent.response

    def begun(self, answer: DemoResponse, key: uuid.UUID, at: dt.datetime) -> ResponseDraft:
        if answer.party:
            return drafts.begin_invited(invitation=self.invited[answer.party], at=at)
        return drafts.begin(round=self.round, secret=f"{key}", at=at)

    def typed(
        self,
        answer: DemoResponse,
        sender: dict[str, object],
        draft: ResponseDraft,
        key: uuid.UUID,
    ) -> tuple[Typed, dict[str, tuple[str, str]]]:
        """What the form would have sent, and what its remarks are about."""
        words = {"text": answer.text}
        for name, value in sender.items():
            words[name] = ("on" if value else "") if isinstance(value, bool) else str(value)
        questions = self.round.questions.order_by("position")
        for question, said in zip(questions, answer.answers, strict=False):
            words[f"answers.{question.uid}"] = said
        new = {}
        for number, remark in enumerate(answer.remarks):
            uid = str(uuid.uuid5(key, str(number)))
            new[uid] = (self.anchor(remark.begins), "")
            words[f"remarks.{uid}"] = remark.words
        there = drafts.words_of(draft)
        return Typed(words, {name: mark(there.get(name, "")) for name in words}), new

    def anchor(self, begins: str) -> str:
        """The paragraph of the draft that begins with some words."""
        for section in self.document.text:
            for block in section.blocks:
                if plain(block.html).startswith(begins):
                    return block.anchor
        raise LookupError(begins)

    def clear(self, response: Response, answer: DemoResponse) -> None:
        if answer.is_cleared:
            reviewing.clear(response=response, by=self.secretary)

    # What happened to it

    def extend(self) -> None:
        """The deadline was moved, as the process plan tells; again without mails."""
        before, after = self.round.closes_at, self.closes(self.days.hearing_ends)
        at = self.days.morning(self.days.extended, 10)
        RoundEvent.objects.create(
            round=self.round,
            kind=EventKind.EXTENDED,
            at=at,
            by=self.secretary,
            reason=living.EXTENDED_BECAUSE,
            old_closes_at=before,
            new_closes_at=after,
        )
        self.round.refresh_from_db()
        self.round.closes_at = after
        self.round._history_date = at
        self.round.save()
        tell_milestone(self.round, reason=living.EXTENDED_BECAUSE, by=self.secretary)

    def handle(self) -> None:
        by_title = {}
        for title, summary in self.spec.themes:
            theme = themes.add_theme(round=self.round, title=title, by=self.secretary)
            if summary:
                theme = themes.edit_theme(
                    theme=theme,
                    title=title,
                    summary=summary,
                    seen=theme.version,
                    by=self.secretary,
                )
            by_title[title] = theme
        for response in self.round.responses.filter(publication_state="cleared"):
            splitting.accept_given(
                response=response, seen=response.newest.number, by=self.secretary
            )
        for one in self.spec.handled:
            self.reply(one, by_title[one.theme])

    def reply(self, one: Handled, theme: Theme) -> None:
        row = Remark.objects.get(round=self.round, words__startswith=one.begins)
        facts = {"theme": theme, "assignee": self.lead, "reply": one.reply, "reason": one.reason}
        facts["proposal"] = one.proposal or ""
        remarks.handle(remark=row, facts=facts, seen=row.version, by=self.lead)
