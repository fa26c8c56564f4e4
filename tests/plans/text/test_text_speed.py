"""Saving a section of twenty pages in a house with 10,000 rows of history."""

from __future__ import annotations

import random
import time

import pytest
from django.test import Client
from django.urls import reverse

from kommuneplan.core.models import Municipality
from plans.models import Section
from plans.text.actions.outline import add_section
from plans.text.actions.sections import save_section
from tests.factories import a_plan, secretary

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.no_cover,
]  # times itself: not to be watched meanwhile

PARAGRAPHS, WORDS = 140, 60  # some twenty pages of 420 words
HISTORY = 10_000
BOUND = 0.6  # seconds, on a machine that does other things too; alone it takes under 0.15


def pages(seed: int = 1) -> list[str]:
    """Twenty pages of words that differ from paragraph to paragraph."""
    dice = random.Random(seed)
    letters = "abdefghiklmnoprstuvæøå"
    words = ["".join(dice.choices(letters, k=dice.randint(2, 10))) for _ in range(1500)]
    return [f"<p>{' '.join(dice.choices(words, k=WORDS))}.</p>" for _ in range(PARAGRAPHS)]


@pytest.fixture
def house(db):
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    plan = a_plan()
    user = secretary()
    section = add_section(plan=plan, title="Lang", by=user)
    text = pages()
    section = save_section(
        section=section, title="Lang", text="".join(text), base_version=section.version, by=user
    )
    row = section.history.first()
    row.text = row.text[:2000]
    history = Section.history.model
    copies = []
    for number in range(HISTORY):
        copy = history.objects.get(pk=row.pk) if number == 0 else history(**_values(row))
        copy.pk, copy.version, copy.text, copy.blocks = None, 100_000 + number, row.text, []
        copies.append(copy)
    history.objects.bulk_create(copies, batch_size=500)
    client = Client()
    client.force_login(user)
    return plan, section, text, client


def _values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


CHANGES = {
    "one word": lambda text: [text[0].replace("</p>", " og mere.</p>"), *text[1:]],
    "a word in every paragraph": lambda text: [one.replace("<p>", "<p>Altså ") for one in text],
    "paragraphs moved": lambda text: text[70:] + text[:70],
    "everything new": lambda text: pages(2),
}


@pytest.mark.slow  # twenty pages
@pytest.mark.parametrize("change", CHANGES)
def test_saving_twenty_pages_is_quick(house, change):
    plan, section, text, client = house
    address = reverse("plans:section", kwargs={"slug": plan.slug, "section": section.uid})
    changed = CHANGES[change](text)
    spent = []
    for words in (text, changed, text, changed, text, changed):
        section.refresh_from_db()
        data = {"title": "Lang", "text": "".join(words), "base_version": section.version}
        begun = time.process_time()
        answer = client.post(address, data)
        spent.append(time.process_time() - begun)
        assert answer.status_code == 302
    print(f"\n{change}: {min(spent[1:]) * 1000:.0f} ms")
    assert section.history.count() >= HISTORY
    assert min(spent[1:]) < BOUND
