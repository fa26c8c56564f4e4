"""A text that looks another way is another text, in every comparison."""

import unicodedata

import pytest

from kommuneplan.richtext.comparison import both
from plans.document.comparison import block_rows

PLAIN = "<p>Kommunen bygger ti boliger i 2027.</p>"
TABLE = "<table><tbody><tr><td>{}</td><td>{}</td></tr></tbody></table>"


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ("<p>Kommunen bygger <s>ti boliger</s> i 2027.</p>", "Gennemstreget: “ti boliger”"),
        ("<p>Kommunen bygger <strong>ti boliger</strong> i 2027.</p>", "Fed: “ti boliger”"),
        ("<p>Kommunen bygger <em>ti</em> boliger i 2027.</p>", "Kursiv: “ti”"),
        ("<p>Kommunen bygger <u>ti</u> boliger i 2027.</p>", "Understreget: “ti”"),
        (
            '<p>Kommunen bygger <a href="https://kk.example/a">ti boliger</a> i 2027.</p>',
            "Link fra “ti boliger” til https://kk.example/a",
        ),
        ("<h3>Kommunen bygger ti boliger i 2027.</h3>", "Overskrift: “Kommunen bygger"),
        ("<blockquote>Kommunen bygger ti boliger i 2027.</blockquote>", "Citat: “Kommunen"),
    ],
)
def test_the_same_words_with_another_look_are_told(after, told):
    (row,) = block_rows("", {"a": PLAIN}, {"a": after})
    assert row.kind == "changed"
    assert told in "".join(piece.text for piece in row.after)
    assert told not in "".join(piece.text for piece in row.before)
    (back,) = block_rows("", {"a": after}, {"a": PLAIN})
    assert told in "".join(piece.text for piece in back.before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<p>Se <a href="https://a.example/">planen</a>.</p>',
            '<p>Se <a href="https://b.example/">planen</a>.</p>',
        ),
        ("<ul><li>Et</li><li>To</li></ul>", "<ol><li>Et</li><li>To</li></ol>"),
        (TABLE.format("Budget", ""), TABLE.format("", "Budget")),
        (TABLE.format("a", "b"), TABLE.format("a", "b").replace("td>", "th>")),
        (
            TABLE.format("a", "b"),
            "<table><tbody><tr><td colspan=2>a</td><td>b</td></tr></tbody></table>",
        ),
        ("<p>H<sub>2</sub>O</p>", "<p>H<sup>2</sup>O</p>"),
        ("<h3>Mål</h3>", "<h4>Mål</h4>"),
        ("<p><s>a</s> og a</p>", "<p>a og <s>a</s> <s>a</s></p>"),
    ],
)
def test_so_is_every_other_look(before, after):
    one, two = both(before, after)
    assert one != two


@pytest.mark.parametrize(
    "after",
    [
        "<p>Kommunen byg\u00adger ti boliger i 2027.</p>",
        "<p>Kommunen bygger ti\u00a0boliger i\u202f2027.</p>",
        "<p>\u200bKommunen bygger ti boliger\u2060 i 2027.</p>",
        "<p>Kommunen  bygger\nti boliger i 2027.</p>",
    ],
)
def test_what_leaves_no_ink_changes_nothing(after):
    assert not list(block_rows("", {"a": PLAIN}, {"a": after}))


def test_nor_does_the_way_an_accent_is_written():
    words = "<p>Åse og René får en <strong>høring</strong>.</p>"
    assert not list(block_rows("", {"a": words}, {"a": unicodedata.normalize("NFD", words)}))


def test_a_look_that_comes_with_new_words_is_told_by_the_words():
    _one, two = both("<p>Vi bygger.</p>", "<p>Vi bygger. <strong>Også i Sydhavnen.</strong></p>")
    assert two == "Vi bygger. Også i Sydhavnen."
