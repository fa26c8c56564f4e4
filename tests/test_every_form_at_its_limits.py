"""Every form of the house as its page shows it, filled to the limit of each field and sent: what it
takes, a column holds. PostgreSQL refuses a letter too many, and a number too large for its column;
SQLite does not, so this is asked on both.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from consultations.parties.forms import PartyForm
from kommuneplan.core.models import User
from tests.standing import standing
from tests.test_access import ROWS, Household

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]

TEXT_LIMIT = 30_000  # letters in a box that has no limit of its own
LARGEST = str(10**30)  # no column holds it
MOST = 14  # sent from one form
PLAIN = {"email": "ny.bruger@example.org", "url": "https://example.org/", "number": "1"}


@dataclass
class Field:
    """A field as a browser knows it."""

    name: str
    kind: str
    value: str = ""
    longest: int | None = None
    options: list[str] = field(default_factory=list)
    checked: bool = False

    @property
    def can_be_filled(self) -> bool:
        """Something that a person types."""
        return self.kind in {"text", "email", "url", "number", "textarea", "search", "tel"}

    @property
    def usual(self) -> str:
        """What the page has, or else something that could be meant."""
        if self.kind == "select":
            chosen = [one for one in self.options if one]
            return self.value or (chosen[0] if chosen else "")
        return self.value or (PLAIN.get(self.kind, "Ord") if self.can_be_filled else "")

    @property
    def limit(self) -> str:
        """As much as the field takes."""
        longest = self.longest or TEXT_LIMIT
        if self.kind == "number":
            return LARGEST
        if self.kind == "email":
            home = ".".join(["b" * 61] * 3)
            return f"{'a' * 64}@{home[: min(longest, 254) - 68]}.dk"[-longest:]
        if self.kind == "url":
            return ("https://example.org/" + "a" * longest)[:longest]
        return ("ø" * longest)[:longest]


@dataclass
class ShownForm:
    """A form of a page that is sent by POST."""

    action: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def sent(self, at_limit: set[str]) -> dict[str, list[str]]:
        """What is sent when some fields are at their limit and the others as usual."""
        data: dict[str, list[str]] = {}
        for one in self.fields:
            if one.kind == "file":
                continue
            if one.kind in {"checkbox", "radio"}:
                if one.checked or (one.kind == "radio" and one.name not in data):
                    data[one.name] = [one.value]
                continue
            data.setdefault(one.name, []).append(one.limit if one.name in at_limit else one.usual)
        return data


class Forms(HTMLParser):
    """The forms of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[ShownForm] = []
        self.open: ShownForm | None = None
        self.area: Field | None = None
        self.choice: Field | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = ShownForm(told.get("action", ""))
            if told.get("method", "get").lower() == "post":
                self.forms.append(self.open)
            return
        if tag == "option" and self.choice is not None:
            self.choice.options.append(told.get("value", ""))
            if "selected" in told:
                self.choice.value = told.get("value", "")
            return
        name = told.get("name", "")
        if self.open is None or not name:
            return
        longest = int(told["maxlength"]) if told.get("maxlength") else None
        if tag == "button":
            self.open.buttons.append((name, told.get("value", "")))
        elif tag == "textarea":
            self.area = Field(name, "textarea", longest=longest)
            self.open.fields.append(self.area)
        elif tag == "select":
            self.choice = Field(name, "select")
            self.open.fields.append(self.choice)
        elif tag == "input":
            kind, value = told.get("type", "text"), told.get("value", "")
            box = kind in {"checkbox", "radio"}
            one = Field(name, kind, value or ("on" if box else ""), longest)
            one.checked = "checked" in told
            self.open.fields.append(one)

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area is not None:
            self.area.value = self.area.value.strip()
            self.area = None
        elif tag == "select":
            self.choice = None
        elif tag == "form":
            self.open = None


