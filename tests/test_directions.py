"""What a person has written turns round nothing that stands beside it, on any page; and each page
that folds something can be printed.

Every free text of the household is Hebrew after a mark that turns letters round; every page that
can be opened is asked for it, and wherever it stands in words it stands in a ``<bdi>``, in an
element that takes its direction from its own words, or between signs that do the same.
"""

from __future__ import annotations

import contextlib
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.test import Client

from consultations.models import Response, ResponseRevision
from consultations.review.actions import originals
from kommuneplan import directions
from kommuneplan.core.models import User
from plans.enums import Stage
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.standing import standing
from tests.test_access import MATRIX, Household
from tests.test_canary import _CODES

WORD = "שלום"
TURNED = f"\u202e{WORD}"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
UNSEEN = {"script", "style", "textarea"}  # no words of the page, or a box of its own


# --- how a page is looked at ---------------------------------------------------------------------


class Look(HTMLParser):
    """Finds the word in a page, and whether it is isolated there."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.seen = 0
        self.loose: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            given = dict(attrs)
            self.open.append((tag, tag == "bdi" or given.get("dir") == "auto"))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if WORD not in data or UNSEEN & {tag for tag, _own in self.open}:
            return
        self.seen += 1
        if not any(own for _tag, own in self.open) and not between_signs(data):
            self.loose.append(f"<{self.open[-1][0]}> {' '.join(data.split())[:90]}")


def between_signs(words: str) -> bool:
    """Is each place of the word between the signs that isolate?"""
    depth = 0
    for place, sign in enumerate(words):
        depth += {directions.FIRST_STRONG_ISOLATE: 1, directions.END_OF_ISOLATE: -1}.get(sign, 0)
        if words.startswith(WORD, place) and not depth:
            return False
    return True


def look(page: str) -> Look:
    """The word in a page."""
    seen = Look()
    seen.feed(page)
    return seen


# --- every page ----------------------------------------------------------------------------------


def written_everywhere() -> tuple[Household, dict[str, str]]:
    """The household with the word in every free text, and the addresses of its pages."""
    house = Household()
    addresses = {route: house.address(route) for route in ROUTES}
    ours = [one for one in apps.get_models() if one._meta.app_label in APPS]
    for model in ours:
        for field in model._meta.concrete_fields:
            if is_free(field):
                with contextlib.suppress(IntegrityError), transaction.atomic():
                    model._base_manager.update(**{field.name: TURNED})
    User.objects.update(name=TURNED)
    for row in ResponseRevision.objects.all():
        content = {**row.content, "text": f"Se {TURNED} her."}
        content["sender"] |= {"name": TURNED, "organisation": TURNED}
        ResponseRevision.objects.filter(pk=row.pk).update(content=content)
    for row in Response.objects.exclude(published={}):
        row.published["known"] |= {"organisation": TURNED, "text": [[f"Se {TURNED} her.", ""]]}
        Response.objects.filter(pk=row.pk).update(published=row.published)
    house.plan.refresh_from_db()
    version = freeze(plan=house.plan, stage=Stage.PROCESS_PLAN, by=None)
    publish(version=version, by=None, reason=TURNED)
    for row in Response.objects.all():
        originals.open_original(response=row, by=house.people["secretary"])
    return house, addresses


APPS = {"core", "plans", "consultations"}
ROUTES = sorted({line.split()[0] for line in MATRIX.split("\n") if " GET" in line})


def is_free(field: models.Field) -> bool:
    long = (getattr(field, "max_length", None) or 60) >= 60
    code = field.choices or isinstance(field, NO_WORDS)
    text = isinstance(field, models.CharField | models.TextField)
    return bool(text and long and not code and not field.unique and field.name not in CODES)


NO_WORDS = models.SlugField | models.EmailField | models.URLField
CODES = {
    *_CODES, "search_text", "content", "place", "what", "reference", "code", "kind", "key", "iban",
    "wanted_anchor", "changed_anchor", "report_name", "accent_colour",
}  # fmt: skip


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    with standing(django_db_blocker):
        yield written_everywhere()


@pytest.mark.slow  # every page
@pytest.mark.django_db
@pytest.mark.no_cover
@pytest.mark.one_database
@pytest.mark.parametrize("app", ["plans", "consultations", ""])
@pytest.mark.parametrize("role", ["anonymous", "member", "secretary", "administrator"])
def test_words_that_turn_round_are_isolated_on_every_page(house, db, role, app):
    people, addresses = house[0].people, house[1]
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(User.objects.get(pk=people[role].pk))
    loose, seen = [], 0
    for route, address in addresses.items():
        if app != next((one for one in ("plans", "consultations") if route.startswith(one)), ""):
            continue
        page = client.get(address)
        html = "" if page.streaming else page.content.decode(errors="replace")
        if "<details" in html and "js/print.js" not in html:
            loose.append(f"{route} folds something that its paper cannot open")
        if page.status_code == 500:
            loose.append(f"{route} falls")
        if page.headers.get("Content-Type", "").startswith("text/html"):
            found = look(html)
            seen += found.seen
            loose += [f"{route} {one}" for one in found.loose]
    assert not loose, "\n".join(loose)
    assert seen > 10
