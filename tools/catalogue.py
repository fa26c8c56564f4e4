"""Collect every source string of the interface into the Danish catalogue, in plain Python.

``make messages`` brings ``kommuneplan/locale/da/LC_MESSAGES/django.po`` in step with the code and
compiles it; what is not translated yet is listed. ``--merge DIR`` takes translations from the
tables ``DIR/*.tsv``: source and Danish, or source, plural, Danish one, Danish many; a newline is
written as \\n.
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tools import messages
from tools.common import ROOT

CATALOGUE = ROOT / "kommuneplan" / "locale" / "da" / "LC_MESSAGES" / "django.po"
CODE = ("kommuneplan", "plans", "consultations")
TEMPLATES = ("templates",)
# Installed packages that people meet, and that have no Danish of their own.
FOREIGN = ("simple_history", "axes")

# Django's own words that we say differently.
REWORDED = (
    "This field is required.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    "Enter a valid date.",
    "Enter a valid email address.",
    "The submitted file is empty.",
)

ONE = {"_", "_t", "gettext", "gettext_lazy", "gettext_noop", "note", "source"}
MANY = {"ngettext", "ngettext_lazy"}
OURS = {"note", "source"}  # ours, when they come from a module named "messages"
IN_TEMPLATE = re.compile(r"""\b(?P<call>gettext|ngettext|_)\((?=u?["'])""")
STRING = re.compile(r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*,?\s*""", re.DOTALL)
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "da",
    "MIME-Version": "1.0",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


class Message(NamedTuple):
    """A source string and, where the words depend on a number, its plural."""

    text: str
    plural: str = ""


def collected() -> dict[Message, list[str]]:
    """Every message of the project, with the files it stands in."""
    found: dict[Message, set[str]] = {Message(text): {"django"} for text in REWORDED}
    for path, name in _files():
        text = path.read_text(encoding="utf-8")
        reader = in_python if path.suffix == ".py" else in_template
        for message in reader(text):
            found.setdefault(message, set()).add(name)
    by_text: dict[str, Message] = {}
    for message in sorted(found):  # a text used with and without plural is one entry
        other = by_text.get(message.text)
        if other and message.plural:
            found[message] |= found.pop(other)
        by_text[message.text] = message
    return {message: sorted(names) for message, names in sorted(found.items())}


def _files() -> Iterator[tuple[Path, str]]:
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.relative_to(ROOT).as_posix()
    for folder in TEMPLATES:
        for pattern in ("*.html", "*.txt"):
            for path in sorted((ROOT / folder).rglob(pattern)):
                yield path, path.relative_to(ROOT).as_posix()
    for package in FOREIGN:
        spec = importlib.util.find_spec(package)
        if not spec or not spec.origin:
            continue
        home = Path(spec.origin).parent
        for path in sorted([*home.rglob("*.py"), *home.rglob("*.html")]):
            if not {"migrations", "tests"} & set(path.relative_to(home).parts):
                yield path, f"{package}/{path.relative_to(home).as_posix()}"


def in_python(text: str) -> Iterator[Message]:
    """The messages of Python code."""
    tree = ast.parse(text)
    calls = ONE | MANY if _knows_ours(tree) else (ONE | MANY) - OURS
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in calls:
            continue
        texts = [_constant(argument) for argument in node.args[:2]]
        if name in MANY and len(texts) == 2 and texts[0] and texts[1]:
            yield Message(texts[0], texts[1])
        elif name in ONE and texts and texts[0]:
            yield Message(texts[0])


def _knows_ours(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[-1] == "messages"
        for node in ast.walk(tree)
    )


def _constant(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _constant(node.left) + _constant(node.right)
    return ""


def in_template(text: str) -> Iterator[Message]:
    """The messages of a template, after Django's own reading of it."""
    from django.utils.translation.template import templatize

    code = templatize(text)
    for call in IN_TEMPLATE.finditer(code):
        first = STRING.match(code, call.end())
        if not first:
            continue
        one = ast.literal_eval(first[1])
        second = STRING.match(code, first.end()) if call["call"] == "ngettext" else None
        yield Message(one, ast.literal_eval(second[1]) if second else "")


def tables(folder: Path) -> dict[str, list[str]]:
    """Danish by source string, from every table in the folder; a later table wins."""
    danish: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = [cell.replace("\\n", "\n") for cell in line.split("\t")]
            if len(cells) == 2:
                danish[cells[0]] = cells[1:]
            elif len(cells) == 4:
                danish[cells[0]] = cells[2:]
            elif line.strip():
                print(f"{path.name}: not 2 or 4 columns: {line}", file=sys.stderr)
    return danish


def update(merge: Path | None) -> None:
    """Write the catalogue: every message of the code, with the Danish known until now."""
    import polib

    known = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    danish = {
        entry.msgid: [entry.msgstr]
        if not entry.msgid_plural
        else [entry.msgstr_plural[i] for i in sorted(entry.msgstr_plural)]
        for entry in known
        if not entry.obsolete and entry.translated()
    }
    if merge:
        danish |= tables(merge)
    catalogue = polib.POFile(wrapwidth=98)
    catalogue.metadata = HEADER
    for message, names in collected().items():
        catalogue.append(_entry(polib, message, names, danish.get(message.text, [])))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))


def _entry(polib, message: Message, names: list[str], danish: list[str]):
    entry = polib.POEntry(msgid=message.text, occurrences=[(name, "") for name in names])
    if re.search(r"%(\(\w+\))?[sd]", message.text + message.plural):
        entry.flags = ["python-format"]
    if message.plural:
        entry.msgid_plural = message.plural
        one = danish[0] if danish else ""
        entry.msgstr_plural = {0: one, 1: danish[1] if len(danish) > 1 else one}
    else:
        entry.msgstr = danish[0] if danish else ""
    return entry


def main() -> int:
    parser = argparse.ArgumentParser(description="Bring the Danish catalogue in step with the code")
    parser.add_argument("--merge", type=Path, help="a folder of tables with translations")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kommuneplan.settings")
    update(options.merge)
    messages.compile_all()
    missing = messages.faults()
    print("\n".join(missing) or "Catalogues complete.")
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
