"""Whole plans to take along: only what is published, for everybody; drafts for those who write."""

import datetime as dt
import io

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from PIL import Image

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Membership, Municipality, StoredFile, User
from kommuneplan.documents import whole_docx
from kommuneplan.documents.placeholders import W, text_of
from kommuneplan.timespan import danish
from plans import exports
from plans.document import plan_document as doc
from plans.enums import Stage
from plans.models import Cycle, FocusArea, Milestone, Plan, Section, TextImport
from plans.text.actions.images import keep_image
from plans.text_import.merging import text_preview
from plans.text_import.preview import SectionFate
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish, withdraw
from tests.consultations.round_factories import sent_out

NOW = dt.datetime(2015, 3, 1, 9, tzinfo=dt.UTC)
FORMS = ["docx", "pdf"]


@pytest.fixture(autouse=True)
def at_one_time():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def house(db):
    return Municipality.objects.create(pk=1, name="Eksempel Kommune")


def write(plan, title, html="<p>Ord.</p>", parent=None, public=True, position=0):
    return Section.objects.create(
        plan=plan, title=title, text=html, parent=parent, is_public=public, position=position
    )


@pytest.fixture
def plan(house):
    body = Body.objects.create(name="Socialudvalget", kind="committee")
    plan = Plan.objects.create(
        title="Socialstrategi 2015", body=body, kind="strategy", first_year=2015, last_year=2018,
        case_number="2015-0012345", proposal="En samlet strategi.",
    )  # fmt: skip
    cycle = Cycle.objects.create(plan=plan)
    row = Milestone(cycle=cycle, title="Udvalget drøfter", is_public=True, written="3. juni 2015")
    row.when = danish.read("3. juni 2015").span
    row.save()
    row.bodies.add(body)
    top = write(plan, "Formål", "<p>Derfor<span class='note'>Se loven.</span>.</p>")
    write(plan, "Mål", "<ul><li>Et</li></ul>", parent=top)
    write(plan, "Kun for os", "<p>KANARIEFUGL</p>", public=False, position=1)
    write(plan, "Midler", "<h3>Penge</h3><p>Mange.</p>", position=2)
    FocusArea.objects.create(
        plan=plan, title="Boliger", theme="Bolig", goals="Flere boliger.", is_public=True
    )
    return plan


@pytest.fixture
def secretary(plan):
    user = User.objects.create_user("sekretaer@example.org", "x", name="Sekretær")
    Membership.objects.create(user=user, role=Role.SECRETARY, body=plan.body)
    return user


def put_out(plan, **facts):
    return publish(version=freeze(plan=plan, stage=Stage.SUBMITTED, by=None), by=None, **facts)


def words_of(response):
    """The words of a Word file or a PDF, as one text."""
    assert response.status_code == 200, response
    data = b"".join(response)
    if data.startswith(b"PK"):
        body = Document(io.BytesIO(data)).element.body
        return "\n".join(text_of(paragraph) for paragraph in body.iter(f"{W}p"))
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pages:
        return "\n".join(page.extract_text() for page in pages.pages)


@pytest.mark.parametrize("form", FORMS)
def test_the_published_plan_is_there_for_everybody(client, plan, form):
    put_out(plan)
    response = client.get(f"/planer/socialstrategi-2015/plan.{form}")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, no-cache"
    assert f"Socialstrategi%202015.{form}" in response["Content-Disposition"] or (
        f'"Socialstrategi 2015.{form}"' in response["Content-Disposition"]
    )
    said = words_of(response)
    for words in (
        *("Eksempel Kommune", "Socialstrategi 2015", "Strategi for 2015–2018", "Socialudvalget"),
        *("2015-0012345", "Version 1, offentliggjort den 1. marts 2015", "Formål", "Mål", "Penge"),
        *("Flere boliger.", "Procesplan", "3. juni 2015", "Udvalget drøfter", "Indhold"),
    ):
        assert words in said, words
    assert "KANARIEFUGL" not in said
    assert "Kun for os" not in said


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_published_is_not_there(client, plan, secretary, form):
    address = f"/planer/socialstrategi-2015/plan.{form}"
    assert client.get(address).status_code == 404
    freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    put_out(plan, visible_from=NOW + dt.timedelta(days=1))
    for under in ("", "versioner/1/"):
        assert client.get(f"/planer/socialstrategi-2015/{under}plan.{form}").status_code == 404
    client.force_login(secretary)  # who may read more elsewhere gets no more here
    assert client.get(address).status_code == 404
    with time_machine.travel(NOW + dt.timedelta(days=1)):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("form", FORMS)
