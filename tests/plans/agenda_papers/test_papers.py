"""Papers for agendas: begun from the data, written by several, handed in and then as they were."""

from __future__ import annotations

import datetime as dt
import io

import pikepdf
import pytest
from django.test import Client
from django.utils.html import strip_tags
from docx import Document
from docx.oxml.ns import qn

from kommuneplan.core.enums import Role
from kommuneplan.core.examined import examine
from kommuneplan.core.models import Meeting, Municipality, StoredFile
from kommuneplan.documents import agenda_paper, agenda_paper_check, agenda_paper_template
from kommuneplan.timespan.span import TimeSpan
from plans.agenda_papers import actions
from plans.agenda_papers.actions import AlreadyHandedIn
from plans.agenda_papers.building import fingerprint, live_value, value_of
from plans.agenda_papers.headings import headings
from plans.agenda_papers.value import PaperValue
from plans.annexes.actions import replace_file, write_effort
from plans.decisions.actions.steps import ChainStep, submit
from plans.enums import MilestoneKind, Stage
from plans.models import (
    Agenda,
    AgendaItem,
    AgendaPaper,
    AtClause,
    BudgetStep,
    PaperHeading,
    Plan,
    Recusal,
)
from plans.versions.actions.freezing import freeze
from tests import pdf_text
from tests.factories import person, secretary
from tests.plans.agenda_papers.household import handed_in
from tests.plans.annexes.household import TEXT, effort_annex, file_annex
from tests.plans.published import body_named, published_plan

pytestmark = pytest.mark.django_db

SOON = TimeSpan.day(dt.date(2099, 3, 3))
OVER = TimeSpan.day(dt.date(2019, 3, 3))


@pytest.fixture
def plan() -> Plan:
    steps = (
        ("Vedtagelse af planen", MilestoneKind.ADOPTION, SOON),
        ("Temamøde", MilestoneKind.MEETING, OVER),
    )
    plan = published_plan(
        "Plan for haver", state="draft", milestones=steps,
        proposal="Der kommer ti nye haver.", case_number="2026-77",
    )  # fmt: skip
    plan.sections.create(title="Jord og vand", is_public=True)
    plan.sections.create(title="Intern strid", is_public=False)
    return plan


@pytest.fixture
def treatment(plan):
    matter = submit(
        plans=[plan], purpose="discussion", title="Drøftelse af haver",
        chain=[ChainStep(plan.body)], treated=True, by=None,
    )  # fmt: skip
    return matter.next_treatment


@pytest.fixture
def paper(plan, treatment) -> AgendaPaper:
    return actions.begin_paper(plan=plan, treatment=treatment, title="Haver i byen", by=None)


@pytest.fixture
def signed(plan, client):
    client.force_login(secretary())
    return client


def room(paper: AgendaPaper, rest: str = "") -> str:
    return f"/arbejde/planer/{paper.plan.slug}/sagsfremstilling/{paper.uid}/{rest}"


def page(client, address: str) -> str:
    return " ".join(strip_tags(client.get(address).content.decode()).split())


def section(paper: AgendaPaper, part: str):
    return paper.sections.get(part=part)


def field(paper: AgendaPaper, part: str) -> str:
    return f"s-{section(paper, part).uid}"


# --- begun from the data


def test_it_begins_with_what_is_known_and_claims_nothing_else(paper, signed):
    said = page(signed, room(paper))
    assert "Sagsfremstilling til Socialudvalget" in said
    assert "Resumé Der kommer ti nye haver." in said
    assert "at Socialudvalget drøfter “Plan for haver”" in said
    assert "Jord og vand" in said and "Intern strid" not in said
    assert "3. marts 2099Vedtagelse af planen" in said and "Temamøde" not in said
    assert "Sagsnr.2026-77" in said and "Dokumentnr.Mangler" in said
    assert section(paper, "economy").text == ""


def test_the_version_that_was_submitted_goes_with_it(paper, treatment):
    assert paper.annexes.get().version == treatment.matter.plans.get().version


