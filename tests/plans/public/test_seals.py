"""The seal of a published version, as everybody can compute it: at the door, and with the commands
that the page names."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import time_machine

from kommuneplan.core.models import Municipality
from plans.document import plan_document as doc
from plans.enums import Stage
from plans.models import Plan, PlanVersion, Section, VersionBlock
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import withdraw
from plans.versions.actions.redacting import redact_blocks
from plans.versions.verification import verify
from tests.plans.published import body_named, publication_of

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 12, 4, 11, tzinfo=dt.UTC)
SECRET = "Underskrevet af Kanariefugl Jensen."
PAGE, FORM = "/planer/haver/versioner/{}/segl/", "/planer/haver/versioner/{}/segl.json"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def plan() -> Plan:
    """Version 1 is published, then something is frozen for nobody, then version 2 is published."""
    Municipality.objects.create(pk=1, name="Sønderå Kommune")
    plan = Plan.objects.create(title="Haver", body=body_named(), proposal="Flere »grønne« haver\n")
    words = f'<p>Haven skal være grøn &amp; åben – "altid".</p><p>{SECRET}</p>'
    Section.objects.create(plan=plan, title="Mål", text=words, is_public=True)
    publication_of(plan)
    freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None)
    Section.objects.create(plan=plan, title="Vej", text="<p>En sti.</p>", is_public=True)
    publication_of(plan, visible_from=NOW - dt.timedelta(days=1))
    return plan


def page(client, number: int, query: str = "") -> str:
    response = client.get(f"{PAGE.format(number)}{query}")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def form(client, number: int) -> dict:
    response = client.get(FORM.format(number))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json; charset=utf-8"
    return json.loads(response.content)


def change_a_letter(plan: Plan, number: int) -> None:
    """Behind the program's back."""
    row = plan.versions.filter(public_number=number)
    content = row.get().content
    assert "grøn &amp; åben" in content
    row.update(content=content.replace("grøn &amp; åben", "grøn &amp; aaben"))


def test_the_house_finds_every_part_of_a_version_as_it_was_sealed(client, plan) -> None:
    told = page(client, 2)
    assert "Alt er i orden: Seglet passer, og alle 6 dele er uændrede." in told
    assert plan.versions.get(public_number=2).digest in told
    assert 'href="/planer/haver/versioner/2/#s-' in told


def test_a_changed_letter_is_found_on_the_next_request(client, plan) -> None:
    page(client, 2)
    change_a_letter(plan, 2)
    told = page(client, 2)
    assert "IKKE i orden" in told
    assert "1 del passer ikke." in told
    assert told.count("IKKE uændret") == 2  # the one part, and the word for the script
    assert "Alt er i orden" in page(client, 1)


@pytest.mark.parametrize(
    "change",
    [{"digest": "0" * 64}, {"anchor": "andet"}, {"position": 77}],
)
def test_a_changed_row_of_the_proof_is_found(client, plan, change) -> None:
    rows = VersionBlock.objects.filter(version__public_number=2, kind="paragraph")
    VersionBlock.objects.filter(pk=rows.first().pk).update(**change)
    assert "IKKE i orden" in page(client, 2)


def test_content_that_nobody_can_read_is_found(client, plan) -> None:
    plan.versions.filter(public_number=2).update(content='{"schema":1}')
    assert "IKKE i orden" in page(client, 2)
    assert all("content" not in block for block in form(client, 2)["blocks"])


def test_the_form_holds_what_the_seal_is_computed_from_and_no_more(client, plan) -> None:
    told, version = form(client, 2), plan.versions.get(public_number=2)
    assert told["seal"] == version.digest
    assert told["previous"] == version.previous.digest
    assert told["previous_version"] is None  # it is published to nobody
    assert told["address"].endswith("/planer/haver/versioner/2/")
    for block in told["blocks"]:
        assert set(block) == {"anchor", "kind", "digest", "salt", "content"}
        assert doc.block_digest(block["salt"], block["content"]) == block["digest"]
    pairs = [(block["anchor"], block["digest"]) for block in told["blocks"]]
    assert doc.version_digest(told["previous"], told["facts"], pairs) == told["seal"]


def test_of_hidden_words_only_the_digest_is_given_out(client, plan) -> None:
    before = form(client, 2)
    anchor = next(one["anchor"] for one in before["blocks"] if SECRET in one["content"])
    salt = next(one["salt"] for one in before["blocks"] if one["anchor"] == anchor)
    version = plan.versions.get(public_number=2)
    redact_blocks(version=version, anchors=[anchor], reason="Navn", by=None)
    after = form(client, 2)
    hidden = next(one for one in after["blocks"] if one["anchor"] == anchor)
    assert set(hidden) == {"anchor", "kind", "digest", "removed_on"}
    assert hidden["removed_on"] == "2026-12-04"
    assert salt not in json.dumps(after)
    assert after["seal"] == before["seal"]
    told = page(client, 2)
    assert "Seglet passer" in told
    assert "Af 1 del er kun fingeraftrykket tilbage" in told
    for where in (told, json.dumps(after), page(client, 1), json.dumps(form(client, 1))):
        assert "Kanariefugl" not in where


