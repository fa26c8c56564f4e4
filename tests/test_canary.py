"""A word that stands in everything that is not published is in no answer to a stranger.

It builds itself: every free text of every model is filled with the word, every route of the
resolver is asked with every key there is in the database, and every link and search form of the
answers is followed. A new model without a row here, and a new sort of address, fail.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import math
import random
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from consultations.models import Attachment, Material, Report
from kommuneplan import clock
from kommuneplan.core.models import StoredFile, User
from kommuneplan.core.site.open_data import FORMS
from plans.enums import Stage
from plans.models import AnnexFile, Section
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish, withdraw
from tests.standing import standing
from tests.test_access import Household
from tests.test_hazards import everything

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.no_cover,  # walks the same lines for each case
    pytest.mark.one_database,  # what a page shows of a plan has tests of its own on both
]

CANARY = "Kanariefuglenqx"
FREE_TEXT_FROM = 60  # letters; shorter columns hold codes
SEARCHED = ("kanariefugl", "strategi")  # the search itself may be said again; the word may not

PUBLISHED = {
    "core.Municipality": "stands on every page",
    "core.Body": "the names of bodies are public",
    "core.ReservedSlug": "addresses",
    "plans.Publication": "its reasons are written for the public",
    "plans.PlanVersion": "frozen: canaries are frozen below",
    "plans.VersionBlock": "frozen",
    "plans.FrozenMilestone": "frozen",
    "plans.SearchEntry": "made from what is published: the canaries in it are looked for below",
}
EMPTY = {
    "core.Erasure": "holds digests",
    "core.Job": "holds codes",
    "core.WorkerBeat": "holds no words",
    "core.BodyTerm": "holds no words",
    "core.Notice": "holds names of kinds",
    "core.NoticeTurnedOff": "holds names of kinds",
    "plans.VersionImage": "holds no words",
    "plans.Follower": "holds an address, which is in no page",
    "plans.Following": "holds no words",
    "plans.LastRead": "holds no words",
    "plans.DeskVisit": "holds no words",
    "plans.Recusal": "its reason is one of a list",
    "plans.ItemRecusal": "its reason is one of a list",
}


@pytest.fixture(scope="module")
def household(django_db_setup, django_db_blocker):
    """Published once; then the word in everything that lives, and in versions nobody may read."""
    with standing(django_db_blocker):
        yield with_the_word()


@pytest.fixture
def house(household, db) -> Household:
    """The household, in a test of its own."""
    return household


def with_the_word() -> Household:
    house = Household()
    for model in ours():
        fill(model)
    given_out().update(name="givet-ud.pdf")
    for section in Section.objects.all():
        section.is_public = True
        section.text = f"<p>{CANARY}</p>"
        section.save()
    house.plan.refresh_from_db()
    frozen = freeze(plan=house.plan, stage=Stage.PROCESS_PLAN, by=None)
    assert frozen.content.count(CANARY) > 3
    taken_back = publish(version=frozen, by=None, reason="Nyt")
    withdraw(publication=taken_back, by=None, because="Fejl")
    again = freeze(plan=house.plan, stage=Stage.PROCESS_PLAN, by=None)
    publish(version=again, by=None, reason="Nyt", visible_from=clock.now() + dt.timedelta(days=3))
    freeze(plan=house.plan, stage=Stage.PROCESS_PLAN, by=None)
    return house


def given_out() -> models.QuerySet[StoredFile]:
    """The files everybody may fetch, under their names: of consultations and of their answers."""
    files = {
        *Material.objects.values_list("file", flat=True),
        *Attachment.objects.filter(state="cleared").values_list("file", flat=True),
        *AnnexFile.objects.filter(annex__is_public=True).values_list("file", flat=True),
    }
    for report in Report.objects.filter(published_at__isnull=False):
        files |= {report.pdf_id, report.word_id, report.sheet_id}
    return StoredFile.objects.filter(pk__in=files - {None})


def ours() -> list[type[models.Model]]:
    """The models of the house, histories included."""
    return [model for model in apps.get_models() if model._meta.app_label in {"core", "plans"}]


def label(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}.{model.__name__.removeprefix('Historical')}"


def fill(model: type[models.Model]) -> None:
    """Put the word into every free text of every row."""
    if label(model) in PUBLISHED:
        return
    for field in model._meta.concrete_fields:
        long = (getattr(field, "max_length", None) or FREE_TEXT_FROM) >= FREE_TEXT_FROM
        is_code = field.choices or isinstance(field, models.SlugField | models.EmailField)
        text = isinstance(field, models.CharField | models.TextField)
        if text and long and not is_code and not field.unique and field.name not in _CODES:
            with contextlib.suppress(IntegrityError), transaction.atomic():
                model._base_manager.update(**{field.name: CANARY})  # where words may stand at all


_CODES = {"digest", "sha256", "anchor", "salt", "path", "content_type", "password", "sort_key",
          "written", "page", "session_hash", "history_change_reason"}  # fmt: skip


def test_every_model_has_a_row_with_the_word(house) -> None:
    without = {
        label(model)
        for model in ours()
        if "Historical" not in model.__name__ and not model._base_manager.exists()
    }
    assert without <= EMPTY.keys() | UNFILLED.keys(), without


# Rows that belong to steps the household has not taken; what they say is said by others like them.
UNFILLED = {
    "plans.AcceptedFinding": "a note on a finding",
    "plans.Approval": "words of an approval",
    "plans.DateChange": "frozen with its milestone",
    "plans.Dependency": "holds no words",
    "plans.FocusStatus": "frozen with its status",
    "plans.Phase": "frozen with its milestones",
    "plans.Principle": "a title",
    "plans.Redaction": "why something was hidden",
    "plans.SectionDraft": "autosaved words",
    "plans.StatusDraft": "autosaved words",
    "plans.StatusReportDraft": "autosaved words",
    "plans.PaperDraft": "autosaved words",
}


@pytest.mark.slow  # walks every page
def test_a_stranger_finds_the_word_nowhere(house) -> None:
    crawl = Crawl(house)
    crawl.everywhere()
    assert crawl.found == [], "\n".join(crawl.found)
    assert crawl.answered > 30  # pages, files and calendars with something in them


@pytest.mark.slow  # walks every page
def test_the_crawl_finds_what_is_published(house) -> None:
    """The control: the scheduled version's hour comes, and pages, papers and calendars say it."""
    crawl = Crawl(house)
    with time_machine.travel(clock.now() + dt.timedelta(days=4)):
        crawl.everywhere("planer/")
    for end in (
        "/",
        "/kalender.ics",
        "/procesplan.pdf",
        "/procesplan.docx",
        "/procesplan.json",
        "/procesplan.csv",
    ):
        assert f"/planer/{house.plan.slug}{end}" in crawl.found
    assert "/planer/" in crawl.found
    assert any("?q=" in address for address in crawl.found)


