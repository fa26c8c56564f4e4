"""Every page for everybody, in each of its states: nothing for axe to find and nothing wider than
the window on a telephone and on a screen, by day, in the dark and with the reader's own colours;
its headings in order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.views import defaults
from playwright.sync_api import Page

from consultations.models import Material, Round
from consultations.responses.receipt import verification
from consultations.rounds.actions import events
from kommuneplan import clock
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Invitation, Municipality, StoredFile, User
from kommuneplan.timespan.span import Precision, TimeSpan
from plans.enums import CycleState, MilestoneKind
from plans.follow import links
from plans.models import Follower, Following, Initiative, Plan, Publication, StatusReport
from plans.status_reports.actions.sending import withdraw_report
from plans.versions.actions.publishing import withdraw
from tests.consultations.answers import SECRET, a_draft, begun, new_remark, submitted, typed
from tests.consultations.reported import Reported, handled
from tests.consultations.round_factories import (
    DAY,
    a_question,
    a_round,
    an_invitation,
    anchors,
)
from tests.eyes.looking import look, show
from tests.plans.demo.test_demo import load
from tests.plans.published import publication_of, published_plan
from tests.standing import standing

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.browser,
    pytest.mark.no_cover,
    pytest.mark.one_database,  # what a page looks like does not depend on it
    pytest.mark.slow,  # a browser looks at each page in three widths and four choices of colours
]
TEMPLATES = settings.BASE_DIR / "templates"
EMPTY = ("/", "/planer/", "/hoeringer/", "/kalender/", "/aarshjul/")
RUNNING = "/planer/selvstaendigt-voksenliv/"


class World:
    """The demo, and beside it one of each that the demo has not."""

    def __init__(self) -> None:
        self.client = Client()
        Municipality.objects.update_or_create(pk=1, defaults={"name": "Eksempel Kommune"})
        self.empty = {address: self.client.get(address) for address in EMPTY}
        load()
        by = User.objects.get(email="sekretaer@example.org")
        now, today = clock.now(), clock.today()
        self.rounds(by, now)
        self.plans(by, today)

    def rounds(self, by: User, now: dt.datetime) -> None:
        self.open = a_round(title="Åben høring", publish_when="cleared")
        a_question(self.open, "Er målene tydelige?", help="Tænk på dit eget kvarter.")
        self.coming = a_round(
            title="Kommer", opens=now + DAY, closes=now + 9 * DAY, announced_at=now
        )
        self.closed = a_round(title="Slut", opens=now - 9 * DAY, closes=now - DAY)
        self.withdrawn = a_round(title="Taget tilbage")
        events.withdraw(
            round=self.withdrawn, reason="Udkastet laves om.", seen=self.withdrawn.version, by=by
        )
        self.moved = a_round(title="Forlænget")
        events.extend(
            round=self.moved,
            closes_at=self.moved.closes_at + 9 * DAY,
            reason="Rådet mødes senere.",
            seen=self.moved.version,
            by=by,
        )
        self.reported = Reported(handled(by)).round
        self.shown = self.reported.responses.order_by("number").first()
        self.invitation = an_invitation(self.open, "Ældrerådet")
        self.sent = submitted(a_draft(self.open, secret="sendt"), now)
        file = StoredFile.keep("bilag.pdf", b"%PDF-1.7", "application/pdf")
        self.material = Material.objects.create(
            round=self.open, title="Bilag", file=file, retired_at=now
        )
        self.house = self.invited("ny@example.org", by)
        self.house_again = self.invited(by.email, by)

    def invited(self, email: str, by: User) -> str:
        """The link of an invitation to work in the house."""
        row = Invitation(email=email, role=Role.ADMINISTRATOR, created_by=by)
        token = row.new_link()
        row.save()
        return f"/konto/invitation/{token}/"

    def plans(self, by: User, today: dt.date) -> None:
        month = TimeSpan.within(today + 40 * DAY, today + 70 * DAY, Precision.RANGE)
        dates = (
            ("Udvalget drøfter", MilestoneKind.MEETING, month),
            ("Vedtagelse", MilestoneKind.ADOPTION, TimeSpan.day(today + 60 * DAY)),
        )
        draft = published_plan("Kun en procesplan", state=CycleState.DRAFT, milestones=dates)
        old = published_plan("Gammel plan", milestones=dates)
        published_plan("Ny plan").replaces.add(old)
        expired = published_plan("Udløbet plan", expires_on=today - DAY)
        repealed = published_plan("Ophævet plan", repealed_on=today)
        given_up = published_plan("Opgivet plan", state=CycleState.WITHDRAWN)
        gone = published_plan("Trukket tilbage")
        withdraw(publication=Publication.objects.get(plan=gone), by=by, because="Ved en fejl.")
        twice = published_plan("Udgivet to gange", milestones=dates)
        publication_of(twice, visible_from=clock.now())
        for report in StatusReport.objects.filter(plan__slug="koordinerende-kontaktperson"):
            withdraw_report(report=report, reason="Tallene var forkerte.", by=by)
        self.slugs = SimpleNamespace(
            draft=draft.slug, old=old.slug, expired=expired.slug, repealed=repealed.slug,
            given_up=given_up.slug, gone=gone.slug, twice=twice.slug,
        )  # fmt: skip
        for number in range(25):
            published_plan(f"Udkast {number}", state=CycleState.DRAFT)

    # What is asked of it

    def get(self, address: str) -> Any:
        return self.client.get(address)

    def answer(self, round: Round, **fields: Any) -> Any:
        """The form of an answer, sent."""
        address = f"/hoeringer/{round.slug}/svar/"
        return self.client.post(address, typed(self.get(address).content.decode(), **fields))

    def draft(self, end: str = "") -> Any:
        """An answer that is being written, with a remark."""
        words = new_remark(anchors(self.open)[0], "Hvor skal det ligge?")
        return self.get(f"{begun(self.client, self.open, **words)}{end}")

    def withheld(self) -> Any:
        """A report that says what nobody may read any more."""
        cache.clear()  # nothing was written, so the page that was kept would be given
        with patch("consultations.reports.published.is_withheld", return_value=True):
            return self.get(f"/hoeringer/{self.reported.slug}/notat/")

    def follow(self, kind: str) -> str:
        """The link of a mail to somebody who has asked to follow a plan, or follows it."""
        follower, _new = Follower.objects.get_or_create(email="borger@example.org")
        plan = Plan.objects.get(slug=RUNNING.split("/")[2])
        row, _new = Following.objects.get_or_create(follower=follower, plan=plan)
        if kind == "confirm":
            return str(links.confirm_link(row))
        row.confirmed_at = clock.now()
        row.save()
        return str(links.leave_link(follower))

    def in_two_windows(self) -> Any:
        """A form that says something else than what was kept meanwhile in another window."""
        address = begun(self.client, self.open)
        html = self.get(address).content.decode()
        self.client.post(address, typed(html, text="Fra det ene vindue.", save="1"))
        return self.client.post(address, typed(html, text="Fra det andet vindue.", save="1"))


State = Callable[[World], Any]


def at(address: str) -> State:
    return lambda world: world.get(address)


def plan(name: str, end: str = "") -> State:
    return lambda world: world.get(f"/planer/{getattr(world.slugs, name)}/{end}")


def hearing(name: str, end: str = "") -> State:
    return lambda world: world.get(f"/hoeringer/{getattr(world, name).slug}/{end}")


def receipt(world: World, end: str = "") -> Any:
    return world.get(f"/hoeringer/kvittering/{world.sent.secret}/{end}")


def invited(world: World, end: str = "") -> Any:
    return world.get(f"/hoeringer/invitation/{world.invitation.token}/{end}")


def refused(world: World) -> Any:
    strict = Client(enforce_csrf_checks=True)
    return strict.post("/konto/log-ind/", {"username": "a"})


def fault(view: Callable[..., HttpResponse], *error: Exception) -> State:
    """What is shown when this happens to somebody."""

    def answer(world: World) -> HttpResponse:
        return view(RequestFactory().get("/"), *error)

    return answer


def with_debug(world: World, address: str) -> Any:
    with override_settings(DEBUG=True):
        return world.get(address)


def _initiative(slug: str) -> str:
    """The address of the first initiative of a plan."""
    row = Initiative.objects.filter(plan__slug=slug, is_public=True).first()
    assert row is not None
    return f"/planer/{slug}/initiativer/{row.uid}/"


def _annex(address: str) -> str:
    """The address of the first effort description that a plan's page leads to."""
    found = re.findall(
        rf'href="({address}bilag/[0-9a-f-]+/)"', Client().get(address).content.decode()
    )
    assert found, address
    return str(found[-1])


