"""Handing in a Word template for memos."""

import io
import resource
import zipfile

import docxtpl.template  # before anything of it is replaced: it keeps what it has imported
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import model_to_dict
from django.urls import reverse

from kommuneplan.core.models import Municipality, StoredFile
from kommuneplan.core.site.word_templates import MunicipalityForm
from kommuneplan.documents import docx, report_docx, template_check, whole_docx
from kommuneplan.documents.template_check import MAX_BYTES, problems_in
from kommuneplan.uploads import sandbox

pytestmark = pytest.mark.django_db


def form(data):
    house = Municipality.objects.create(pk=1, name="Eksempel Kommune")
    files = {"new_memo_template": SimpleUploadedFile("brev.docx", data)} if data else {}
    return MunicipalityForm(model_to_dict(house), files, instance=house)


def test_a_fit_template_is_kept_and_used():
    handed_in = form(docx.TEMPLATE.read_bytes())
    assert handed_in.is_valid(), handed_in.errors
    handed_in.save()
    kept = Municipality.objects.get().memo_template
    assert kept.name == "brev.docx"
    assert kept.content.read() == docx.TEMPLATE.read_bytes()


def test_an_unfit_template_is_refused_with_the_reason_and_nothing_is_stored():
    handed_in = form(b"ikke en Word-fil")
    assert not handed_in.is_valid()
    assert len(handed_in.errors["new_memo_template"]) == 1
    assert not StoredFile.objects.exists()


def test_without_a_file_the_template_stays():
    handed_in = form(None)
    assert handed_in.is_valid(), handed_in.errors
    handed_in.save()
    assert Municipality.objects.get().memo_template is None


def test_the_admin_takes_a_template_and_refuses_an_unfit_one(admin_client):
    Municipality.objects.create(pk=1, name="Eksempel Kommune")
    address = reverse("admin:core_municipality_change", args=[1])
    page = admin_client.get(address)
    values = page.context["adminform"].form.initial
    fields = page.context["adminform"].form.fields
    typed = {name: values.get(name) or "" for name in fields if name != "new_memo_template"}
    typed["seen"] = page.context["adminform"].form["seen"].value()

    def hand_in(data):
        return admin_client.post(
            address, {**typed, "new_memo_template": SimpleUploadedFile("brev.docx", data)}
        )

    refused = hand_in(b"ikke en Word-fil")
    assert refused.status_code == 200
    assert "new_memo_template" in refused.context["adminform"].form.errors
    assert hand_in(docx.TEMPLATE.read_bytes()).status_code == 302
    assert Municipality.objects.get().memo_template.name == "brev.docx"
    assert "brev.docx" in admin_client.get(address).content.decode()


def plan_form(data):
    house = Municipality.objects.create(pk=1, name="Eksempel Kommune")
    files = {"new_plan_template": SimpleUploadedFile("plan.docx", data)}
    return MunicipalityForm(model_to_dict(house), files, instance=house)


def test_a_template_for_whole_plans_is_kept_beside_the_other():
    handed_in = plan_form(whole_docx.TEMPLATE.read_bytes())
    assert handed_in.is_valid(), handed_in.errors
    handed_in.save()
    house = Municipality.objects.get()
    assert house.plan_template.content.read() == whole_docx.TEMPLATE.read_bytes()
    assert house.memo_template is None


def test_the_templates_are_not_taken_for_each_other():
    handed_in = plan_form(docx.TEMPLATE.read_bytes())
    assert not handed_in.is_valid()
    assert "{{ modtager }}" in " ".join(handed_in.errors["new_plan_template"])
    assert not StoredFile.objects.exists()


def test_a_template_for_reports_is_tried_out_and_kept():
    house = Municipality.objects.create(pk=1, name="Eksempel Kommune")

    def hand_in(data):
        files = {"new_report_template": SimpleUploadedFile("notat.docx", data)}
        return MunicipalityForm(model_to_dict(house), files, instance=house)

    unfit = hand_in(docx.TEMPLATE.read_bytes())
    assert "{{ modtager }}" in " ".join(unfit.errors["new_report_template"])
    fit = hand_in(report_docx.TEMPLATE.read_bytes())
    assert fit.is_valid(), fit.errors
    fit.save()
    house.refresh_from_db()
    assert house.report_template.content.read() == report_docx.TEMPLATE.read_bytes()


# --- opened in a process of its own --------------------------------------------------------------

KINDS = {
    "memo": "procesplan.docx",
    "plan": "plan.docx",
    "report": "hoeringsnotat.docx",
    "paper": "sagsfremstilling.docx",
}
OWN = docx.TEMPLATE.parent


@pytest.mark.slow  # a process for each template
@pytest.mark.parametrize("kind", KINDS)
def test_no_template_is_opened_in_the_web_process(monkeypatch, kind):
    """Only the guarded process looks inside, and what it says is Danish."""
    data = (OWN / KINDS[kind]).read_bytes()
    openers = [(docxtpl.template.DocxTemplate, "__init__"), (zipfile.ZipFile, "__init__")]
    for owner, name in openers:
        monkeypatch.setattr(owner, name, lambda *_a, **_m: pytest.fail("opened in the web process"))
    assert problems_in(kind, data) == []
    (problem,) = problems_in(kind, b"nej")
    assert problem.startswith("Filen kan ikke bruges")


@pytest.mark.parametrize("size", [MAX_BYTES + 1, 10 * MAX_BYTES])
def test_a_template_that_is_too_large_is_not_even_asked_about(monkeypatch, size):
    monkeypatch.setattr(template_check, "ask", lambda *_a, **_m: pytest.fail("asked"))
    assert "fylder mere end 5 MB" in problems_in("memo", b"x" * size)[0]


def test_a_template_that_brings_the_guarded_process_down_is_refused(monkeypatch):
    def down(*_a: object, **_m: object) -> None:
        raise sandbox.TooHeavy

    monkeypatch.setattr(template_check, "ask", down)
    assert problems_in("plan", b"PK")[0].startswith("Filen kan ikke bruges")


def test_a_template_that_unpacks_without_end_costs_the_web_process_nothing():
    """A part of 60 MB in some 60 kB, behind a directory that says 10 bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 60_000_000)
        archive.infolist()[0].file_size = 10
    assert len(out.getvalue()) < MAX_BYTES
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (problem,) = problems_in("memo", out.getvalue())
    assert problem.startswith("Filen kan ikke bruges")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB
