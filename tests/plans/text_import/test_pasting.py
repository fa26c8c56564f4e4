"""What is pasted into the editor, at its door: the same text as the file gives, what does not come
along is told in Danish, and hostile or endless pastes are refused with a reason."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kommuneplan.core.models import Municipality
from kommuneplan.richtext.blocks import sanitise, split
from kommuneplan.uploads.sandbox import TooHeavy
from plans.readers.word_text.reader import read_word
from plans.text_import import pasting
from plans.text_import.pasting import MOST_COPIED, MOST_TEXT, pasted
from tests.factories import a_plan, secretary
from tests.kommuneplan.richtext.test_blocks import HOSTILE
from tests.plans.readers.test_clipboard import PROGRAMS, sample, the_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def paste(client):
    """Paste, as the editor does."""
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    plan = a_plan()
    client.force_login(secretary("ida"))

    def ask(html: str):
        return client.post(reverse("plans:paste", args=[plan.slug]), {"html": html})

    return ask


@pytest.mark.parametrize("program", PROGRAMS[:5])
def test_the_answer_is_the_text_that_the_file_gives(paste, program):
    answer = paste(sample(program))
    assert answer.status_code == 200
    assert split(answer.json()["html"]) == pasted(read_word(the_file(program))).blocks
    for trace in ("Mso", "mso-", "style=", "SCXW", "docs-internal", "western", "o:p"):
        assert trace not in answer.json()["html"]


def test_what_is_said_of_it_is_danish(paste):
    said = paste(sample("word_windows")).json()["said"]
    assert said == (
        "2 sporede ændringer er taget med, som de står: Det tilføjede er der, det slettede er der "
        "ikke."
    )
    text = (
        "<p>a<a style='mso-footnote-id:ftn1' href='#_ftn1'>[1]</a><img src='a.png'>"
        "<a href='file:///c'>b</a></p><ol type=i><li>x</ol>"
    )
    said = paste(text).json()["said"]
    assert "1 fodnote kom ikke med" in said
    assert "Et billede kom ikke med" in said
    assert "mailadresse: Ordene bliver stående. 1 punkt" in said
    assert paste("<p>Kun ord</p>").json() == {"html": "<p>Kun ord</p>", "said": ""}


def test_nothing_that_runs_comes_through(paste):
    html = paste("<p>x</p>".join(HOSTILE)).json()["html"]
    assert sanitise(html) == html
    for trace in ("<script", "<svg", "<iframe", "<style", " on", "<img"):
        assert trace not in html.replace(" one", "")


@pytest.mark.parametrize(
    "html",
    [
        "<p>ord</p>" * (MOST_COPIED // 10 + 1),  # 5 MB: too long to be looked at
        "ord " * (MOST_TEXT // 4 + 1),  # more than a section holds
        "<div>" * 100_000 + "dybt",
        "<table><tr><td>" * 100_000,
        "<ul><li>x" * 50_000,
    ],
    ids=["long", "text", "deep", "tables", "lists"],
)
def test_what_cannot_be_read_is_refused_with_a_reason(paste, html):
    answer = paste(html)
    assert answer.status_code == 422
    assert answer.json()["refused"].startswith("Det kopierede ")


def test_what_takes_too_much_time_is_refused_with_what_to_do(paste, monkeypatch):
    def ask(*_arguments, **_more):
        raise TooHeavy

    monkeypatch.setattr(pasting, "ask", ask)
    answer = paste("<p>ord</p>")
    assert answer.status_code == 422
    assert "Kopiér en del ad gangen" in answer.json()["refused"]


@pytest.mark.parametrize("html", ["", "\x00", "<!--", "<![if !supportLists]>", "<a " * 1_000])
def test_nothing_at_all_is_an_answer_too(paste, html):
    assert paste(html).json() == {"html": "", "said": ""}
