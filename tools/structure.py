"""What keeps the tree easy to find one's way in, file by file.

Modules that can be read at one sitting, template lines that fit a window, few modules side by side,
one class for each name, no facts slipped to another object past its class, and no reference to a
paper that nobody has. Every rule is a function from what it looks at to a list of faults; none has
a list of exceptions. ``python -m tools.structure``
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tools.common import ROOT
from tools.repository import tracked

PACKAGES = ("kommuneplan", "plans", "consultations")
LONGEST_MODULE = 400
LONGEST_LINE = 160
CROWDED = ("plans", "consultations")
SIDE_BY_SIDE = 12
GIVEN_NAMES = {"Meta", "Media", "Command"}  # Django finds these by their name
OWN_FACTS = "kommuneplan/core/models/"
PAPER = re.compile(r"(?<![\w./*-])(?:[\w.-]+/)*[\w-][\w.-]*\.md\b")
SHORT_NAME = re.compile(r"\b(?:DESIGN|HOUSE|LOOK|HAZARDS)\b(?!\.md)")
TEMPLATE_COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", re.DOTALL)


def too_long(name: str, text: str) -> list[str]:
    """A module that is better read as two."""
    lines = len(text.splitlines())
    return [f"{name}: {lines} lines; {LONGEST_MODULE} at most"] if lines > LONGEST_MODULE else []


def wide_lines(name: str, text: str) -> list[str]:
    """Template lines that no window shows whole."""
    return [
        f"{name}:{number}: {len(line)} characters; {LONGEST_LINE} at most"
        for number, line in enumerate(text.splitlines(), start=1)
        if len(line) > LONGEST_LINE
    ]


def crowded(folder: str, names: list[str]) -> list[str]:
    """A package whose modules want rooms of their own."""
    here = [name for name in names if name.endswith(".py") and Path(name).parent == Path(folder)]
    if len(here) <= SIDE_BY_SIDE:
        return []
    return [f"{folder}: {len(here)} modules side by side; {SIDE_BY_SIDE} at most"]


def twins(texts: dict[str, str]) -> list[str]:
    """Classes that share a name, so that the name does not say which one is meant.

    Two models may: their names are the labels of tables of two apps, and another name would be a
    migration.
    """
    places: dict[str, list[str]] = {}
    for name, text in texts.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef) and node.name not in GIVEN_NAMES:
                places.setdefault(node.name, []).append(f"{name}:{node.lineno}")
    return [
        f"{where[0]}: class {name} is also in {', '.join(where[1:])}"
        for name, where in sorted(places.items())
        if len(where) > 1 and not all("/models/" in place for place in where)
    ]


def slipped_facts(name: str, text: str) -> list[str]:
    """Facts read from or put into an object's ``__dict__``, past what its class declares.

    An object may keep what it has asked for in its own, in the models that everybody shares.
    """
    found = [
        (node.lineno, ast.unparse(node.value))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr == "__dict__"
    ]
    return [
        f"{name}:{line}: facts through {whose}.__dict__"
        for line, whose in sorted(found)
        if whose != "self" or not name.startswith(OWN_FACTS)
    ]


def borrowed_pages(name: str, text: str) -> list[str]:
    """Views and forms that a module takes from another wing than its own."""
    own = ".".join(name.split("/")[:2])
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.ImportFrom) or node.level:
            continue
        for alias in node.names:
            app, wing, *inside = f"{node.module}.{alias.name}".split(".")
            if app in CROWDED and inside[:1] in (["views"], ["forms"]) and f"{app}.{wing}" != own:
                found.append(f"{name}:{node.lineno}: {inside[0]} of {app}.{wing} are its own")
    return list(dict.fromkeys(found))


def missing_papers(name: str, text: str, names: set[str]) -> list[str]:
    """Papers that a text sends its reader to, and that are not in the repository."""
    found = []
    for number, words in explained(name, text):
        wanted = [*PAPER.findall(words), *(f"{paper}.md" for paper in SHORT_NAME.findall(words))]
        found += [
            f"{name}:{number}: {paper} is not in the repository"
            for paper in wanted
            if paper not in names and (Path(name).parent / paper).as_posix() not in names
        ]
    return found


def explained(name: str, text: str) -> Iterator[tuple[int, str]]:
    """Line by line what is there for a reader: a whole paper; of code, docstrings and comments."""
    if name.endswith(".md"):
        yield from enumerate(text.splitlines(), start=1)
    elif name.endswith(".py"):
        yield from docstrings(text)
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string
    elif name.endswith(".html"):
        for comment in TEMPLATE_COMMENT.finditer(text):
            first = text.count("\n", 0, comment.start()) + 1
            yield from enumerate(comment.group().splitlines(), start=first)


def docstrings(text: str) -> Iterator[tuple[int, str]]:
    """Strings that stand by themselves, as docstrings of modules, classes, functions and fields."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield from enumerate(str(node.value.value).splitlines(), start=node.lineno)


def is_module(name: str, *folders: str) -> bool:
    return name.endswith(".py") and name.split("/")[0] in folders and "/migrations/" not in name


def faults(texts: dict[str, str]) -> list[str]:
    """What is not in order in the files of these names and contents."""
    modules = {name: text for name, text in texts.items() if is_module(name, *PACKAGES)}
    found = [fault for folder in CROWDED for fault in crowded(folder, list(texts))] + twins(modules)
    for name, text in texts.items():
        if is_module(name, *PACKAGES, "tools"):
            found += too_long(name, text)
        if name in modules:
            found += slipped_facts(name, text) + borrowed_pages(name, text)
        if "templates/" in name and name.endswith(".html"):
            found += wide_lines(name, text)
        if "/migrations/" not in name:
            found += missing_papers(name, text, set(texts))
    return found


if __name__ == "__main__":
    everything = {name: (ROOT / name).read_text(errors="replace") for name in tracked()}
    report = faults(everything)
    print("\n".join(report) or "The tree is in order.")
    sys.exit(bool(report))
