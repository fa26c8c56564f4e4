"""The crispy pack "dkfds": every sort of field, with help, with errors, and for screen readers."""

from __future__ import annotations

import datetime as dt

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Submit
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from crispy_forms.utils import render_crispy_form
from django import forms
from lxml import html

from plans.enums import PlanKind


class Everything(forms.Form):
    text = forms.CharField(label="Titel", help_text="Som på forsiden.")
    area = forms.CharField(label="Resumé", widget=forms.Textarea, required=False)
    mail = forms.EmailField(label="E-mail")
    day = forms.DateField(label="Dato")
    when = forms.SplitDateTimeField(label="Tidspunkt")
    choice = forms.ChoiceField(label="Slags", choices=[("a", "A"), ("b", "B")])
    several = forms.MultipleChoiceField(label="Flere", choices=[("a", "A"), ("b", "B")])
    radio = forms.ChoiceField(
        label="Hvem", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, help_text="Vælg."
    )
    boxes = forms.MultipleChoiceField(
        label="Emner", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    agree = forms.BooleanField(label="Læst", help_text="Materialet.")
    file = forms.FileField(label="Fil")
    secret = forms.CharField(widget=forms.HiddenInput, initial="s")


@pytest.fixture
def empty():
    return html.fromstring(f"<form>{as_crispy_form(Everything())}</form>")


@pytest.fixture
def faulty():
    form = Everything({"text": "<b>", "choice": "c", "boxes": ["b"]}, {})
    return html.fromstring(f"<form>{as_crispy_form(form)}</form>")


def test_every_input_has_a_name_that_is_read_out(empty) -> None:
    for control in empty.xpath("//input[@type!='hidden'] | //select | //textarea"):
        labels = empty.xpath(f"//label[@for='{control.get('id')}']")
        assert labels or control.getparent().tag == "fieldset", control.get("name")


def test_groups_are_fieldsets_with_a_legend(empty) -> None:
    legends = [legend.text.strip() for legend in empty.xpath("//fieldset/legend")]
    assert legends == ["Tidspunkt", "Hvem", "Emner"]


def test_what_is_optional_is_marked_and_the_rest_is_required(empty) -> None:
    assert [mark.getparent().text for mark in empty.xpath("//*[@class='form-optional']")] == [
        "Resumé"
    ]
    assert "frivilligt" in empty.xpath("//*[@class='form-optional']")[0].text
    assert empty.xpath("//input[@name='text']")[0].get("required") is not None
    assert empty.xpath("//textarea[@name='area']")[0].get("required") is None


def test_help_and_errors_are_read_out_with_the_field(faulty) -> None:
    for control in faulty.xpath("//*[@aria-describedby]"):
        for name in control.get("aria-describedby").split():
            assert faulty.xpath(f"//*[@id='{name}']"), name
    mail = faulty.xpath("//input[@name='mail']")[0]
    assert mail.get("aria-invalid") == "true"
    assert mail.get("aria-describedby") == "id_mail_error"
    assert "Feltet skal udfyldes." in faulty.xpath("//*[@id='id_mail_error']")[0].text_content()


def test_the_summary_leads_to_every_field_with_an_error(faulty) -> None:
    links = faulty.xpath("//*[contains(@class,'error-summary')]//a/@href")
    assert len(links) == 8
    for link in links:
        target = faulty.xpath(f"//*[@id='{link[1:]}']")
        assert target, link
        assert target[0].tag in {"input", "select", "textarea"} or target[0].get("tabindex") == "-1"


def test_nothing_typed_is_lost_and_nothing_is_executed(faulty) -> None:
    assert faulty.xpath("//input[@name='text']")[0].get("value") == "<b>"
    assert faulty.xpath("//input[@name='boxes']/@checked") == ["checked"] or faulty.xpath(
        "//input[@name='boxes'][@value='b'][@checked]"
    )
    assert not faulty.xpath("//b")


def test_values_of_every_sort_are_shown_again() -> None:
    form = Everything(initial={"radio": "b", "day": dt.date(2026, 12, 22), "agree": True})
    page = html.fromstring(f"<form>{as_crispy_form(form)}</form>")
    assert page.xpath("//input[@name='radio'][@checked]/@value") == ["b"]
    assert page.xpath("//input[@name='day']/@value")
    assert page.xpath("//input[@name='agree'][@checked]")


def test_a_whole_form_with_a_layout(rf) -> None:
    form = Everything()
    form.helper = FormHelper()
    form.helper.layout = Layout(Fieldset("Om planen", Div("text", "area"), "file"))
    form.helper.add_input(Submit("gem", "Gem"))
    page = html.fromstring(render_crispy_form(form, context={"csrf_token": "t" * 32}))
    assert page.get("enctype") == "multipart/form-data"
    assert page.get("novalidate") is not None
    assert page.xpath("//fieldset/legend")[0].text == "Om planen"
    assert page.xpath("//button[@type='submit']")[0].text == "Gem"
    assert page.xpath("//input[@name='csrfmiddlewaretoken']")


class OurChoices(forms.Form):
    """Choices of our own enums, in a list and as buttons; and names that people have written."""

    kind = forms.ChoiceField(choices=[("", "---------"), *PlanKind.choices])
    buttons = forms.ChoiceField(choices=PlanKind.choices, widget=forms.RadioSelect)
    written = forms.ChoiceField(choices=[("1", "e-handel"), ("2", "ida")])


def test_our_own_words_begin_with_a_capital_as_choices_and_names_stand_as_written() -> None:
    page = html.fromstring(f"<form>{as_crispy_form(OurChoices())}</form>")
    said = [option.text.strip() for option in page.xpath("//select[@name='kind']/option")]
    assert said[:2] == ["Vælg", "Grundlagspapir"]
    assert page.xpath("//label[@for='id_buttons_0']")[0].text.strip() == "Grundlagspapir"
    assert [one.text.strip() for one in page.xpath("//select[@name='written']/option")] == [
        "e-handel", "ida",
    ]  # fmt: skip


class Optional(forms.Form):
    """What may stand empty, and what never does."""

    words = forms.CharField(label="Ord", required=False)
    dashes = forms.ChoiceField(
        label="Streger", choices=[("", "---------"), ("a", "A")], required=False
    )
    told = forms.ChoiceField(label="Ingen", choices=[("", "Ingen"), ("a", "A")], required=False)
    ticks = forms.MultipleChoiceField(
        label="Flueben", choices=[("a", "A")], required=False, widget=forms.CheckboxSelectMultiple
    )
    tick = forms.BooleanField(label="Et flueben", required=False)


def test_only_what_may_stand_empty_is_marked() -> None:
    page = html.fromstring(f"<form>{as_crispy_form(Optional())}</form>")
    marks = page.xpath("//*[@class='form-optional']")
    assert [mark.getparent().text.strip() for mark in marks] == ["Ord", "Streger"]