def test_which_sections_there_are_is_the_municipalitys_own(plan, client):
    client.force_login(person("chef", Role.ADMINISTRATOR))
    address = "/arbejde/opsaetning/sagsfremstilling/"
    form = client.get(address).context["form"]
    sent = {"a-TOTAL_FORMS": "2", "a-INITIAL_FORMS": "0",
            "seen": client.get(address).context["seen"],
            "a-0-heading": "Sagens kerne", "a-0-part": "summary", "a-0-position": "2",
            "a-1-heading": "Klima", "a-1-part": "own", "a-1-position": "1"}  # fmt: skip
    assert len(form.forms) == 8 + 2
    twice = {**sent, "a-1-part": "summary"}
    assert client.post(address, twice).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert [one.heading for one in headings()] == ["Klima", "Sagens kerne"]
    begun = actions.begin_paper(plan=plan, treatment=None, title="Sag", by=None)
    assert [row.heading for row in begun.sections.all()] == ["Klima", "Sagens kerne"]
    assert client.post(address, sent).status_code == 302  # sent twice: shown as it is now
    assert PaperHeading.objects.count() == 2


def test_the_recommendation_of_the_item_and_the_steps_of_money_stand_in_it(plan, signed):
    meeting = Meeting.objects.create(body=plan.body, date=dt.date(2099, 2, 2))
    item = AgendaItem.objects.create(
        own_meeting=meeting, own_title="Midler til haver", own_type="decision", plan=plan
    )
    AtClause.objects.create(item=item, number=1, words="at der bruges fire millioner")
    step = {"plan": plan, "state": "set_aside", "amount": 4_000_000, "first_year": 2099}
    BudgetStep.objects.create(title="Nye haver", is_public=True, **step)
    BudgetStep.objects.create(title="Intern reserve", **step)
    form = {"item": str(item.uid), "title": "Midler til haver"}
    begun = signed.post(f"/arbejde/planer/{plan.slug}/sagsfremstilling/ny/", form)
    said = page(signed, begun["Location"].removesuffix("skriv/"))
    assert "Indstilling at der bruges fire millioner" in said and "drøfter" not in said
    assert "Nye haver4.000.000 kr.2099" in said and "Intern reserve" not in said
    assert "Møde2. februar 2099" in said
    paper = handed_in(AgendaPaper.objects.get())
    client = Client()
    client.force_login(person("medlem", Role.MEMBER, plan.body))
    address = f"/arbejde/udvalg/sagsfremstillinger/{paper.uid}/"
    assert client.get(address).status_code == 404  # the agenda is not out
    Agenda.objects.create(meeting=meeting, is_out=True)
    assert "at der bruges fire millioner" in page(client, address)


# --- written


def test_words_are_kept_while_one_writes_and_saved(paper, signed):
    name = field(paper, "problem")
    typed = {"page": "a1", "sequence": "1", f"{name}-text": "Der mangler haver.",
             f"{name}-seen": "1", f"seen.{name}-text": ""}  # fmt: skip
    kept = signed.post(room(paper, "kladde/"), typed).json()
    assert kept["state"] == "kept"
    assert section(paper, "problem").text == ""
    assert "Der mangler haver." in signed.get(room(paper, "skriv/")).content.decode()
    sent = {f"{name}-text": "Der mangler ti haver.", f"{name}-seen": "1"}
    assert signed.post(room(paper, "skriv/"), sent).status_code == 302
    assert section(paper, "problem").text == "Der mangler ti haver."


def test_two_who_write_in_one_section_both_keep_their_words(paper, signed):
    row = section(paper, "problem")
    actions.save_section(section=row, seen=row.version, facts={"text": "Hendes ord."}, by=None)
    name = field(paper, "problem")
    late = signed.post(
        room(paper, "skriv/"), {f"{name}-text": "Mine ord.", f"{name}-seen": str(row.version)}
    )
    said = late.content.decode()
    assert late.status_code == 409 and "Hendes ord." in said and "Mine ord." in said
    assert section(paper, "problem").text == "Hendes ord."


def test_words_that_come_after_it_was_handed_in_are_shown_and_not_lost(paper, signed):
    handed_in(paper)
    name = field(paper, "problem")
    late = signed.post(room(paper, "skriv/"), {f"{name}-text": "For sent.", f"{name}-seen": "1"})
    assert late.status_code == 409 and "For sent." in late.content.decode()
    refused = signed.post(room(paper, "kladde/"), {"page": "a", "sequence": "1"})
    assert refused.status_code == 422


