"""Two texts word for word: taking the marks away gives each side back exactly; nothing runs."""

from __future__ import annotations

import re
from html import unescape

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommuneplan.plain_text import as_read
from kommuneplan.richtext import comparison
from kommuneplan.richtext.comparison import ComparedPiece, PieceMark

WORDS = st.lists(
    st.sampled_from(["mål", " ", "\n", "Æble", ",", "2009", "<b>", "&", "é"]), max_size=25
)
TEXT = st.one_of(st.text(max_size=40), WORDS.map("".join))
MARK = re.compile(
    r"<(del|ins)><span class=\"sr-only\">\[\w+: </span>(.*?)<span class=\"sr-only\">\]</span></\1>",
    re.DOTALL,
)


@given(TEXT, TEXT)
def test_without_the_marks_each_side_is_as_it_was(before, after):
    pieces = comparison.compare(before, after)
    assert comparison.words(comparison.before(pieces)) == as_read(before)
    assert comparison.words(comparison.after(pieces)) == as_read(after)
    assert all(piece.text for piece in pieces)


@given(TEXT, TEXT)
def test_so_it_is_in_what_is_shown(before, after):
    html = comparison.marked(comparison.compare(before, after), removed="fjernet", added="tilføjet")
    first = MARK.sub(lambda m: m[2] if m[1] == "del" else "", html)
    second = MARK.sub(lambda m: m[2] if m[1] == "ins" else "", html)
    assert (unescape(first), unescape(second)) == (as_read(before), as_read(after))
    assert not re.search(r"<(?!/?(del|ins|span)\b)", html)


@given(TEXT)
def test_a_text_is_the_same_as_itself(text):
    assert all(piece.mark == PieceMark.SAME for piece in comparison.compare(text, text))


def test_words_and_not_letters_are_compared():
    assert comparison.compare("to mål for alle", "tre mål for os alle") == [
        ComparedPiece("to", PieceMark.REMOVED),
        ComparedPiece("tre", PieceMark.ADDED),
        ComparedPiece(" mål for "),
        ComparedPiece("os ", PieceMark.ADDED),
        ComparedPiece("alle"),
    ]


def test_a_replaced_sentence_reads_as_one_change():
    pieces = comparison.compare("Vi bygger nye boliger.", "Kommunen lejer gamle huse.")
    assert [piece.mark for piece in pieces] == [PieceMark.REMOVED, PieceMark.ADDED, PieceMark.SAME]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Et  afsnit</p>", "Et afsnit"),
        ("<ul><li>én</li><li>to</li></ul>", "– én\n– to"),
        (
            "<table><tr><th>Mål</th><td>5</td></tr><tr><td>a</td><td>b</td></tr></table>",
            "Mål | 5\na | b",
        ),
        ("<p>før<br>efter</p>", "før\nefter"),
        ("<!-- <script>x</script> --><p>a</p>", "a"),
        ("", ""),
    ],
)
def test_a_block_as_lines(html, text):
    assert comparison.lines(html) == text


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</del><script>alert(1)</script>",
        '"><svg onload=alert(1)>',
        "javascript:alert(1)",
        "&lt;script&gt;",
    ],
)
def test_no_markup_of_the_texts_gets_through(evil):
    html = comparison.marked(comparison.compare("godt", evil), removed="fjernet", added="tilføjet")
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    assert {element.tag for element in tree.iterdescendants()} <= {"del", "ins", "span"}
    assert evil in tree.text_content()


def test_images_and_footnotes_are_compared_by_their_words():
    html = (
        '<figure><img src="/billeder/01234567-89ab-4def-8123-456789abcdef/" alt="Et hus">'
        '<figcaption>Foto<span class="note">Kilden</span></figcaption></figure>'
    )
    assert comparison.lines(html) == "[Billede: Et hus]\nFoto [Note: Kilden]"
    pieces = comparison.compare(
        comparison.lines(html), comparison.lines(html.replace("Kilden", "Bogen"))
    )
    assert [piece.text for piece in pieces if piece.mark] == ["Kilden", "Bogen"]
