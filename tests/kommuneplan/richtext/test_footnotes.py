"""Footnotes as they are read: numbered, linked there and back, and safe."""

from kommuneplan.richtext.footnotes import numbered

NOTE = '<p>Ord<span class="note">Se <em>her</em> &amp; der</span>, mere</p>'


def test_numbers_run_through_and_lead_there_and_back():
    shown, notes = numbered([NOTE, "<p>Uden</p>", NOTE], first=4, label="Note {number}")
    assert shown[0] == (
        '<p>Ord<sup class="note-ref"><a id="note-4-ref" href="#note-4" role="doc-noteref" '
        'aria-label="Note 4">4</a></sup>, mere</p>'
    )
    assert shown[1] == "<p>Uden</p>"
    assert [(one.number, one.anchor, one.back) for one in notes] == [
        (4, "note-4", "note-4-ref"),
        (5, "note-5", "note-5-ref"),
    ]
    assert notes[0].html == "Se <em>her</em> &amp; der"


def test_a_note_in_a_heading_a_table_and_a_quotation_is_numbered_in_the_order_of_reading():
    _shown, notes = numbered(
        [
            '<h3>a<span class="note">1</span></h3>',
            '<table><tbody><tr><td>b<span class="note">2</span></td></tr></tbody></table>',
            '<blockquote><p>c<span class="note">3</span></p></blockquote>',
        ]
    )
    assert [(one.number, one.html) for one in notes] == [(1, "1"), (2, "2"), (3, "3")]


def test_what_was_frozen_by_an_older_rule_is_still_made_safe():
    hostile = '<p>a<span class="note"><img src=x onerror=alert(1)>b</span><script>c</script></p>'
    shown, notes = numbered([hostile])
    assert "onerror" not in notes[0].html + shown[0] and "script" not in shown[0]
