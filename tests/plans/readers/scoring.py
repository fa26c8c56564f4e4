"""Compare a draft with the milestones a reader expects: words, window, kind and body."""

from __future__ import annotations

import re
from typing import Any

from plans.readers.process_plan.draft import DraftMilestone, DraftPlan


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-zæøåé0-9]+", text.lower()))


def overlap(first: str, second: str) -> float:
    a, b = words(first), words(second)
    return len(a & b) / max(1, min(len(a), len(b))) if a and b else 0.0


def window(milestone: DraftMilestone) -> tuple[str | None, str | None]:
    span = milestone.span
    if span is None:
        return None, None
    begin, end = span.earliest_begin, span.latest_end
    return begin and begin.isoformat(), end and end.isoformat()


def faults(plan: DraftPlan, expected: list[dict[str, Any]]) -> list[str]:
    """Everything that differs, in words; empty when the plan is read whole."""
    found: list[str] = []
    free = list(plan.milestones)
    for want in expected:
        best = max(free, key=lambda m: _score(m, want), default=None)
        if best is None or overlap(best.title, want["title"]) < 0.5:
            if not want.get("optional"):
                found.append(f"missing: {want['title']}")
            continue
        free.remove(best)
        found += _differences(best, want)
    found += [f"invented: {m.title} {window(m)} {m.kind}" for m in free]
    return found


def _score(milestone: DraftMilestone, want: dict[str, Any]) -> float:
    same_window = window(milestone) in _windows(want)
    same_body = milestone.who == want["body"]
    return overlap(milestone.title, want["title"]) + 0.3 * same_window + 0.2 * same_body


def _windows(want: dict[str, Any]) -> list[tuple[str | None, str | None]]:
    return [(want["earliest"], want["latest"]), *((a, b) for a, b in want.get("also_ok", []))]


def _differences(got: DraftMilestone, want: dict[str, Any]) -> list[str]:
    found = []
    if window(got) not in _windows(want):
        found.append(
            f"{want['title'][:50]}: window {window(got)} not {want['earliest']}..{want['latest']}"
        )
    if want["kind"] != "*" and got.kind not in (want["kind"], *want.get("kind_also_ok", [])):
        found.append(f"{want['title'][:50]}: kind {got.kind} not {want['kind']}")
    if want["body"] != "*" and got.who not in (want["body"], *want.get("body_also_ok", [])):
        found.append(f"{want['title'][:50]}: body {got.who!r} not {want['body']!r}")
    if "conditional" in want and got.conditional != want["conditional"]:
        found.append(f"{want['title'][:50]}: conditional {got.conditional}")
    return found


def expected_of(block: str) -> list[dict[str, Any]]:
    """Milestones from lines ``title|window|kinds|body||flag``.

    A window is ``a..b``, a day, or ``-``, with others after " or "; kinds and bodies have the
    accepted others after "/"; flags: ``opt`` (may be missing), ``cond`` (conditional).
    """
    found = []
    for line in block.strip().splitlines():
        title, when, kinds, body, _, flag = (line.split("|") + [""] * 6)[:6]
        windows = [_window_of(text.strip()) for text in when.split(" or ")]
        kind, *kinds_too = kinds.split("/")
        first, *bodies_too = body.split("/")
        found.append(
            {
                "title": title, "earliest": windows[0][0], "latest": windows[0][1],
                "also_ok": windows[1:], "kind": kind, "kind_also_ok": kinds_too,
                "body": first, "body_also_ok": bodies_too,
                **({"optional": True} if flag == "opt" else {}),
                **({"conditional": True} if flag == "cond" else {}),
            }
        )  # fmt: skip
    return found


def _window_of(text: str) -> tuple[str | None, str | None]:
    if text == "-":
        return None, None
    begin, _, end = text.partition("..")
    return (begin or None, end or None) if ".." in text else (text, text)
