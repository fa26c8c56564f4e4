"""What a theory of change lacks: said beside the row it concerns, and in one numbered list. Pure.

A finding decides nothing and hinders nothing; it leads to the row where it is put right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plans.enums import EffectKind
from plans.indicators.findings import Lack

from .chain import EffectChain, NodeLine


@dataclass(frozen=True, slots=True)
class EffectFinding:
    """One thing that is missing: ``code`` says what, ``uid`` and ``title`` where. What an
    indicator lacks (``lack``) is said at what it measures, with the indicator's uid and name."""

    code: str
    uid: str
    title: str
    number: int = 0
    indicator: str = ""
    name: str = ""
    lack: Lack | None = None


GOAL_ALONE = "goal_without_activity"
ACTIVITY_ALONE = "activity_without_result"
RESULT_UNMEASURED = "result_unmeasured"
RESOURCE_WITHOUT_AMOUNT = "resource_without_amount"
INDICATOR_LACKS = "indicator_lacks"


Lacking = Mapping[str, tuple[str, Sequence[Lack]]]
"""What is lacking of indicators: by uid their name, and each thing."""


def findings(chain: EffectChain, lacking: Lacking | None = None) -> list[EffectFinding]:
    """All that is missing, numbered, in the order of the table."""
    found = [
        one
        for theme in chain.themes
        for node in chain.in_theme(theme.uid)
        for one in (*_of_node(chain, node), *_of_indicators(node, lacking or {}))
    ]
    return [replace(one, number=number) for number, one in enumerate(found, start=1)]


def _of_indicators(node: NodeLine, lacking: Lacking) -> Iterator[EffectFinding]:
    for uid in node.indicators:
        name, lacks = lacking.get(uid, ("", ()))
        for lack in lacks:
            yield EffectFinding(
                INDICATOR_LACKS, node.uid, node.title, indicator=uid, name=name, lack=lack
            )


def _of_node(chain: EffectChain, node: NodeLine) -> Iterator[EffectFinding]:
    yield from (EffectFinding(code, node.uid, node.title) for code in _codes(chain, node))


def _codes(chain: EffectChain, node: NodeLine) -> Iterator[str]:
    kind = EffectKind(node.kind)
    if kind == EffectKind.GOAL and not _is_worked_on(chain, node.uid):
        yield GOAL_ALONE
    if kind == EffectKind.ACTIVITY and not chain.served(node):
        yield ACTIVITY_ALONE
    if kind == EffectKind.RESULT and not node.indicators:
        yield RESULT_UNMEASURED
    if kind == EffectKind.RESOURCE and node.amount is None:
        yield RESOURCE_WITHOUT_AMOUNT


def _is_worked_on(chain: EffectChain, uid: str) -> bool:
    """Does an activity lead to it, directly or through results?"""
    return any(
        giver.kind == EffectKind.ACTIVITY
        or (giver.kind == EffectKind.RESULT and _is_worked_on(chain, giver.uid))
        for giver in chain.servers(uid)
    )
