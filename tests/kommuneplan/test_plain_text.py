"""One shape of a text, and what a reader cannot tell apart."""

import time
import unicodedata

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from kommuneplan.plain_text import as_read, can_be_seen, composed, entered, reads_as


@given(st.text())
def test_brought_into_shape_twice_is_as_once(text):
    assert entered(entered(text)) == entered(text)
    assert as_read(as_read(text)) == as_read(text)
    assert "\r" not in entered(text)


@pytest.mark.parametrize(
    "same",
    [
        "Åse\r\nKjærgård",
        "Åse\rKjærgård",
        unicodedata.normalize("NFD", "Åse\nKjærgård"),
        "Å\u00adse\nKjær\u200bgård",
        "\ufeffÅse\nKjærgård\u200f",
        "A\u200d\u030ase\nKjærgård",  # something without ink between the letter and its ring
    ],
)
def test_what_nobody_can_tell_apart_reads_the_same(same):
    assert reads_as(same, "Åse\nKjærgård")


@pytest.mark.parametrize("other", ["Åse Kjærgård", "Åse\nKjærgaard", "åse\nKjærgård", ""])
def test_what_somebody_sees_does_not(other):
    assert not reads_as(other, "Åse\nKjærgård")


def test_a_hard_space_is_a_space():
    assert reads_as("kl.\u00a016", "kl. 16") and reads_as("10\u202f000 kr.", "10 000 kr.")


def test_values_that_are_no_text_are_compared_as_they_are():
    assert reads_as(("a",), ("a",)) and not reads_as(("a",), ("b",)) and not reads_as("", None)


@pytest.mark.parametrize("words", ["\u00ad", "\u2800 \u3164", "\u200b\n\u202e", "\u0301"])
def test_nothing_to_see_is_not_seen(words):
    assert not can_be_seen(words) and can_be_seen(f"{words}a")


class LetterForm(forms.Form):
    words = forms.CharField(widget=forms.Textarea, max_length=20)
    kept = forms.CharField(strip=False, required=False)
    mail = forms.EmailField(required=False)
    password = forms.CharField(widget=forms.PasswordInput, strip=False, required=False)


def test_a_form_takes_a_text_in_one_shape():
    form = LetterForm({"words": "A\u030ase\r\nog\rBo", "kept": " e\u0301\r\n"})
    assert form.is_valid()
    assert form.cleaned_data["words"] == "Åse\nog\nBo"
    assert form.cleaned_data["kept"] == " é\n"


def test_a_password_is_what_was_typed():
    typed = "A\u030a\r\n"
    assert LetterForm({"words": "a", "password": typed})["password"].value() == typed
    form = LetterForm({"words": "a", "password": typed})
    assert form.is_valid() and form.cleaned_data["password"] == typed


def test_a_line_end_counts_as_one_letter_as_in_the_browser():
    assert LetterForm({"words": "ni lette\r\nmaj ni let"}).is_valid()
    assert not LetterForm({"words": "ni lette\r\nmaj ni lett\r\nx"}).is_valid()


@pytest.mark.parametrize("stored", ["a\nb", "a\r\nb", "Åse\nb", "A\u030ase\nb"])
def test_an_untouched_field_has_not_changed(stored):
    sent = stored.replace("\r\n", "\n").replace("\n", "\r\n")
    assert not LetterForm({"words": sent}, initial={"words": stored}).has_changed()


@pytest.mark.parametrize("stored", ["a\nc", "", None])
def test_a_touched_one_has(stored):
    assert LetterForm({"words": "a\r\nb"}, initial={"words": stored}).has_changed()


def test_many_marks_on_one_letter_take_no_more_time_than_their_number():
    marks = "e" + "\u0300\u0327" * 50_000
    began = time.process_time()
    kept = entered(f"A\u030a{marks} e\u0301n")
    assert time.process_time() - began < 1  # 0.03 s; put in order they took 20 s
    assert kept == f"Å{marks} én"
    assert entered(kept) == kept


@pytest.mark.parametrize("most", [0, 1, 29, 30, 31, 60])
def test_up_to_thirty_marks_are_composed_as_unicode_says(most):
    text = "x A\u030a e" + "\u0327\u0300" * (most // 2) + "\u0300" * (most % 2) + "é"
    wanted = unicodedata.normalize("NFC", text)
    assert (composed(text) == wanted) is (most <= 30)
    assert composed(composed(text)) == composed(text)
