"""Every page of the admin, with every object of the demo: it opens, and it speaks Danish."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import django
import polib
import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import results
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.functional import Promise

from kommuneplan.core.models import User
from plans.demo import people
from tests.plans.demo.test_demo import load
from tests.standing import signed_in, standing

ROOT = Path(__file__).resolve().parents[3]
EACH = 0 if "CRAWL_ALL" in os.environ else 2
"""So many rows of a model are opened: the first, the last and those between. ``0``: all of them,
which takes ten minutes; ``CRAWL_ALL=1`` before a release."""
ACTED_ON = 0 if "CRAWL_ALL" in os.environ else 6
"""On so many rows of a model each action is tried."""

DANISH = {"job", "image", "sud"}
"""Danish words that no translation of ours happens to use; ``image/png`` is no word."""


class Words(HTMLParser):
    """The words of a page that are the house's own: labels, headings, help, buttons, choices of a
    filter; not what somebody wrote into a row."""

    OWN = {"label", "th", "h1", "h2", "h3", "h4", "legend", "summary", "button", "title", "a"}
    CLASSES = {"help", "paginator", "actions", "breadcrumbs", "submit-row", "object-tools"}
    VOID = {"br", "img", "input", "link", "meta", "hr", "col"}

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[bool] = [False]
        self.silent = 0
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "input" and named.get("type") in {"submit", "button"}:
            self.found.append(named.get("value") or "")
        self.found += [named[key] or "" for key in ("placeholder", "aria-label") if key in named]
        if tag in self.VOID:
            return
        if tag in {"script", "style", "textarea", "td", "tbody", "option"}:
            self.silent += tag in {"script", "style", "textarea", "td"}
        classes = set((named.get("class") or "").split())
        own = tag in self.OWN or bool(classes & self.CLASSES)
        self.open.append(self.open[-1] or own)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        self.silent -= tag in {"script", "style", "textarea", "td"}
        if len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open[-1] and not self.silent and data.strip():
            self.found.append(data.strip())


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[a-zæøå]{3,}", text.casefold()))


@cache
def english() -> frozenset[str]:
    """Words that stand in English sources and in no Danish translation."""
    libraries = Path(django.__file__).parents[1]
    files = [
        *ROOT.glob("kommuneplan/locale/da/LC_MESSAGES/*.po"),
        *libraries.glob("django/conf/locale/da/LC_MESSAGES/django.po"),
        *libraries.glob("django/contrib/*/locale/da/LC_MESSAGES/django.po"),
    ]
    theirs: set[str] = set()
    ours: set[str] = set()
    for file in files:
        for entry in polib.pofile(str(file)):
            theirs |= words_of(f"{entry.msgid} {entry.msgid_plural}")
            ours |= words_of(" ".join((entry.msgstr, *entry.msgstr_plural.values())))
    return frozenset(theirs - ours)


@dataclass
class Crawl:
    """What was asked for, and what was found wrong."""

    pages: int = 0
    findings: list[str] = field(default_factory=list)
    spoken: set[str] = field(default_factory=set)

    def get(self, client: Client, address: str, data: object = None, ok: Iterable[int] = (200,)):
        self.pages += 1
        try:
            answer = client.get(address, data)
        except Exception as fault:
            self.findings.append(f"{address} {data or ''}: {fault!r}")
            return None
        self.look(f"{address} {data or ''}", answer, ok)
        return answer

    def post(self, client: Client, address: str, data: object, ok: Iterable[int]):
        self.pages += 1
        try:
            answer = client.post(address, data)
        except Exception as fault:
            self.findings.append(f"POST {address} {data}: {fault!r}")
            return None
        self.look(f"POST {address} {data}", answer, ok)
        return answer

    def look(self, where: str, answer, ok: Iterable[int]) -> None:
        if answer.status_code not in ok:
            self.findings.append(f"{where}: {answer.status_code}")
        if "/admin/" in where and answer.status_code == 200 and "html" in answer["Content-Type"]:
            for words in Words(answer.content.decode()).found:
                if words in self.spoken:
                    continue
                self.spoken.add(words)
                foreign = words_of(words) & english() - DANISH
                if foreign:
                    self.findings.append(f"{where}: {words!r} ({', '.join(sorted(foreign))})")


def rows_of(model: type[Model], each: int, request: HttpRequest) -> list[Model]:
    """Those that the person meets in the list."""
    rows = list(admin.site._registry[model].get_queryset(request).order_by("pk"))
    if not each or len(rows) <= each:
        return rows
    return rows[:1] if each == 1 else [rows[n * (len(rows) - 1) // (each - 1)] for n in range(each)]


def address(model: type[Model], page: str = "changelist", *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


MODELS = list(admin.site._registry)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo, loaded once, with a superuser and two of the staff, who may what their roles mean:
    an administrator and a secretary."""
    with standing(django_db_blocker):
        load()
        boss = User.objects.create_superuser("chef@example.org", "x", name="Chef")
        keeper = User.objects.get(email=people.ADMINISTRATOR.email)
        reader = User.objects.get(email=people.SECRETARY.email)
        assert reader.is_staff and not reader.is_superuser
        User.objects.filter(pk=keeper.pk).update(is_superuser=False)
        assert not keeper.user_permissions.exists() and not reader.user_permissions.exists()
        yield {
            "superuser": signed_in(boss),
            "administrator": signed_in(keeper),
            "secretary": signed_in(reader),
        }