STATES: dict[str, State] = {
    "front page": at("/"),
    **{
        f"empty {address}": lambda world, address=address: world.empty[address] for address in EMPTY
    },
    "list": at("/planer/"),
    "list, second page": at("/planer/?side=2"),
    "list with results": at("/planer/?q=voksenliv"),
    "list without results": at("/planer/?q=findes-ikke"),
    "list asked wrongly": at("/planer/?aar=hest"),
    "calendar": at("/kalender/"),
    "year wheel": at("/aarshjul/"),
    "year wheel of a year long past": at("/aarshjul/?aar=2009"),
    "year wheel asked wrongly": at("/aarshjul/?aar=hest&udvalg=x"),
    "plan in consultation": at(RUNNING),
    "status reports": at(f"{RUNNING}statusrapporter/"),
    "status report": at(f"{RUNNING}statusrapporter/1/"),
    "status report taken back": at("/planer/koordinerende-kontaktperson/statusrapporter/1/"),
    "annex that is an effort description": lambda world: world.get(_annex(RUNNING)),
    "plan from the archive": at("/planer/socialstrategi-2015/"),
    "plan with a family": at("/planer/boernefamilier-2009/"),
    "initiatives of a plan": at("/planer/socialpsykiatri-2009-2012/initiativer/"),
    "an initiative": lambda world: world.get(_initiative("socialpsykiatri-2009-2012")),
    "an initiative that is an example": lambda world: world.get(_initiative(RUNNING.split("/")[2])),
    "indicators of a plan": at(f"{RUNNING}indikatorer/"),
    "indicators that are only referred to": at("/planer/boernefamilier-2009/indikatorer/"),
    "plan with a process plan alone": plan("draft"),
    "plan replaced": plan("old"),
    "plan expired": plan("expired"),
    "plan repealed": plan("repealed"),
    "plan given up": plan("given_up"),
    "plan taken back": plan("gone"),
    "theory of change": at(f"{RUNNING}forandringsteori/"),
    "theory of change under a framework": at(
        "/planer/voksenliv-bolig-og-hverdag/forandringsteori/"
    ),
    "version, the newest": at(f"{RUNNING}versioner/3/"),
    "version, an earlier one": at(f"{RUNNING}versioner/1/"),
    "version that changed nothing": plan("twice", "versioner/2/"),
    "consultations": at("/hoeringer/"),
    "consultations without results": at("/hoeringer/?q=findes-ikke"),
    "consultation announced": hearing("coming"),
    "consultation open": hearing("open"),
    "consultation of the demo": at("/hoeringer/hoering-om-selvstaendigt-voksenliv/"),
    "consultation extended": hearing("moved"),
    "consultation closed": hearing("closed"),
    "consultation withdrawn": hearing("withdrawn"),
    "consultation with its report": hearing("reported"),
    "report": hearing("reported", "notat/"),
    "report taken back": World.withheld,
    "response": lambda world: world.get(
        f"/hoeringer/{world.reported.slug}/svar/{world.shown.number}/"
    ),
    "answer, empty": hearing("open", "svar/"),
    "answer of what is closed": hearing("closed", "svar/"),
    "answer without anything": lambda world: world.answer(
        world.open, name="", email="", email_again="x", text="", review="1"
    ),
    "answer being written": World.draft,
    "answer in two windows": World.in_two_windows,
    "answer read through": lambda world: world.draft("send/"),
    "receipt": receipt,
    "answer corrected": lambda world: receipt(world, "ret/"),
    "address of a receipt confirmed": lambda world: receipt(
        world, f"bekraeft/{verification(world.sent.response)}/"
    ),
    "address of a draft confirmed": lambda world: world.get(
        f"/hoeringer/kladde/{SECRET}/bekraeft/{verification(a_draft(world.open))}/"
    ),
    "invited": invited,
    "invited, writing": lambda world: invited(world, "svar/"),
    "invited, without remarks": lambda world: world.client.post(
        f"/hoeringer/invitation/{world.invitation.token}/", {"none": "1"}
    ),
    "material taken out": lambda world: hearing("open", f"materiale/{world.material.uid}/")(world),
    "invited to the house": lambda world: world.get(world.house),
    "invited to the house no more": at("/konto/invitation/findes-ikke/"),
    "invited to the house with an account": lambda world: world.get(world.house_again),
    "privacy": at("/persondata"),
    "open data": at("/data/"),
    "version, its seal": at(f"{RUNNING}versioner/1/segl/"),
    "versions to compare": at(f"{RUNNING}sammenlign/"),
    "two versions": at(f"{RUNNING}sammenlign/1/3/"),
    "what happened": at("/hvad-er-sket/"),
    "what happened, asked wrongly": at("/hvad-er-sket/?siden=hest"),
    "what a consultation changed": hearing("reported", "aendringer/"),
    "following everything": at("/foelg/"),
    "following a plan": at(f"{RUNNING}foelg/"),
    "following without an address": lambda world: world.client.post(f"{RUNNING}foelg/", {}),
    "following asked": at("/foelg/sendt/"),
    "following confirmed": lambda world: world.get(world.follow("confirm")),
    "following too late": at("/foelg/bekraeft/x/"),
    "following left": lambda world: world.get(world.follow("leave")),
    "components": lambda world: with_debug(world, "/komponenter/"),
    "accessibility": at("/was"),
    "signing in": at("/konto/log-ind/"),
    "not there": at("/findes-ikke/"),
    "refused": refused,
    "bad request": fault(defaults.bad_request, ValueError("Nej")),
    "forbidden": fault(defaults.permission_denied, PermissionError("Nej")),
    "broken": fault(defaults.server_error),
}
STATUS = {
    "plan taken back": 410, "status report taken back": 410, "report taken back": 410,
    "material taken out": 410,
    "invited to the house no more": 410, "bad request": 400, "forbidden": 403, "broken": 500,
    "not there": 404, "refused": 403, "answer without anything": 422,
    "answer in two windows": 409, "following without an address": 422, "following too late": 410,
}  # fmt: skip


