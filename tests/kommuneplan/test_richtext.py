"""Rich text: safe, in blocks, and with anchors that last."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommuneplan.richtext import align, plain, sanitise, split

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<p style="background:url(javascript:1)" onclick="x()">y</p>',
    "<svg><script>alert(1)</script></svg>",
    '<iframe src="https://example.org"></iframe>',
    '<img src="https://example.org/remote.png">',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<a href="data:text/html,<script>1</script>">x</a>',
]


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_that_runs_or_fetches_survives(html):
    safe = sanitise(html)
    for trace in (
        "script",
        "onerror",
        "onclick",
        "javascript:",
        "<img",
        "<iframe",
        "style",
        "data:",
    ):
        assert trace not in safe


@given(st.text(alphabet=st.sampled_from(list("<>/pabh3litrdæ &;\"'= \n")), max_size=80))
def test_twice_is_as_once(html):
    once = sanitise(html)
    assert sanitise(once) == once
    assert "".join(split("".join(split(html)))) == "".join(split(html))


def test_loose_text_becomes_a_paragraph_and_empty_blocks_go():
    assert split("hej<p>a</p><p> </p>mere") == ["<p>hej</p>", "<p>a</p>", "<p>mere</p>"]


def test_words_of_two_points_or_cells_are_two_words():
    assert plain("<ul><li>Et</li><li>To</li></ul>") == "Et To"
    assert plain("<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>") == "1 2"
    assert plain("<p>Ka<strong>pit</strong>el<br>to</p>") == "Kapitel to"


def anchors(blocks):
    return {plain(block.html): block.anchor for block in blocks}


def test_a_block_keeps_its_anchor_when_others_come_move_or_go():
    first = align([], "<p>Vi sætter tidligt ind</p><p>Vi lytter</p><p>Vi arbejder sammen</p>")
    before = anchors(first)
    second = align(first, "<h3>Nyt</h3><p>Vi sætter tidligt ind</p><p>Vi arbejder sammen</p>")
    after = anchors(second)
    assert after["Vi sætter tidligt ind"] == before["Vi sætter tidligt ind"]
    assert after["Vi arbejder sammen"] == before["Vi arbejder sammen"]
    assert after["Nyt"] not in before.values()


def test_a_reworded_block_keeps_its_anchor_and_another_text_does_not():
    first = align([], "<p>Centret holder åbent hver dag fra klokken ni.</p>")
    reworded = align(first, "<p>Centret holder åbent hver hverdag fra klokken ni.</p>")
    other = align(first, "<table><tr><td>42</td></tr></table>")
    assert reworded[0].anchor == first[0].anchor
    assert other[0].anchor != first[0].anchor


def test_a_heading_of_one_word_keeps_its_anchor_when_it_is_spelt_otherwise():
    first = align([], "<h3>Formaal</h3><p>Vi lytter til alle i byen</p>")
    second = align(first, "<h3>Formål</h3><p>Vi lytter til alle i hele byen</p>")
    assert [block.anchor for block in second] == [block.anchor for block in first]


def test_every_paragraph_of_a_long_text_is_followed_and_quickly():
    words = [f"ord{number}" for number in range(3000)]
    texts = [" ".join(words[k * 40 : k * 40 + 60]) for k in range(70)]
    first = align([], "".join(f"<p>{text}</p>" for text in texts))
    begun = time.perf_counter()
    second = align(first, "".join(f"<p>Altså {text}</p>" for text in texts))
    assert time.perf_counter() - begun < 1
    assert [block.anchor for block in second] == [block.anchor for block in first]


def test_a_moved_block_is_never_given_the_anchor_of_its_neighbour():
    first = align([], "<p>Alfa er først</p><p>Beta er anden</p>")
    second = align(first, "<p>Beta er anden</p><p>Alfa er først</p>")
    old, new = anchors(first), anchors(second)
    for words, anchor in new.items():
        assert old[words] == anchor or anchor not in old.values()


@given(
    st.lists(st.sampled_from(["<p>a</p>", "<p>b</p>", "<p>c d e</p>", "<p>c d f</p>"]), max_size=8),
    st.data(),
)
def test_no_anchor_stands_twice(html, data):
    before = align([], "".join(html))
    again = data.draw(st.permutations(html))
    for blocks in (before, align(before, "".join(again + html))):
        assert len({block.anchor for block in blocks}) == len(blocks)
