"""Every regular expression of the house takes time by the letters it reads, or a bounded multiple.

Python's matcher tries one way after the other. Where two repetitions can share the same letters,
one inside the other or one after the other, it tries every way of dividing them: a text of some
thousand letters then stands still for minutes. A repetition at the beginning that a search starts
anew from each of its own letters takes the square of them.

The tree that Python itself makes of an expression is laid out as a graph of letters, and asked
about each repetition that has no end (or a distant one): can the same letters be read by it again,
by another one, or from a later beginning? Letters are tried with a sample alphabet. What gives
nothing back (``*+``) is never divided. ``python -m tools.regexes``
"""

from __future__ import annotations

import ast
import builtins
import importlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tools.common import ROOT
from tools.regex_graph import faults
from tools.repository import tracked

PACKAGES = ("kommuneplan", "plans", "consultations")
FUNCTIONS = ("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall",
             "finditer")  # fmt: skip


@dataclass(frozen=True)
class Found:
    """An expression in the source and how it is used."""

    place: str
    pattern: str | bytes
    flags: int
    how: frozenset[str]


class _Unknown(str):
    """What only a call knows: a letter like any other."""

    def __getattr__(self, name: str) -> _Unknown:
        return self

    def __add__(self, other: object) -> str:
        return f"{self!s}{other}"


class _Locals(dict[str, Any]):
    """The names of a module, and letters for those that it does not have."""

    def __missing__(self, name: str) -> Any:
        return getattr(builtins, name, _Unknown("ø"))


def expressions(
    name: str, text: str, used: dict[str, set[str]], names: _Locals | None = None
) -> Iterator[Found | str]:
    """The expressions of a module; a string says where one cannot be told."""
    tree = ast.parse(text)
    module = name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    own = uses([text])
    targets = {
        id(node.value): target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Name)
    }
    for node in ast.walk(tree):
        if not (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in FUNCTIONS
        ):
            continue
        place = f"{name}:{node.lineno}"
        if names is None:
            names = _Locals(vars(importlib.import_module(module)))
        given = {"flags": node.args[1] if node.func.attr == "compile" and node.args[1:] else None}
        given |= {one.arg or "": one.value for one in node.keywords}
        if node.func.attr in ("search", "match", "fullmatch", "findall", "finditer"):
            given["flags"] = given["flags"] or (node.args[2] if node.args[2:] else None)
        try:
            pattern = _value(node.args[0], names)
            flags = int(_value(given["flags"], names)) if given["flags"] is not None else 0
        except Exception as error:
            yield f"{place}: what is searched for cannot be told ({error})"
            continue
        how = {node.func.attr}
        if node.func.attr == "compile":
            target = targets.get(id(node), "")
            how = own.get(target) or used.get(target) or {"search"}
        if isinstance(pattern, str | bytes):
            yield Found(place, pattern, flags, frozenset(how))


def _value(node: ast.expr, names: _Locals) -> Any:
    return eval(compile(ast.Expression(node), "<source>", "eval"), {"__builtins__": {}}, names)


def uses(texts: Iterable[str]) -> dict[str, set[str]]:
    """With which functions each name is used: NAME.search(…)."""
    found: dict[str, set[str]] = {}
    functions = "|".join(FUNCTIONS[1:])
    for text in texts:
        for name, how in re.findall(rf"\b(\w{{1,80}})\.({functions})\b", text):
            found.setdefault(name, set()).add(how)
    return found


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kommuneplan.settings")
    import django

    django.setup()
    names = [one for one in tracked() if one.endswith(".py") and one.startswith(PACKAGES)]
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in names}
    used = uses(texts.values())
    told, count = [], 0
    for name, text in texts.items():
        if not re.search(r"\bre\.", text) or "/migrations/" in name:
            continue
        for found in expressions(name, text, used):
            count += 1
            if isinstance(found, str):
                told.append(found)
                continue
            told += [f"{found.place}: {fault}" for fault in dict.fromkeys(
                faults(found.pattern, found.flags, found.how))]  # fmt: skip
    print("\n".join(told) if told else f"{count} expressions, each in time by its letters")
    return bool(told)


if __name__ == "__main__":
    sys.exit(main())
