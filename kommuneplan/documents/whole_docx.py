"""A whole plan as Word, in a template that a municipality can replace by its own.

The template gives the styles, the title page, headers and footers; where it says ``{{ indhold }}``
and ``{{ tekst }}`` the contents and the text are put in. See docs/skabeloner.md.
"""

from __future__ import annotations

import functools
import hashlib
import io
import secrets
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from docx.oxml import parse_xml

from .docx import TEMPLATE as MEMO_TEMPLATE
from .memo import on_one_line
from .picturing import fetch
from .placeholders import (
    TemplateProblem,
    W,
    describe,
    drop_empty,
    fill,
    lines_of,
    paragraphs,
    text_of,
)
from .prose import Pictures, Run
from .whole import Chapter, Whole
from .word_body import NAMESPACES, Writer

TEMPLATE = MEMO_TEMPLATE.with_name("plan.docx")
PARTS = ("indhold", "tekst")
FACTS = ("udvalg", "enhed", "status", "udgave", "dato", "sagsnummer", "dokumentnummer",
         "modtager", "bilag", "sagsbehandler")  # fmt: skip
QUESTIONS = ("hvad_foreslås", "hvad_kan_ændres", "hvem_beslutter")
NAMES = frozenset(
    {
        *PARTS,
        *FACTS,
        *QUESTIONS,
        "kommune",
        "adresse",
        "titel",
        "slags",
        "mærke",
        "løbetitel",
        "bemærkning",
    }
)
IN_CONTENTS = 3  # levels of headings


def render_whole(
    whole: Whole,
    pictures: Pictures,
    template: bytes | None = None,
    *,
    names: Iterable[str] = (*FACTS, *QUESTIONS),
) -> bytes:
    """The plan as a .docx. A picture that ``pictures`` does not give is replaced by its words.

    ``names`` are the placeholders of its facts and questions: those it says nothing about are
    empty. Raises TemplateProblem when the template cannot be used.
    """
    from docxtpl import DocxTemplate

    word = DocxTemplate(io.BytesIO(template or _own_template()))
    word.init_docx()
    # Signs nobody can have written: they stand for the contents and the text until those come.
    signs = {name: f"[{name} {secrets.token_hex(12)}]" for name in PARTS}
    if not whole.has_contents:
        signs["indhold"] = ""
    context = {**dict.fromkeys(names, ""), **_context(whole), **signs}
    drop_empty(word.docx, context)
    fill(word, context)
    describe(word.docx, whole)
    _put_in(word.docx, whole, pictures, signs)
    out = io.BytesIO()
    word.docx.save(out)
    return out.getvalue()


@functools.cache
def _own_template() -> bytes:
    return TEMPLATE.read_bytes()


@functools.cache
def _own_styles() -> Any:
    from docx import Document

    return Document(io.BytesIO(_own_template())).styles.element


@functools.cache
def own_template_digest() -> str:
    """The digest of the template that comes along; part of a cache key."""
    return hashlib.sha256(_own_template()).hexdigest()[:16]


def _context(whole: Whole) -> dict[str, str]:
    return {
        **{name: lines_of(value) for name, _label, value in (*whole.facts, *whole.questions)},
        "kommune": on_one_line(whole.municipality),
        "adresse": lines_of(whole.address),
        "titel": on_one_line(whole.title),
        "slags": on_one_line(whole.sort),
        "mærke": on_one_line(whole.mark),
        "løbetitel": on_one_line(whole.running_title),
        "bemærkning": lines_of(whole.notice),
    }


def _put_in(document: Any, whole: Whole, pictures: Pictures, signs: dict[str, str]) -> None:
    """The contents and the text in the places kept for them."""
    found = {uid: fetch(pictures, uid) for uid in dict.fromkeys(whole.pictures())}
    section = document.sections[-1]
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    without = whole.labels.get("picture", "{words}")
    writer = Writer(document, found, room // 635 or 8400, without, _own_styles())
    text = "".join(_chapter(writer, one, place) for place, one in enumerate(whole.chapters))
    if whole.has_contents:
        _replace(document, signs["indhold"], _contents(writer, whole))
    _replace(document, signs["tekst"], text)
    writer.notes.close()


def _replace(document: Any, sign: str, content: str) -> None:
    """Put content where a paragraph holds a sign; a page break before it goes with it.

    Raises TemplateProblem when no paragraph of the body holds the sign alone.
    """
    place = next((p for p in document.element.body.iter(f"{W}p") if text_of(p) == sign), None)
    if not any(sign in text_of(paragraph) for paragraph in paragraphs(document)):
        return  # a template may do without contents; that it has the text is asked elsewhere
    if place is None or place.getparent().tag != f"{W}body":
        raise TemplateProblem(
            _(
                "{{ tekst }} and {{ indhold }} must each stand alone in a paragraph that is not "
                "in a table, a text box, the header or the footer."
            )
        )
    elements = [*parse_xml(f"<w:body {NAMESPACES}>{content}</w:body>")]
    broken = place.find(f"{W}pPr/{W}pageBreakBefore") is not None
    if broken and elements:
        _break_before(next(elements[0].iter(f"{W}p")))
    for element in elements:
        place.addprevious(element)
    if place.find(f"{W}pPr/{W}sectPr") is not None:  # it ends a part with its own page layout
        for text in place.iter(f"{W}t"):
            text.text = ""
    else:
        place.getparent().remove(place)


def _chapter(writer: Writer, one: Chapter, place: int) -> str:
    """The heading, marked so that the contents can lead to it, and the blocks below."""
    number = f"<w:r><w:t>{_number(one)}</w:t><w:tab/></w:r>" if one.number else ""
    key = 90_000_000 + place  # far from those the template may have
    mark = f'<w:bookmarkStart w:id="{key}" w:name="{_name(place)}"/>'
    said = writer.line((Run(on_one_line(one.title)),))
    content = f'{mark}{number}{said}<w:bookmarkEnd w:id="{key}"/>'
    heading = writer.paragraph(content, f"heading {one.level}")
    return heading + writer.blocks(one.blocks, top=one.level)


def _number(one: Chapter) -> str:
    return "".join(sign for sign in one.number if sign.isdigit() or sign == ".")


def _name(place: int) -> str:
    return f"_Toc{90_000_000 + place}"


def _contents(writer: Writer, whole: Whole) -> str:
    """A table of contents as Word makes it: each line leads to its heading. Page numbers come
    when it is updated in Word, for nobody else knows where Word breaks the pages."""
    listed = [(place, one) for place, one in enumerate(whole.chapters) if one.level <= IN_CONTENTS]
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        f'TOC \\o "1-{IN_CONTENTS}" \\h \\z </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines = []
    for count, (place, one) in enumerate(listed):
        number = f"<w:r><w:t>{_number(one)}</w:t><w:tab/></w:r>" if one.number else ""
        said = writer.line((Run(on_one_line(one.title)),))
        link = f'<w:hyperlink w:anchor="{_name(place)}" w:history="1">{number}{said}</w:hyperlink>'
        style = f"toc {one.level}"
        lines.append(writer.paragraph((begin if count == 0 else "") + link, style))
    end = writer.paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    title = writer.paragraph(writer.line((Run(whole.labels.get("contents", "")),)), "toc heading")
    return (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="
        '"Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{title}{''.join(lines)}{end}</w:sdtContent></w:sdt>"
    )


def _break_before(paragraph: Any) -> None:
    """Begin a page with a paragraph."""
    properties = paragraph.get_or_add_pPr()
    properties.get_or_add_pageBreakBefore()
