"""A template's values are isolated where they stand, whatever the template says of it."""

from __future__ import annotations

import pytest
from django.template import engines
from django.utils.safestring import mark_safe

from kommuneplan.core.site.isolating import isolating
from kommuneplan.core.templatetags.directions import isolated

NAME = "\u202eEa<"
OWN = "<bdi>\u202eEa&lt;</bdi>"
MANY = (
    "{% blocktranslate trimmed count n=2 with who=name %}{{ n }} {{ who }}{% plural %}"
    "{{ n }} til {{ who }} {{ name }}{% endblocktranslate %}"
)
SIGNS = "\u2068\u202eEa&lt;\u2069"


def shown(source: str, **facts: object) -> str:
    """What a template of ours shows."""
    template = engines["django"].from_string(isolating(f"{{% load i18n %}}{source}"))
    return template.render({"name": NAME, **facts})


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<p>Til {{ name }} her</p>", f"<p>Til {OWN} her</p>"),
        ("<p>{{ name|upper }}</p>", "<p><bdi>\u202eEA&lt;</bdi></p>"),
        ('<a title="{{ name }}">{{ name }}</a>', f'<a title="\u202eEa&lt;">{OWN}</a>'),
        ('<a title="a > b" {% if 1 %}x="{{ name }}"{% endif %}>.</a>',
         '<a title="a > b" x="\u202eEa&lt;">.</a>'),
        ('<p dir="auto">{{ name|running }}{{ name }}</p>', f'<p dir="auto">\u202eEa&lt;{OWN}</p>'),
        ("<textarea>{{ name }}</textarea>{{ name }}", f"<textarea>\u202eEa&lt;</textarea>{OWN}"),
        ("<script>if (a < b) '{{ name }}'</script>{{ name }}",
         f"<script>if (a < b) '\u202eEa&lt;'</script>{OWN}"),
        ("<!-- it's {{ name }} --><p>{{ name }}</p>", f"<!-- it's \u202eEa&lt; --><p>{OWN}</p>"),
        ("<title>{{ name }}</title>", f"<title>{SIGNS}</title>"),
        ("<option>{{ name }}</option><p>{{ name }}</p>", f"<option>{SIGNS}</option><p>{OWN}</p>"),
        ("<svg><text>{{ name }}</text></svg>", f"<svg><text>{SIGNS}</text></svg>"),
        ("{% blocktranslate with who=name %}Til {{ who }} her{% endblocktranslate %}",
         f"Til {OWN} her"),
        ("{% blocktranslate %}Til {{ name }} her{% endblocktranslate %}", f"Til {OWN} her"),
        (MANY, f"2 til {OWN} {OWN}"),
        ('<p x="{% blocktranslate %}Til {{ name }}{% endblocktranslate %}">',
         '<p x="Til \u202eEa&lt;">'),
        ('{% blocktranslate %}<a href="{{ name }}">x</a>{% endblocktranslate %}',
         '<a href="\u202eEa&lt;">x</a>'),
        ('{% blocktranslate asvar x %}Til {{ name }}{% endblocktranslate %}<p y="{{ x }}">',
         f'<p y="Til {SIGNS}">'),
        ("<p>{{ missing }}{{ none }}{{ five }}</p>", "<p>None5</p>"),
    ],
)  # fmt: skip
def test_a_value_is_isolated_by_where_it_stands(source, said) -> None:
    assert shown(source, none=None, five=5) == said


def test_danish_words_cost_no_letter() -> None:
    assert shown("<p>Til {{ name }}</p>", name="Åse & Bo") == "<p>Til Åse &amp; Bo</p>"


def test_blocks_of_safe_words_take_the_direction_of_their_own() -> None:
    html = mark_safe('<h2>שלום</h2><p class="x">שלום</p><p dir="ltr">a</p><pre>שלום</pre>')
    assert isolated(html) == (
        '<h2 dir="auto">שלום</h2><p dir="auto" class="x">שלום</p><p dir="ltr">a</p><pre>שלום</pre>'
    )
    assert isolated(mark_safe("a<br>שלום")) == "<bdi>a<br>שלום</bdi>"


def test_what_a_sentence_quotes_is_isolated_in_it() -> None:
    assert isolated("“\u202eEa” er gemt.") == "<bdi>“<bdi>\u202eEa</bdi>” er gemt.</bdi>"
