"""The parts of a document, registered.

Each part is a ``DocumentPart``: how its value is built from live rows, read from JSON, cut into
sealed blocks, put in words, redacted, compared, shown and set on paper. Building, comparison,
differences, redaction, sealing, search words, pages and papers ask the registry and know no part
by its name. Pure: what touches tables is handed in as a callable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, is_dataclass, replace
from typing import Any

from django.utils.text import capfirst

from kommuneplan.plain_text import reads_as
from kommuneplan.richtext.looks import Comparable, TextLook
from plans.enums import BlockKind, Part


@dataclass(frozen=True, slots=True)
class BlockWords:
    """The words of one block, for the different readers of words.

    ``title``: what the block is called in a list. ``written``: everything somebody wrote in it.
    ``searched``: what lists of plans find it by; ``read``: what a reader of the document finds it
    by; both are ``written`` where nothing else is given, and "" keeps the block from being found.
    ``within``: the uid of the thing it stands in, where it is written. ``looks``: how the words
    look, where that is a part of what is said.
    """

    anchor: str
    title: str
    written: str
    searched: str | None = None
    read: str | None = None
    within: str = ""
    looks: tuple[TextLook, ...] = ()

    def says_the_same_as(self, other: BlockWords) -> bool:
        """Whether a reader finds the same in both."""
        return (
            reads_as(self.title, other.title)
            and reads_as(self.written, other.written)
            and self.looks == other.looks
        )

    @property
    def search_words(self) -> str:
        """What lists of plans find it by."""
        return self.written if self.searched is None else self.searched

    @property
    def reading_words(self) -> str:
        """What a reader of the document finds it by."""
        return self.written if self.read is None else self.read


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A place of a document that can be answered and quoted.

    ``label``: its name in a list of places. ``compared``: what is compared with a later text.
    ``quote``: what is kept as a quotation; None where only the label is. ``section``: the uid of
    the section it stands in. ``lead``, ``title`` and ``body``: how it is shown, the lead in bold;
    without a lead the title is bold.
    """

    anchor: str
    label: str
    compared: Comparable
    quote: str | None = None
    section: str = ""
    title: str = ""
    lead: str | None = None
    body: str = ""


@dataclass(frozen=True, slots=True)
class KindOfBlock:
    """A kind of sealed block: its name, its element's id on a page ("" for none), and the route
    to where it is written, which takes the plan's slug and, if ``is_named``, its uid."""

    label: Any
    target: str = "{}"
    route: str = "plans:overview"
    is_named: bool = False


HEAD = KindOfBlock(BlockKind.HEAD.label, target="", route="plans:head")


