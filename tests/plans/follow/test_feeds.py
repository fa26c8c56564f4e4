"""The feeds, read by two readers that others have written: the parser of a feed reader, and XML by
the musts of RFC 4287."""

from __future__ import annotations

import datetime as dt
import re
from uuid import UUID

import atoma
import pytest
import time_machine
from lxml import etree, html

from kommuneplan.core.models import Body, Municipality
from plans.models import Publication
from plans.versions.actions.publishing import withdraw
from tests.plans.matters import ready_plan, submitted, treats
from tests.plans.published import publication_of, published_plan

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
NOW = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
PLAN = "/planer/strategi-for-naboskab/"
TITLE = "Strategi for naboskab"


@pytest.fixture(autouse=True)
def clocks():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def plan():
    Municipality.objects.create(pk=1, name="Ærø Kommune")
    plan = ready_plan()
    publication_of(plan, visible_from=NOW - 2 * DAY)
    return plan


def fetched(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return answer.content


def checked(data: bytes) -> etree._Element:
    """As RFC 4287 demands: 4.1.1 of a feed, 4.1.2 of an entry, 3.3 of an instant."""
    feed = etree.fromstring(data)
    assert feed.tag == f"{ATOM}feed"
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1
        assert UUID(part.findtext(f"{ATOM}id").removeprefix("urn:uuid:"))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", part.findtext(f"{ATOM}updated"))
        alternates = [one for one in part.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
        assert len(alternates) == 1
        assert alternates[0].get("href").startswith("http")
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert [one.get("rel") for one in feed.findall(f"{ATOM}link")] == ["self", "alternate"]
    ids = [one.text for one in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    for content in feed.iter(f"{ATOM}content"):
        assert content.get("type") == "html"
        assert html.fragments_fromstring(content.text)
        assert not len(content)  # escaped, as words
    return feed


def test_both_readers_read_the_same(client, plan):
    treats(submitted(plan), wording="Udvalget var <b>enigt</b> & glad.")
    data = fetched(client, f"{PLAN}nyt.atom")
    one, other = atoma.parse_atom_bytes(data), checked(data)
    assert one.title.value == other.findtext(f"{ATOM}title") == f"{TITLE} – Ærø Kommune"
    assert [entry.title.value for entry in one.entries] == [
        f"{TITLE}: Socialudvalget besluttede 4. maj 2026 at sende udkastet i høring",
        f"{TITLE}: Version 1 er offentliggjort",
    ]
    assert [entry.title.value for entry in one.entries] == [
        entry.findtext(f"{ATOM}title") for entry in other.findall(f"{ATOM}entry")
    ]
    assert one.updated == one.entries[0].updated == NOW
    assert one.entries[1].updated == NOW - 2 * DAY
    assert "Udvalget var &lt;b&gt;enigt&lt;/b&gt; &amp; glad." in one.entries[0].content.value
    assert one.entries[0].categories[0].term == "decided"


@pytest.mark.parametrize(
    "address", ["/nyt.atom", f"{PLAN}nyt.atom", "/udvalg/socialudvalget/nyt.atom"]
)
def test_the_house_a_plan_and_a_body_have_one_each(client, plan, address):
    published_plan("En helt anden", body="Kulturudvalget", visible_from=NOW - DAY)
    feed = atoma.parse_atom_bytes(fetched(client, address))
    others = ["En helt anden: Version 1 er offentliggjort"] if address == "/nyt.atom" else []
    mine = [f"{TITLE}: Version 1 er offentliggjort"]
    assert [one.title.value for one in feed.entries] == [*others, *mine]
    assert checked(fetched(client, address)) is not None


def test_an_empty_house_has_a_feed_that_can_be_read(client, db):
    Municipality.objects.create(pk=1, name="Ærø Kommune")
    data = fetched(client, "/nyt.atom")
    assert atoma.parse_atom_bytes(data).entries == []
    checked(data)


def test_names_stay_and_a_change_is_there_on_the_next_request(client, plan):
    before = client.get(f"{PLAN}nyt.atom")
    tag = before["ETag"]
    again = client.get(f"{PLAN}nyt.atom", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    old = {one.id_ for one in atoma.parse_atom_bytes(before.content).entries}
    publication_of(plan, visible_from=NOW - DAY)
    after = client.get(f"{PLAN}nyt.atom", headers={"If-None-Match": tag})
    assert after.status_code == 200
    new = {one.id_ for one in atoma.parse_atom_bytes(after.content).entries}
    assert old < new


def test_of_what_was_taken_back_no_word_remains(client, plan):
    again = publication_of(plan, visible_from=NOW - DAY)
    Publication.objects.filter(pk=again.pk).update(reason="Kanariefugl")
    assert b"Kanariefugl" in fetched(client, "/nyt.atom")
    withdraw(publication=again, by=None, because="Forkert fil.", at=NOW)
    data = fetched(client, "/nyt.atom")
    assert b"Kanariefugl" not in data
    assert b"Version 2 er trukket tilbage" in data
    withdraw(publication=plan.publications.get(withdrawn_at=None), by=None, because="X", at=NOW)
    assert TITLE.encode() not in fetched(client, "/nyt.atom")
    assert client.get(f"{PLAN}nyt.atom").status_code == 410
    assert client.get("/udvalg/socialudvalget/nyt.atom").status_code == 404


def test_an_earlier_address_leads_on(client, plan):
    plan.slug = "naboskab"
    plan.save()
    body = Body.objects.get(name="Socialudvalget")
    body.slug = "social"
    body.save()
    for old, new in ((f"{PLAN}nyt.atom", "/planer/naboskab/nyt.atom"),
                     ("/udvalg/socialudvalget/nyt.atom", "/udvalg/social/nyt.atom"),
                     ("/udvalg/socialudvalget/kalender.ics", "/udvalg/social/kalender.ics"),
                     ("/udvalg/socialudvalget/foelg/", "/udvalg/social/foelg/"),
                     (f"{PLAN}foelg/", "/planer/naboskab/foelg/")):  # fmt: skip
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, new)


def test_pages_lead_to_their_feed(client, plan):
    page = client.get(PLAN).content.decode()
    assert f'type="application/atom+xml" title="{TITLE}" href="{PLAN}nyt.atom"' in page
    assert f'href="{PLAN}foelg/"' in page
    front = client.get("/").content.decode()
    assert 'type="application/atom+xml" title="Alle planer" href="/nyt.atom"' in front
    assert client.head("/nyt.atom").status_code == 200


def test_signs_that_no_xml_can_hold_are_left_out(client, plan):
    Publication.objects.update(reason="Før\x0bog\x01efter ]]> <!-- æøå \u202e")
    data = fetched(client, "/nyt.atom")
    checked(data)
    assert "efter" in atoma.parse_atom_bytes(data).entries[0].content.value
