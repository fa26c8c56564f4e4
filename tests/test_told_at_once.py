"""What changes what the public is told is on the page at the next request, whoever kept it."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest import mock

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client

from consultations.models import Report, Response, Round
from kommuneplan import clock
from kommuneplan.core.models import Municipality
from kommuneplan.core.site import page_cache
from plans.models import Milestone, Publication
from plans.versions.actions import publishing
from tests.consultations.round_factories import a_round
from tests.factories import secretary
from tests.races import race
from tests.walk.house import House
from tests.walk.surfaces import public_addresses

MORNING = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@contextmanager
def elsewhere() -> Iterator[None]:
    """As in a process that keeps no page yet."""
    with ExitStack() as stack:
        for name in ("default", "searched"):
            for kept in ("_cache", "_expire_info"):
                fresh = OrderedDict() if kept == "_cache" else {}
                stack.enter_context(mock.patch.object(caches[name], kept, fresh))
        yield


class Told:
    """Everything a visitor reads, as it is kept and as it would be made anew."""

    def __init__(self, house: House) -> None:
        self.house, self.before = house, {}

    def changed(self) -> dict[str, str]:
        """What the pages that changed say now; each is the page that would be made anew."""
        addresses = dict.fromkeys([*self.before, *public_addresses(self.house.plans())])
        now = {address: Client().get(address) for address in addresses}
        with elsewhere():
            for address, answer in now.items():
                anew = Client().get(address)
                same = answer.status_code == anew.status_code and answer.content == anew.content
                assert same, f"{address} is another page where it is made anew"
        said = {address: answer.content.decode() for address, answer in now.items()}
        found = {key: words for key, words in said.items() if words != self.before.get(key)}
        self.before = said
        return found


@pytest.fixture
def told(monkeypatch):
    """A house on a morning in March, whose pages have been read; nothing wipes what is kept."""
    monkeypatch.setattr(page_cache, "forget_pages", lambda: None)
    with time_machine.travel(MORNING, tick=False) as traveller:
        Municipality.objects.create(pk=1, name="Naboby Kommune", contact_email="p@example.org")
        found = Told(House(secretary()))
        found.changed()
        found.traveller = traveller
        yield found


@pytest.mark.slow
@pytest.mark.django_db
def test_each_act_is_told_at_the_next_request(told) -> None:
    house = told.house
    alfa = house.plans()[0]
    plan = f"/planer/{alfa.slug}/"

    def municipality(**facts: str) -> None:
        row = Municipality.objects.get(pk=1)
        for name, value in facts.items():
            setattr(row, name, value)
        row.save()

    def finds(act: Callable[[], object], address: str, words: str = "") -> dict[str, str]:
        told.traveller.shift(dt.timedelta(minutes=1))
        act()
        changed = told.changed()
        assert address in changed, (address, list(changed))
        assert words in changed[address]
        return changed

    finds(lambda: municipality(name="Fjordby Kommune"), "/", "Fjordby Kommune")
    finds(lambda: municipality(accent_colour="#112233"), "/hoeringer/", "112233")

    house.hold_meeting(pick=0, which=0, days=40)
    finds(lambda: house.publish_process_plan(pick=0), plan)
    assert not set(told.changed())
    finds(lambda: house.publish_plan(pick=0, stage=0, days=1), plan)

    house.prepare_round(pick=0, first=2, length=20, audience=0)
    assert "/hoeringer/" not in told.changed()
    round = Round.objects.get()
    page = f"/hoeringer/{round.slug}/"
    finds(lambda: house.announce(which=0), "/hoeringer/", "Åbner senere")
    told.traveller.move_to(round.opens_at)
    opened = told.changed()
    assert {"/", "/hoeringer/", plan, page} <= opened.keys()
    assert "27 dage tilbage" in opened["/"]
    told.traveller.move_to(dt.datetime(2026, 3, 5, tzinfo=clock.COPENHAGEN))  # midnight in Denmark
    assert "26 dage tilbage" in told.changed()["/"]
    finds(lambda: house.extend(which=0, days=30), page, "Mere tid")
    finds(lambda: house.answer_for_all_to_read(which=0), plan)
    response = Response.objects.get()
    house.look_through(which=0, how=0)
    round.refresh_from_db()
    told.traveller.move_to(round.closes_at)
    ended = told.changed()
    assert "Gør døren bredere." in ended[page]
    one = f"{page}svar/{response.number}/"
    assert "Gør døren bredere." in ended[one]
    finds(lambda: house.look_through(which=0, how=2), one)
    assert "Gør døren bredere." not in told.before[page] + told.before[one]

    house.look_through(which=0, how=0)
    house.make_report(which=0)
    told.changed()
    finds(lambda: house.publish_report(which=0), f"{page}notat/", "")
    assert Report.objects.get().published_at

    house.submit(pick=0, purpose=2, length=0)
    finds(lambda: house.decide(which=0, outcome=1, days=0), plan)
    finds(lambda: house.redact(which=0), f"{plan}versioner/1/")
    rows = Publication.objects.filter(withdrawn_at__isnull=True).order_by("pk")
    last = rows.count() - 1
    finds(lambda: house.withdraw_publication(which=last), plan)
    later = clock.now() + 3 * DAY
    version = alfa.versions.order_by("-number").first()
    publishing.publish(version=version, visible_from=later, by=None, reason="Planlagt")
    told.changed()
    told.traveller.move_to(later - dt.timedelta(microseconds=1))
    assert "Planlagt" not in told.changed().get(plan, "")
    told.traveller.move_to(later)
    assert plan in told.changed()
    house.withdraw_round(which=0)
    assert "Forkert bilag" in told.changed()[page]


@pytest.mark.django_db
def test_a_meeting_that_is_moved_is_told_where_it_is_published(told) -> None:
    house = told.house
    house.hold_meeting(pick=0, which=0, days=40)
    house.publish_process_plan(pick=0)
    assert "/kalender/" in told.changed()
    house.move_meeting(which=0, days=50)
    told.changed()
    house.publish_process_plan(pick=0)
    assert {"/", "/kalender/", "/kalender.ics"} <= told.changed().keys()
    assert Milestone.objects.filter(meeting__isnull=False).exists()


# --- several workers ---


def _wait(path: Path) -> None:
    for _try in range(6000):
        if path.exists():
            return
        time.sleep(0.01)
    raise TimeoutError(path.name)


def _acts() -> list[Callable[[], object]]:
    row = Round.objects.get()
    return [
        lambda: Municipality.objects.filter(pk=1).update(name="Fjordby Kommune"),
        lambda: Round.objects.filter(pk=row.pk).update(title="Et andet navn"),
        lambda: Round.objects.filter(pk=row.pk).update(closes_at=row.closes_at + DAY),
        lambda: row.events.create(kind="correction", at=clock.now(), reason="Rettet"),
    ]


def act_or_read(number: int, directory: str) -> list[list[str]]:
    """Number 0 acts; the others each read twice after each act, from what they keep themselves."""
    place, acts, said = Path(directory), _acts(), []
    visitor = Client(headers={"host": "localhost"})
    for step in range(len(acts) + 1):
        if number == 0:
            if step:
                acts[step - 1]()
            (place / f"acted-{step}").touch()
            for other in (1, 2):
                _wait(place / f"read-{other}-{step}")
            continue
        _wait(place / f"acted-{step}")
        page = f"/hoeringer/{Round.objects.get().slug}/"
        pages = [visitor.get(page).content for _time in range(2)]
        said.append([hashlib.sha256(one).hexdigest() for one in pages])
        (place / f"read-{number}-{step}").touch()
    return said


@pytest.mark.django_db(transaction=True)
def test_what_one_process_does_is_told_at_once_by_the_others(tmp_path) -> None:
    Municipality.objects.create(pk=1, name="Naboby Kommune", contact_email="p@example.org")
    a_round()
    _nothing, first, second = race("tests.test_told_at_once:act_or_read", 3, str(tmp_path))
    assert first == second
    assert all(once == again for once, again in first)
    assert len({once for once, _again in first}) == len(first) == 5
