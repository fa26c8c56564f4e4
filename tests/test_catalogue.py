"""The Danish catalogue is whole: every source string, translated, with the same places to fill."""

from __future__ import annotations

import gettext
import re

import polib
import pytest

from tools.catalogue import CATALOGUE, ONE, Message, collected, in_python, in_template, tables
from tools.common import ROOT

PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_the_catalogue_is_in_step_with_the_code(catalogue) -> None:
    known = {Message(entry.msgid, entry.msgid_plural) for entry in catalogue if not entry.obsolete}
    code = set(collected())
    assert not code - known, "run make messages"
    assert not known - code, "run make messages"


def test_everything_is_translated(catalogue) -> None:
    assert [entry.msgid for entry in catalogue if entry.fuzzy or not entry.translated()] == []


def test_translations_fill_the_same_places(catalogue) -> None:
    for entry in catalogue.translated_entries():
        sources = [entry.msgid, *([entry.msgid_plural] if entry.msgid_plural else [])]
        allowed = {place for source in sources for place in PLACES.findall(source)}
        for danish in [*entry.msgstr_plural.values()] or [entry.msgstr]:
            places = set(PLACES.findall(danish))
            assert places <= allowed, entry.msgid
            assert entry.msgid_plural or places == allowed, entry.msgid


def test_the_compiled_catalogue_says_the_same(catalogue) -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        words = gettext.GNUTranslations(compiled)
    for entry in catalogue.translated_entries():
        if entry.msgid_plural:
            assert words.ngettext(entry.msgid, entry.msgid_plural, 2) == entry.msgstr_plural[1]
        else:
            assert words.gettext(entry.msgid) == entry.msgstr


def test_no_machine_and_no_person_in_the_catalogue(catalogue) -> None:
    assert not {"Last-Translator", "PO-Revision-Date", "POT-Creation-Date"} & set(
        catalogue.metadata
    )
    assert not [name for entry in catalogue for name, _ in entry.occurrences if name[0] in "/."]


def test_gettext_goes_by_no_name_that_the_catalogue_does_not_know() -> None:
    aliases = set()
    for folder in ("kommuneplan", "plans"):
        for path in (ROOT / folder).rglob("*.py"):
            if path.name != "messages.py":  # the readers' own, see OURS
                aliases |= set(re.findall(r"import n?gettext\w* as (\w+)", path.read_text("utf-8")))
    assert aliases <= ONE


def test_messages_in_python_are_found() -> None:
    code = 'x = _("one " "two"); ngettext("%(n)s a", "%(n)s b", 3); note("no"); other("no")'
    assert set(in_python(code)) == {Message("one two"), Message("%(n)s a", "%(n)s b")}
    ours = 'from .messages import note\nnote("yes %(x)s", x=1)'
    assert set(in_python(ours)) == {Message("yes %(x)s")}


def test_messages_in_templates_are_found() -> None:
    text = (
        '{% load i18n %}{% translate "It\'s" %}'
        "{% blocktranslate trimmed with a=b count n=c %} One {{ a }}\n x"
        "{% plural %} {{ n }} {{ a }}{% endblocktranslate %}"
    )
    assert set(in_template(text)) == {Message("It's"), Message("One %(a)s x", "%(n)s %(a)s")}


def test_tables_of_translations_are_read(tmp_path) -> None:
    (tmp_path / "a.tsv").write_text("a\tb\\nc\nd\te\tf\tg\n", encoding="utf-8")
    assert tables(tmp_path) == {"a": ["b\nc"], "d": ["f", "g"]}


def test_one_pair_of_quotation_marks(catalogue) -> None:
    other = re.compile(r"[»«„‟]|(?<![=\w])\"(?=\w)|(?:^|[\s(])”[\w%]")
    assert [e.msgid for e in catalogue for words in danish(e) if other.search(words)] == []


def test_a_section_is_an_afsnit_and_a_paragraph_a_stykke(catalogue) -> None:
    of_paragraphs = (e for e in catalogue if "paragraph" in e.msgid and "section" not in e.msgid)
    assert [e.msgid for e in of_paragraphs for words in danish(e) if "afsnit" in words] == []


def danish(entry: polib.POEntry) -> list[str]:
    return [*entry.msgstr_plural.values()] or [entry.msgstr]
