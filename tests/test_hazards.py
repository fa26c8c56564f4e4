"""Where systems like this one have failed: the doors nobody thinks of, tried at every address."""

from __future__ import annotations

import datetime as dt
import io
import logging
import re
import zipfile

import pdfplumber
import pikepdf
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.models import Municipality
from kommuneplan.timespan.span import TimeSpan
from plans.enums import Stage
from plans.models import Milestone, Section
from plans.versions.actions.freezing import freeze
from tests.factories import FIRST, a_plan, draft_of, secretary
from tests.plans.published import publication_of, published_plan

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]  # walks the same lines for each case

CANARY = "Kanariefugl"
DAY = TimeSpan.day(dt.date(2031, 3, 3))
LOGIN = "/konto/log-ind/"

HOSTILE = {
    "nul": "maj\x00 2026",
    "control": "\x01\x07\x1b\x7f\x85\u2028",
    "bidi": "\u202egnirøh\u2066",
    "half a character": "\ud800",
    "a megabyte": "å" * 500_000,
    "numbers": "9" * 5000,
    "sql": "%' OR 1=1; --_\\",
    "html": "</textarea><script>alert(1)</script>{{ 7 }}{% x %}",
    "negative": "-1",
    "not a number": "NaN",
}


@pytest.fixture(autouse=True)
def municipality() -> Municipality:
    return Municipality.objects.create(pk=1, name="Prøve Kommune")


@pytest.fixture
def plan():
    """Published once; then a canary in everything that is live, frozen, scheduled or private."""
    plan = published_plan("Strategi for naboskab", milestones=(("Møde", "meeting", DAY),))
    publication_of(plan)
    cycle = plan.cycles.get()
    for private in (True, False):
        row = Milestone(cycle=cycle, title=f"{CANARY} milepæl", is_public=not private)
        row.when = DAY
        row.save()
    Section.objects.create(plan=plan, title=f"{CANARY} kapitel", is_public=True)
    plan.title = f"{CANARY} strategi"
    plan.proposal = plan.still_open = plan.decided_by = f"{CANARY} resumé"
    plan.save()
    publication_of(plan, visible_from=clock.now() + dt.timedelta(days=3))
    frozen = freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None)
    assert CANARY in frozen.content
    return plan


def public_addresses(slug: str) -> list[str]:
    """Every public address there is, with filters that would find the canary."""
    versions = [f"/planer/{slug}/versioner/{number}/" for number in range(1, 6)]
    papers = [f"{v}procesplan.{kind}" for v in versions for kind in ("docx", "pdf")]
    lists = [
        "/",
        "/planer/",
        "/planer/?q=kanariefugl",
        "/planer/?q=strategi",
        "/planer/?status=adopted&aar=2031",
        "/planer/?udvalg=Socialudvalget",
        "/kalender/",
        "/kalender/?side=2",
        "/kalender.ics",
        "/was",
        "/farver.css",
        LOGIN,
        f"/planer/{slug}x/",
    ]
    own = [f"/planer/{slug}/{end}" for end in ("", "kalender.ics", "procesplan.docx")]
    return [*lists, *own, f"/planer/{slug}/procesplan.pdf", *versions, *papers]


def everything(answer) -> bytes:
    """An answer with its headers, and a Word file's parts (texts, names and metadata) opened."""
    body = answer.getvalue()
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b"\n".join(parts.read(name) for name in parts.namelist())
    if body.startswith(b"%PDF") and b"%%EOF" in body:
        with pikepdf.open(io.BytesIO(body)) as paper:
            known = f"{dict(paper.docinfo)} {paper.open_metadata()}"
        with pdfplumber.open(io.BytesIO(body)) as paper:
            body = " ".join([known, *(page.extract_text() for page in paper.pages)]).encode()
    return body + str(answer.headers).encode()


# Drafts and doors


def test_no_public_address_knows_what_is_not_published(client, plan) -> None:
    for address in public_addresses(plan.slug):
        answer = client.get(address)
        said = everything(answer).decode(errors="replace").replace(f"?q={CANARY.lower()}", "")
        said = said.replace('value="kanariefugl"', "")
        assert CANARY.lower() not in said.lower(), address


def test_a_guessed_etag_of_what_is_not_there_is_404(client, plan) -> None:
    page = client.get(f"/planer/{plan.slug}/")["ETag"]
    key = page.partition("plan-")[2].rstrip('"')
    for number in (3, 4, 99):
        for guess in ("*", f'W/"version-{number}-{key}"', page):
            for end in ("", "procesplan.pdf", "procesplan.docx"):
                address = f"/planer/{plan.slug}/versioner/{number}/{end}"
                answer = client.get(address, headers={"If-None-Match": guess})
                assert answer.status_code == 404, (address, guess)