def test_salts_of_what_is_not_published_are_given_to_nobody(client, plan) -> None:
    internal = plan.versions.get(public_number=None)
    told = client.get(FORM.format(1)).content + client.get(FORM.format(2)).content
    for salt in internal.blocks.values_list("salt", flat=True):
        assert salt.encode() not in told


def test_only_a_version_that_can_be_read_has_a_page_of_its_seal(client, plan) -> None:
    withdraw(
        publication=plan.versions.get(public_number=2).publications.get(),
        by=None,
        because="Fejl i teksten.",
    )
    for address in (PAGE, FORM):
        taken_back = client.get(address.format(2))
        assert taken_back.status_code == 410
        assert "Fejl i teksten." in taken_back.content.decode()
        assert client.get(address.format(3)).status_code == 404
        assert client.head(address.format(1)).status_code == 200
    assert client.get("/planer/findes-ikke/versioner/1/segl/").status_code == 404


def test_the_page_names_the_version_before_in_the_chain_where_it_is_published(client, plan) -> None:
    publication_of(plan, visible_from=NOW)
    told = page(client, 3)
    assert "det på version 2" in told
    assert form(client, 3)["previous_version"] == 2
    assert "ikke er offentliggjort" in page(client, 2)
    assert "Det er det første i planens kæde" in page(client, 1)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("{seal}", "Det er det samme segl"),
        ("segl {beginning}…", "Det er et andet segl"),  # "segl" has an e
        (" {beginning} ", "Det er det samme segl"),
        ("{upper}", "Det er det samme segl"),
        ("0000000000", "Det er et andet segl"),
        ("abc", "Vi kunne ikke læse et segl"),
        ("", "Vi kunne ikke læse et segl"),
        ("\x00<script>", "Vi kunne ikke læse et segl"),
    ],
)
def test_a_seal_from_a_quotation_is_compared(client, plan, words, answer) -> None:
    seal = plan.versions.get(public_number=2).digest
    asked = words.format(seal=seal, beginning=seal[:16], upper=seal[:16].upper())
    response = client.get(PAGE.format(2), {"segl": asked})
    assert answer in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_kept_it_asks_once_and_anew_not_more_than_twelve_times(
    client, plan, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    for address in (PAGE.format(2), FORM.format(2)):
        with django_assert_max_num_queries(12):
            first = client.get(address)
        with django_assert_num_queries(1):
            assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_the_seals_are_computed_as_they_were(plan) -> None:
    assert verify().faults == []
    assert PlanVersion.objects.count() == 3


# --- the commands on the page ----------------------------------------------------------------


def commands(client) -> dict[str, str]:
    raw = client.get(PAGE.format(2)).content.decode()
    found = re.findall(
        r'<pre class="recipe" tabindex="0" data-recipe="(\w+)">(.*?)</pre>', raw, re.S
    )
    return {name: html.unescape(text) for name, text in found}


def run(client, name: str, told: bytes, folder: Path) -> str:
    """What a command says of these bytes, as if the server had sent them."""
    (folder / "sent.json").write_bytes(told)
    curl = folder / "curl"
    curl.write_text(f'#!/bin/sh\ncat "{folder}/sent.json"\n')
    curl.chmod(0o755)
    script = re.sub(r"https?://\S*segl\.json", f"file://{folder}/sent.json", commands(client)[name])
    assert f"file://{folder}/sent.json" in script
    done = subprocess.run(
        ["/bin/sh", "-c", script],
        cwd=folder, capture_output=True, text=True, timeout=30, check=False,
        env={"PATH": f"{folder}:/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    return done.stdout


@pytest.mark.parametrize("name", ["shell", "python"])
def test_a_command_finds_the_seal_and_a_changed_letter(client, plan, name, tmp_path) -> None:
    if name == "shell" and not shutil.which("jq"):
        pytest.skip("jq is not on this machine")
    told = client.get(FORM.format(2)).content
    seal = plan.versions.get(public_number=2).digest
    assert run(client, name, told, tmp_path) == f"Seglet: {seal}\n"
    anchor = next(one["anchor"] for one in json.loads(told)["blocks"] if "åben" in str(one))
    for was, becomes, found in (
        ("åben", "aaben", anchor),
        ('"stage":"process_plan"', '"stage":"adopted"', "seglet"),
        (f'"anchor":"{anchor}"', '"anchor":"andet"', "seglet"),
    ):
        assert was.encode() in told
        changed = told.replace(was.encode(), becomes.encode())
        assert f"IKKE OK: {found}" in run(client, name, changed, tmp_path)


@pytest.mark.parametrize("name", ["shell", "python"])
def test_a_command_passes_over_what_was_hidden(client, plan, name, tmp_path) -> None:
    if name == "shell" and not shutil.which("jq"):
        pytest.skip("jq is not on this machine")
    version = plan.versions.get(public_number=2)
    anchor = version.blocks.filter(kind="paragraph").first().anchor
    redact_blocks(version=version, anchors=[anchor], reason="Navn", by=None)
    told = client.get(FORM.format(2)).content
    assert run(client, name, told, tmp_path) == f"Seglet: {version.digest}\n"