@pytest.fixture(scope="module")
def world(request, django_db_setup, django_db_blocker, private_settings) -> Iterator[World]:
    with override_settings(CONSULTATION_PROOF_BITS=4), standing(django_db_blocker):
        yield World()


@pytest.fixture(scope="module")
def window(browser) -> Iterator[Page]:
    """One window for all of them: what it has fetched it keeps."""
    context = browser.new_context(locale="da-DK", reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", STATES)
def test_a_page_for_everybody_in_this_state(window, world, name: str) -> None:
    answer = STATES[name](world)
    assert answer.status_code == STATUS.get(name, 200), answer
    show(window, answer, world.client)
    wrong = look(window)
    assert not wrong, "\n".join(wrong)


# Shown without an answer that could be asked for its templates; and the frame of the workspace.
NOT_ASKED = {"400.html", "403.html", "work.html"}
# Those who sign in are looked at in tests/journeys/test_doors.py.
ELSEWHERE = "account/"


def test_no_page_for_everybody_is_forgotten(world) -> None:
    """Every template that is a page for everybody is what one of the states above shows."""
    shown = {
        template.name
        for name in STATES
        for template in getattr(STATES[name](world), "templates", [])
    }
    pages = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if '{% extends "base.html" %}' in path.read_text(encoding="utf-8")
        and not str(path.relative_to(TEMPLATES)).startswith(ELSEWHERE)
    }
    assert pages - shown == NOT_ASKED


def test_paper_is_light_whatever_the_system_asks_for(window, world) -> None:
    show(window, world.get(RUNNING), world.client)
    window.emulate_media(media="print", color_scheme="dark", forced_colors="none")
    try:
        ink, accent = window.evaluate(
            "['color', '--ground'].map((name) => getComputedStyle(document.body)"
            ".getPropertyValue(name))"
        )
        assert (ink, accent) == ("rgb(0, 0, 0)", "#ffffff")
    finally:
        window.emulate_media(media="screen")
