"""Bytes and texts that were made to stop a program that reads them."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable

_OPEN = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{_OPEN}">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MB = 1_000_000


def docx(document: str | bytes, packing: int = zipfile.ZIP_DEFLATED, **parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", document)
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def body(inner: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'


def laughs() -> bytes:
    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "ha">' for n in range(12)
    )
    return docx(f"<!DOCTYPE d [{entities}]>" + body("<w:p><w:r><w:t>&e11;</w:t></w:r></w:p>"))


def many_entries(number: int = 60_000) -> bytes:
    """A package whose last record says that it holds two parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        for entry in range(number):
            archive.writestr(f"x/{entry}", b"")
    data = bytearray(buffer.getvalue())
    end = data.rfind(b"PK\x05\x06")
    data[end + 8 : end + 12] = struct.pack("<HH", 2, 2)
    return bytes(data)


def lying_size() -> bytes:
    data = bytearray(docx(body("<w:p/>") + " " * 30 * MB))
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 100)
    return bytes(data)


def nested(tag: str, depth: int) -> bytes:
    return docx(body(f"<w:{tag}>" * depth + f"</w:{tag}>" * depth))


def pdf(*objects: bytes, root: int = 1) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, words in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + words + b"\nendobj\n"
    at = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    size = len(objects) + 1
    return out + f"trailer<</Size {size}/Root {root} 0 R>>\nstartxref\n{at}\n%%EOF".encode()


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def page(content: bytes, filters: bytes = b"/FlateDecode", box: bytes = b"0 0 595 842") -> bytes:
    stream = b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(content), filters, content)
    return pdf(
        CATALOG,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[" + box + b"]/Contents 4 0 R>>",
        stream,
    )


def packed(data: bytes, times: int = 1) -> bytes:
    for _time in range(times):
        data = zlib.compress(data, 9)
    return data


def png(width: int, height: int, data: bytes = b"") -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        code = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + code

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


FILES: dict[str, Callable[[], bytes]] = {
    "bomb.docx": lambda: docx(body("<w:p/>"), **{"word/media/a.bin": b"\0" * 300 * MB}),
    "text-bomb.docx": lambda: docx(body("<w:p><w:r><w:t>" + "a" * 40 * MB + "</w:t></w:r></w:p>")),
    "bzip2.docx": lambda: docx(body("<w:p/>") + " " * 50 * MB, zipfile.ZIP_BZIP2),
    "lzma.docx": lambda: docx(body("<w:p/>") + " " * 50 * MB, zipfile.ZIP_LZMA),
    "entries.docx": many_entries,
    "lying.docx": lying_size,
    "laughs.docx": laughs,
    "deep.docx": lambda: nested("sdt", 100_000),
    "tables.docx": lambda: nested("tbl", 20_000),
    "attributes.docx": lambda: docx(
        body("<w:p " + " ".join(f'w:a{n}="x"' for n in range(60_000)) + "/>")
    ),
    "paragraphs.docx": lambda: docx(body("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 200_000)),
    "runs.docx": lambda: docx(body("<w:p>" + "<w:r><w:t>1-</w:t></w:r>" * 100_000 + "</w:p>")),
    "utf16.docx": lambda: docx(
        ('<?xml version="1.0" encoding="UTF-16"?>' + body("")).encode("utf-16")
    ),
    "nested-zip.docx": lambda: docx(body(""), **{"word/a.zip": docx("x" * 10 * MB)}),
    "broken.docx": lambda: docx(body("<w:p/>"))[:-30],
    "stream-bomb.pdf": lambda: page(packed(b"0 0 m " * 20 * MB)),
    "filters.pdf": lambda: page(packed(b"\0" * 100 * MB, 4), b"/FlateDecode" * 4),
    "words.pdf": lambda: page(packed(b"BT /F 1 Tf (a) Tj ET " * 200_000)),
    "brackets.pdf": lambda: page(packed(b"[" * 2 * MB)),
    "paper.pdf": lambda: page(packed(b"0 0 m"), box=b"0 0 1e9 1e9"),
    "loop.pdf": lambda: pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
    "count.pdf": lambda: pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 2000000000>>"),
    "pages.pdf": lambda: pdf(
        CATALOG,
        b"<</Type/Pages/Kids["
        + b" ".join(b"%d 0 R" % n for n in range(3, 3003))
        + b"]/Count 3000>>",
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * 3000,
    ),
    "objects.pdf": lambda: pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>", *[b"<<>>"] * 100_000),
    "parents.pdf": lambda: pdf(CATALOG, b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"),
    "large.png": lambda: png(60_000, 60_000),
    "bomb.png": lambda: png(20_000, 20_000, b"\0" * 200 * MB),
    "dates.txt": lambda: b"1-" * 2 * MB,
    "letters.txt": lambda: b"a" * 8 * MB,
    "marks.txt": lambda: ("a" + "\u0301" * 2 * MB).encode(),
    "lines.txt": lambda: b"\r\n" * 3 * MB,
}
N = 19_000  # letters; an answer's field takes 20,000
TEXTS: dict[str, str] = {
    "dates": "1-" * (N // 2),
    "digits": "0" * N,
    "cpr": "010101-" * (N // 7),
    "phones": "33 66 " * (N // 6),
    "at signs": "@" * N,
    "addresses": "a@" * (N // 2),
    "dots": "a." * (N // 2),
    "dots after": "a@" + "b." * (N // 2),
    "names": "Aa " * (N // 3),
    "capitals": "A" * N,
    "streets": "Vej 1, " * (N // 7),
    "postcodes": "2100 " * (N // 5),
    "blanks": " x" * (N // 2),
    "spaces": " " * N + "x",
    "lines": "x\r\n" * (N // 3),
    "hard spaces": "\u00a0" * N + "x",
    "soft hyphens": "a\u00ad" * (N // 2),
    "zero width": "\u200b" * N + "x",
    "marks": "a" + "\u0301" * N,
    "apart": unicodedata.normalize("NFD", "åéø" * (N // 5)),
    "turning": "\u202e\u2066" * (N // 2) + "x",
    "brackets": "<" * N,
    "elements": "<b>" * (N // 3),
    "entities": "&amp;" * (N // 5),
    "quotes": "“”" * (N // 2),
    "emoji": "👍" * (N // 2),
    "joined": "👩\u200d" * (N // 2),
    "tabs": "\t" * N + "x",
    "brackets of words": "(a" * (N // 2),
    "links": "http://a." * (N // 9),
}