def walk(
    crawl: Crawl, client: Client, each: int, request: HttpRequest, *, lists: bool
) -> dict[str, int]:
    """Every page that is no act; ``lists``: each list also searched, ordered and filtered. How
    many rows are met of each table that is there for the person."""
    crawl.get(client, reverse("admin:index"))
    there = [m for m in MODELS if admin.site._registry[m].has_view_permission(request)]
    for app in sorted({model._meta.app_label for model in there}):
        crawl.get(client, reverse("admin:app_list", args=[app]))
    for model in MODELS:
        if model not in there:
            crawl.get(client, address(model), ok=(403,))
            continue
        if lists:
            walk_lists(crawl, client, model)
        else:
            crawl.get(client, address(model))
        crawl.get(client, address(model, "add"), ok=(200, 403))
        for row in rows_of(model, each, request):
            crawl.get(client, address(model, "change", row.pk))
            crawl.get(client, address(model, "delete", row.pk), ok=(200, 403))
            crawl.get(client, address(model, "history", row.pk))
            old = row.history.first() if hasattr(model, "history") else None
            if old:
                crawl.get(client, address(model, "simple_history", row.pk, old.pk))
    return {model._meta.label: len(rows_of(model, 0, request)) for model in there}


def act(crawl: Crawl, client: Client, request: HttpRequest, each: int) -> None:
    """Every action of every list with some rows; none is confirmed. One that leads to a page leads
    to one that opens."""
    for model in MODELS:
        kept = admin.site._registry[model]
        for action in kept.get_actions(request):
            for row in rows_of(model, each, request):
                chosen = {"action": action, "_selected_action": [row.pk]}
                answer = crawl.post(client, address(model), chosen, ok=(200, 302))
                if answer is not None and answer.status_code == 302:
                    crawl.get(client, answer["Location"])


def walk_lists(crawl: Crawl, client: Client, model: type[Model]) -> None:
    """The list as pages: as it is, searched, by a column and by a choice of each of its filters."""
    page = crawl.get(client, address(model))
    if page is None or page.status_code != 200:
        return
    crawl.get(client, address(model), {"q": "børn"})
    crawl.get(client, address(model), {"o": "0"})
    for chosen in last_choices(page.context["cl"]):
        crawl.get(client, address(model) + chosen)


def last_choices(shown: ChangeList) -> Iterator[str]:
    """What the last choice of each filter asks for."""
    for spec in shown.filter_specs:
        choices = [choice.get("query_string", "?") for choice in spec.choices(shown)]
        yield from choices[-1:] if choices[-1:] != ["?"] else ()


