"""The door for files: size first, then the name, the first bytes, and what is inside."""

from __future__ import annotations

from .names import base_name, clean_name, extension_of, is_disguised
from .sandbox import IN_A_REQUEST, IN_PEACE, TooHeavy, ask
from .verdicts import CONTENT_TYPES, KINDS, MAX_BYTES, MAX_FILES, MAX_TOTAL, Accepted, Refused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "odt": b"PK\x03\x04",
          "png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff"}  # fmt: skip
_NO_TEXT = (*_MAGIC.values(), _OLE, b"MZ", b"\x7fELF", b"{\\rtf", b"GIF8", b"#!", b"Rar!", b"7z")
_ANYTHING = {"", "application/octet-stream", "binary/octet-stream"}
_ALSO = {"png": {"image/x-png"}, "jpeg": {"image/jpg", "image/pjpeg"}, "pdf": {"application/x-pdf"},
         "docx": {"application/zip", "application/msword"}, "odt": {"application/zip"}}  # fmt: skip


def check(
    name: str, data: bytes, *, declared: str = "", seconds: float = IN_A_REQUEST
) -> Accepted | Refused:
    """Is the file what its name says, and may it be kept? ``declared``: the type that the browser
    said, where it said one. The file is opened in the guarded process: some tenths of a second, and
    up to a quarter of a minute for a hostile one, so no request that strangers make asks this."""
    seen = look_outside(name, data, declared=declared)
    return seen if isinstance(seen, Refused) else look_inside(seen, data, seconds=seconds)


def look_outside(name: str, data: bytes, *, declared: str = "") -> Accepted | Refused:
    """What can be said of a file at once: its size, name and first bytes. Nothing is opened."""
    shown = base_name(name)[:100] or "?"
    told = {"name": shown}
    if "\x00" in name or not base_name(name):
        return Refused("name")
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1_000_000:.0f}"
        return Refused("size", {**told, "size": size, "limit": MAX_BYTES // 1_000_000})
    if not data.strip():
        return Refused("empty", told)
    extension = extension_of(base_name(name))
    code = _by_name(base_name(name), extension)
    if code:
        return Refused(code, told)
    kind = KINDS[extension]
    told["extension"] = extension
    said = declared.partition(";")[0].strip().lower()
    if said not in _ANYTHING | {CONTENT_TYPES[kind]} | _ALSO.get(kind, set()):
        return Refused("mismatch", told)
    code = _by_first_bytes(kind, data)
    if code:
        return Refused(code, told)
    return Accepted(kind, CONTENT_TYPES[kind], clean_name(name, extension))


def look_inside(seen: Accepted, data: bytes, *, seconds: float = IN_PEACE) -> Accepted | Refused:
    """Is a file that looks well from outside what it says, when it is opened?"""
    try:
        answer = ask("kommuneplan.uploads.child", "check", seen.kind, data=data, seconds=seconds)
        code = str(answer["code"])
    except TooHeavy:
        code = "bomb"
    told = {"name": seen.clean_name, "extension": extension_of(seen.clean_name)}
    return Refused(code, told) if code else seen


def too_many(
    count: int, total: int, *, files: int = MAX_FILES, most: int = MAX_TOTAL
) -> Refused | None:
    """Are these too many ``files`` for one response, or too large together (``most`` bytes)?"""
    if count > files:
        return Refused("number", {"limit": files})
    if total > most:
        return Refused("total", {"limit": most // 1_000_000})
    return None


def _by_name(name: str, extension: str) -> str:
    if extension in (".docm", ".dotm", ".xlsm", ".pptm"):
        return "macros"
    if extension in (".doc", ".dot", ".rtf"):
        return "old"
    if extension not in KINDS:
        return "kind"
    return "double" if is_disguised(name) else ""


def _by_first_bytes(kind: str, data: bytes) -> str:
    """What the first bytes say: all that is looked at outside the guarded process."""
    if kind == "txt":
        return "mismatch" if data.startswith(_NO_TEXT) else ""
    if kind in ("docx", "odt") and data.startswith(_OLE):
        return "protected"  # how Word stores what is locked by a password
    return "" if data.startswith(_MAGIC[kind]) else "mismatch"
