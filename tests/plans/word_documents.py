"""Word documents made here, part by part, for the tests of reading a whole text in."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
WHO = 'w:author="Mette" w:date="2026-05-03T10:00:00Z"'
BY_BO = 'w:author="Bo" w:date="2026-05-04T10:00:00Z"'
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="Overskrift{n}"><w:name w:val="heading {n}"/>'
    f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>'
    for n in range(1, 5)
) + (
    '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitelforside"/>'
    '<w:basedOn w:val="Overskrift1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Indholdsfortegnelse1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Citat"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Billedtekst"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="character" w:styleId="Strk"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr>'
    "</w:style>"
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


def t(words: str, look: str = "") -> str:
    """A run; ``look`` is what stands in its properties."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


def p(*inside: str, style: str = "", more: str = "") -> str:
    """A paragraph; words without mark-up become a run."""
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + more
    runs = "".join(one if one.startswith("<") else t(one) for one in inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def h(words: str, level: int = 1) -> str:
    """A heading, as Danish Word names its style."""
    return p(words, style=f"Overskrift{level}")


def item(words: str, level: int = 0, numbered: bool = False) -> str:
    """An item of a list."""
    said = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{2 if numbered else 1}"/></w:numPr>'
    return p(words, more=said)


def ins(words: str, who: str = WHO) -> str:
    """Words somebody has put in."""
    return f'<w:ins w:id="1" {who}>{t(words)}</w:ins>'


def gone(words: str, who: str = WHO) -> str:
    """Words somebody has taken out."""
    run = f'<w:r><w:delText xml:space="preserve">{words}</w:delText></w:r>'
    return f'<w:del w:id="2" {who}>{run}</w:del>'


def ended(mark: str, who: str = WHO) -> str:
    """Properties of a paragraph whose break was put in (ins) or taken out (del)."""
    return f'<w:rPr><w:{mark} w:id="3" {who}/></w:rPr>'


def table(*rows: Sequence[str], head: bool = True) -> str:
    """A table; a cell that begins with < is a whole w:tc."""
    look = '<w:tblPr><w:tblLook w:val="0420" w:firstRow="1"/></w:tblPr>' if head else ""
    drawn = [
        "".join(c if c.startswith("<") else f"<w:tc>{p(c)}</w:tc>" for c in cells) for cells in rows
    ]
    return f"<w:tbl>{look}{''.join(f'<w:tr>{row}</w:tr>' for row in drawn)}</w:tbl>"


def cell(words: str, across: int = 1, down: str = "") -> str:
    """A merged cell."""
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    merge = f'<w:vMerge w:val="{down}"/>' if down else ""
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{p(words)}</w:tc>"


def picture(key: str, alt: str = "") -> str:
    """A run with a picture."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Billede 1" descr="{alt}"/><a:graphic>'
        f'<a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="{key}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def note(number: int) -> str:
    """The place of a footnote."""
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def comment_at(number: int) -> str:
    """The place of a comment."""
    return f'<w:r><w:commentReference w:id="{number}"/></w:r>'


def comment(number: int, words: str, author: str = "Mette", para: str = "") -> str:
    """A comment itself."""
    mark = f' w14:paraId="{para}"' if para else ""
    return (
        f'<w:comment w:id="{number}" w:author="{author}" w:date="2026-05-03T10:00:00Z">'
        f"<w:p{mark}>{t(words)}</w:p></w:comment>"
    )


def footnote(number: int, words: str) -> str:
    """A footnote itself."""
    return f'<w:footnote w:id="{number}"><w:p>{t(words)}</w:p></w:footnote>'


def png(colour: int = 200) -> bytes:
    """A small picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        sealed = kind + data
        return struct.pack(">I", len(data)) + sealed + struct.pack(">I", zlib.crc32(sealed))

    lines = b"".join(b"\x00" + bytes([colour, 80, 120]) * 60 for _line in range(40))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 60, 40, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(lines))
        + chunk(b"IEND", b"")
    )


_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OVERRIDES = {
    "document": "document.main", "styles": "styles", "numbering": "numbering",
    "footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments",
    "commentsExtended": "commentsExtended", "header1": "header", "footer1": "footer",
}  # fmt: skip
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_KIND}{kind}+xml"/>'
        for name, kind in _OVERRIDES.items()
    )
    + "</Types>"
)


def docx(
    *body: str,
    notes: str = "",
    comments: str = "",
    extended: str = "",
    header: str = "",
    links: Mapping[str, str] | None = None,
    pictures: Mapping[str, bytes] | None = None,
    relations: str = "",
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """The whole file."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    found = relations
    for key, target in (links or {}).items():
        found += (
            f'<Relationship Id="{key}" Type="{kind}/hyperlink" Target="{target}" '
            'TargetMode="External"/>'
        )
    for key in pictures or {}:
        found += f'<Relationship Id="{key}" Type="{kind}/image" Target="media/{key}.png"/>'
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "word/document.xml": _root("document", f"<w:body>{''.join(body)}</w:body>"),
        "word/styles.xml": _root("styles", STYLES),
        "word/numbering.xml": _root("numbering", NUMBERING),
        "word/_rels/document.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{found}</Relationships>"
        ),
    }
    if notes:
        files["word/footnotes.xml"] = _root("footnotes", notes)
    if comments:
        files["word/comments.xml"] = _root("comments", comments)
    if extended:
        files["word/commentsExtended.xml"] = (
            f"<w15:commentsEx {NAMESPACES}>{extended}</w15:commentsEx>"
        )
    if header:
        files["word/header1.xml"] = _root("hdr", p(header))
    files |= {f"word/media/{key}.png": data for key, data in (pictures or {}).items()}
    files |= parts or {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _root(name: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {NAMESPACES}>{inside}</w:{name}>'
