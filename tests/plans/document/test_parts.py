"""A new part of a document is one module: nothing else in the house knows it by name."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from django.template import Template
from django.utils.html import strip_tags

from consultations.handling.changes import words_of
from consultations.responses.quotes import quote
from kommuneplan.clock import local_day, now
from kommuneplan.documents.prose import paragraphs
from kommuneplan.documents.whole import Chapter, chapter
from plans.document import plan_document as doc
from plans.document.building import gather
from plans.document.comparison import compare
from plans.document.differences import differences
from plans.document.parts import (
    BlockWords,
    DocumentPart,
    lines_of,
    register_part,
    unregister_part,
)
from plans.document.personal_data import personal_looking
from plans.document.redaction import redacted
from plans.enums import Part, Stage
from plans.members.reading import hits
from plans.models import Plan, VersionBlock
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from plans.versions.actions.redacting import redact_blocks
from plans.versions.redaction_preview import blocks_of
from plans.versions.verification import verify
from tests.plans.published import published_plan

pytestmark = pytest.mark.django_db


# --- all that a stranger writes ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AnnexLine:
    uid: str
    title: str
    words: str


Annexes = tuple[AnnexLine, ...]


def words(annexes: Annexes) -> Iterator[BlockWords]:
    for one in annexes:
        yield BlockWords(one.uid, one.title, f"{one.title}\n{one.words}")


def redact(annexes: Annexes, removed: Mapping[str, str]) -> Annexes:
    return tuple(
        dataclasses.replace(one, title=removed[one.uid], words="") if one.uid in removed else one
        for one in annexes
    )


def on_paper(document: doc.PlanDocument, **_about: object) -> Iterator[Chapter]:
    for one in document.more.get("extras", ()):
        yield chapter(one.title, 1, paragraphs(one.words))


PAGE = """
{% for one in value %}
  <h2 id="{{ one.uid }}">{{ one.title }}</h2>
  {{ one.words|linebreaks }}
{% endfor %}
"""


def annexes_of(rows: list[AnnexLine]) -> DocumentPart:
    return DocumentPart(
        key="extras",
        label="bilag",
        build=lambda plan, cycle: tuple(rows),
        read=lines_of(AnnexLine),
        words=words,
        redact=redact,
        export=on_paper,
        template=Template(PAGE),
    )


# --- and what comes of it ----------------------------------------------------------------------


@pytest.fixture
def rows() -> Iterator[list[AnnexLine]]:
    rows = [AnnexLine("a1", "Økonomi", "Tolv millioner kroner.")]
    register_part(annexes_of(rows))
    yield rows
    unregister_part("extras")


@pytest.fixture
def plan(rows: list[AnnexLine]) -> Plan:
    return published_plan("Plan for haver")


def frozen(plan: Plan, **how: object) -> doc.PlanDocument:
    return doc.from_json(freeze(plan=plan, stage=Stage.SUBMITTED, by=None, **how).content)


def test_it_is_built_frozen_sealed_found_and_read_again(plan, rows):
    assert gather(plan).more == {"extras": tuple(rows)}
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    again = doc.from_json(version.content)
    assert again.more["extras"] == tuple(rows)
    assert doc.to_json(again) == version.content
    assert list(VersionBlock.objects.filter(version=version).values_list("anchor", "kind")) == [
        ("head", "head"),
        ("a1", "extras"),
    ]
    assert "extras" in version.parts and "tolv millioner" in version.search_text
    assert not verify().faults


def test_it_is_carried_over_where_only_another_part_is_frozen(plan, rows):
    rows.append(AnnexLine("a2", "Halvt skrevet", ""))
    assert len(frozen(plan, parts=[Part.PROCESS_PLAN]).more["extras"]) == 1
    assert len(frozen(plan, parts=["extras"]).more["extras"]) == 2


def test_its_differences_are_told_in_words_and_word_for_word(plan, rows):
    before = frozen(plan)
    rows[:] = [AnnexLine("a1", "Økonomi", "Ti millioner kroner."), AnnexLine("a2", "Kort", "")]
    after = frozen(plan)
    what = differences(before, after)
    annexes = what.parts["extras"]
    assert [one.title for one in annexes.changed] == ["Økonomi"]
    assert [one.title for one in annexes.new] == ["Kort"]
    assert list(what.counted()) == ["bilag"]
    things = compare(before, after).things
    assert [(one.anchor, one.kind) for one in things] == [
        ("extras-a1", "changed"),
        ("extras-a2", "new"),
    ]
    assert not compare(before, before) and not differences(before, before)


def test_it_is_on_the_public_page_with_what_changed(plan, rows, client):
    rows[0] = dataclasses.replace(rows[0], words="Ti millioner kroner.")
    version = freeze(plan=plan, stage=Stage.ADOPTED, by=None)
    publish(version=version, by=None)
    page = client.get(f"/planer/{plan.slug}/").content.decode()
    assert '<h2 id="a1">Økonomi</h2>' in page and "Ti millioner kroner." in page
    assert "Ændret Bilag: Økonomi" in " ".join(strip_tags(page).split())
    older = client.get(f"/planer/{plan.slug}/versioner/1/").content.decode()
    assert "Tolv millioner kroner." in older


def test_it_is_on_paper(plan, client):
    from docx import Document

    answer = client.get(f"/planer/{plan.slug}/plan.docx")
    body = Document(io.BytesIO(b"".join(answer))).element.body
    assert "Tolv millioner kroner." in "".join(body.itertext())


def test_its_words_are_searched_looked_through_cited_and_taken_out(plan, rows):
    rows[0] = dataclasses.replace(rows[0], words="Ring til 311299-1235.")
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    document = doc.from_json(version.content)
    assert [(hit.target, hit.name) for hit in hits(document, "ring")] == [("a1", "Økonomi")]
    assert [title for title, _found in personal_looking(document, whole=True)] == ["Økonomi"]
    assert quote(document, "a1") == "Økonomi Ring til 311299-1235."
    assert words_of(document)["a1"].words == "Økonomi\nRing til 311299-1235."
    assert [block.kind for block in blocks_of(version)] == ["head", "extras"]
    redact_blocks(version=version, anchors=["a1"], reason="CPR-nummer", by=None)
    version.refresh_from_db()
    assert "311299" not in version.content + version.search_text
    assert not verify().faults
    day = local_day(now())
    assert redacted(document, {"a1": day}) == doc.from_json(version.content)


def test_what_a_version_holds_of_it_is_kept_where_nobody_registers_it(plan, rows):
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    unregister_part("extras")
    try:
        document = doc.from_json(version.content)
        assert document.unknown == ["extras"]
        assert doc.to_json(document) == version.content
        assert verify().faults
    finally:
        register_part(annexes_of(rows))
