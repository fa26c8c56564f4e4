"""Names of files, as they may be stored and shown: one part, no tricks."""

from __future__ import annotations

import re
import unicodedata

from kommuneplan.plain_text import composed

LONGEST = 120  # letters, the ending included
_FORBIDDEN = re.compile(r'[<>:"|?*%\x7f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
# Inside a name these are the other half of a trick ("brev.exe.pdf").
_HARMFUL = frozenset({
    "exe", "com", "bat", "cmd", "scr", "pif", "js", "jse", "vbs", "vbe", "wsf", "wsh", "ps1",
    "psm1", "msi", "msp", "jar", "hta", "lnk", "reg", "dll", "sys", "sh", "py", "pl", "php", "asp",
    "aspx", "jsp", "html", "htm", "xhtml", "svg", "svgz", "xml", "mht", "docm", "dotm", "xlsm",
    "xltm", "pptm", "xlam", "app", "apk", "dmg", "iso", "img", "cab", "chm", "cpl", "inf", "url",
    "zip", "rar", "7z", "gz", "tar",
})  # fmt: skip
_HARMLESS = frozenset({
    "pdf", "doc", "docx", "odt", "txt", "rtf", "png", "jpg", "jpeg", "tif", "tiff", "heic", "pages",
})  # fmt: skip


def base_name(name: str) -> str:
    """The last part of a path, without letters that nobody sees or that turn the direction."""
    last = composed(name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(
        " " if unicodedata.category(letter) in ("Zs", "Zl", "Zp") else letter
        for letter in last
        if unicodedata.category(letter) not in ("Cc", "Cf", "Co", "Cs", "Cn")
    )
    return " ".join(shown.split())


def extension_of(name: str) -> str:
    """ ".pdf": how a name ends, in small letters; nothing where it has no ending."""
    stem, dot, last = name.rpartition(".")
    return f".{last.lower()}" if dot and stem else ""


def is_disguised(name: str) -> bool:
    """Is another, harmful ending hidden before the last one?"""
    return any(part.strip().lower() in _HARMFUL for part in name.split(".")[1:-1])


def clean_name(name: str, extension: str) -> str:
    """The name to store: safe on every system, with one ending."""
    stem = base_name(name)
    stem = stem[: len(stem) - len(extension)] if stem.lower().endswith(extension) else stem
    while (inner := extension_of(stem)) and inner[1:] in _HARMLESS:
        stem = stem[: -len(inner)]
    stem = _FORBIDDEN.sub("-", stem).strip(" .-")
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"bilag {stem}".strip()
    return f"{stem[: LONGEST - len(extension)].rstrip(' .-')}{extension}"