@dataclass(frozen=True)
class DocumentPart:
    """One part of a document; ``key`` is its name in the JSON of versions and in the registry.

    Required:
    ``words(value)``: a BlockWords for each block. ``read(data)``: the value from plain JSON.
    ``redact(value, removed)``: the value with the words of some blocks replaced, by anchor.
    ``template``: shows the part on a page, given ``document`` and ``value`` ("": it has none).

    Where needed:
    ``build(plan, cycle)``: the value from live rows. ``empty``: the value of a document without
    the part; an empty value is not written, unless ``is_always_written``.
    ``blocks(value)``: (anchor, kind, plain value) of what is sealed; ``kinds`` tells of each kind.
    ``frozen_with``: the key of the part it is frozen together with. ``heading``: its title.
    ``follows_up``: it tells what becomes of the plan, and so is published with the process plan, by
    the secretary; the text of a plan in force is the bodies' alone.
    ``compare(before, after)``: ``Compared`` things, word for word; ``differences(before, after)``:
    any value that is false where there are none, shown by ``changes_template`` as ``what`` and
    counted in words by ``count``. ``cited(value)``: the places that can be answered.
    ``checked(value)``: (title, words) to look through for personal data before publishing.
    ``dates(value)``: what it dates, as milestones for the calendar of the plan.
    ``html(value)``: (anchor, HTML) of blocks that may hold images. ``as_read(value)``: the value
    without what nobody reads. ``export(document, home=, year_parts=)``: chapters on paper.

    ``sealed``, ``on_page`` and ``on_paper`` are places in three orders. The order of sealing must
    never change among parts that have been frozen.
    """

    key: str
    label: Any
    words: Callable[[Any], Iterator[BlockWords]]
    read: Callable[[Any], Any]
    redact: Callable[[Any, Mapping[str, str]], Any]
    template: str
    build: Callable[[Any, Any], Any] | None = None
    empty: Any = ()
    is_always_written: bool = False
    frozen_with: str = ""
    follows_up: bool = False
    heading: Any = ""
    kinds: Mapping[str, KindOfBlock] = field(default_factory=dict)
    blocks: Callable[[Any], Iterator[tuple[str, str, Any]]] | None = None
    compare: Callable[[Any, Any], Iterator[Any]] | None = None
    differences: Callable[[Any, Any], Any] | None = None
    changes_template: str = "plans/document/changes/blocks.html"
    count: Callable[[Any], Iterator[str]] | None = None
    cited: Callable[[Any], Iterator[CitedPlace]] | None = None
    checked: Callable[[Any], Iterator[tuple[str, str]]] | None = None
    html: Callable[[Any], Iterator[tuple[str, str]]] | None = None
    dates: Callable[[Any], Iterator[Any]] | None = None
    as_read: Callable[[Any], Any] | None = None
    export: Callable[..., Iterator[Any]] | None = None
    sealed: int = 100
    on_page: int = 100
    on_paper: int = 100

    @property
    def title(self) -> str:
        """What stands above the part; without ``heading`` its name."""
        return str(self.heading) or capfirst(str(self.label))

    def blocks_of(self, value: Any) -> Iterator[tuple[str, str, Any]]:
        """(anchor, kind, plain value) of each block; without ``blocks`` one for each line."""
        if self.blocks:
            yield from self.blocks(value)
        else:
            yield from ((line.uid, self.key, line) for line in value)

    def counted(self, differences: Any) -> Iterator[str]:
        """Its differences counted in words; without ``count`` the name of the part."""
        if self.count:
            yield from self.count(differences)
        elif differences:
            yield str(self.label)

    def cited_places(self, value: Any) -> Iterator[CitedPlace]:
        """The places that can be answered; without ``cited`` every block with words."""
        if self.cited:
            yield from self.cited(value)
        else:
            yield from (_cited(block) for block in self.words(value))

    def checked_words(self, value: Any) -> Iterator[tuple[str, str]]:
        """(title, words) to look through; without ``checked`` the words of every block."""
        if self.checked:
            yield from self.checked(value)
        else:
            yield from ((block.title, block.written) for block in self.words(value))


def _cited(block: BlockWords) -> CitedPlace:
    words = block.written
    return CitedPlace(
        block.anchor,
        block.title,
        Comparable(words),
        quote=" ".join(words.split()),
        title=block.title,
        body=words.removeprefix(block.title).strip(),
    )


_registered: dict[str, DocumentPart] = {}


def register_part(part: DocumentPart) -> None:
    """Add a part to every document. Called in ``ready()``; the same key again replaces it."""
    _registered[part.key] = part


def register_export(key: str, export: Callable[..., Iterator[Any]]) -> None:
    """Set a registered part on paper, where only a wing above can. Called in ``ready()``."""
    _registered[key] = replace(_registered[key], export=export)


def unregister_part(key: str) -> None:
    """Take a part away again; for tests."""
    del _registered[key]


def parts(order: str = "sealed") -> list[DocumentPart]:
    """Every part in one of its orders: ``sealed``, ``on_page`` or ``on_paper``."""
    return sorted(_registered.values(), key=lambda part: (getattr(part, order), part.key))


def part(key: str) -> DocumentPart | None:
    """The part with that key; None where nobody has registered one."""
    return _registered.get(key)


def freezable() -> list[str]:
    """The keys of the parts that can be frozen by themselves."""
    return [one.key for one in parts() if not one.frozen_with]


def with_process_plan() -> list[str]:
    """The keys of the process plan, and of what is published with it."""
    return [Part.PROCESS_PLAN.value, *(one.key for one in parts() if one.follows_up)]


def kind_of_block(kind: str) -> KindOfBlock:
    """What is known of a kind of block; its bare name where nobody has registered it."""
    if kind == BlockKind.HEAD:
        return HEAD
    for one in parts():
        if kind in one.kinds:
            return one.kinds[kind]
        if kind == one.key:
            return KindOfBlock(one.label)
    return KindOfBlock(kind, target="")


def lines_of(kind: type) -> Callable[[list[dict[str, Any]]], tuple[Any, ...]]:
    """A reader of JSON for values that are a tuple of one flat dataclass."""
    return lambda data: tuple(kind(**line) for line in data)


def plain_value(value: Any) -> Any:
    """Dataclasses, at any depth, as what JSON can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, tuple | list):
        return [plain_value(one) for one in value]
    return value
