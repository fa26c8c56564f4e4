"""Writes the demo. What is there already is left as it is, however it has been edited since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import models, transaction

from kommuneplan.clock import local_day
from kommuneplan.core.enums import Role
from kommuneplan.core.models import (
    Body,
    BodyTerm,
    Meeting,
    Membership,
    Municipality,
    ReservedSlug,
    User,
)
from kommuneplan.timespan.span import TimeSpan
from plans.enums import ChapterPart, CycleState, MilestoneState
from plans.models import (
    Cycle,
    DateChange,
    FocusArea,
    ImportDraft,
    Milestone,
    Phase,
    Plan,
    PlanLead,
    Principle,
    Section,
    TargetGroup,
)
from plans.process_import.actions import begin_import, read_paste
from plans.text.actions.images import keep_image
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish

from . import (
    agenda,
    annexes,
    content,
    drawing,
    effects,
    indicators,
    initiatives,
    matters,
    people,
    promises,
    talk,
)
from .spec import (
    BodySpec,
    DemoChapter,
    DemoMilestone,
    Focus,
    Login,
    MeetingSpec,
    Moment,
    Move,
    PlanSpec,
    When,
)

ENDED = {CycleState.ADOPTED, CycleState.WITHDRAWN}


@transaction.atomic
def load_municipality() -> bool:
    """The municipality and its bodies; True when the municipality was set up now."""
    new = not Municipality.objects.filter(pk=1).exists()
    if new:
        Municipality(pk=1, **people.MUNICIPALITY).save()
    for spec in people.BODIES:
        _body(spec)
    return new


def bodies() -> dict[str, Body]:
    """The bodies of the demo by key; those renamed since are found by the address they had."""
    owners = dict(ReservedSlug.objects.filter(scope="body").values_list("slug", "owner"))
    by_uid = {body.uid: body for body in Body.objects.all()}
    by_name = {body.name: body for body in by_uid.values()}
    found = {
        spec.key: by_name.get(spec.name) or by_uid.get(owners.get(_slug(spec)))
        for spec in people.BODIES
    }
    return {key: body for key, body in found.items() if body}


def _slug(spec: BodySpec) -> str:
    from django.utils.text import slugify

    from kommuneplan.collation import fold

    return slugify(fold(spec.name))


def _body(spec: BodySpec) -> None:
    known = bodies()
    if spec.key in known:
        return
    body = Body(
        name=spec.name,
        abbreviation=spec.abbreviation,
        kind=spec.kind,
        slug=_slug(spec),
        parent=known.get(spec.parent),
    )
    body.save()
    if spec.key in people.WITH_TERMS:
        for begins, ends in people.TERMS:
            BodyTerm(body=body, begins=begins, ends=ends).save()


@transaction.atomic
def load_logins() -> list[Login]:
    """The people who can sign in, with the password of the demo; returns those made now."""
    known = set(User.objects.values_list("email", flat=True))
    new = [login for login in people.LOGINS if login.email not in known]
    for login in new:
        _person(login)
    return new


def _person(login: Login) -> None:
    is_administrator = login.role == Role.ADMINISTRATOR
    user = User.objects.create_user(
        login.email,
        people.PASSWORD,
        name=login.name,
        is_staff=login.role in {Role.ADMINISTRATOR, Role.SECRETARY},
        is_superuser=is_administrator,
    )
    if login.role:
        Membership(
            user=user,
            body=bodies()[login.body] if login.body else None,
            role=login.role,
            begins=people.ROLES_BEGIN,
        ).save()


def load_plans(specs: Iterable[PlanSpec]) -> list[Plan]:
    """The plans whose addresses have never been used; returns those made now."""
    used = set(ReservedSlug.objects.filter(scope="plan").values_list("slug", flat=True))
    return [_PlanLoader(spec).load() for spec in specs if spec.slug not in used]


@transaction.atomic
def load_import(slug: str, text: str, year: int) -> ImportDraft | None:
    """An import the secretary has begun and not finished, made now; None when it was made before,
    or when there is nobody to own it."""
    owner = User.objects.filter(email=people.SECRETARY.email).first()
    plan = Plan.objects.filter(slug=slug, retired_at__isnull=True).first()
    if not owner or not plan or ImportDraft.history.filter(uid=people.IMPORT).exists():
        return None
    return begin_import(by=owner, read=read_paste(text, year=year), plan=plan, key=people.IMPORT)


class _PlanLoader:
    """One plan and its story, written as it would have been at the time."""

    def __init__(self, spec: PlanSpec) -> None:
        self.spec = spec
        self.bodies = bodies()
        self.phases: dict[str, Phase] = {}
        self.principles: dict[str, Principle] = {}
        self.milestones: dict[str, Milestone] = {}
        self.now: dt.datetime | None = spec.opened_at
        self.lead = User.objects.filter(email=people.LEAD.email).first()
        self.secretary = User.objects.filter(email=people.SECRETARY.email).first()

    @transaction.atomic
    def load(self) -> Plan:
        spec = self.spec
        self.plan = Plan(
            slug=spec.slug,
            title=spec.title,
            kind=spec.kind,
            body=self.bodies[spec.body],
            parent=Plan.objects.filter(slug=spec.parent).first() if spec.parent else None,
            proposal=spec.proposal,
            still_open=spec.still_open,
            decided_by=spec.decided_by,
            **spec.head,
        )
        self.save(self.plan)
        self.cycle = Cycle(plan=self.plan, number=1)
        if spec.opened_at:
            self.cycle.opened_at = spec.opened_at
        self.save(self.cycle)
        for place, (title, purpose) in enumerate(spec.phases, start=1):
            self.phases[title] = Phase(
                cycle=self.cycle, position=place, title=title, purpose=purpose
            )
            self.save(self.phases[title])
        for step in spec.steps:
            self.add(step)
        for place, title in enumerate(spec.principles):
            self.principles[title] = Principle(plan=self.plan, title=title, position=place)
            self.save(self.principles[title])
        self.write(spec.chapters, None)
        for place, focus in enumerate(spec.focus, start=1):
            self.give_focus(focus, place)
        annexes.load_annexes(self.plan, self.save)
        indicators.load(self.plan, spec.indicators, self.save, self.secretary)
        chain = content.EFFECTS.get(spec.slug)
        if chain:
            effects.load(self.plan, chain, self.milestones, self.save)
        initiatives.load(self.plan, spec.initiatives, self.milestones, self.save)
        if spec.has_lead and self.lead:
            PlanLead(plan=self.plan, user=self.lead, begins=people.ROLES_BEGIN).save()
        for moment in spec.story:
            self.reach(moment)
        if spec.as_initiative:
            initiatives.stand_under_parent(
                self.plan, spec.as_initiative, self.save, at=self.now, by=self.secretary
            )
        if spec.matter:
            matter = matters.load_open(self.plan, spec.matter, self.secretary)
            if matter:
                talk.load_questions(matter)
                annexes.load_paper(self.plan, matter, self.secretary)
        agenda.load_items(self.plan, self.bodies)
        promised = promises.PromiseWriter(
            self.plan, bodies=self.bodies, milestones=self.milestones, meeting=self.meeting,
            save=self.save,
        )  # fmt: skip
        promised.requests(spec.requests)
        promised.money(spec.money)
        return self.plan

    def save(self, row: models.Model) -> None:
        """Store a row; its history is dated in the story."""
        if self.now:
            row._history_date = self.now  # type: ignore[attr-defined]
        row.save()

    def write(self, chapters: Iterable[DemoChapter], parent: Section | None) -> None:
        for place, chapter in enumerate(chapters, start=1):
            group = parent.target_group if parent and chapter.part else None
            if chapter.part == ChapterPart.CHAPTER:
                group = TargetGroup(plan=self.plan, title=chapter.title, position=place)
                self.save(group)
            section = Section(
                plan=self.plan,
                parent=parent,
                position=place,
                title=chapter.title,
                text=self.words(chapter),
                is_public=chapter.is_public,
                chapter_part=chapter.part,
                target_group=group,
                principle=self.principles.get(chapter.principle),
            )
            self.save(section)
            for remark in chapter.remarks if self.lead else ():
                talk.remark(section, remark, by=self.lead)
            self.write(chapter.under, section)

    def words(self, chapter: DemoChapter) -> str:
        """The chapter's words, and its drawing under them."""
        if not chapter.bars:
            return chapter.html
        image = keep_image(
            plan=self.plan, data=drawing.bars(chapter.bars), name="maal.png", alt=chapter.alt
        )
        return f'{chapter.html}<figure><img src="{image.src}" alt="{image.alt}"></figure>'

    def give_focus(self, focus: Focus, place: int) -> None:
        """A focus area, and the milestones that belong to it."""
        area = FocusArea(
            plan=self.plan,
            position=place,
            title=focus.title,
            theme=focus.theme,
            goals=focus.goals,
            first_year=focus.first_year,
            last_year=focus.last_year,
            is_public=focus.is_public,
        )
        self.save(area)
        for key in focus.steps:
            self.milestones[key].focus_area = area
            self.save(self.milestones[key])

    def add(self, step: DemoMilestone) -> None:
        milestone = Milestone(
            cycle=self.cycle,
            phase=self.phases.get(step.phase),
            within=self.milestones.get(step.within),
            position=len(self.milestones) + 1,
            title=step.title,
            description=step.description,
            kind=step.kind,
            others=step.others,
            conditional=step.conditional,
            begins_at=step.begins_at,
            place=step.place,
            is_public=True,
        )
        self.place(milestone, step.when)
        self.save(milestone)
        milestone.bodies.set([self.bodies[key] for key in step.bodies])
        self.milestones[step.key] = milestone

    def place(self, milestone: Milestone, when: When) -> None:
        """Give a milestone its date, its meeting, or words alone."""
        milestone.when, milestone.meeting = None, None
        if isinstance(when, TimeSpan):
            milestone.when, milestone.written = when, when.written
        elif isinstance(when, MeetingSpec):
            milestone.meeting, milestone.written = self.meeting(when), when.written
        else:
            milestone.written = when

    def meeting(self, spec: MeetingSpec) -> Meeting:
        body = self.bodies[spec.body]
        found = Meeting.objects.filter(body=body, date=spec.date, kind=spec.kind).first()
        if found is None:
            found = Meeting(
                body=body,
                date=spec.date,
                kind=spec.kind,
                begins_at=spec.begins_at,
                place=spec.place,
                is_public=True,
            )
            self.save(found)
        return found

    # The story

    def reach(self, moment: Moment) -> None:
        """Bring the rows to where they stood at that moment, freeze them and make them visible."""
        self.now = moment.at
        for step in moment.added:
            self.add(step)
        for move in moment.moved:
            self.move(move)
        self.finish(local_day(moment.at), moment)
        if moment.decided:
            matters.decided(
                cycle=self.cycle,
                meeting=self.milestones[moment.decided].meeting,
                title=f"Høring om {self.spec.title[0].lower()}{self.spec.title[1:]}",
                wording=moment.wording,
                by=self.secretary,
            )
        self.cycle.state = moment.state
        self.cycle.closed_at = moment.at if moment.state in ENDED else None
        self.save(self.cycle)
        for field, value in moment.head.items():
            setattr(self.plan, field, value)
        self.save(self.plan)
        version = freeze(
            plan=self.plan, stage=moment.stage, by=self.secretary, parts=moment.parts, at=moment.at
        )
        publish(version=version, by=self.secretary, visible_from=moment.at, reason=moment.reason)

    def move(self, move: Move) -> None:
        milestone = self.milestones[move.step]
        change = DateChange(milestone=milestone, reason=move.reason, changed_by=self.secretary)
        change.when, change.written = milestone.takes_place, milestone.written
        if move.decided_at:
            change.decided_at = self.meeting(move.decided_at)
        self.save(change)
        change.changed_at = self.now  # the field stamps a new row with the clock
        self.save(change)
        self.place(milestone, move.to)
        self.save(milestone)

    def finish(self, today: dt.date, moment: Moment) -> None:
        for key, milestone in self.milestones.items():
            span = milestone.takes_place
            if milestone.state == MilestoneState.DONE:
                continue
            is_over = bool(span and span.latest and span.latest <= today)
            if is_over if moment.done is None else key in moment.done:
                milestone.state = MilestoneState.DONE
                exact = span.latest if span and span.is_exact else None
                milestone.done_on = (moment.done or {}).get(key) or exact
                self.save(milestone)