def test_lists_are_lists_on_the_page_and_on_paper(paper, signed):
    row = section(paper, "recommendation")
    text = "Det indstilles,\n1. at haverne anlægges,\n2. at <b>prisen</b> godkendes."
    actions.save_section(section=row, seen=row.version, facts={"text": text}, by=None)
    said = signed.get(room(paper)).content.decode()
    assert "<ol><li>at haverne anlægges,</li><li>at &lt;b&gt;prisen&lt;/b&gt;" in said


# --- handed in


def test_handed_in_it_is_what_was_shown_and_stays_so(paper, signed, plan):
    annex = file_annex(plan, is_public=False)
    effort = effort_annex(plan)
    versions = [one.version for one in paper.annexes.all()]
    actions.choose_annexes(paper=paper, versions=versions, annexes=[annex, effort], by=None)
    shown = signed.get(room(paper, "aflever/"))
    seen = shown.context["form"].initial["seen"]
    row = section(paper, "summary")
    actions.save_section(section=row, seen=row.version, facts={"text": "Nyt."}, by=None)
    assert signed.post(room(paper, "aflever/"), {"seen": seen}).status_code == 409
    seen = signed.get(room(paper, "aflever/")).context["form"].initial["seen"]
    assert signed.post(room(paper, "aflever/"), {"seen": seen}).status_code == 302
    paper.refresh_from_db()
    before, word = value_of(paper), paper.word.content.read()
    plan.title = "Et andet navn"
    plan.save()
    replace_file(annex=annex, file=examine("ny.txt", b"Nyt.\n"), by=None)
    paper = AgendaPaper.objects.get(pk=paper.pk)
    assert value_of(paper) == before and "Plan for haver" in page(signed, room(paper))
    answer = signed.get(room(paper, "sagsfremstilling.docx"))
    assert b"".join(answer) == word
    assert paper.annexes.get(annex=annex).annex_file.number == 1
    for rest in ("hoved/", "bilag/", "aflever/"):
        assert signed.get(room(paper, rest)).status_code == 302
    with pytest.raises(AlreadyHandedIn):
        actions.save_section(section=row, seen=99, facts={"text": "Senere"}, by=None)
    assert PaperValue.from_json(before.to_json()) == before


def test_members_read_what_was_handed_in_to_their_body_with_its_annexes(paper, plan, client):
    annex, effort = file_annex(plan, is_public=False), effort_annex(plan, is_public=False)
    actions.choose_annexes(paper=paper, versions=[], annexes=[annex, effort], by=None)
    member = person("medlem", Role.MEMBER, plan.body)
    client.force_login(member)
    address = f"/arbejde/udvalg/sagsfremstillinger/{paper.uid}/"
    assert client.get(address).status_code == 404
    paper = handed_in(paper)
    matter = f"/arbejde/udvalg/sager/{paper.treatment.matter.uid}/"
    assert "Sagsfremstilling: Haver i byen" in page(client, matter)
    assert "Der kommer ti nye haver." in page(client, address)
    write_effort(annex=effort, seen=1, facts={"purpose": "Skrevet bagefter"}, by=None)
    one, two = paper.annexes.order_by("position")
    assert b"".join(client.get(f"{address}bilag/{one.uid}/")) == TEXT
    assert "Borgeren klarer hverdagen selv." in page(client, f"{address}bilag/{two.uid}/")
    Recusal.objects.create(matter=paper.treatment.matter, user=member, reason="family")
    for rest in ("", "sagsfremstilling.pdf", f"bilag/{one.uid}/"):
        assert client.get(f"{address}{rest}").status_code == 404
    client.force_login(person("andet", Role.MEMBER, body_named("Teknikudvalget")))
    assert client.get(address).status_code == 404


def test_a_version_that_goes_with_a_paper_is_read_by_its_members(paper, plan, client):
    draft = freeze(plan=plan, stage=Stage.DRAFT, by=None)
    client.force_login(person("medlem", Role.MEMBER, plan.body))
    address = f"/arbejde/udvalg/planer/{plan.slug}/{draft.uid}/"
    actions.choose_annexes(paper=paper, versions=[draft], annexes=[], by=None)
    assert client.get(address).status_code == 404
    handed_in(paper)
    assert client.get(address).status_code == 200