def test_who_works_with_the_plan_reads_the_word(house, client) -> None:
    client.force_login(User.objects.get(pk=house.people["secretary"].pk))
    for room in ("", "tekst/", "procesplan/", "indsatsomraader/", "historik/"):
        page = client.get(f"/arbejde/planer/{house.plan.slug}/{room}")
        assert CANARY in page.content.decode(), room


# --- the crawl -------------------------------------------------------------------------------


class Crawl:
    """Somebody who has not signed in asks for everything."""

    def __init__(self, house: Household) -> None:
        self.client = Client(raise_request_exception=True)
        self.values = values(house)
        self.seen: set[str] = set()
        self.found: list[str] = []
        self.answered = 0

    def everywhere(self, below: str = "") -> None:
        """Every route with every key, then every link and search form of the answers; ``below``:
        of what begins so."""
        doors = [(route, door) for route, door in routes() if route.startswith(below)]
        wanted = [f"/{address}" for route, door in doors for address in self.of(route, door)]
        while wanted:
            address = wanted.pop()
            if address not in self.seen and address.startswith(f"/{below}"):
                self.seen.add(address)
                wanted += self.ask(address)

    def of(self, route: str, door: str | None) -> Iterator[str]:
        """The addresses of a route: all of them where it is public, else some of each sort."""
        names = re.findall(r"<(\w+)[:>]", route)
        choices = [self.values.get(converter, self.values["str"]) for converter in names]
        if math.prod(map(len, choices)) > 3000:  # a version that is there, and one that is not
            choices = [
                one[:3] if name == "int" else one for name, one in zip(names, choices, strict=True)
            ]
        total = math.prod(map(len, choices))
        if door and door.startswith("public"):
            assert total <= 6000, f"{route}: too many addresses to ask for all of them"
            chosen = itertools.product(*choices)
        else:
            dice = random.Random(route)
            chosen = (tuple(dice.choice(one) for one in choices) for _n in range(min(total, 12)))
        for values_ in chosen:
            each = iter(values_)
            yield re.sub(r"<[^>]+>", lambda _match, each=each: str(next(each)), route)

    def ask(self, address: str) -> list[str]:
        """Look for the word in one answer, its headers and files; returns where it leads on."""
        answer = self.client.get(address)
        said = everything(answer).decode(errors="replace")
        if CANARY.lower() in said.lower():
            self.found.append(address)
        self.client.cookies.clear()
        if answer.status_code != 200:
            return []
        self.answered += 1
        if not answer["Content-Type"].startswith("text/html"):
            return []
        return [*links(address, said), *searches(address, said)]


