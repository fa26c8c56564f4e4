"""Every link of every page of the demo leads somewhere, for everybody who reads it."""

from __future__ import annotations

import os
from collections import Counter, deque
from copy import deepcopy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit
from uuid import UUID

import pytest
from django.apps import apps
from django.db.models import SlugField, UUIDField
from django.test import Client
from django.urls import Resolver404, resolve

from consultations.models import Invitation, Response, ResponseDraft
from consultations.models.party import digest_of
from kommuneplan.core.models import User
from plans.demo import people
from tests.plans.demo.test_demo import load
from tests.standing import signed_in, standing

HOME = "http://testserver"
ALL = "CRAWL_ALL" in os.environ
SAME_ROUTE = 0 if ALL else 5
"""So many pages of one route are read; ``0``: all of them, which takes a quarter of an hour. Of the
others it is asked whether what their address names is there."""
SAME_ROUTE_AGAIN = 0 if ALL else 2
"""As many for those who are shown the pages that others read already, with fewer things on them."""
READ_MOST = {"everybody", people.SECRETARY.name}
SAME_QUERY = 4
"""So many addresses of one page that differ only in what is asked (a month, a filter) are read."""
PAPERS = (".pdf", ".docx", ".ics", ".atom", ".xlsx", ".zip", ".svg", ".json", ".csv")
"""Made by other modules and slow; one of each route is fetched."""


@dataclass
class Link:
    """A link as it stands in a page."""

    href: str | None
    in_main: bool
    is_current: bool
    words: str = ""


class Page(HTMLParser):
    """The links of a page, and what can be pointed to in it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[Link] = []
        self.ids: Counter[str] = Counter()
        self.main = 0
        self.inside: Link | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if named.get("id"):
            self.ids[named["id"] or ""] += 1
        if tag == "main":
            self.main += 1
        if tag == "a":
            href = named.get("href", named.get("xlink:href"))
            is_current = "aria-current" in named or "name" in named
            self.inside = Link(href, bool(self.main), is_current)
            self.links.append(self.inside)

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.main -= 1
        if tag == "a":
            self.inside = None

    def handle_data(self, data: str) -> None:
        if self.inside is not None:
            self.inside.words += data.strip()


@dataclass
class Walk:
    """Everything that can be reached by links from some addresses."""

    client: Client
    most: int = SAME_ROUTE
    named: set[str] = field(default_factory=lambda: names())
    passed: set[str] = field(default_factory=set)
    pages: dict[str, Page | None] = field(default_factory=dict)
    asked: Counter[tuple[str, ...]] = field(default_factory=Counter)
    wanted: dict[tuple[str, str], str] = field(default_factory=dict)  # (address, id) → from where
    findings: list[str] = field(default_factory=list)
    links: int = 0

    def all_from(self, *starts: str) -> None:
        waiting = deque((start, "start") for start in starts)
        while waiting:
            address, origin = waiting.popleft()
            if address in self.pages:
                continue
            if not self.is_to_read(address):
                self.names_something(address, origin)
                continue
            final, page = self.read(address, origin)
            self.pages[address] = self.pages[final] = page
            for link in page.links if page else ():
                there = self.judged(link, final, page)
                if there:
                    waiting.append((there, address))
        self.anchors()

    def is_to_read(self, address: str) -> bool:
        """Not the thousandth month of a calendar, nor each paper."""
        parts = urlsplit(address)
        if parts.path.startswith(("/admin/", "/static/", "/konto/log-ud")):
            return False
        try:
            kind = resolve(unquote(parts.path)).view_name
        except Resolver404:
            return True
        asked = tuple(name for name, _value in parse_qsl(parts.query))
        if parts.path.endswith(PAPERS):
            return self.is_among(1, "paper", kind)
        if asked and not self.is_among(SAME_QUERY, parts.path, *asked):
            return False
        return not self.most or self.is_among(self.most, kind, *asked)

    def names_something(self, address: str, origin: str) -> None:
        """A page like those that were read: are the things in its address there?"""
        if address in self.passed or address.startswith(("/admin/", "/static/")):
            return
        self.passed.add(address)
        for name, value in resolve(unquote(urlsplit(address).path)).kwargs.items():
            if (name == "slug" or isinstance(value, UUID)) and str(value) not in self.named:
                self.findings.append(f"{origin} → {address}: there is no {value}")

    def is_among(self, first: int, *key: str) -> bool:
        self.asked[key] += 1
        return self.asked[key] <= first

    def read(self, address: str, origin: str) -> tuple[str, Page | None]:
        """The page at an address, and where it led on to."""
        final = address
        answer = self.client.get(address)
        hops = 0
        while answer.status_code in {301, 302} and hops < 5:
            there = urljoin(address, answer["Location"])
            if not self.is_ours(there):
                return final, None
            final = urldefrag(there).url.removeprefix(HOME)
            answer, hops = self.client.get(final), hops + 1
        if answer.status_code not in {200, 304}:
            self.findings.append(f"{origin} → {address}: {answer.status_code}")
            return final, None
        if self.is_among(1, "HEAD", resolve(unquote(urlsplit(final).path)).view_name):
            head = self.client.head(address, follow=True)
            if head.status_code != answer.status_code:
                said = f"{head.status_code}, not {answer.status_code}"
                self.findings.append(f"HEAD {address}: {said}")
        if answer.streaming or "html" not in answer.get("Content-Type", ""):
            return final, None
        page = Page(answer.content.decode())
        twice = [one for one, times in page.ids.items() if times > 1]
        if twice:
            self.findings.append(f"{address}: the id {twice[0]!r} stands there twice")
        return final, page

    def is_ours(self, address: str) -> bool:
        return urlsplit(urljoin(HOME, address)).netloc == "testserver"

    def judged(self, link: Link, here: str, page: Page) -> str | None:
        """The address to go on to; what is wrong with the link is noted."""
        self.links += 1
        if link.href is None:
            if not link.is_current:
                self.findings.append(f"{here}: {link.words!r} has no address")
            return None
        if link.href.strip() in {"", "#"} or link.href.startswith("javascript:"):
            self.findings.append(f"{here}: {link.words!r} leads to {link.href!r}")
            return None
        there, anchor = urldefrag(urljoin(HOME + here, link.href))
        if urlsplit(there).scheme not in {"http", "https"} or not self.is_ours(there):
            return None
        there = there.removeprefix(HOME) or "/"
        if anchor:
            self.wanted.setdefault((there, unquote(anchor)), here)
        elif there == here and link.in_main and not link.is_current:
            self.findings.append(f"{here}: {link.words!r} leads to the page it stands on")
        return there

    def anchors(self) -> None:
        for (address, anchor), origin in self.wanted.items():
            page = self.pages.get(address)
            if page and anchor not in page.ids:
                self.findings.append(f"{origin} → {address}#{anchor}: nothing has this id")


def names() -> set[str]:
    """What can stand in an address for a thing: every uid and slug there is."""
    return {
        str(value)
        for model in apps.get_models()
        for one in model._meta.concrete_fields
        if isinstance(one, UUIDField | SlugField)
        for value in model._base_manager.values_list(one.name, flat=True)
    }


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo, loaded once, with the cookies of those who can sign in."""
    with standing(django_db_blocker):
        load()
        yield {
            login.name: signed_in(User.objects.get(email=login.email)) for login in people.LOGINS
        }


