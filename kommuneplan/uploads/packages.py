"""Word and OpenDocument files are zips: what may be in one, asked of its list of contents before
anything is inflated."""

from __future__ import annotations

import io
import re
import struct
import zipfile

MAX_ENTRIES = 2_000
MAX_INFLATED = 80_000_000
MAX_RATIO = 100
RATIO_MATTERS_FROM = 5_000_000
PROLOG = 65_536  # bytes in which a part has to begin with its root element

_END = b"PK\x05\x06"
_MACROS = re.compile(r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml|macrosheets/)|^(?:basic|scripts)/")
_ACTIVE = re.compile(
    r"(?:^|/)activex/|(?:^|/)oleobject[^/]*$|^object [^/]*$|(?:^|/)embeddings/.*\.bin$"
    r"|\.(?:exe|dll|com|bat|cmd|scr|js|jse|vbs|vbe|wsf|ps1|jar|hta|msi|lnk|docm|xlsm|pptm|dotm)$"
)
_REMOTE = re.compile(
    rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)(?=[^>]*(?:attachedTemplate|oleObject"
    rb"|frame|subDocument|aFChunk|externalLink)[\"'])(?=[^>]*Target\s*=\s*[\"'](?:https?:|ftp:|\\\\|"
    rb"file:/{2,5}[^/\"']*\\|mhtml:))[^>]*>",
    re.IGNORECASE,
)
_MACRO_TYPES = (b"macroEnabled", b"ms-office.vbaProject", b"ms-office.activeX")


def trouble(kind: str, data: bytes) -> str:
    """The code of what is wrong with a .docx or .odt; empty when nothing is."""
    count = _declared_entries(data)
    if count is None:
        return "mismatch"
    if count > MAX_ENTRIES:
        return "bomb"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _outside(archive, len(data)) or _inside(archive, kind)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError, OSError,
            KeyError, RuntimeError, zipfile.LargeZipFile):  # fmt: skip
        return "damaged"
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "bz2"):
            return "damaged"
        raise


def _declared_entries(data: bytes) -> int | None:
    """How many parts the zip says it has, before Python reads the list of them."""
    place = data.rfind(_END, -66_000)
    if place < 0 or len(data) < place + 22:
        return None
    (count,) = struct.unpack_from("<H", data, place + 10)
    return int(count)


def _outside(archive: zipfile.ZipFile, size: int) -> str:
    """What the list of contents gives away."""
    entries = archive.infolist()
    inflated = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or inflated > MAX_INFLATED:
        return "bomb"
    if inflated > RATIO_MATTERS_FROM and inflated > MAX_RATIO * size:
        return "bomb"
    if any(entry.flag_bits & 1 for entry in entries):
        return "protected"
    names = [entry.filename.lower().replace("\\", "/") for entry in entries]
    if len(set(names)) != len(names) or any(
        name.startswith("/") or ".." in name.split("/") or "\x00" in name for name in names
    ):
        return "damaged"
    if any(_MACROS.search(name) for name in names):
        return "macros"
    if any(_ACTIVE.search(name) for name in names):
        return "active"
    return ""


def _inside(archive: zipfile.ZipFile, kind: str) -> str:
    """What the parts give away: their sort, DTDs, and remote parts that open by themselves."""
    names = set(archive.namelist())
    if kind == "docx":
        if not {"[Content_Types].xml", "word/document.xml"} <= names:
            return "mismatch"
        types = archive.read("[Content_Types].xml")
        if any(one in types for one in _MACRO_TYPES):
            return "macros"
    elif not _is_opendocument(archive, names):
        return "mismatch"
    for name in names:
        if name.lower().endswith((".xml", ".rels", ".rdf")):
            with archive.open(name) as part:
                begin = part.read(PROLOG).replace(b"\x00", b"")
            if b"<!DOCTYPE" in begin or b"<!ENTITY" in begin:
                return "dtd"
            if begin.strip() and not re.search(rb"<[A-Za-z_]", begin):
                return "dtd"  # a prolog that long hides something
        if name.lower().endswith(".rels") and _REMOTE.search(archive.read(name)):
            return "active"
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        return "protected"
    return ""


def _is_opendocument(archive: zipfile.ZipFile, names: set[str]) -> bool:
    if not {"mimetype", "content.xml"} <= names:
        return False
    return archive.read("mimetype").strip() == b"application/vnd.oasis.opendocument.text"