def test_a_plan_put_away_is_gone_everywhere(client, plan) -> None:
    type(plan).objects.filter(pk=plan.pk).update(retired_at=clock.now(), retired_because="x")
    for address in public_addresses(plan.slug):
        answer = client.get(address, headers={"If-None-Match": "*"})
        if plan.slug in address:
            assert answer.status_code == 404, address
        else:
            assert b"naboskab" not in answer.content, address


# Headers and hosts


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "a b", "x" * 300, ""])
def test_a_forged_host_is_refused(client, plan, host) -> None:
    for address in ("/", f"/planer/{plan.slug}/", "/kalender.ics", LOGIN):
        assert client.get(address, headers={"host": host}).status_code == 400


def test_a_forwarded_host_is_not_believed(client, plan) -> None:
    answer = client.get("/kalender.ics", headers={"X-Forwarded-Host": "evil.example"})
    assert b"evil.example" not in answer.content


def test_forged_senders_get_no_more_attempts(client) -> None:
    secretary()
    answers = {"username": "sekretær@example.org", "password": "forkert"}
    for number in range(settings.AXES_FAILURE_LIMIT):
        forged = {"X-Forwarded-For": f"10.0.0.{number}", "X-Real-IP": f"10.0.1.{number}"}
        answer = client.post(LOGIN, answers, headers=forged)
    right = {**answers, "password": "hemmelig"}
    answer = client.post(LOGIN, right, headers={"X-Forwarded-For": "10.9.9.9"})
    assert answer.status_code in {403, 429}


def test_public_pages_set_no_cookie_and_carry_the_headers(client, plan) -> None:
    for address in public_addresses(plan.slug):
        answer = client.get(address)
        if address != LOGIN:
            assert not answer.cookies, address
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert "default-src 'none'" in answer["Content-Security-Policy"], address


def test_head_is_get_without_a_body_and_options_is_refused(client, plan) -> None:
    for address in public_addresses(plan.slug):
        if address == LOGIN:
            continue
        assert client.head(address).status_code == client.get(address).status_code, address
        for method in ("OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"):
            assert client.generic(method, address).status_code == 405, (address, method)


def test_reading_writes_nothing(client, plan) -> None:
    """No row is written by any GET: neither a public one nor one of the workspace."""
    user = secretary()
    draft = draft_of(FIRST, user, plan)
    client.force_login(user)
    work = [
        "/arbejde/",
        "/arbejde/dato/?tekst=maj",
        "/arbejde/import/",
        reverse("plans:import", args=[draft.uid]),
        reverse("plans:import-discard", args=[draft.uid]),
        *(
            reverse(f"plans:{name}", args=[plan.slug])
            for name in ("work-plan", "work-preview", "publish-choose", "publish")
        ),
    ]
    for address in [*public_addresses(plan.slug), *work]:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        writes = [q["sql"] for q in asked if re.match(r"(?i)\s*(insert|update|delete)", q["sql"])]
        assert writes == [], address


# Hostile words


@pytest.mark.slow  # every page with something to ask
@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_no_query_parameter_breaks_a_page(client, plan, words) -> None:
    client.force_login(secretary())
    for address, names in {
        "/planer/": ("q", "udvalg", "status", "aar", "side"),
        "/kalender/": ("side",),
        "/farver.css": ("v",),
        LOGIN: ("next",),
        f"/planer/{plan.slug}/procesplan.docx": ("orden",),
        "/arbejde/dato/": ("tekst", "aar"),
        "/arbejde/import/": ("plan",),
    }.items():
        for name in names:
            answer = client.get(address, {name: words.encode("utf-8", "surrogatepass")})
            assert answer.status_code < 500, (address, name)
            assert b"<script>alert" not in answer.content


@pytest.mark.slow  # every field
@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_no_form_field_breaks_the_workspace(client, words) -> None:
    plan = a_plan()
    user = secretary()
    row = Milestone.objects.create(cycle=plan.open_cycle, title="Møde")
    draft = draft_of(FIRST, user, plan)
    client.force_login(user)
    each = {"slug": plan.slug, "uid": row.uid}
    words = words.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    forms = {
        "/arbejde/import/": ("text", "plan", "title", "body", "kind", "year", "key"),
        reverse("plans:milestone-add", args=[plan.slug]): _MILESTONE,
        reverse("plans:milestone", kwargs=each): (*_MILESTONE, "version", "reason", "meeting"),
        reverse("plans:milestone-done", kwargs=each): ("version", "done_on"),
        reverse("plans:milestone-end", kwargs=each): ("version",),
        reverse("plans:mark-public", args=[plan.slug]): ("public",),
        reverse("plans:publish", args=[plan.slug]): ("seen", "reason", "looked"),
        reverse("plans:import", args=[draft.uid]): _CORRECTIONS,
    }
    good = {"title": "Møde", "when": "4. maj 2027", "kind": "other", "text": FIRST, "version": "1"}
    for address, names in forms.items():
        for name in names:
            answer = client.post(address, {**good, "row": "m1", name: words})
            assert answer.status_code < 500, (address, name)
            assert b"<script>alert" not in answer.content, (address, name)
    for address in ("/arbejde/", reverse("plans:import", args=[draft.uid])):
        assert client.get(address).status_code in {200, 302}
    for name in ("work-plan", "work-preview", "publish"):
        assert client.get(reverse(f"plans:{name}", args=[plan.slug])).status_code == 200