def test_an_older_publication_says_that_it_is_replaced(client, plan, form):
    put_out(plan)
    with time_machine.travel(NOW + dt.timedelta(days=2), tick=False):
        plan.title = "Socialstrategi for alle"
        plan.save()
        second = put_out(plan)
        older = words_of(client.get(f"/planer/{plan.slug}/versioner/1/plan.{form}"))
        newer = words_of(client.get(f"/planer/{plan.slug}/plan.{form}"))
    assert "erstattet den 3. marts 2015" in " ".join(older.split())
    assert ("Socialstrategi 2015" in older, "Socialstrategi for alle" in newer) == (True, True)
    with time_machine.travel(NOW + dt.timedelta(days=3)):
        withdraw(publication=second, because="Fejl", by=None)
        gone = client.get(f"/planer/{plan.slug}/versioner/2/plan.{form}")
    assert gone.status_code == 410


def test_an_earlier_address_leads_on(client, plan):
    put_out(plan)
    plan.slug = "ny-adresse"
    plan.save()
    response = client.get("/planer/socialstrategi-2015/versioner/1/plan.pdf")
    assert (response.status_code, response["Location"]) == (
        301,
        "/planer/ny-adresse/versioner/1/plan.pdf",
    )


@pytest.mark.parametrize("form", FORMS)
def test_it_is_made_once_and_not_sent_twice(client, plan, form, django_assert_num_queries):
    put_out(plan)
    address = f"/planer/socialstrategi-2015/plan.{form}"
    first = client.get(address)
    with django_assert_num_queries(2):
        again = client.get(address)
    assert again.content == first.content
    with django_assert_num_queries(2):
        kept = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert kept.status_code == 304


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("form", FORMS)
def test_queries_do_not_grow_with_the_text(client, plan, form, count, django_assert_num_queries):
    for number in range(count):
        image = keep_image(plan=plan, data=blue(number), name="x.png", alt="Blå", by=None)
        write(plan, f"Afsnit {number}", f'<figure><img src="{image.src}" alt="Blå"></figure>')
    put_out(plan)
    with django_assert_num_queries(8):
        assert client.get(f"/planer/socialstrategi-2015/plan.{form}").status_code == 200


def blue(shade=0):
    out = io.BytesIO()
    Image.new("RGB", (120, 60), (shade, 89, 179)).save(out, "PNG")
    return out.getvalue()


def test_images_of_the_version_come_along_and_no_others(client, plan):
    own = keep_image(plan=plan, data=blue(), name="x.png", alt="Blå", by=None)
    other = Plan.objects.create(title="En anden", body=plan.body)
    foreign = keep_image(plan=other, data=blue(9), name="y.png", alt="Hemmelig", by=None)
    figures = "".join(
        f'<figure><img src="{image.src}" alt="{image.alt}"></figure>' for image in (own, foreign)
    )
    write(plan, "Billeder", figures)
    put_out(plan)
    document = Document(io.BytesIO(client.get("/planer/socialstrategi-2015/plan.docx").content))
    assert len(document.inline_shapes) == 1
    assert "[Billede: Hemmelig]" in [paragraph.text for paragraph in document.paragraphs]


# Those who work with the plan


