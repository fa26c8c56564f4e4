"""Word and OpenDocument files are zips: what may be in one. Called in the guarded process."""

from __future__ import annotations

import re
import zipfile
from xml.parsers import expat

from defusedxml import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import ParseError

from .packaging import TYPES, OpenedPackage, TooMuch, content_types, local, opened, relations, xml

MAX_INFLATED = 80_000_000
MAX_RATIO = 100
RATIO_MATTERS_FROM = 5_000_000
ODT = b"application/vnd.oasis.opendocument.text"

_MACROS = re.compile(r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml|macrosheets/)|^(?:basic|scripts)/")
_ACTIVE = re.compile(
    r"(?:^|/)activex/|^object [^/]{0,200}$|(?:^|/)oleobject[^/]{0,200}$"
    r"|(?:^|/)embeddings/[^/]{0,200}\.bin$"
    r"|\.(?:exe|dll|com|bat|cmd|scr|js|jse|vbs|vbe|wsf|ps1|jar|hta|msi|lnk|docm|xlsm|pptm|dotm)$"
)
_MACRO_TYPES = ("macroenabled", "vbaproject", "vbadata")
_ACTIVE_TYPES = ("activex", "oleobject", "x-msdownload", "javascript")
# What a program fetches by itself when the file is opened; a link is only followed by a person.
_FETCHED = {"attachedTemplate", "oleObject", "frame", "subDocument", "aFChunk", "externalLink"}
_ELSEWHERE = re.compile(
    r"\s*(?:https?:|ftp:|\\\\|//|file:/{2,5}[^/\"']{0,200}\\|mhtml:)", re.IGNORECASE
)


def trouble(kind: str, data: bytes) -> str:
    """The code of what is wrong with a .docx or .odt; empty when nothing is."""
    if data.rfind(b"PK\x05\x06", -66_000) < 0:
        return "mismatch"
    try:
        with opened(data) as package:
            return _outside(package, len(data)) or _inside(package, kind)
    except (TooMuch, zipfile.LargeZipFile):
        return "bomb"
    except DefusedXmlException:
        return "dtd"
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError, OSError,
            KeyError, RuntimeError, ParseError, expat.ExpatError, LookupError):  # fmt: skip
        return "damaged"
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "bz2"):
            return "damaged"
        raise


def _outside(package: OpenedPackage, size: int) -> str:
    """What the list of contents gives away."""
    if package.declared > MAX_INFLATED:
        return "bomb"
    if package.declared > RATIO_MATTERS_FROM and package.declared > MAX_RATIO * size:
        return "bomb"
    if package.is_locked:
        return "protected"
    names = [one.filename.lower().replace("\\", "/") for one in package.entries]
    if package.is_odd or any(
        name.startswith("/") or ".." in name.split("/") or "\x00" in name for name in names
    ):
        return "damaged"
    if any(_MACROS.search(name) for name in names):
        return "macros"
    if any(_ACTIVE.search(name) for name in names):
        return "active"
    return ""


def _inside(package: OpenedPackage, kind: str) -> str:
    """What the parts give away: their sort, definitions, and what is fetched from elsewhere."""
    names = set(package.names)
    if kind == "docx":
        if not {TYPES, "word/document.xml"} <= names:
            return "mismatch"
        types = set(content_types(package.part(TYPES), package.names).values())
        for code, bad in (("macros", _MACRO_TYPES), ("active", _ACTIVE_TYPES)):
            if any(word in one for one in types for word in bad):
                return code
    elif not {"mimetype", "content.xml"} <= names or package.part("mimetype").strip() != ODT:
        return "mismatch"
    for name in package.names:
        low = name.lower()
        if low.endswith(".rels"):
            if any(one.is_external and one.kind in _FETCHED and _ELSEWHERE.match(one.target)
                   for one in relations(package.part(name))):  # fmt: skip
                return "active"
        elif low == "meta-inf/manifest.xml":
            if any(local(one) == "encryption-data" for one in xml(package.part(name)).iter()):
                return "protected"
        elif low.endswith((".xml", ".rdf")):
            _check_xml(package.part(name))
    return ""


def _check_xml(data: bytes) -> None:
    """Raises DTDForbidden for a document type definition, whatever letters it is written in, and
    ExpatError for what is no XML. Nothing is kept of the part."""

    def begins(name: str, system: str, public: str, _inside: int) -> None:
        raise DTDForbidden(name, system, public)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = begins
    parser.Parse(data, True)