TAKEN = frozenset(
    [
        "account:forgotten",
        "consultations:answer-correct",
        "consultations:answer-draft",
        "consultations:answer-invited-write",
        "consultations:journal-room",
        "consultations:party-edit",
        "consultations:party-list-edit",
        "consultations:party-list-new",
        "consultations:party-new",
        "consultations:remark",
        "consultations:remark-answer",
        "consultations:remark-answers",
        "consultations:remark-meeting",
        "consultations:remark-ready",
        "consultations:remark-theme",
        "consultations:remark-themes",
        "consultations:response-hide",
        "consultations:response-late",
        "consultations:round-edit",
        "consultations:round-letter",
        "consultations:round-new",
        "consultations:round-party",
        "consultations:round-question",
        "consultations:round-questions",
        "consultations:round-withdraw",
        "mails:list",
        "mails:mail",
        "people:invite",
        "plans:agenda-item-edit",
        "plans:agenda-meeting",
        "plans:agenda-minutes",
        "plans:agenda-paper-begin",
        "plans:agenda-paper-head",
        "plans:agenda-paper-retire",
        "plans:agenda-paper-write",
        "plans:agenda-recommendation",
        "plans:annex",
        "plans:annex-add",
        "plans:annex-effort",
        "plans:annex-found",
        "plans:annex-retire",
        "plans:completeness-line",
        "plans:duty-fulfil",
        "plans:duty-retire",
        "plans:duty-skip",
        "plans:effects",
        "plans:effects-node",
        "plans:effects-source",
        "plans:effects-sources",
        "plans:effects-theme",
        "plans:evaluation",
        "plans:evaluation-add",
        "plans:focus-end",
        "plans:focus-retire",
        "plans:head",
        "plans:import",
        "plans:indicator-add",
        "plans:indicator-edit",
        "plans:initiative",
        "plans:initiative-row",
        "plans:initiative-row-add",
        "plans:insight-request",
        "plans:measurement",
        "plans:meeting-edit",
        "plans:milestone",
        "plans:milestone-add",
        "plans:plan-end-back",
        "plans:publication-withdraw",
        "plans:publish",
        "plans:publish-choose",
        "plans:publish-draft",
        "plans:question",
        "plans:report-add",
        "plans:report-correct",
        "plans:report-head",
        "plans:report-recipient",
        "plans:report-section",
        "plans:report-withdraw",
        "plans:request-edit",
        "plans:request-new",
        "plans:request-reopen",
        "plans:request-withdraw",
        "plans:section",
        "plans:status",
        "plans:structure",
        "plans:text",
        "plans:word-import",
        "plans:work-plan",
    ]
)
"""Pages of which something was taken with a field at its limit: there the column is asked."""
REFUSED = frozenset(
    [
        "consultations:answer",
        "consultations:answer-correct-send",
        "consultations:answer-draft-send",
        "consultations:party-many",
        "consultations:remark-list",
        "consultations:remark-meetings",
        "consultations:response-register",
        "consultations:round-close",
        "consultations:round-correct",
        "consultations:round-extend",
        "consultations:round-materials",
        "consultations:workbench-keys",
        "plans:budget-add",
        "plans:budget-step",
        "plans:completeness-lists",
        "plans:dependencies",
        "plans:duty",
        "plans:duty-add",
        "plans:focus-add",
        "plans:focus-area",
        "plans:follow-all",
        "plans:follow-body",
        "plans:follow-plan",
        "plans:import-start",
        "plans:indicator",
        "plans:indicator-measure",
        "plans:indicator-paste",
        "plans:indicator-standing",
        "plans:indicator-targets",
        "plans:indicator-use",
        "plans:initiative-add",
        "plans:initiative-edit",
        "plans:initiative-retire",
        "plans:meeting-new",
        "plans:meetings-many",
        "plans:outcome",
        "plans:people",
        "plans:plan-new",
        "plans:report-recipient-add",
        "plans:request-answer",
        "plans:section-image",
        "plans:setup-colleagues",
        "plans:status-edit",
        "plans:status-open",
        "plans:version-hide",
        "plans:version-publish",
        "plans:withdraw",
    ]
)
"""Pages whose form says what is wrong, whatever is sent this way: a file is missing, or a day."""