@pytest.mark.parametrize("form", FORMS)
def test_the_draft_is_for_those_who_write_it(client, plan, secretary, form):
    address = f"/arbejde/planer/{plan.slug}/tekst/plan.{form}"
    client.force_login(secretary)
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    said = " ".join(words_of(response).split())
    for words in (
        *("Udkast", "Udkast, som det så ud den 1. marts 2015 kl. 10.00", "KANARIEFUGL"),
        *("Disse afsnit er interne", ": 2.", "Formål"),
    ):
        assert words in said, words


@pytest.mark.parametrize("form", FORMS)
def test_a_frozen_version_is_for_those_who_work_with_it(client, plan, secretary, form):
    freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    client.force_login(secretary)
    address = f"/arbejde/planer/{plan.slug}/versioner/1/plan.{form}"
    said = " ".join(words_of(client.get(address)).split())
    assert "Udgave frosset 1. marts 2015" in said
    assert "Ikke offentliggjort" in said
    assert client.get(address.replace("/1/", "/2/")).status_code == 404
    put_out(plan)
    said = words_of(client.get(address.replace("/1/", "/2/")))
    assert "Version 1, offentliggjort den 1. marts 2015" in said
    assert "Ikke offentliggjort" not in said


def test_queries_of_the_draft(client, plan, secretary, django_assert_num_queries):
    client.force_login(secretary)
    address = f"/arbejde/planer/{plan.slug}/tekst/plan.pdf"
    client.get(address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(3):
        write(plan, f"Mere {number}")
    with django_assert_num_queries(len(few)):
        client.get(address)


@pytest.mark.parametrize("page", ["", "versioner/1/"])
def test_the_pages_link_to_the_papers(client, plan, page):
    put_out(plan)
    html = client.get(f"/planer/socialstrategi-2015/{page}").content.decode()
    for form in FORMS:
        assert f'href="/planer/socialstrategi-2015/{page}plan.{form}"' in html


def test_the_rooms_link_to_the_papers(client, plan, secretary):
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    client.force_login(secretary)
    base = f"/arbejde/planer/{plan.slug}/"
    for page, paper in (
        ("tekst/", "tekst/plan"),
        (frozen := f"versioner/{version.uid}/", f"{frozen}plan"),
    ):
        html = client.get(base + page).content.decode()
        for form in FORMS:
            assert f'href="{base}{paper}.{form}"' in html, paper


TEXT = """<p>Kommunen vil gøre det <strong>lettere</strong> at <em>finde</em> hjælp<span
class="note">Se loven.</span>. H<sub>2</sub>O<br>Ny linje.</p>
<h3>Mellemrubrik</h3><p>Tekst.</p><h4>Mindre rubrik</h4>
<ul><li><p>Første</p><ul><li><p>under</p></li></ul></li><li><p>Andet</p></li></ul>
<ol><li><p>Et</p></li><li><p>To</p></li></ol>
<p>Læs <a href="https://example.org/">her</a>.</p>
<blockquote><p>Et citat.</p></blockquote>
<table><caption>Udgifter</caption><thead><tr><th scope="col"><p>Hvad</p></th><th scope="col">
<p>Kr.</p></th></tr></thead><tbody><tr><td><p>Boliger</p></td><td><p>1.000</p></td></tr></tbody>
</table>"""


def test_what_is_taken_out_in_word_comes_in_again_as_it_was(client, plan, secretary):
    Section.objects.get(title="Midler").delete()
    top = write(plan, "Hvad vi vil", TEXT.replace("\n", " ").replace("> <", "><"), position=2)
    write(plan, "Underafsnit", "<p>Ord.</p>", parent=top)
    client.force_login(secretary)
    data = client.get(f"/arbejde/planer/{plan.slug}/tekst/plan.docx").content
    answer = client.post(
        f"/arbejde/planer/{plan.slug}/tekst/word/", {"file": SimpleUploadedFile("x.docx", data)}
    )
    look = text_preview(TextImport.objects.get(uid=answer["Location"].rstrip("/")[-36:]))
    titles = [(row.proposed.number, row.proposed.title) for row in look.rows]
    assert titles == [
        *(("1", "Formål"), ("1.1", "Mål"), ("2", "Kun for os")),
        *(("3", "Hvad vi vil"), ("3.1", "Underafsnit")),
    ]
    for row in look.rows:
        stored = Section.objects.get(title=row.proposed.title)
        if stored.title != "Mål":  # its list was written by hand, without the editor's paragraphs
            assert row.text == stored.text
            assert row.fate == SectionFate.SAME
    assert {left.code for left in look.text.left} == {"cover", "contents", "header", "footer"}


# The municipality's own template


def test_the_municipality_s_template_is_used_and_a_broken_one_is_not(client, plan, house, caplog):
    own = Document(whole_docx.TEMPLATE)
    own.add_paragraph("Vores egen skabelon")
    data = io.BytesIO()
    own.save(data)
    put_out(plan)
    address = "/planer/socialstrategi-2015/plan.docx"
    assert "Vores egen skabelon" not in words_of(client.get(address))
    house.plan_template = StoredFile.keep("plan.docx", data.getvalue(), "application/x")
    house.save()
    assert "Vores egen skabelon" in words_of(client.get(address))
    house.plan_template = StoredFile.keep("plan.docx", b"broken", "application/x")
    house.save()
    said = words_of(client.get(address))
    assert "Formål" in said
    assert "template for plans cannot be used" in caplog.text


# The yearly status


def test_the_yearly_status_says_what_became_of_each_area(house):
    area = doc.FocusLine(
        uid="a", title="Boliger", theme="Bolig", goals="Flere.", words="Det gik godt.",
        decision="continue", reason="Der mangler stadig nogle.",
        milestones=(doc.FocusMilestone("m", "Åbning", "3. maj 2015", "done", dt.date(2015, 5, 4)),),
    )  # fmt: skip
    document = doc.PlanDocument(
        head=doc.PlanSummary("u", "Plan", "strategy", "adopted"),
        focus=(area,),
        status=doc.StatusHead("s", 2015, "Et godt år."),
    )
    paper = exports.published_paper(exports.Issue("plan", 1, NOW))
    data = exports.whole_docx(document, paper=paper, municipality=house)
    text = "\n".join(p.text for p in Document(io.BytesIO(data)).paragraphs)
    for words in (
        *("Som de stod i årlig status 2015.", "Et godt år.", "Boliger", "Det gik godt."),
        *("3. maj 2015: Åbning (Gennemført 4. maj 2015)",),
        "Besluttet: Fortsæt. Der mangler stadig nogle.",
    ):
        assert words in text, words


def test_the_pdf_is_accessible_all_the_way(client, plan):
    put_out(plan)
    data = client.get("/planer/socialstrategi-2015/plan.pdf").content
    with pikepdf.open(io.BytesIO(data)) as document:
        assert str(document.Root.Lang) == "da-DK"
        with document.open_metadata() as facts:
            assert facts["pdfuaid:part"] == "1"
            assert facts["dc:title"] == "Socialstrategi 2015"


@pytest.mark.parametrize("paper", ["plan.pdf", "procesplan.pdf"])
@pytest.mark.parametrize("of", ["", "versioner/1/"])
def test_what_is_taken_along_names_its_version_and_when_that_was_published(
    client, db, settings, of, paper
):
    """A paper that is read years later leads back to what it was taken from."""
    settings.SITE_ADDRESS = "https://plan.example.dk"
    version = sent_out()
    data = b"".join(client.get(f"/planer/{version.plan.slug}/{of}{paper}"))
    with pikepdf.open(io.BytesIO(data)) as opened, opened.open_metadata() as metadata:
        there = f"https://plan.example.dk/planer/{version.plan.slug}/versioner/1/"
        assert metadata["dc:description"] == there
        made = dt.datetime.fromisoformat(metadata["xmp:CreateDate"])
    assert made == version.publications.get().visible_from.replace(microsecond=0)