def asked_by(client: Client, rf: RequestFactory) -> HttpRequest:
    """A request of the person who is signed in."""
    request = rf.get("/admin/")
    request.user = User.objects.get(pk=client.session["_auth_user_id"])
    return request


MEETS = {
    "superuser": lambda met: len(met) == len(MODELS),
    "administrator": lambda met: met["plans.Plan"] > 3 and met["core.User"] and met["core.Body"],
    "secretary": lambda met: met["plans.Plan"] and met["plans.Milestone"] and met["core.Meeting"]
    and met["consultations.Round"] and "core.User" not in met,
}  # fmt: skip
"""What must be there for each."""


@pytest.mark.django_db
@pytest.mark.slow  # some hundred pages
@pytest.mark.one_database  # what each list asks is asked on both, below
@pytest.mark.no_cover
@pytest.mark.parametrize("role", ["superuser", "administrator", "secretary"])
def test_every_page_opens_and_speaks_danish(role, demo, client, rf):
    client.cookies = deepcopy(demo[role])
    crawl, request = Crawl(), asked_by(client, rf)
    boss = role == "superuser"
    met = walk(crawl, client, EACH if boss else min(EACH, 1), request, lists=boss)
    print(f"{role}: {crawl.pages} pages of {len(met)} tables")
    assert MEETS[role](met), met
    assert not crawl.findings, "\n".join(crawl.findings)


@pytest.mark.django_db
@pytest.mark.slow  # every list, by every column and choice
@pytest.mark.no_cover
def test_every_list_is_in_order_by_each_column_and_filter(demo, rf):
    """Rows and cells without the page around them, which the crawl has read: a column or a choice
    that a database cannot order or ask by fails here."""
    request = rf.get("/")
    request.user = User.objects.get(email="chef@example.org")
    asked, findings = 0, []
    for model in MODELS:
        kept = admin.site._registry[model]
        shown = kept.get_changelist_instance(request)
        queries = [
            f"?o={sign}{number}" for number in range(len(shown.list_display)) for sign in ("", "-")
        ]
        for spec in shown.filter_specs:
            queries += [choice.get("query_string", "?") for choice in spec.choices(shown)]
        for query in dict.fromkeys(queries):
            asked += 1
            chosen = rf.get(address(model) + query)
            chosen.user = request.user
            try:
                shown = kept.get_changelist_instance(chosen)
                shown.formset = None
                list(results(shown))
            except Exception as fault:
                findings.append(f"{address(model)}{query}: {fault!r}")
    print(f"{asked} lists")
    assert not findings, "\n".join(findings)


@pytest.mark.django_db
@pytest.mark.slow  # forty actions, some with each plan
@pytest.mark.one_database  # what an action does has its tests on both
@pytest.mark.no_cover
@pytest.mark.parametrize("role", ["superuser", "secretary"])
def test_every_action_leads_or_says_why_not(role, demo, client, rf):
    client.cookies = deepcopy(demo[role])
    crawl, request = Crawl(), asked_by(client, rf)
    act(crawl, client, request, ACTED_ON if role == "superuser" else EACH)
    print(f"{role}: {crawl.pages} acts and pages")
    assert not crawl.findings, "\n".join(crawl.findings)


def test_every_field_has_a_word_of_its_own():
    """A field without a name is called by its English name in the code."""
    nameless = [
        f"{model.__name__}.{one.name}"
        for model in MODELS
        for one in shown_fields(model)
        if not isinstance(one.verbose_name, Promise)
        and one.verbose_name == one.name.replace("_", " ")
    ]
    assert not nameless, "\n".join(nameless)


def shown_fields(model: type[Model]) -> Iterator:
    kept = admin.site._registry[model]
    hidden = set(kept.exclude or ())
    for one in (*model._meta.fields, *model._meta.many_to_many):
        asked = one.editable or one.name in (kept.readonly_fields or ())
        if asked and one.name not in hidden | {"version"} and not one.auto_created:
            yield one
