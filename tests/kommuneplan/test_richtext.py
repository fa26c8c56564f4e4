"""Rich text: safe, in blocks, and with anchors that last."""

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
