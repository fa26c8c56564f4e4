"""The date in words as a form field, and the address that says how words are understood."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.urls import reverse

from kommuneplan.timespan.forms import TimeSpanField
from kommuneplan.timespan.span import TimeSpan
from tests.factories import person


def clean(words: str, first: str = "", last: str = "", **options):
    return TimeSpanField(**options).clean([words, first, last])


def test_words_are_read():
    chosen = clean("ultimo oktober 2015")
    assert (chosen.span.earliest, chosen.span.latest) == (
        dt.date(2015, 10, 21),
        dt.date(2015, 10, 31),
    )
    assert chosen.written == chosen.span.written == "ultimo oktober 2015"


def test_a_missing_year_comes_from_the_plan_and_is_said():
    chosen = clean("5. marts", year=2008)
    assert chosen.span.earliest == dt.date(2008, 3, 5)
    assert any("2008" in note for note in chosen.notes)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("31. februar 2015", "", ""),
        ("5. maj og 9. juni 2015", "", ""),
        ("engang", "", ""),
        ("", "", ""),
        ("", "2015-05-09", "2015-05-05"),
        ("", "2015-02-31", ""),
        ("5. maj 2015", "2015-06-06", ""),
        ("x" * 201, "", ""),
    ],
)
def test_what_is_refused(words, first, last):
    with pytest.raises(forms.ValidationError) as refused:
        clean(words, first, last)
    assert all(message.strip() for message in refused.value.messages)


@pytest.mark.parametrize("words", ["afventer", "dato følger", "engang"])
def test_words_without_a_date_where_they_are_allowed(words):
    chosen = clean(words, undated=True)
    assert (chosen.span, chosen.written) == (None, words)


def test_an_impossible_date_is_refused_also_where_words_are_allowed():
    with pytest.raises(forms.ValidationError):
        clean("31. februar 2015", undated=True)


def test_the_calendar_helps_where_words_cannot_be_read():
    chosen = clean("når udvalget har tid", "2015-05-05", "2015-05-09")
    assert chosen.span == TimeSpan.between(dt.date(2015, 5, 5), dt.date(2015, 5, 9))
    assert chosen.span.written == "når udvalget har tid"
    assert clean("", "2015-05-05").span == TimeSpan.day(dt.date(2015, 5, 5))
    assert clean("5. maj 2015", "2015-05-05").span.written == "5. maj 2015"


def test_what_was_typed_comes_back_with_its_reason():
    class Form(forms.Form):
        when = TimeSpanField(label="Tid")

    form = Form({"when": "31. februar 2015", "when_from": "2015-02-28", "when_to": "2015-02-27"})
    assert not form.is_valid()
    html = str(form["when"])
    for value in ("31. februar 2015", "2015-02-28", "2015-02-27"):
        assert f'value="{value}"' in html
    assert "<details" in html and " open" in html
    assert "style=" not in html and "<script" not in html


def test_the_page_says_how_words_are_understood_without_a_script():
    class Form(forms.Form):
        when = TimeSpanField(label="Tid")

    html = str(Form(initial={"when": TimeSpan.day(dt.date(2015, 5, 21))})["when"])
    assert 'value="21. maj 2015"' in html


@pytest.mark.django_db
def test_the_address_answers_with_the_understanding(client):
    client.force_login(person("nogen"))
    answer = client.get(reverse("plans:read-date"), {"tekst": "medio marts", "aar": "2027"})
    html = answer.content.decode()
    assert "11.–20. marts" in html and "medio marts" in html
    headers = {"HX-Request": "true", "HX-Trigger-Name": "m3-when"}
    asked = client.get(reverse("plans:read-date"), {"m3-when": "uge 34 2027"}, headers=headers)
    assert "2027" in asked.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("year", ["", "abc", "99999", "0000", "²²²²"])
def test_nonsense_is_answered_calmly_and_nothing_in_it_runs(client, year):
    client.force_login(person("nogen"))
    data = {"tekst": "<script>alert(1)</script> 31. februar", "aar": year}
    answer = client.get(reverse("plans:read-date"), data)
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()
