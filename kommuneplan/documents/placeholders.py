"""Word templates with placeholders, ``{{ titel }}``: what all of them have in common.

A template is no program: what is not a known placeholder is refused when it is handed in. Text
that is filled in is never looked at again, whatever it contains. See docs/skabeloner.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from .memo import Memo, clean, on_one_line
from .whole import Whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class TemplateProblem(Exception):
    """A template that cannot be used; the message says what is wrong and what to do."""


def fill(word: Any, context: dict[str, Any]) -> None:
    """Put the values in their places; ``word`` is a DocxTemplate."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    word.render(context, jinja_env=environment, autoescape=True)


def lines_of(text: str) -> str:
    """Lines without empty ones, and without tabs: Word gets a line break for each newline."""
    return "\n".join(" ".join(line.split()) for line in clean(text).split("\n") if line.strip())


def describe(document: Any, about: Memo | Whole) -> None:
    """Title, author and language of the file, which a screen reader says first; when what it shows
    was made, and at which address it is read. What the template says of itself goes."""
    properties = document.core_properties
    properties.title = on_one_line(about.document_title)[:255]
    properties.author = properties.last_modified_by = on_one_line(about.municipality)[:255]
    properties.language = "da-DK"
    properties.created = properties.modified = dt.datetime.fromtimestamp(about.created, dt.UTC)
    properties.identifier = properties.comments = about.link[:255]
    properties.revision = 1
    defaults = document.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    if defaults is not None:
        for old in defaults.findall(f"{W}lang"):
            defaults.remove(old)
        language = defaults.makeelement(f"{W}lang", {f"{W}val": "da-DK", f"{W}eastAsia": "da-DK"})
        defaults.append(language)


def drop_empty(document: Any, context: dict[str, Any], leave: Any = None) -> None:
    """A paragraph whose placeholders are all empty goes, with the words around them; not in the
    table to ``leave``."""
    for paragraph in [*paragraphs(document)]:
        names = names_in(paragraph)
        if not names or any(context.get(name, "-") for name in names):
            continue
        parent = paragraph.getparent()
        last_of_cell = parent.tag == f"{W}tc" and len(parent.findall(f"{W}p")) == 1
        ends_section = paragraph.find(f"{W}pPr/{W}sectPr") is not None
        if parent.tag in (f"{W}hdr", f"{W}ftr") or last_of_cell or ends_section:
            for text in paragraph.iter(f"{W}t"):
                text.text = ""
        elif leave is None or leave not in paragraph.iterancestors():
            parent.remove(paragraph)


def paragraphs(document: Any) -> Iterator[Any]:
    """Every paragraph of the body, of tables in it, and of headers and footers."""
    yield from document.element.body.iter(f"{W}p")
    for part in _side_parts(document):
        yield from part.element.iter(f"{W}p")


def _side_parts(document: Any) -> list[Any]:
    """Headers and footers, each once."""
    related = document.part.rels.values()
    parts = [rel.target_part for rel in related if rel.reltype.endswith(("/header", "/footer"))]
    return list({id(part): part for part in parts}.values())


def text_of(element: Any) -> str:
    """The words in an element."""
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def names_in(element: Any) -> set[str]:
    """The placeholders in an element."""
    return set(PLACEHOLDER.findall(text_of(element)))