_MILESTONE = ("title", "when", "kind", "bodies", "others", "phase", "description", "conditional")
_CORRECTIONS = (
    *(f"m1-{name}" for name in ("title", "when", "kind", "bodies", "seen", "phase", "description")),
    *("title", "body", "kind", "meeting", "reason", "fingerprint", "take", "unknown_as", "row"),
)


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "2147483648", "00001"])
def test_versions_far_out_are_not_there(client, plan, number) -> None:
    for end in ("", "procesplan.pdf", "procesplan.docx"):
        answer = client.get(f"/planer/{plan.slug}/versioner/{number}/{end}")
        assert answer.status_code in ({200} if number == "00001" else {404})


@pytest.mark.parametrize("side", ["0", "-1", "99999", "hest", "1e9", "²", "٣"])
def test_pages_far_out_are_the_nearest_page(client, plan, side) -> None:
    for address in ("/planer/", "/kalender/"):
        assert client.get(address, {"side": side}).status_code == 200


@pytest.mark.parametrize("sign", ["%", "_", "\\", "*", "%%", "[a]", "'"])
def test_wildcards_are_letters(client, sign) -> None:
    published_plan("Ganske almindelig plan")
    page = client.get("/planer/", {"q": f"Gan{sign}ske"}).content.decode()
    assert "Ganske almindelig" not in page


@pytest.mark.parametrize("slug", ["æøå", "PLAN", "..", "%2e%2e", "a%00b", "a" * 3000])
def test_strange_addresses_are_not_there(client, slug) -> None:
    assert client.get(f"/planer/{slug}/").status_code in {404, 302, 301}


# Personal data and the log


def test_no_failed_form_and_no_failure_writes_what_was_typed_to_the_log(
    client, caplog, monkeypatch
) -> None:
    plan = a_plan()
    secretary()
    caplog.set_level(logging.DEBUG)
    logging.getLogger("axes").propagate = True
    typed = {"username": "hemmelig.borger@example.org", "password": "Tordenskjold"}
    client.raise_request_exception = False
    for _attempt in range(settings.AXES_FAILURE_LIMIT + 1):
        client.post(LOGIN, typed)
    client.post(reverse("plans:milestone-add", args=[plan.slug]), {"title": "0101701234"})
    Client(enforce_csrf_checks=True).post(LOGIN, typed)
    client.force_login(secretary("anden"))
    client.post(reverse("plans:milestone-add", args=[plan.slug]), {"title": "0101701234"})
    monkeypatch.setattr("plans.process.views.milestones.MilestoneForm.is_valid", lambda self: 1 / 0)
    broken = client.post(reverse("plans:milestone-add", args=[plan.slug]), {"title": "0101701234"})
    assert broken.status_code == 500
    log = "\n".join(
        logging.Formatter("%(message)s").format(r)
        for r in caplog.records
        if not r.name.startswith("django.db")
    )
    for word in ("hemmelig.borger", "Tordenskjold", "0101701234"):
        assert word not in log, word


def test_the_last_error_page_tells_nothing(client, plan, monkeypatch) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr("plans.public.front_page.coming_soon", lambda **_more: 1 / 0)
    answer = client.get("/")
    assert answer.status_code == 500
    assert b"ZeroDivision" not in answer.content
    assert b"Fejlen er vores" in answer.content


def test_a_plan_moved_in_the_tree_is_found_at_its_new_place_and_its_address_stays(client) -> None:
    old, new = published_plan("Gammel ramme"), published_plan("Ny ramme")
    plan = published_plan("Delstrategi om bolig", parent=old)
    for above in (old, new):
        plan.parent = above
        plan.save()
        page = client.get(f"/planer/{plan.slug}/")
        assert page.status_code == 200
        assert above.title in page.content.decode()
    assert old.title not in page.content.decode()


def test_a_repealed_plan_says_so_everywhere(client) -> None:
    plan = published_plan("Ophævet strategi", repealed_on=clock.today())
    for address in ("/planer/", f"/planer/{plan.slug}/"):
        assert "Ophævet" in client.get(address).content.decode().replace(plan.title, "")