@pytest.fixture(scope="module")
def household(django_db_setup, django_db_blocker):
    with standing(django_db_blocker):
        yield Household()


class Undone(Exception):
    """Raised to leave nothing of what was sent."""


@contextlib.contextmanager
def undone() -> Iterator[None]:
    with contextlib.suppress(Undone), transaction.atomic():
        yield
        raise Undone


def posts(form: ShownForm) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """All at once with each button; then each field alone."""
    typed = [one.name for one in form.fields if one.can_be_filled]
    if not typed:
        return
    for name, value in form.buttons or [("", "")]:
        data = form.sent({*typed})
        yield f"all, {name}", data | ({name: [value]} if name else {})
    button = {form.buttons[0][0]: [form.buttons[0][1]]} if form.buttons else {}
    for one in dict.fromkeys(typed):
        yield one, form.sent({one}) | button


def tried(client: Client, address: str) -> tuple[list[str], int, int]:
    """What broke; how much was sent, and how much of it was taken."""
    page = client.get(address)
    broken, sent, taken = [], 0, 0
    if page.status_code != 200 or "html" not in page["Content-Type"]:
        return broken, sent, taken
    for form in Forms(page.content.decode()).forms:
        for what, data in itertools.islice(posts(form), MOST):
            with undone():
                answer = client.post(urljoin(address, form.action or address), data)
            sent += 1
            taken += answer.status_code == 302
            if answer.status_code >= 500:
                broken.append(f"{form.action or address}: {what}: {answer.status_code}")
    return broken, sent, taken


def somebody(household: Household, role: str = "secretary") -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(household.people[role])
    return client


@pytest.mark.slow  # every form, filled a dozen times
@pytest.mark.parametrize("route", sorted(TAKEN))
def test_what_a_form_takes_at_its_limits_is_stored(household, db, route):
    broken, _sent, taken = tried(somebody(household), household.address(route))
    assert broken == []
    assert taken, "the column was not asked"


@pytest.mark.slow  # every form, filled a dozen times
@pytest.mark.parametrize("route", sorted(REFUSED))
def test_what_it_does_not_take_breaks_nothing(household, db, route):
    broken, sent, _taken = tried(somebody(household), household.address(route))
    assert broken == []
    assert sent


@pytest.mark.one_database  # which pages have a form is the same on both
@pytest.mark.slow
def test_every_page_with_a_form_is_listed(household, db):
    client = somebody(household)
    listed = set()
    for route in {row[0] for row in ROWS if row[1] == "GET"}:
        page = client.get(address := household.address(route))
        if page.status_code == 200 and "html" in page["Content-Type"]:
            forms = Forms(page.content.decode()).forms
            listed |= {route for form in forms if any(posts(form)) and address}
    assert listed == TAKEN | REFUSED


@pytest.mark.slow  # every form, filled a dozen times
@pytest.mark.parametrize("model", sorted(admin.site._registry, key=lambda one: one._meta.label))
def test_nor_does_the_admin(household, db, model):
    """Adding a row, and changing one, as an administrator."""
    client = somebody(household, "administrator")
    User.objects.filter(pk=household.people["administrator"].pk).update(
        is_staff=True, is_superuser=True
    )
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    addresses = [reverse(f"{base}_add")]
    if (row := model._default_manager.first()) is not None:
        addresses.append(reverse(f"{base}_change", args=[row.pk]))
    for address in addresses:
        broken, _sent, _taken = tried(client, address)
        assert broken == []


def test_a_form_that_takes_more_than_its_column_is_found(household, db, monkeypatch):
    """The control: if this ever finds nothing on PostgreSQL, the tests above prove nothing."""
    field = PartyForm.base_fields["name"]
    monkeypatch.setattr(field, "max_length", None)
    monkeypatch.setattr(field, "validators", [])
    monkeypatch.setitem(field.widget.attrs, "maxlength", "4000")
    broken, _sent, _taken = tried(somebody(household), household.address("consultations:party-new"))
    assert bool(broken) is (connection.vendor == "postgresql")