@pytest.mark.django_db
@pytest.mark.slow  # some hundred pages
@pytest.mark.one_database  # links are written by templates
@pytest.mark.no_cover
@pytest.mark.parametrize("who", ["everybody", *(login.name for login in people.LOGINS)])
def test_every_link_leads(who, demo, client):
    if who in demo:
        client.cookies = deepcopy(demo[who])
    walk = Walk(client, SAME_ROUTE if who in READ_MOST else SAME_ROUTE_AGAIN)
    walk.all_from("/", "/arbejde/") if who in demo else walk.all_from("/")
    print(f"{who}: {len(walk.pages)} pages, {walk.links} links")
    assert not walk.findings, "\n".join(walk.findings)


@pytest.mark.django_db
@pytest.mark.slow  # the public pages are read with those of the citizen
@pytest.mark.one_database  # links are written by templates
@pytest.mark.no_cover
def test_every_link_of_a_citizen_leads(demo, client):
    """Who holds the links that mails gave: to a draft, a receipt and an invitation."""
    drafts = ResponseDraft.objects.filter(invitation=None)
    for number, rows in enumerate((drafts, Response.objects)):
        rows.filter(pk=rows.order_by("pk").first().pk).update(digest=digest_of(f"secret-{number}"))
    invitation = Invitation.objects.order_by("pk").first()
    token = invitation.new_link()
    invitation.save()
    walk = Walk(client)
    walk.all_from(
        "/hoeringer/kladde/secret-0/",
        "/hoeringer/kvittering/secret-1/",
        f"/hoeringer/invitation/{token}/",
    )
    print(f"citizen: {len(walk.pages)} pages, {walk.links} links")
    assert not walk.findings, "\n".join(walk.findings)
