"""A theory of change on paper: each theme as an indented list and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.documents.prose import (
    Block,
    Cell,
    Figure,
    Line,
    Listing,
    Paragraph,
    Pictures,
    Row,
    Run,
    Table,
    paragraphs,
    words,
)
from kommuneplan.documents.whole import Chapter, chapter
from kommuneplan.timespan.calendar import YearParts
from plans.budget.amounts import kroner_words
from plans.document.plan_document import PlanDocument
from plans.enums import EffectKind

from .chain import (
    EffectChain,
    EffectThemeLine,
    InheritedGoal,
    NodeLine,
    OutlineStep,
    SourceLine,
    outline,
)
from .part import KEY
from .theme_view import theme_view
from .words import column_heads, explained

WIDTHS = (0.14, 0.3, 0.14, 0.26, 0.16)
PICTURE = "forandringsteori-"  # what the uids of its pictures begin with
AMOUNT = 2  # the column of amounts


def on_paper(document: PlanDocument, *, home: str, year_parts: YearParts) -> Iterator[Chapter]:
    """The chapters of a document's theory of change."""
    value: EffectChain = document.more.get(KEY, EffectChain())
    if value:
        yield from chapters(value)


def chapters(chain: EffectChain) -> Iterator[Chapter]:
    """What it is, what is inherited, and each theme."""
    lead: list[Block] = [*paragraphs(explained())]
    if chain.inherited:
        lead += paragraphs(_("Goals of the plans above:"))
        lead.append(Listing(tuple(paragraphs(_of_plan(goal)) for goal in chain.inherited)))
    yield chapter(_("Theory of change"), 1, lead)
    for theme in chain.themes:
        yield chapter(theme.title, 2, _theme(chain, theme))


def pictures(document: PlanDocument) -> Pictures:
    """The pictures of a document's themes, drawn when they are asked for."""
    chain: EffectChain = document.more.get(KEY, EffectChain())

    def fetch(uid: str) -> bytes | None:
        theme = chain.theme(uid.removeprefix(PICTURE)) if uid.startswith(PICTURE) else None
        if theme is None:
            return None
        from .png import as_png  # Pillow is slow to load, and seldom needed

        return as_png(theme_view(chain, theme, column_heads()).picture)

    return fetch


def alone(document: PlanDocument) -> PlanDocument:
    """The theory of change of a document as a paper of its own, filed as the plan is."""
    head = replace(
        document.head,
        title=_("Theory of change: %(title)s") % {"title": document.head.title},
        proposal="",
        still_open="",
        decided_by="",
    )
    return PlanDocument(head, more={KEY: document.more[KEY]})


def _of_plan(goal: InheritedGoal) -> str:
    return f"{goal.title} ({goal.plan})"


def _theme(chain: EffectChain, theme: EffectThemeLine) -> Iterator[Block]:
    yield from paragraphs(theme.note)
    sources = chain.sources_of(theme)
    if sources:
        yield Paragraph((*words(f"{_('Comes from')}: "), *_sources(sources)), quiet=True)
    nodes = chain.in_theme(theme.uid)
    if nodes:
        about = _("The chain of “%(theme)s”: goals to the left, then what leads to them.")
        yield Figure(f"{PICTURE}{theme.uid}", about % {"theme": theme.title})
        yield _list(outline(chain, theme.uid))
        yield _table(chain, theme, nodes)


def _sources(sources: Sequence[SourceLine]) -> Line:
    runs: list[Run] = []
    for source in sources:
        if runs:
            runs.append(Run("; "))
        runs.append(Run(source.name, link=source.link))
    return tuple(runs)


def _list(steps: Iterable[OutlineStep]) -> Listing:
    return Listing(tuple(_step(step) for step in steps))


def _step(step: OutlineStep) -> tuple[Block, ...]:
    point = step.point
    kind = capfirst(str(EffectKind(point.kind).label))
    said = point.title
    if isinstance(point, InheritedGoal):
        said = _of_plan(point)
    elif step.repeated:
        said = _("%(title)s (told above)") % {"title": point.title}
    elif point.amount is not None:
        said = f"{point.title}, {kroner_words(point.amount)}"
    found: list[Block] = [Paragraph((*words(f"{kind}: ", bold=True), Run(f" {said}")))]
    if step.assumption:
        found += paragraphs(f"{_('If:')} {step.assumption}", quiet=True)
    if isinstance(point, NodeLine) and not step.repeated:
        found += paragraphs(point.description)
    return (*found, _list(step.below)) if step.below else tuple(found)


def _table(chain: EffectChain, theme: EffectThemeLine, nodes: Sequence[NodeLine]) -> Table:
    heads = (_("Kind"), _("What"), _("Amount"), _("Contributes to"), _("Comes from"))
    head = Row(
        tuple(Cell(place, paragraphs(said), header=True) for place, said in enumerate(heads))
    )
    return Table(
        (head, *(_row(chain, node) for node in nodes)),
        1,
        WIDTHS,
        caption=words(theme.title),
        numeric=(AMOUNT,),
    )


def _row(chain: EffectChain, node: NodeLine) -> Row:
    served: list[Block] = []
    for point, link in chain.served(node):
        served += paragraphs(point.title)
        if link.assumption:
            served += paragraphs(f"{_('If:')} {link.assumption}", quiet=True)
    cells = (
        paragraphs(capfirst(str(EffectKind(node.kind).label))),
        (Paragraph(words(node.title, bold=True)),),
        paragraphs("–" if node.amount is None else kroner_words(node.amount)),
        tuple(served) or paragraphs("–"),
        tuple(Paragraph(_sources([one])) for one in chain.sources_of(node)) or paragraphs("–"),
    )
    return Row(tuple(Cell(place, said, header=place == 1) for place, said in enumerate(cells)))
