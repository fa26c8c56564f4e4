"""The theory of change as a part of the document: frozen, compared, hidden, shown, on paper."""

from __future__ import annotations

import io
import json
import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from kommuneplan.clock import local_day, now
from plans.document import plan_document as doc
from plans.document.building import gather
from plans.document.comparison import compare
from plans.document.differences import differences
from plans.document.redaction import redacted
from plans.effects.part import KEY
from plans.enums import Part, Stage
from plans.models import EffectNode, EffectReference, FocusArea, Plan, Publication
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish, withdraw
from plans.versions.actions.redacting import redact_blocks
from plans.versions.unpublished import unpublished_of
from plans.versions.verification import verify
from tests.factories import secretary
from tests.plans.effects.rows import node, theme, whole
from tests.plans.published import published_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return published_plan("Plan for haver")


def frozen(plan: Plan, **how: object) -> doc.PlanDocument:
    return doc.from_json(freeze(plan=plan, stage=Stage.SUBMITTED, by=None, **how).content)


def out(plan: Plan) -> Publication:
    return publish(version=freeze(plan=plan, stage=Stage.ADOPTED, by=None), by=None)


def words(answer) -> str:
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


def change(row: EffectNode, **facts: object) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()


def test_it_is_built_frozen_sealed_found_and_read_again(plan):
    rows = whole(plan)
    source = EffectReference.objects.create(plan=plan, number="BR 644/05", kind="case")
    rows["goal"].references.add(source)
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    again = doc.from_json(version.content)
    assert again.more[KEY] == gather(plan).more[KEY]
    assert doc.to_json(again) == version.content
    kinds = set(version.blocks.values_list("kind", flat=True))
    assert {"effect_theme", "effect_node", "effect_source"} <= kinds
    assert "boer selv" not in version.search_text and "bor selv" in version.search_text
    assert "br 644/05" in version.search_text
    assert not verify().faults


def test_a_plan_without_one_is_written_as_before(plan):
    assert KEY not in frozen(plan).more
    assert KEY not in json.loads(freeze(plan=plan, stage=Stage.SUBMITTED, by=None).content)


def test_nothing_internal_is_in_it_nor_what_leads_there(plan):
    rows = whole(plan)
    change(rows["result"], is_public=False)
    change(rows["activity"], title="Kun for os", is_public=False)
    FocusArea.objects.create(plan=plan, title="Internt", is_public=False)
    rows["goal"].focus_areas.set(plan.focus_areas.all())
    chain = gather(plan).more[KEY]
    assert [one.title for one in chain.nodes] == ["Flere bor selv", "Tre støttepersoner"]
    assert all(not one.links and not one.focus for one in chain.nodes)
    home = rows["goal"].theme
    home.is_public = False
    home.save()
    assert KEY not in gather(plan).more


def test_it_is_carried_over_where_only_another_part_is_frozen(plan):
    rows = whole(plan)
    frozen(plan)
    node(rows["goal"].theme, "goal", "Et mål til")
    assert len(frozen(plan, parts=[Part.PROCESS_PLAN]).more[KEY].nodes) == 4
    assert len(frozen(plan, parts=[KEY]).more[KEY].nodes) == 5


def test_its_differences_are_told_in_words_and_word_for_word(plan):
    rows = whole(plan)
    before = frozen(plan)
    change(rows["goal"], title="Flere bor alene")
    rows["activity"].links.all().delete()
    node(rows["goal"].theme, "result", "Færre klager")
    after = frozen(plan)
    what = differences(before, after)
    told = what.parts[KEY]
    assert [one.title for one in told.new] == ["Færre klager"]
    changed = {one.title for one in told.changed}
    assert {"Flere bor alene", "Besøg i hjemmet"} <= changed
    assert list(what.counted()) == ["forandringsteori"]
    assert any("alene" in row.pieces[-1].text or "alene" in str(row.pieces)
               for one in compare(before, after).things for row in one.rows)  # fmt: skip
    assert not compare(before, before) and not differences(before, before)


