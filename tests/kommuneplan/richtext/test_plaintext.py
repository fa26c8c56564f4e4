"""A section in a simple text box: nothing is lost on the way there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommuneplan.richtext.blocks import split
from kommuneplan.richtext.plaintext import to_html, to_plain

OURS = "/billeder/01234567-89ab-4def-8123-456789abcdef/"


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("", ""),
        ("<p>Et.</p><p>To.</p>", "Et.\n\nTo."),
        ("<h3>Mål</h3><h4>Delmål</h4><p>Ord</p>", "## Mål\n\n### Delmål\n\nOrd"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n- b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<p>Linje<br>to</p>", "Linje\nto"),
        ("<p>5 &lt; 6 &amp; 7</p>", "5 < 6 & 7"),
        (f'<figure><img src="{OURS}" alt="Et &quot;hus&quot;"></figure>', f'![Et "hus"]({OURS})'),
        (
            (
                f'<p>a</p><figure><img src="{OURS}" alt="[x] &lt;b&gt;"><figcaption>Foto'
                '<span class="note">Ida</span></figcaption></figure><p>b</p>'
            ),
            f"a\n\n![[x] <b>]({OURS})\nFoto^[Ida]\n\nb",
        ),
        ('<p>a<span class="note">b [c] d</span>, e</p>', "a^[b [c] d], e"),
        ('<h3>a<span class="note">b</span></h3>', "## a^[b]"),
        ('<ul><li>a<span class="note">b</span></li></ul>', "- a^[b]"),
    ],
)
def test_what_can_be_shown_is_shown(html, plain):
    assert to_plain(html) == plain
    assert split(to_html(plain)) == split(
        html.replace("<li><p>", "<li>").replace("</p></li>", "</li>")
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p>Et <strong>fedt</strong> ord</p>",
        '<p><a href="https://example.org">link</a></p>',
        "<table><tbody><tr><td>1</td></tr></tbody></table>",
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
        '<ol start="3"><li>a</li></ol>',
        "<blockquote><p>x</p></blockquote>",
        "<p>## ikke en overskrift</p>",
        "<p>- ikke et punkt</p>",
        "<p>a^[ikke en note]</p>",
        f"<p>![ikke et billede]({OURS})</p>",
        '<p>a<span class="note">et <em>skævt</em> ord</span></p>',
        '<p>a<span class="note">b]c</span></p>',
    ],
)
def test_what_would_be_lost_is_refused(html):
    assert to_plain(html) is None


PIECES = [*"ab#- 1.\n<>&æ^[]!", "\n\n", "^[a]", f"![a]({OURS})"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_a_text_written_plainly_says_the_same_the_second_time(written):
    html = to_html(written)
    plain = to_plain(html)
    if plain is not None:
        assert split(to_html(plain)) == split(html)


def test_nothing_written_plainly_runs():
    assert "<script" not in to_html("<script>alert(1)</script>")
    assert to_plain(to_html("<script>alert(1)</script>")) == "<script>alert(1)</script>"
