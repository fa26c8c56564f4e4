"""Stored HTML as plain structure: every word comes along, and every place of a table is filled."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommuneplan.documents.prose import (
    Figure,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
    texts_of,
)
from kommuneplan.documents.prose_html import read_blocks
from kommuneplan.documents.whole import chapter
from kommuneplan.richtext.blocks import plain, sanitise
from tests.kommuneplan.documents.written_text import HTML, UID


def only(html, home=""):
    (block,) = read_blocks(html, home)
    return block


def said(block):
    return " ".join(texts_of([block]))


def test_every_kind_of_block_is_known():
    kinds = [type(block) for block in read_blocks(HTML)]
    assert kinds == [
        *(Paragraph, Heading, Paragraph, Heading, Listing, Listing, Quote, Table),
        *(Figure, Figure, Paragraph),
    ]


def test_looks_add_up_and_end_where_they_end():
    block = only("<p>a <strong>b <em>c</em></strong> d<sub>1</sub><sup>2</sup><s>e</s></p>")
    assert block.runs == (
        Run("a "),
        Run("b ", bold=True),
        Run("c", bold=True, italic=True),
        Run(" d"),
        Run("1", low=True),
        Run("2", high=True),
        Run("e", struck=True),
    )


def test_white_space_is_as_a_browser_shows_it():
    block = only("<p>\n  a\n  b <br>\n c&nbsp;d </p>")
    assert block.runs == (Run("a b\nc\xa0d"),)


def test_a_note_stands_where_it_is_referred_to():
    runs = only('<p>ord<span class="note"> se <em>her</em> </span> og</p>').runs
    assert runs == (
        Run("ord"),
        Run(note=(Run("se "), Run("her", italic=True))),
        Run(" og"),
    )


@pytest.mark.parametrize(
    ("href", "home", "address"),
    [
        ("https://example.org/a?b=1", "", "https://example.org/a?b=1"),
        ("mailto:x@example.org", "", "mailto:x@example.org"),
        ("/planer/", "https://plan.example.org/", "https://plan.example.org/planer/"),
        ("/planer/", "", ""),
        ("#p12", "https://plan.example.org/", ""),
        ("javascript:alert(1)", "https://plan.example.org/", ""),
        ("file:///etc/passwd", "https://plan.example.org/", ""),
    ],
)
def test_only_addresses_that_lead_somewhere_from_paper_are_links(href, home, address):
    assert only(f'<p><a href="{href}">ord</a></p>', home).runs == (Run("ord", link=address),)


def test_lists_stand_in_lists():
    block = only('<ul><li><p>a</p><ol start="3"><li>b</li></ol></li><li>c</li></ul>')
    (first, inner), second = block.items
    assert (said(first), said(second[0])) == ("a", "c")
    assert (inner.ordered, inner.start, said(inner)) == (True, 3, "b")


def test_an_image_is_its_uid_and_its_words():
    figure, missing = (block for block in read_blocks(HTML) if isinstance(block, Figure))
    assert (figure.uid, figure.alt) == (UID.format(1), "En blå firkant")
    assert "".join(run.text for run in figure.caption) == "Figur 1: en blå firkant"
    assert missing.caption == ()


def test_the_cells_of_a_table_fill_it():
    table = next(block for block in read_blocks(HTML) if isinstance(block, Table))
    assert table.headers == 1
    assert [
        [(cell.column, cell.across, cell.down) for cell in row.cells] for row in table.rows
    ] == [
        [(0, 2, 1), (2, 1, 1)],
        [(0, 1, 2), (1, 1, 1), (2, 1, 1)],
        [(1, 1, 1), (2, 1, 1)],
    ]
    assert table.numeric == (2,)
    assert sum(table.widths) == pytest.approx(1, abs=0.001)


def places(table):
    """How often each place of the grid is taken."""
    taken = {}
    for y, row in enumerate(table.rows):
        for cell in row.cells:
            for x in range(cell.column, cell.column + cell.across):
                for below in range(y, y + cell.down):
                    taken[x, below] = taken.get((x, below), 0) + 1
    return taken


spans = st.integers(min_value=0, max_value=6)
tables = st.lists(
    st.lists(st.tuples(spans, spans, st.booleans()), max_size=5), min_size=1, max_size=6
)


@settings(max_examples=200)
@given(tables, st.booleans())
def test_however_cells_are_merged_each_place_is_taken_once(rows, head):
    html = "".join(
        "<tr>"
        + "".join(
            f'<t{"hd"[data]} colspan="{across}" rowspan="{down}">x</t{"hd"[data]}>'
            for across, down, data in cells
        )
        + "</tr>"
        for cells in rows
    )
    html = f"<table>{f'<thead>{html}</thead>' if head else html}</table>"
    for table in read_blocks(html):
        taken = places(table)
        columns = len(table.widths)
        assert set(taken.values()) <= {1}
        assert set(taken) == {(x, y) for x in range(columns) for y in range(len(table.rows))}
        assert all(
            y + cell.down <= table.headers
            for y, row in enumerate(table.rows[: table.headers])
            for cell in row.cells
        )


def test_a_table_that_is_too_wide_keeps_its_words():
    cells = "".join(f"<td>ord{number}</td>" for number in range(60))
    table = only(f"<table><tr>{cells}</tr></table>")
    assert len(table.widths) == 40
    shown = " ".join(
        text for row in table.rows for cell in row.cells for text in texts_of(cell.blocks)
    )
    assert all(f"ord{number}" in shown.split() for number in range(60))


words = st.text(alphabet="abcæøå ", max_size=8)
html = st.recursive(
    words,
    lambda inner: st.tuples(
        st.sampled_from(
            ["p", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "u", "table", "tr", "td"]
        ),
        st.lists(inner, max_size=3),
    ).map(lambda pair: f"<{pair[0]}>{' '.join(pair[1])}</{pair[0]}>"),
    max_leaves=12,
)


def shown_words(blocks):
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from shown_words(cell.blocks)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from shown_words(item)
        elif isinstance(block, Quote):
            yield from shown_words(block.blocks)
        else:
            yield from texts_of([block])


@settings(max_examples=300)
@given(html)
def test_no_word_is_lost_whatever_stands_in_what(text):
    safe = sanitise(text)
    shown = "".join(" ".join(shown_words(read_blocks(safe))).split())
    assert sorted(shown) == sorted("".join(plain(safe).split()))


def test_headings_inside_a_section_stand_right_below_it():
    blocks = read_blocks("<h4>a</h4><h3>b</h3><h4>c</h4>")
    levels = [block.level for block in chapter("x", 2, blocks).blocks]
    assert levels == [3, 3, 4]
    assert [block.level for block in chapter("x", 7, blocks).blocks] == [6, 6, 6]