def test_everybody_reads_it_with_the_plan_and_on_a_page_of_its_own(plan, client):
    rows = whole(plan)
    address = f"/planer/{plan.slug}/forandringsteori/"
    assert client.get(address).status_code == 404
    publication = out(plan)
    for page in (f"/planer/{plan.slug}/", address, f"/planer/{plan.slug}/versioner/2/"):
        answer = client.get(page)
        assert client.head(page).status_code == 200
        said = words(answer)
        for title in ("Flere bor selv", "Tre støttepersoner", "1.800.000 kr."):
            assert title in said, page
        html = answer.content.decode()
        assert all(html.count(f'id="{row.uid}"') == 1 for row in rows.values())
        assert address in client.get(f"/planer/{plan.slug}/").content.decode()
    withdraw(publication=publication, by=None, because="Fejl")
    assert client.get(address).status_code == 404


def test_a_change_is_read_by_the_next_who_asks(plan, client):
    rows = whole(plan)
    out(plan)
    address = f"/planer/{plan.slug}/forandringsteori/"
    assert "Flere bor selv" in words(client.get(address))
    change(rows["goal"], title="Flere bor alene")
    assert "Flere bor selv" in words(client.get(address))
    out(plan)
    assert "Flere bor alene" in words(client.get(address))


def test_an_old_address_of_the_plan_leads_on(plan, client):
    whole(plan)
    out(plan)
    old = plan.slug
    plan.slug = "haveplan"
    plan.save()
    answer = client.get(f"/planer/{old}/forandringsteori/")
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        "/planer/haveplan/forandringsteori/",
    )


def test_what_it_points_to_is_told_both_ways(plan, client):
    rows = whole(plan)
    area = FocusArea.objects.create(plan=plan, title="Boliger", is_public=True)
    rows["goal"].focus_areas.add(area)
    out(plan)
    page = client.get(f"/planer/{plan.slug}/").content.decode()
    assert re.search(rf'href="#{area.uid}">Boliger', page)
    article = page[page.index(f'id="{area.uid}"') :]
    assert f'href="#{rows["goal"].uid}"' in article[: article.index("</article>")]


def test_words_are_hidden_and_what_leads_to_what_stays(plan):
    rows = whole(plan)
    link = rows["result"].links.get()
    link.assumption = "Ring til 311299-1235"
    link.save()
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    document = doc.from_json(version.content)
    redact_blocks(version=version, anchors=[str(rows["result"].uid)], reason="CPR-nummer", by=None)
    version.refresh_from_db()
    assert "311299" not in version.content + version.search_text
    assert "Færre flytter igen" not in version.content
    assert not verify().faults
    again = doc.from_json(version.content)
    assert redacted(document, {str(rows["result"].uid): local_day(now())}) == again
    hidden = again.more[KEY].points[str(rows["result"].uid)]
    assert [one.to for one in hidden.links] == [str(rows["goal"].uid)]


def test_it_is_on_paper_as_word_and_pdf(plan, client):
    import pdfplumber
    from docx import Document

    whole(plan)
    out(plan)
    data = b"".join(client.get(f"/planer/{plan.slug}/plan.docx"))
    said = "".join(Document(io.BytesIO(data)).element.body.itertext())
    assert "Flere bor selv" in said and "1.800.000 kr." in said
    data = b"".join(client.get(f"/planer/{plan.slug}/plan.pdf"))
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        said = " ".join(page.extract_text() for page in pdf.pages)
    assert "Flere bor selv" in " ".join(said.split())


# --- what a framework plan lets others inherit -------------------------------------------------


