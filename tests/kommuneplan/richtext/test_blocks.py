"""Rich text: safe, in blocks, and with anchors that last."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommuneplan.richtext.blocks import align, plain, sanitise, split

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


OURS = "/billeder/01234567-89ab-4def-8123-456789abcdef/"
IMAGE = f'<img src="{OURS}" alt="Et hus">'
FIGURE = f"<figure>{IMAGE}<figcaption>Foto: kommunen</figcaption></figure>"


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        (FIGURE, FIGURE),
        (f'<figure><img src="{OURS}"></figure>', f'<figure><img src="{OURS}" alt=""></figure>'),
        (f"<p>før {IMAGE}efter</p>", f"<p>før efter</p><figure>{IMAGE}</figure>"),
        (f"<p>{IMAGE}</p>", f"<figure>{IMAGE}</figure>"),
        (f"<ul><li>a {IMAGE}</li></ul>b", f"<ul><li>a </li></ul><figure>{IMAGE}</figure>b"),
        (
            f"<blockquote>{FIGURE}</blockquote><p>b</p>",
            f"<blockquote></blockquote>{FIGURE}<p>b</p>",
        ),
        (
            f"<figure>{IMAGE}{IMAGE}<figcaption><p>a</p><p>b</p></figcaption></figure>",
            f"<figure>{IMAGE}<figcaption>a  b</figcaption></figure><figure>{IMAGE}</figure>",
        ),
        ("<figure><figcaption>Uden billede</figcaption></figure>", "<p>Uden billede</p>"),
        ('<p>a<img src="https://example.org/x.png" alt="y">b</p>', "<p>ab</p>"),
        ('<p>a<img src="file:///C:/x.png">b</p>', "<p>ab</p>"),
        (f'<p>a<img src="https://example.org{OURS}">b</p>', "<p>ab</p>"),
        (f'<p>a<img src="{OURS}?x=1">b</p>', "<p>ab</p>"),
    ],
)
def test_an_image_is_a_block_of_its_own_and_one_of_ours(html, stored):
    assert sanitise(html) == stored
    assert sanitise(stored) == stored


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ('<p>a<span class="note">b <em>c</em></span></p>',) * 2,
        ('<p>a<span class="other" style="color:red">b</span></p>', "<p>ab</p>"),
        ('<p>a<span class="note x">b</span></p>', '<p>a<span class="note">b</span></p>'),
        ('<p>a<span class="note"> </span>b</p>', "<p>a b</p>"),
        (
            '<p><span class="note">b<br>c<u>d</u><span class="note">e</span></span></p>',
            '<p><span class="note">b  cd e</span></p>',
        ),
        (
            '<p><a href="/x/">a<span class="note">b</span></a> c</p>',
            '<p><a href="/x/" rel="noopener noreferrer">a</a><span class="note">b</span> c</p>',
        ),
        (
            'a <em>b</em><span class="note">c</span>',
            '<p>a <em>b</em><span class="note">c</span></p>',
        ),
    ],
)
def test_a_footnote_holds_words_alone_and_stands_where_it_belongs(html, stored):
    assert sanitise(html) == stored
    assert sanitise(stored) == stored


@given(
    st.lists(
        st.sampled_from(
            [IMAGE, FIGURE, '<span class="note">', "</span>", "<figure>", "</figure>", "<p>",
             "</p>",
             "<figcaption>", "</figcaption>", "ord ", "<table><tr><td>", "</table>", "<ul><li>",
             "</ul>", '<a href="/x/">', "</a>", "<em>", "</em>", "<h3>", "</h3>", "<br>",
             "<blockquote>", "</blockquote>", "&lt;b&gt;", '<img src="x" alt="fremmed">']
        ),
        max_size=14,
    )
)  # fmt: skip
def test_images_and_footnotes_twice_are_as_once_and_no_word_is_lost(parts):
    html = "".join(parts)
    once = sanitise(html)
    assert sanitise(once) == once
    assert "".join(split("".join(split(html)))) == "".join(split(html))
    assert plain(once).count("ord") == html.count("ord")
    assert once.count("<img") == html.count(OURS)
    assert all(block.count("<figure") <= block.startswith("<figure") for block in split(html))


def test_the_words_of_images_and_footnotes_are_found():
    assert plain(FIGURE) == "Et hus Foto: kommunen"
    assert plain('<p>Aftalt<span class="note">Bilag 2</span>. Slut</p>') == "Aftalt [Bilag 2]. Slut"


def test_an_image_keeps_its_anchor_when_its_caption_changes():
    first = align([], f"<p>Før</p>{FIGURE}<p>Efter</p>")
    second = align(first, f"<p>Før</p>{FIGURE.replace('kommunen', 'Ida')}<p>Efter</p>")
    assert [block.anchor for block in first] == [block.anchor for block in second]
    assert len(align([], f'<figure><img src="{OURS}" alt=""></figure>')) == 1


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
    begun = time.process_time()
    second = align(first, "".join(f"<p>Altså {text}</p>" for text in texts))
    assert time.process_time() - begun < 1
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
