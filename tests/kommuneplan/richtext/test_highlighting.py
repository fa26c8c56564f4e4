"""Words found in rich text: forgivingly, marked where they stand, and nothing else changed."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommuneplan.richtext import highlighting
from kommuneplan.richtext.blocks import plain, sanitise


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("bolig", "Boliger og ungdomsboliger", ["Bolig", "bolig"]),
        ("faelles", "Fælles hus", ["Fælles"]),
        ("FÆLLES", "fælles hus", ["fælles"]),
        ("aaben", "Åben dør", ["Åben"]),
        ("idé", "en ide", ["ide"]),
        ("hus dør", "Åben dør i et hus", ["dør", "hus"]),
        ("hus garage", "Åben dør i et hus", []),
        ("a", "a b c", []),
        ("", "a b c", []),
        ("bolig boliger", "boliger", ["boliger"]),
        ("100 %", "100 % af 100", ["100", "100"]),
    ],
)
def test_words_are_found_without_regard_to_case_and_accents(query, text, found):
    spans = highlighting.spans(text, highlighting.words_of(query))
    assert [text[begin:end] for begin, end in spans] == found


@pytest.mark.parametrize(
    ("before", "query", "after"),
    [
        ("<p>Et hus</p>", "hus", "<p>Et <mark>hus</mark></p>"),
        (
            "<p><strong>fælles</strong>bolig her</p>",
            "fællesbolig",
            "<p><strong><mark>fælles</mark></strong><mark>bolig</mark> her</p>",
        ),
        ("<ul><li>ab</li><li>cd</li></ul>", "bc", "<ul><li>ab</li><li>cd</li></ul>"),
        ("<p>&lt;b&gt; &amp; hus</p>", "hus", "<p>&lt;b&gt; &amp; <mark>hus</mark></p>"),
        ("<p>hus, hus<br>hus</p>", "hus", ("<p><mark>hus</mark>, <mark>hus</mark><br>"
         "<mark>hus</mark></p>")),
        ('<p><a href="/hus/">et hus</a></p>', "hus", ('<p><a href="/hus/">et <mark>hus</mark>'
         "</a></p>")),
    ],
)  # fmt: skip
def test_marks_stand_around_the_words_and_nothing_else_changes(before, query, after):
    assert highlighting.marked(before, highlighting.words_of(query)) == after


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff"),
    max_size=60,
)


@given(_TEXT, _TEXT, st.text("abæøå hus", min_size=2, max_size=8))
def test_marking_loses_no_word_and_lets_nothing_through(one, two, query):
    safe = sanitise(f"<p>{html.escape(one)} <em>hus{html.escape(two)}</em> bål</p>")
    marked = highlighting.marked(safe, highlighting.words_of(query))
    assert unicodedata.normalize("NFC", plain(marked)) == unicodedata.normalize("NFC", plain(safe))
    bare = re.sub("</?mark>", "", marked)
    assert sanitise(bare).replace("&nbsp;", "\xa0") == bare.replace("&nbsp;", "\xa0")


def test_what_nobody_sees_does_no_harm():
    marked = highlighting.marked("<p>et\x08 hus\x0b her\ufffe</p>", ("hus",))
    assert "<mark>hus</mark>" in marked


def test_a_snippet_has_the_words_around_the_first_hit():
    text = "Lorem ipsum " * 20 + "boligen er her " + "dolor sit " * 20
    found = highlighting.snippet(text, highlighting.spans(text, ("bolig",)))
    shown = "".join(piece for piece, _hit in found.pieces)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 160
    assert [piece for piece, hit in found.pieces if hit] == ["bolig"]
    whole = highlighting.snippet("Et hus", highlighting.spans("Et hus", ("hus",)))
    assert whole.pieces == (("Et ", False), ("hus", True))
