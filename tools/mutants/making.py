"""Small changes to the source of a module, one at a time: each makes one other program."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Change = Callable[[Any, ast.AST], bool]
"""Changes a node of a function; whether it could."""

_OTHER = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_NARROWS = {"filter", "exclude", "select_for_update", "announced", "shown", "cleared", "visible"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: where, what, and the function it is in with its code as changed.

    ``function``: qualified name and first line, as a code object knows itself.
    """

    path: Path
    line: int
    what: str
    function: tuple[str, int]
    tree: ast.Module

    @property
    def told(self) -> str:
        return f"{self.path}:{self.line} {self.function[0]}: {self.what}"


def mutants_of(path: Path, root: Path) -> Iterator[Mutant]:
    """Every change in the bodies of the module's functions and methods."""
    tree = ast.parse((root / path).read_text(encoding="utf-8"))
    for name, function in _functions(tree, ""):
        first = min([function.lineno, *(one.lineno for one in function.decorator_list)])
        for place, node in enumerate(ast.walk(function)):
            for what, change in _changes(node):
                fresh = copy.deepcopy(tree)
                same = next(
                    one
                    for other, one in _functions(fresh, "")
                    if (other, one.lineno) == (name, function.lineno)
                )
                if change(list(ast.walk(same))[place], same):
                    whole = ast.fix_missing_locations(fresh)
                    yield Mutant(path, node.lineno, what, (name, first), whole)


def _functions(tree: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions of the module and methods of its classes, each with what is nested in it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            yield f"{prefix}{node.name}", node


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """(what, change): a change is given the same node of a copy, and its function."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        other = _OTHER.get(type(node.ops[0]))
        if other:
            yield f"{_source(node)}: {other.__name__} instead", _put("ops", [other()])
    elif isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{_source(node)}: {other.__name__} instead", _put("op", other())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield f"{_source(node)}: without the not", _in_place(lambda one: one.operand)
    elif isinstance(node, ast.If) and isinstance(node.body[-1], ast.Raise | ast.Return):
        yield f"if {_source(node.test)}: never", _put("test", ast.Constant(False))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from _of_call(node)
    elif isinstance(node, ast.Return) and isinstance(node.value, ast.Constant):
        if isinstance(node.value.value, bool):
            other = not node.value.value
            yield f"return {other}", _put("value", ast.Constant(other))
    elif isinstance(node, ast.Raise):
        yield f"{_source(node)}: nothing is raised", _in_place(lambda one: None)


def _of_call(node: ast.Call) -> Iterator[tuple[str, Change]]:
    if node.func.attr in _NARROWS:
        yield f".{node.func.attr}(…) left out", _in_place(lambda one: one.func.value)
        for number, word in enumerate(node.keywords):
            if len(node.keywords) > 1 and word.arg:
                yield f".{node.func.attr}() without {word.arg}", _without(number)


def _source(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) < 70 else f"{text[:69]}…"


def _put(name: str, value: object) -> Change:
    def change(node: ast.AST, function: ast.AST) -> bool:
        setattr(node, name, value)
        return True

    return change


def _without(number: int) -> Change:
    def change(node: ast.Call, function: ast.AST) -> bool:
        del node.keywords[number]
        return True

    return change


def _in_place(instead: Callable[[Any], ast.AST | None]) -> Change:
    """Put another expression where the node stands; None: a statement that does nothing."""

    def change(node: ast.AST, function: ast.AST) -> bool:
        for parent in ast.walk(function):
            for field, value in ast.iter_fields(parent):
                if value is node:
                    setattr(parent, field, instead(node))
                    return True
                if isinstance(value, list) and any(one is node for one in value):
                    place = next(n for n, one in enumerate(value) if one is node)
                    value[place] = instead(node) or ast.copy_location(ast.Pass(), node)
                    return True
        return False

    return change
