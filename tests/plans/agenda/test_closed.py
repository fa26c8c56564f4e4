"""Closed items (kommunestyrelsesloven § 10): their words are in no answer to anybody without the
right, whoever asks and wherever: pages, papers, calendars, feeds, tables, searches, mails, notices.

``tests/test_canary.py`` asks every address there is, as a stranger. Here all of the house ask who
may not know it: a member who is inhabil, people of other bodies, a member of the council; and
the words stand in a matter's closed treatment as well as in a closed item of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.enums import BodyKind, Role
from kommuneplan.core.models import Mail, Meeting, User
from plans.agenda.actions import outcomes, writing
from plans.agenda.actions.recusals import record_item_recusal
from plans.agenda.items import shown_through
from plans.decisions.actions.steps import reschedule
from plans.enums import Outcome, Stage
from plans.members.actions.recusals import record_recusal
from plans.models import AgendaItem, Matter, Plan, Treatment
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.factories import committee, person
from tests.plans.matters import COUNCIL, DAY, ready_plan, submitted, treats
from tests.test_hazards import everything

pytestmark = pytest.mark.django_db

CANARY = "Kanariefuglenqx"  # the search itself ("kanariefugl") may be said again


class Town:
    """A published plan, a closed item about it and a closed treatment of it, and who is about."""

    def __init__(self) -> None:
        self.plan: Plan = ready_plan("Strategi for boliger")
        publish(version=freeze(plan=self.plan, stage=Stage.PROCESS_PLAN, by=None), by=None)
        self.secretary = person("sekretær", Role.SECRETARY, committee())
        self.member = person("medlem", Role.MEMBER, committee())
        self.recused = person("inhabil", Role.MEMBER, committee())
        council = committee(COUNCIL, BodyKind.COUNCIL)
        self.strangers: dict[str, User | None] = {
            "a citizen": None,
            "inhabil": self.recused,
            "a member of the council": person("byråd", Role.MEMBER, council),
            "another secretary": person("fremmed", Role.SECRETARY, committee("Teknikudvalget")),
            "another member": person("andet", Role.MEMBER, committee("Teknikudvalget")),
            "a colleague": person("kollega"),
        }
        self.held = Meeting.objects.create(body=committee(), date=clock.today() - DAY)
        self.item = self._item()
        self.turn = self._turn()

    def _item(self) -> AgendaItem:
        facts = writing.ItemFacts(
            title=f"{CANARY} titel", plan=self.plan, is_closed=True, summary=f"{CANARY} resumé",
            closed_reason=f"{CANARY} grund", case_number=f"{CANARY} sag",
        )  # fmt: skip
        row = writing.add_item(meeting=self.held, facts=facts, by=self.secretary)
        row = writing.recommend(
            item=row, seen=row.version, sender=f"{CANARY} afsender", clauses=[f"at {CANARY}"],
            by=self.secretary,
        )  # fmt: skip
        writing.send_out(meeting=self.held, by=self.secretary)
        minutes = outcomes.Minutes(
            Outcome.APPROVED, self.held.date, wording=f"{CANARY} ord", dissent=CANARY, votes=CANARY,
            protocol=f"https://example.org/{CANARY}",
        )  # fmt: skip
        outcomes.record(item=row, minutes=minutes, by=self.secretary)
        outcomes.record_clauses(item=row, said={1: ("amended", f"{CANARY} punkt")}, by=None)
        record_item_recusal(item=row, member=self.recused, reason="family", by=self.secretary)
        return row

    def _turn(self) -> Treatment:
        """A closed treatment, put on the meeting, with a recommendation and an outcome."""
        matter: Matter = submitted(self.plan, treated=True)
        matter.title = f"{CANARY} sagens titel"
        matter.save()
        turn = reschedule(treatment=matter.treatments.get(), meeting=self.held, by=None)
        shown = writing.stored(item=shown_through(turn), by=None)
        row = writing.recommend(
            item=shown, seen=shown.version, sender=CANARY, clauses=[f"at {CANARY}"], by=None
        )
        facts = writing.ItemFacts(is_closed=True, summary=CANARY, closed_reason=CANARY)
        writing.edit_item(item=row, seen=row.version, facts=facts, by=self.secretary)
        record_recusal(matter=matter, member=self.recused, reason="family", by=self.secretary)
        treats(
            matter, Outcome.APPROVED, wording=f"{CANARY} ord", is_closed=True,
            protocol=f"https://example.org/{CANARY}",
        )  # fmt: skip
        return Treatment.objects.get(pk=turn.pk)

    def addresses(self) -> Iterator[str]:
        """Where its words could stand."""
        slug, day = self.plan.slug, clock.today() - 9 * DAY
        for end in ("", "plan.pdf", "plan.docx", "procesplan.docx", "procesplan.json",
                    "procesplan.csv", "kalender.ics", "nyt.atom", "hvad-er-sket/",
                    "beslutninger.csv", "beslutninger.json", "versioner/1/"):  # fmt: skip
            yield f"/planer/{slug}/{end}"
        yield from ("/", "/planer/", "/planer/?q=kanariefugl", "/kalender/", "/kalender.ics")
        yield from ("/nyt.atom", f"/hvad-er-sket/?siden={day}", "/planer.json", "/sitemap.xml")
        yield from (f"/udvalg/{committee().slug}/{end}" for end in ("kalender.ics", "nyt.atom"))
        yield from ("/arbejde/", "/arbejde/soeg/?q=kanariefugl", "/arbejde/soeg/?q=titel")
        yield from ("/arbejde/udvalg/", "/arbejde/moeder/", "/konto/beskeder/", "/arbejde/mails/")
        yield reverse("plans:agenda")
        yield reverse("plans:insight")
        yield f"{reverse('plans:agenda-body', args=[committee().slug])}?aar={self.held.date.year}"
        for what in ("agenda-meeting", "meeting-edit", "meeting-move"):
            yield reverse(f"plans:{what}", args=[self.held.uid])
        for uid in (self.item.uid, self.turn.uid):
            for what in ("item", "item-edit", "recommendation", "minutes", "recusals"):
                yield reverse(f"plans:agenda-{what}", args=[uid])
        matter = self.turn.matter
        yield reverse("plans:member-matter", args=[matter.uid])
        yield reverse("plans:recusals", args=[matter.uid])
        for name in ("matter", "overview", "history"):
            more = [matter.uid] if name == "matter" else []
            yield reverse(f"plans:{name}", args=[slug, *more])
        yield reverse("plans:outcome", args=[slug, self.turn.uid])


@pytest.fixture
def town() -> Town:
    return Town()


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    return everything(answer).decode(errors="replace").lower()


WHO = ("a citizen", "inhabil", "a member of the council", "another secretary", "another member",
       "a colleague")  # fmt: skip


@pytest.mark.slow  # forty pages and papers each
@pytest.mark.parametrize("who", WHO)
def test_nobody_without_the_right_reads_a_word(town, who):
    client = Client()
    if town.strangers[who]:
        client.force_login(town.strangers[who])
    found = [one for one in town.addresses() if CANARY.lower() in said(client, one)]
    assert found == []


def test_who_makes_the_agenda_and_the_members_read_it(town):
    for user in (town.secretary, town.member):
        client = Client()
        client.force_login(user)
        for uid in (town.item.uid, town.turn.uid):
            page = said(client, reverse("plans:agenda-item", args=[uid]))
            assert f"at {CANARY}".lower() in page, user.name


def test_no_mail_and_no_notice_has_its_words(town):
    for row in Mail.objects.all():
        assert CANARY not in f"{row.email.subject}{row.email.message}{row.email.html_message}"
    assert not any(CANARY in one.subject + one.body for one in mail.outbox)
    for user in town.strangers.values():
        if user is not None:
            client = Client()
            client.force_login(user)
            assert CANARY.lower() not in said(client, "/konto/beskeder/")
