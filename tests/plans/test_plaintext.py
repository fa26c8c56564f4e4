"""A section in a simple text box: nothing is lost on the way there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommuneplan.richtext import split
from plans.plaintext import to_html, to_plain


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
    ],
)
def test_what_would_be_lost_is_refused(html):
    assert to_plain(html) is None


@given(st.text(alphabet=st.sampled_from(list("ab#- 1.\n<>&æ")), max_size=40))
def test_a_text_written_plainly_says_the_same_the_second_time(written):
    html = to_html(written)
    plain = to_plain(html)
    if plain is not None:
        assert split(to_html(plain)) == split(html)


def test_nothing_written_plainly_runs():
    assert "<script" not in to_html("<script>alert(1)</script>")
    assert to_plain(to_html("<script>alert(1)</script>")) == "<script>alert(1)</script>"
