"""Colours, the accessibility statement, error pages and the page of components."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import override_settings
from hypothesis import example, given
from hypothesis import strategies as st

from kommuneplan.core.models import Municipality
from kommuneplan.core.site.colours import (
    DARK_GROUND,
    DARK_QUIET,
    contrast,
    dark_palette,
    palette,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def municipality() -> Municipality:
    return Municipality.objects.create(
        pk=1,
        name="Åbykøb Kommune",
        accent_colour="#e6b800",
        web_address="www.example.org",
        contact_email="plan@example.org",
        contact_phone="12 34 56 78",
    )


def rgb(text: str) -> tuple[int, int, int]:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def test_colours_are_kept_for_a_year_when_the_address_names_them(client, municipality) -> None:
    found = re.search(r'href="(/farver.css[^"]*)"', client.get("/planer/").content.decode())
    named = client.get(found[1])
    assert "--accent: #e6b800;" in named.content.decode()
    assert "max-age=31536000" in named["Cache-Control"]
    # What was kept before there were dark pages says nothing of them.
    assert "max-age=300" in client.get("/farver.css?v=e6b800")["Cache-Control"]
    assert "max-age=300" in client.get(found[1].replace("e6b800", "0059b3"))["Cache-Control"]
    again = client.get("/farver.css", headers={"if-none-match": named["ETag"]})
    assert again.status_code == 304


EVERY_COLOUR = st.from_regex("#[0-9a-f]{6}", fullmatch=True)


def theme(dark: bool) -> dict[str, str]:
    """The colours of site.css that are written there as they are."""
    sheet = (settings.BASE_DIR / "static/css/site.css").read_text(encoding="utf-8")
    by_day, in_the_dark = sheet.split("@media screen and (prefers-color-scheme: dark)", 1)
    part = in_the_dark.split("@media (forced-colors", 1)[0] if dark else by_day
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part))


@given(accent=EVERY_COLOUR)
@example("#ffffff")
@example("#e6b800")
@example("#00ff00")
@example("#000000")
def test_every_colour_gives_text_that_can_be_read(accent: str) -> None:
    colours = {name: rgb(value) for name, value in palette(accent).items()}
    house = {name: rgb(value) for name, value in theme(dark=False).items()}
    for ground in (house["ground"], colours["accent-soft"]):
        assert contrast(colours["accent-text"], ground) >= 4.5
        assert contrast(house["ink"], ground) >= 4.5
        assert contrast(house["ink-quiet"], ground) >= 4.5
    assert contrast(colours["accent-text"], house["ground-quiet"]) >= 4.5
    assert contrast(colours["accent-dark"], colours["accent-soft"]) >= 4.5
    assert contrast(colours["on-accent"], colours["accent-text"]) >= 4.5
    assert contrast(colours["on-accent"], colours["accent-dark"]) >= 4.5


@given(accent=EVERY_COLOUR)
@example("#ffffff")
@example("#00001a")
@example("#0000ff")
@example("#000000")
def test_every_colour_gives_text_that_can_be_read_in_the_dark(accent: str) -> None:
    colours = {name: rgb(value) for name, value in dark_palette(accent).items()}
    house = {name: rgb(value) for name, value in theme(dark=True).items()}
    for ground in (house["ground"], house["ground-quiet"], colours["accent-soft"]):
        assert contrast(colours["accent-text"], ground) >= 4.5
        assert contrast(colours["accent-dark"], ground) >= 4.5
        assert contrast(house["ink"], ground) >= 4.5
        assert contrast(house["ink-quiet"], ground) >= 4.5
        assert contrast(house["visited"], ground) >= 4.5
    assert contrast(colours["on-accent"], colours["accent-text"]) >= 4.5
    assert contrast(colours["on-accent"], colours["accent-dark"]) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_the_colours_of_the_house_can_be_read_on_every_ground_they_stand_on(dark: bool) -> None:
    house = {name: rgb(value) for name, value in theme(dark).items()}
    words = ("ink", "ink-quiet", "visited", "good", "warn-ink", "bad", "bad-ink", "advice")
    for ground in ("ground", "ground-over", "ground-quiet"):
        for word in words:
            assert contrast(house[word], house[ground]) >= 4.5, f"{word} on {ground}"
    for ground in ("good-ground", "warn-ground", "bad-ground", "note-ground", "mark-ground"):
        for word in ("ink", "ink-quiet"):
            assert contrast(house[word], house[ground]) >= 4.5, f"{word} on {ground}"
    for sign in ("line-strong", "warn", "bad", "good", "done"):  # WCAG 1.4.11
        assert contrast(house[sign], house["ground"]) >= 3, sign


def test_the_dark_grounds_are_those_the_colour_is_reckoned_with() -> None:
    house = theme(dark=True)
    assert rgb(house["ground"]) == DARK_GROUND
    assert rgb(house["ground-quiet"]) == rgb(house["ground-over"]) == DARK_QUIET
    for name, value in dark_palette("#0059b3").items():
        assert house[name] == value, f"--{name} without the municipality's colour"


def test_every_page_says_whom_to_write_to_and_call(client, municipality) -> None:
    html = client.get("/planer/").content.decode()
    assert '<html lang="da">' in html
    assert "<title>Planer – Åbykøb Kommune</title>" in html
    assert 'href="mailto:plan@example.org"' in html
    assert 'href="tel:12345678"' in html
    assert 'href="https://www.example.org"' in html
    assert 'href="/was"' in html


def test_no_page_has_inline_style_or_script(client, municipality) -> None:
    for address in ("/", "/planer/", "/kalender/", "/was", "/konto/log-ind/"):
        html = client.get(address).content.decode()
        html = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", html)  # data
        assert not re.search(r"<style|\sstyle=|<script(?![^>]+src=)|\son\w+=", html), address


def test_the_accessibility_statement_says_how_to_complain(client, municipality) -> None:
    html = client.get("/was").content.decode()
    assert "plan@example.org" in html and "12 34 56 78" in html
    assert "Digitaliseringsstyrelsen" in html


def test_the_municipalitys_own_statement_is_where_was_leads(client, municipality) -> None:
    municipality.accessibility_statement = "https://www.was.digst.dk/example"
    municipality.save()
    response = client.get("/was")
    assert (response.status_code, response["Location"]) == (302, "https://www.was.digst.dk/example")


def test_a_web_address_that_is_no_web_address_is_no_link(client, municipality) -> None:
    municipality.web_address = "javascript://example.org/%0aalert(1)"
    municipality.save()
    assert "javascript:" not in client.get("/planer/").content.decode()


def test_components_are_for_developers_only(client) -> None:
    with override_settings(DEBUG=False):
        assert client.get("/komponenter/").status_code == 404
    with override_settings(DEBUG=True):
        assert client.get("/komponenter/").status_code == 200


def test_what_is_not_there_offers_a_search(client) -> None:
    response = client.get("/findes-ikke/")
    assert response.status_code == 404
    assert "Siden findes ikke her" in response.content.decode()
    assert 'role="search"' in response.content.decode()


def test_a_form_from_a_stale_page_is_told_what_to_do(django_user_model) -> None:
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/konto/log-ind/", {"username": "a"})
    assert response.status_code == 403
    assert "Intet er ændret" in response.content.decode()


def test_the_last_error_page_needs_nothing() -> None:
    from django.template.loader import render_to_string

    assert "Fejlen er vores" in render_to_string("500.html")


def test_the_icon_is_found_where_browsers_look_for_it(client):
    assert client.get("/favicon.ico").url == "/static/img/favicon.svg"


NAMED = re.compile(
    r"(?<![\w-])#(?:[0-9a-f]{3,4}){1,2}\b|\b(?:rgb|hsl)a?\(|:\s*(?:white|black)\b", re.I
)
# A page that is shown when nothing else can be; and paper.
LIGHT = {"error.css", "print.css"}


def on_screen(sheet: str) -> str:
    """A sheet without what is for paper alone, with its lines where they were."""
    while found := re.search(r"@media print \{", sheet):
        depth, end = 1, found.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(sheet[end], 0)
            end += 1
        gone = sheet[found.start() : end]
        sheet = sheet.replace(gone, "\n" * gone.count("\n"))
    return sheet


def test_colours_have_names_and_are_told_in_one_place() -> None:
    """A colour that is written where it is used is as it is by day in the dark, too."""
    sheets = sorted((settings.BASE_DIR / "static/css").glob("*.css"))
    assert sheets
    loose = [
        f"{sheet.name}:{number}: {line.strip()[:120]}"
        for sheet in sheets
        if sheet.name not in LIGHT
        for number, line in enumerate(on_screen(sheet.read_text(encoding="utf-8")).splitlines(), 1)
        if NAMED.search(line) and not line.strip().startswith("--")
    ]
    assert loose == []
