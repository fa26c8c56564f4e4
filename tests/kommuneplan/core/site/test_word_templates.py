"""Handing in a Word template for memos."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import model_to_dict
from django.urls import reverse

from kommuneplan.core.models import Municipality, StoredFile
from kommuneplan.core.site.word_templates import MunicipalityForm
from kommuneplan.documents import docx, report_docx, whole_docx

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
    typed = {name: values.get(name, "") for name in fields if name != "new_memo_template"}
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
