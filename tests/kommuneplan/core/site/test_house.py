"""Colours, the accessibility statement, error pages and the page of components."""

from __future__ import annotations

import re

import pytest
from django.test import override_settings

from kommuneplan.core.models import Municipality
from kommuneplan.core.site.colours import contrast, palette

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
    named = client.get("/farver.css?v=e6b800")
    assert "--accent: #e6b800;" in named.content.decode()
    assert "max-age=31536000" in named["Cache-Control"]
    assert "max-age=300" in client.get("/farver.css?v=0059b3")["Cache-Control"]
    again = client.get("/farver.css", headers={"if-none-match": named["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("accent", ["#ffffff", "#e6b800", "#0059b3", "#00ff00", "#000000"])
def test_every_colour_gives_text_that_can_be_read(accent) -> None:
    colours = {name: rgb(value) for name, value in palette(accent).items()}
    assert contrast(colours["accent-text"], (255, 255, 255)) >= 4.5
    assert contrast(colours["accent-text"], colours["accent-soft"]) >= 4.5
    assert contrast(colours["on-accent"], colours["accent-text"]) >= 4.5
    assert contrast((255, 255, 255), colours["accent-dark"]) >= 4.5


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
