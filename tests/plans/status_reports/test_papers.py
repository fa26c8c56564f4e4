"""A status report as Word and PDF: every word, headings, table heads, language, its template."""

from __future__ import annotations

import datetime as dt
import io

import pikepdf
import pytest
from django.urls import reverse
from docx import Document

from kommuneplan.core.models import Municipality
from kommuneplan.documents import status_check, status_docx, status_template
from plans.status_reports import paper
from plans.status_reports.actions import sending
from plans.status_reports.frozen import FrozenReport, FrozenSection
from plans.versions.actions.publishing import publish
from tests import pdf_text
from tests.factories import secretary
from tests.plans.status_reports.household import begun, sent
from tests.plans.statuses import in_force

TABLE = "<table><tr><th>Hvad</th><th>Hvor meget</th></tr><tr><td>Bænke</td><td>12</td></tr></table>"


def report(**more) -> FrozenReport:
    facts = {
        "uid": "u", "plan": "p", "plan_title": "Strategi for åer", "body": "Socialudvalget",
        "number": 2, "edition": 1, "title": "Årets status", "covers_from": dt.date(2025, 5, 1),
        "covers_until": dt.date(2026, 5, 1), "dated_on": dt.date(2026, 5, 4),
        "sender_unit": "Center for Åer", "case_number": "2026-7", "document_number": "2026-7-1",
        "workers": ("Sagsbehandler", ""), "recipients": ("Socialudvalget", "Ministeriet"),
        "sections": (
            FrozenSection("1", "background", "Baggrund", (("a", "<p>Udvalget bad om det.</p>"),)),
            FrozenSection("2", "done", "Gennemført", (("b", TABLE),)),
        ),
    }  # fmt: skip
    return FrozenReport(**{**facts, **more})


def whole(is_sent: bool = True, **more):
    house = Municipality(name="Eksempel Kommune", address="Rådhuspladsen 1")
    return paper.whole_of(report(**more), municipality=house, is_sent=is_sent)


SAID = (
    *("Eksempel Kommune", "Årets status", "Strategi for åer", "Socialudvalget", "Ministeriet"),
    *("Center for Åer", "2026-7-1", "mangler", "Baggrund", "Udvalget bad om det.", "Bænke", "12"),
)


def test_word_says_everything_in_danish_with_headings_and_table_heads():
    document = Document(io.BytesIO(status_docx.render_status(whole())))
    body = document.element.body
    words = " ".join(t.text or "" for t in body.iter(f"{{{body.nsmap['w']}}}t"))
    for said in SAID:
        assert said in words, said
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == ["Baggrund", "Gennemført"]
    assert list(body.iter(f"{{{body.nsmap['w']}}}tblHeader"))
    assert document.core_properties.title == "Årets status"
    assert document.core_properties.language.startswith("da")
    assert "Udkast" not in words


def test_the_pdf_is_accessible_and_says_everything():
    data = paper.as_pdf(whole())
    words = " ".join(pdf_text.words(data).split())
    with pikepdf.open(io.BytesIO(data)) as document:
        assert str(document.Root.Lang).startswith("da")
        assert document.Root.MarkInfo.Marked
        meta = document.Root.Metadata.read_bytes().decode()
        assert "pdfuaid:part" in meta and "Årets status" in meta
        kinds = str([str(one.get("/S")) for one in _tags(document)])
    for tag in ("/H1", "/Table", "/TH"):
        assert tag in kinds, tag
    for said in SAID:
        assert said in words, said


def _tags(document):
    waiting = [document.Root.StructTreeRoot.K]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += reversed(list(one))
        elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
            waiting.append(one.get("/K", pikepdf.Array()))


def test_what_is_not_sent_says_so():
    assert whole(is_sent=False).running_title == "Udkast: Årets status"


def test_a_new_edition_says_why():
    told = whole(edition=2, correction_reason="Et tal var forkert.")
    assert any("Et tal var forkert." in value for _name, _label, value in told.facts)


def test_the_template_that_comes_along_is_as_it_is_built_and_fit():
    built = io.BytesIO()
    status_template.build().save(built)
    stored = Document(str(status_docx.TEMPLATE))
    made = Document(io.BytesIO(built.getvalue()))
    assert made.element.xml == stored.element.xml
    assert status_check.template_problems(status_docx.TEMPLATE.read_bytes()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_they_are_handed_out_at_the_doors(client, form):
    plan = in_force()
    publish(version=plan.versions.get(), by=None)
    row = sent(plan)
    address = reverse(f"plans:report-{form}-public", args=[plan.slug, row.number])
    assert client.get(address).status_code == 404
    sending.publish_report(report=row, seen=row.digest, by=None)
    answer = client.get(address)
    assert answer.status_code == 200 and len(answer.content) > 5000
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    client.force_login(secretary())
    draft = begun(plan)
    inside = reverse(f"plans:report-{form}", args=[plan.slug, draft.uid])
    assert client.get(inside).status_code == 200