def values(house: Household) -> dict[str, list]:
    """What can stand in an address, by sort: every public key of every row there is."""
    keys = [
        key
        for model in ours()
        for field in model._meta.concrete_fields
        if isinstance(field, models.UUIDField)
        for key in model._base_manager.values_list(field.name, flat=True)
    ]
    return {
        "uuid": list(dict.fromkeys(keys)),
        "slug": [house.plan.slug, house.received.round.slug, "findes-ikke", "afsnit"],
        "data": FORMS,
        "int": [*range(7), 2026],
        "str": ["1", "x", house.anchor, house.plan.slug],
        "path": ["1", house.plan.slug],
    }


def routes(resolver=None, start: str = "") -> Iterator[tuple[str, str | None]]:
    """Every address of the house as a pattern, with its door."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = start + re.sub(r"\((?:\?P<\w+>)?[^)]*\)", "<str>", str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        elif isinstance(entry, URLPattern):
            plain = route.replace("^", "").replace("\\Z", "").replace("$", "").replace("\\", "")
            assert not re.search(r"[()*+?\[\]]", plain), f"{route}: an address nobody can ask for"
            yield plain, getattr(entry.callback, "door", None)


def links(address: str, said: str) -> Iterator[str]:
    """The addresses of this house that a page names."""
    for link in re.findall(r'(?:href|src|action|content)="([^"]+)"', said):
        whole = urlsplit(urljoin(f"http://testserver{address}", unescape(link)))
        if whole.netloc == "testserver" and not whole.path.startswith("/static/"):
            yield whole.path + (f"?{whole.query}" if whole.query else "")


def searches(address: str, said: str) -> Iterator[str]:
    """Every search form sent with words that would find the canary."""
    for form in re.findall(r'<form[^>]*method="get".*?</form>', said, re.DOTALL):
        names = re.findall(r'<input[^>]*type="(?:search|text)"[^>]*name="([^"]+)"', form)
        action = re.search(r'action="([^"]+)"', form)
        for name, words in itertools.product(names, SEARCHED):
            query = urlencode({name: words})
            yield f"{urlsplit(unescape(action[1])).path if action else address}?{query}"
