"""A text with everything a text can hold, and pictures for it."""

import io

from PIL import Image

from kommuneplan.documents.prose_html import read_blocks
from kommuneplan.documents.whole import Whole, chapter

UID = "00000000-0000-4000-8000-00000000000{}"
HTML = f"""
<p>Kommunen vil gøre det <strong>lettere at <em>finde</em></strong> hjælp<span class="note">Se
<a href="https://example.org/rapport">rapporten</a> fra <em>2024</em>.</span>. H<sub>2</sub>O,
m<sup>2</sup>, <u>streg</u>, <s>væk</s>.<br>Ny linje.</p>
<h3>Mellemrubrik</h3><p>Tekst.</p><h4>Mindre rubrik</h4>
<ul><li><p>Første</p><ol start="3"><li>tredje<ul><li>under</li></ul></li><li>fjerde</li></ol></li>
<li>Andet</li></ul>
<ol><li>Et</li><li>To</li></ol>
<blockquote><p>Et citat.</p></blockquote>
<table><caption>Udgifter</caption><thead><tr><th colspan="2">Område</th><th>Beløb</th></tr></thead>
<tbody><tr><th scope="row" rowspan="2">Bolig</th><td>Botilbud</td><td>1.000</td></tr>
<tr><td>Støtte</td><td>250</td></tr></tbody></table>
<figure><img src="/billeder/{UID.format(1)}/" alt="En blå firkant"><figcaption>Figur 1: en
<em>blå</em> firkant</figcaption></figure>
<figure><img src="/billeder/{UID.format(2)}/" alt="Noget, der mangler"></figure>
<p>Læs mere på <a href="https://example.org/">siden</a> og <a href="/planer/">her</a>.</p>
"""
LABELS = {
    "page": "Side {page} af {pages}",
    "contents": "Indhold",
    "picture": "[Billede: {words}]",
}


def picture(form="PNG", size=(300, 150)):
    """The bytes of a blue rectangle."""
    out = io.BytesIO()
    Image.new("RGB", size, "#0059b3").save(out, form)
    return out.getvalue()


def pictures(uid):
    """The first picture is to be had, all others are not."""
    return picture() if uid == UID.format(1) else None


def make(html=HTML, title="Strategi for æblehaver", **facts):
    """A plan in three chapters with the text in the second."""
    facts = {
        "sort": "Strategi for 2025–2028",
        "issue": "Version 3, offentliggjort den 3. maj 2025",
        "facts": (("udvalg", "Ansvarlig", "Udvalget"), ("sagsnummer", "Sagsnr.", "2025-1")),
        "questions": (("hvad_foreslås", "Hvad foreslås der?", "Flere haver."),),
        "chapters": (
            chapter("Formål", 1, read_blocks("<p>Derfor.</p>"), "1"),
            chapter("Haver & huse", 2, read_blocks(html, "https://plan.example.org/"), "1.1"),
            chapter("Midler", 1, (), "2"),
        ),
        "labels": LABELS,
        "created": 1_700_000_000,
        **facts,
    }
    return Whole(municipality="Eksempel Kommune", title=title, document_title=title, **facts)