def test_a_closed_item_says_so_and_is_read_by_nobody_outside(paper, treatment, client, signed):
    treatment.is_closed = True
    treatment.save()
    paper = AgendaPaper.objects.get(pk=paper.pk)
    row = section(paper, "summary")
    actions.save_section(section=row, seen=row.version, facts={"text": "Kanariefugl"}, by=None)
    assert "Lukket punkt" in page(signed, room(paper))
    paper = handed_in(paper)
    assert "Lukket punkt" in pdf_text.words(paper.pdf.content.read())
    client.logout()
    for address in (f"/planer/{paper.plan.slug}/", "/planer/?q=haver", "/", "/nyt.atom"):
        assert "Kanariefugl" not in page(client, address)


def test_only_what_belongs_to_the_plan_goes_with_it(paper):
    other = file_annex(published_plan("En anden plan"))
    with pytest.raises(ValueError, match="belongs to the plan"):
        actions.choose_annexes(paper=paper, versions=[], annexes=[other], by=None)


# --- Word and PDF


def test_the_word_document_has_headings_a_table_with_a_head_and_its_language(paper):
    paper = handed_in(paper)
    document = Document(io.BytesIO(paper.word.content.read()))
    titles = [one.text for one in document.paragraphs if one.style.name.lower() == "heading 1"]
    assert titles[:2] == ["Resumé", "Indstilling"] and "Videre proces" in titles
    (table,) = document.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert document.core_properties.title == "Haver i byen"
    assert document.core_properties.language == "da-DK"
    words = "".join(document.element.body.itertext())
    assert "{{" not in words and "Sagsnr.\t2026-77".replace("\t", "") in words
    assert "Udkast" not in words


def test_the_pdf_is_tagged_for_everybody(paper):
    data = handed_in(paper).pdf.content.read()
    shown = pdf_text.words(data)
    for words in ("Haver i byen", "Resumé", "Der kommer ti nye haver.", "3. marts 2099"):
        assert words in shown, words
    with pikepdf.open(io.BytesIO(data)) as document:
        with document.open_metadata() as facts:
            assert facts["pdfuaid:part"] == "1"
            assert (facts["pdfaid:part"], facts["pdfaid:conformance"]) == ("2", "A")
        assert str(document.Root.Lang) == "da-DK"
        kinds = _kinds(document.Root.StructTreeRoot.K)
    assert kinds.count("/H1") >= 5 and {"/TH", "/L", "/LI"} <= set(kinds)


def _kinds(node) -> list[str]:
    if isinstance(node, pikepdf.Array):
        return [kind for one in node for kind in _kinds(one)]
    if isinstance(node, pikepdf.Dictionary) and "/S" in node:
        return [str(node.S), *_kinds(node.get("/K", pikepdf.Array()))]
    return []


def test_a_draft_says_that_it_is_one(paper, signed):
    data = b"".join(signed.get(room(paper, "sagsfremstilling.pdf")))
    assert "Udkast" in pdf_text.words(data)


def test_the_municipality_has_a_template_of_its_own(paper, signed):
    row, _new = Municipality.objects.get_or_create(pk=1, defaults={"name": "Eksempel"})
    row.paper_template = StoredFile.keep("egen.docx", b"nej", "application/x")
    row.save()
    assert signed.get(room(paper, "sagsfremstilling.docx")).status_code == 200  # ours instead
    seen = fingerprint(live_value(paper))
    told = signed.post(room(paper, "aflever/"), {"seen": seen})
    assert "Wordskabelon kan ikke bruges" in told.content.decode()
    assert AgendaPaper.objects.get().handed_in_at is None


def test_the_template_that_comes_along_is_the_one_that_is_built():
    data = agenda_paper.WORD.read_bytes()
    assert agenda_paper_check.template_problems(data) == []
    built = io.BytesIO()
    agenda_paper_template.build().save(built)
    names = [_texts(one) for one in (data, built.getvalue())]
    assert names[0] == names[1]
    assert agenda_paper_check.template_problems(b"nej")


def _texts(data: bytes) -> list[str]:
    return [one.text for one in Document(io.BytesIO(data)).paragraphs]
