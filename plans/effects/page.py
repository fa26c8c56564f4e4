"""The table of a theory of change: what stands in it, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kommuneplan.core.models import User
from plans.enums import EffectKind
from plans.indicators.queries import with_numbers
from plans.models import EffectNode, EffectReference, EffectTheme, Plan

from .building import chain_of, chain_rows, goals_known_to
from .chain import EffectChain
from .findings import EffectFinding, Lacking, findings


@dataclass(frozen=True, slots=True)
class TableRow:
    """A node as a row. ``form``: where it is being written; ``can_go_up``, ``can_go_down``: there
    is a place among its own kind."""

    node: EffectNode
    found: tuple[EffectFinding, ...] = ()
    can_go_up: bool = False
    can_go_down: bool = False
    form: Any = None


@dataclass(frozen=True, slots=True)
class TablePart:
    """The rows of one kind in a theme, and the line where one more is written."""

    kind: EffectKind
    rows: tuple[TableRow, ...]
    form: Any = None


@dataclass(frozen=True, slots=True)
class TableTheme:
    """A theme with its four parts. ``form``: where the theme itself is being written."""

    theme: EffectTheme
    parts: tuple[TablePart, ...]
    can_go_up: bool
    can_go_down: bool
    form: Any = None


@dataclass(frozen=True, slots=True)
class EffectTable:
    """All of it: the themes, the chain they make, what is missing, and what was taken out."""

    themes: tuple[TableTheme, ...]
    chain: EffectChain
    findings: tuple[EffectFinding, ...]
    retired: tuple[Any, ...] = field(default=())

    def row(self, uid: Any) -> tuple[TableTheme, TablePart, TableRow] | None:
        """The row of a node, with where it stands."""
        return next(
            (
                (theme, part, row)
                for theme in self.themes
                for part in theme.parts
                for row in part.rows
                if row.node.uid == uid
            ),
            None,
        )

    def theme(self, uid: Any) -> TableTheme | None:
        """A theme."""
        return next((one for one in self.themes if one.theme.uid == uid), None)


def effect_table(
    plan: Plan,
    *,
    user: User,
    forms: Mapping[Any, Any] | None = None,
    lines: Mapping[tuple[Any, str], Any] | None = None,
) -> EffectTable:
    """The table of a plan for somebody who works with it. ``forms``: by uid, the rows that are
    being written; ``lines``: by theme and kind, lines that could not be added as they were."""
    themes = list(plan.effect_themes.filter(retired_at__isnull=True).prefetch_related("references"))
    rows, above = chain_rows(plan), goals_known_to(plan, user)
    chain = chain_of(themes, rows, above)
    found = findings(chain, _lacking(rows))
    written = _Written(forms or {}, lines or {}, found)
    last = len(themes) - 1
    return EffectTable(
        themes=tuple(
            TableTheme(
                theme,
                tuple(written.part(theme, kind, rows) for kind in EffectKind),
                place > 0,
                place < last,
                written.forms.get(theme.uid),
            )
            for place, theme in enumerate(themes)
        ),
        chain=chain,
        findings=tuple(found),
        retired=tuple(retired_rows(plan)),
    )


def _lacking(rows: list[EffectNode]) -> Lacking:
    """What the indicators of some nodes lack."""
    uses = {use.pk: use for row in rows for use in row.indicators.all()}
    return {
        str(one.use.uid): (one.indicator.name, one.lacks) for one in with_numbers(uses.values())
    }


@dataclass(frozen=True, slots=True)
class _Written:
    forms: Mapping[Any, Any]
    lines: Mapping[tuple[Any, str], Any]
    found: list[EffectFinding]

    def part(self, theme: EffectTheme, kind: EffectKind, rows: list[EffectNode]) -> TablePart:
        own = [row for row in rows if row.theme_id == theme.pk and row.kind == kind]
        return TablePart(
            kind,
            tuple(
                TableRow(
                    node,
                    tuple(one for one in self.found if one.uid == str(node.uid)),
                    place > 0,
                    place < len(own) - 1,
                    self.forms.get(node.uid),
                )
                for place, node in enumerate(own)
            ),
            self.lines.get((theme.uid, kind)),
        )


def retired_rows(plan: Plan) -> list[Any]:
    """Themes, nodes and sources that were taken out."""
    taken_out = {"retired_at__isnull": False}
    return [
        *EffectTheme.objects.filter(plan=plan, **taken_out),
        *EffectNode.objects.filter(
            theme__plan=plan, theme__retired_at__isnull=True, **taken_out
        ).select_related("theme"),
        *EffectReference.objects.filter(plan=plan, **taken_out),
    ]