def test_a_goal_of_a_plan_above_is_inherited_once_it_is_published_and_not_copied(plan, client):
    goal = whole(plan)["goal"]
    below = published_plan("Delstrategi", parent=plan)
    result = node(theme(below, "Haver"), "result", "Flere haver", goal)
    assert gather(below).more[KEY].inherited == ()
    out(plan)
    [inherited] = gather(below).more[KEY].inherited
    assert (inherited.title, inherited.plan) == ("Flere bor selv", "Plan for haver")
    out(below)
    page = client.get(f"/planer/{below.slug}/")
    html = page.content.decode()
    assert "Mål fra planerne over denne" in words(page)
    assert f"/planer/{plan.slug}/forandringsteori/" in html
    assert html.count(f'id="{goal.uid}"') == 1
    assert not EffectNode.objects.filter(theme__plan=below, kind="goal").exists()
    assert str(goal.uid) in [link.to for link in gather(below).more[KEY].nodes[0].links]
    assert result.links.get().serves == goal


def test_a_draft_above_comes_out_by_no_plan_below_it(plan):
    goal = whole(plan)["goal"]
    out(plan)
    change(goal, title="Hemmeligt udkast")
    below = published_plan("Delstrategi", parent=plan)
    node(theme(below, "Haver"), "result", "Flere haver", goal)
    assert "Hemmeligt" not in doc.to_json(gather(below))


def test_what_the_plan_above_publishes_is_a_change_below_it(plan):
    goal = whole(plan)["goal"]
    out(plan)
    below = published_plan("Delstrategi", parent=plan)
    node(theme(below, "Haver"), "result", "Flere haver", goal)
    out(below)
    assert unpublished_of(below).total == 0
    change(goal, title="Flere bor alene")
    out(plan)
    assert unpublished_of(below).total == 1


# --- on paper, by itself -----------------------------------------------------------------------


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_it_is_a_paper_of_its_own_for_everybody(plan, client, form):
    whole(plan)
    address = f"/planer/{plan.slug}/forandringsteori.{form}"
    assert client.get(address).status_code == 404
    out(plan)
    answer = client.get(address)
    assert answer.status_code == 200
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_its_pdf_is_tagged_and_its_picture_has_words(plan, client):
    import pikepdf

    whole(plan)
    out(plan)
    answer = client.get(f"/planer/{plan.slug}/forandringsteori.pdf")
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.docinfo["/Title"] == "Forandringsteori: Plan for haver"
        assert str(pdf.Root["/Lang"]).startswith("da")
        assert pdf.Root["/MarkInfo"]["/Marked"]
        alts = [str(one["/Alt"]) for one in pdf.objects
                if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]  # fmt: skip
    assert any("Kæden for “Bolig”" in alt for alt in alts)


def test_its_word_document_has_headings_table_heads_and_the_picture(plan, client):
    from docx import Document

    rows = whole(plan)
    link = rows["result"].links.get()
    link.assumption = "Der er boliger"
    link.save()
    out(plan)
    answer = client.get(f"/planer/{plan.slug}/forandringsteori.docx")
    document = Document(io.BytesIO(answer.content))
    heads = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert {"Forandringsteori", "Bolig"} <= set(heads)
    table = next(one for one in document.tables if "Bidrager til" in one.rows[0].cells[3].text)
    assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
    assert [row.cells[0].text for row in table.rows] == [
        "Type", "Mål", "Resultat", "Aktivitet", "Ressource",
    ]  # fmt: skip
    xml = document.element.xml
    assert "Kæden for “Bolig”" in xml
    assert len(document.inline_shapes) == 1
    assert "Der er boliger" in "".join(document.element.body.itertext())


def test_as_it_stands_it_is_for_those_who_write_it(plan, client):
    from docx import Document

    whole(plan)
    node(theme(plan, "Internt", is_public=False), "goal", "Kun for os", is_public=False)
    address = f"/arbejde/planer/{plan.slug}/forandringsteori/forandringsteori.docx"
    assert client.get(address).status_code == 302
    client.force_login(secretary())
    answer = client.get(address)
    assert "no-store" in answer["Cache-Control"]
    said = "".join(Document(io.BytesIO(answer.content)).element.body.itertext())
    assert "Kun for os" in said and "Udkast" in said
