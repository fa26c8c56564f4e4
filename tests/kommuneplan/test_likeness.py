"""Two texts are laid side by side in bounded time, and ordinary ones as difflib lays them."""

import time

import pytest

from kommuneplan.likeness import Likeness
from kommuneplan.richtext import blocks, comparison, plaintext

pytestmark = pytest.mark.no_cover  # being watched is no part of the time


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 25_000, "b " * 25_000),
        ("a " * 25_000, "a b " * 12_000),
        (
            "".join(f"s{i % 99} u{i} " for i in range(9_000)),
            "".join(f"s{i % 99} v{i} " for i in range(9_000)),
        ),
        ("x " * 20_000 + "y", "y" + " x" * 20_000),
    ],
)  # fmt: skip
def test_no_two_texts_take_long(old, new):
    began = time.process_time()
    pieces = comparison.compare(old, new)
    assert time.process_time() - began < 5  # 1 s alone; by difflib minutes
    assert comparison.words(comparison.before(pieces)) == old
    assert comparison.words(comparison.after(pieces)) == new


def test_what_is_put_in_and_taken_out_is_told_alone():
    steps = Likeness(["en", "to", "tre", "fire"], ["en", "tre", "fire", "fem"]).get_opcodes()
    assert [step[0] for step in steps] == ["equal", "delete", "equal", "insert"]


@pytest.mark.parametrize(
    "shape",
    ["<ul><li>", "<blockquote>", "<ol><li><p>a", "<strong>", "<table><tr><td>", "^[", "- a\n"],
)
def test_nothing_nested_takes_long(shape):
    text = (shape * 100_000)[:100_000]
    began = time.process_time()
    blocks.split(text)
    plaintext.to_plain(blocks.sanitise(text))
    plaintext.to_html(text)
    assert time.process_time() - began < 5  # 1 s alone


def test_words_nested_too_deep_are_kept():
    html = "<ul><li>a" * 200 + "inderst" + "</li></ul>" * 200 + "<p>sidst</p>"
    assert "inderst" in blocks.plain(blocks.sanitise(html))
    assert blocks.sanitise(html).endswith("<p>sidst</p>")
    assert blocks.sanitise("<ul><li>a</li></ul>" * 300) == "<ul><li>a</li></ul>" * 300
