"""What public pages say of themselves, and which of them are to be found."""

from __future__ import annotations

import pytest

from plans.versions.actions.publishing import withdraw
from tests.plans.published import publication_of, published_plan

pytestmark = pytest.mark.django_db
NOINDEX = '<meta name="robots" content="noindex">'


def test_a_plan_describes_itself_in_its_own_words(client) -> None:
    plan = published_plan("Socialstrategi", proposal="Et forslag i klare ord.")
    html = client.get(f"/planer/{plan.slug}/").content.decode()
    assert '<meta name="description" content="Et forslag i klare ord.">' in html
    assert f'/planer/{plan.slug}/">' in html.split('rel="canonical" href="')[1][:80]
    assert '"@type":"Legislation"' in html and '"@type":"BreadcrumbList"' in html
    assert NOINDEX not in html


def test_a_superseded_version_is_not_to_be_found_nor_its_papers(client) -> None:
    plan = published_plan("Socialstrategi")
    publication_of(plan)
    assert NOINDEX in client.get(f"/planer/{plan.slug}/versioner/1/").content.decode()
    assert NOINDEX not in client.get(f"/planer/{plan.slug}/versioner/2/").content.decode()
    old = client.get(f"/planer/{plan.slug}/versioner/1/procesplan.docx")
    assert old["X-Robots-Tag"] == "noindex"
    assert not client.get(f"/planer/{plan.slug}/procesplan.docx").has_header("X-Robots-Tag")


def test_what_was_searched_for_and_forms_are_not_to_be_found(client) -> None:
    assert NOINDEX not in client.get("/planer/").content.decode()
    for address in ("/planer/?q=bolig", "/hoeringer/?q=bolig", "/konto/log-ind/"):
        assert NOINDEX in client.get(address).content.decode(), address


def test_the_sitemap_has_what_is_published_and_nothing_else(client) -> None:
    plan = published_plan("Socialstrategi")
    page = f"/planer/{plan.slug}/</loc><lastmod>"
    assert page in client.get("/sitemap.xml").content.decode()
    assert "Disallow: /arbejde/" in client.get("/robots.txt").content.decode()
    withdraw(publication=plan.publications.get(), by=None, because="Fejl")
    assert page not in client.get("/sitemap.xml").content.decode()
