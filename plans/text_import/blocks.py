"""Paragraphs and tables from Word as blocks of rich text. Pure: tracked changes decided first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from plans.readers.word_text.parts import (
    CAPTION,
    HEADING,
    INNER,
    ITEM,
    QUOTE,
    TITLE,
    WordCell,
    WordParagraph,
    WordRow,
    WordRun,
    WordTable,
)

ACCEPT, REJECT = "accept", "reject"
Figure = Callable[[str], str]  # a picture's id → HTML, or nothing
_TAGS = {"b": "strong", "i": "em", "u": "u", "s": "s", "^": "sup", "_": "sub"}


@dataclass(slots=True)
class Html:
    """One block of rich text, and the comments of the document that hang on it."""

    html: str
    comments: list[str] = field(default_factory=list)


# Tracked changes


def decided(
    blocks: Iterable[WordParagraph | WordTable], decisions: Mapping[str, str]
) -> list[WordParagraph | WordTable]:
    """The document with every change carried out or undone; one not decided on yet is shown as
    if it were carried out."""
    out: list[WordParagraph | WordTable] = []
    stretch: list[WordParagraph] = []
    for block in blocks:
        if isinstance(block, WordParagraph):
            stretch.append(block)
            continue
        out += _stretch(stretch, decisions)
        stretch = []
        table = WordTable(block.id, _rows(block.rows, decisions))
        if table.rows:
            out.append(table)
    return out + _stretch(stretch, decisions)


def stands(mark: str, change: str, decisions: Mapping[str, str]) -> bool:
    """Is what was marked there, when it is decided so?"""
    if not mark:
        return True
    return (mark == "ins") == (decisions.get(change, ACCEPT) == ACCEPT)


def _rows(rows: Sequence[WordRow], decisions: Mapping[str, str]) -> list[WordRow]:
    kept = [stands(row.mark, row.change, decisions) for row in rows]
    out = []
    for place, row in enumerate(rows):
        if not kept[place]:
            continue
        cells = [
            WordCell(
                _stretch(cell.paragraphs, decisions),
                cell.across,
                max(1, sum(kept[place : place + cell.down])),
            )
            for cell in row.cells
        ]
        out.append(replace(row, cells=cells))
    return out


def _stretch(
    paragraphs: Iterable[WordParagraph], decisions: Mapping[str, str]
) -> list[WordParagraph]:
    """Paragraphs whose breaks are gone run together; the first with words says what it is."""
    out: list[WordParagraph] = []
    begun: WordParagraph | None = None
    for paragraph in paragraphs:
        runs = [run for run in paragraph.runs if stands(run.mark, run.change, decisions)]
        now = replace(paragraph, runs=runs)
        if begun is not None:
            now = replace(begun if begun.words else now, runs=[*begun.runs, *runs])
        begun = None
        if stands(paragraph.mark, paragraph.change, decisions):
            out.append(now)
        else:
            begun = now
    if begun is not None:
        out.append(begun)
    return [one for one in out if one.words or _carries(one)]


def _carries(paragraph: WordParagraph) -> bool:
    return any(run.image or run.note or run.comment for run in paragraph.runs)


# Words


def inline(runs: Sequence[WordRun]) -> str:
    """Words, links and footnotes of a paragraph as HTML; pictures are blocks of their own."""
    parts = [_run(run) for run in _trimmed(runs)]
    return "".join(parts)


def _trimmed(runs: Sequence[WordRun]) -> list[WordRun]:
    """Without spaces at the ends."""
    out = [replace(run) for run in runs if run.text or run.note]
    while out and not out[0].note and not out[0].text.lstrip():
        out.pop(0)
    while out and not out[-1].note and not out[-1].text.rstrip():
        out.pop()
    if out:
        out[0].text, out[-1].text = out[0].text.lstrip(), out[-1].text.rstrip()
    return out


def _run(run: WordRun) -> str:
    if run.note:
        return f'<span class="note">{escape(run.note, quote=False)}</span>'
    html = escape(run.text, quote=False).replace("\n", "<br>")
    if not run.text.strip():
        return html
    for letter, tag in reversed(_TAGS.items()):
        if letter in run.look:
            html = f"<{tag}>{html}</{tag}>"
    return f'<a href="{escape(run.href)}">{html}</a>' if run.href else html


# Blocks


@dataclass(slots=True)
class Counting:
    """How far each numbered list has come, for one that goes on after a paragraph."""

    items: dict[str, int] = field(default_factory=dict)


def blocks_of(
    parts: Sequence[WordParagraph | WordTable], figure: Figure, counting: Counting
) -> list[Html]:
    """The blocks of a section in order; items side by side are one list."""
    out: list[Html] = []
    place = 0
    while place < len(parts):
        part = parts[place]
        if isinstance(part, WordTable):
            out += _table(part, figure)
            place += 1
            continue
        group = list(_alike(parts[place:]))
        place += len(group)
        made, pictures = _paragraphs(group, counting)
        below = parts[place] if place < len(parts) else None
        if part.shape == CAPTION and isinstance(below, WordTable) and not pictures:
            table, *others = _table(below, figure)
            out += [_named(table, group[0], made), *others]
            place += 1
            continue
        if part.shape == CAPTION and out and "<figure" in out[-1].html and not pictures:
            out[-1] = _with_caption(out[-1], group[0], made)
            continue
        out += made
        for run in pictures:
            if html := figure(run.image):
                out.append(Html(html))
    return out


def _alike(parts: Sequence[WordParagraph | WordTable]) -> Iterator[WordParagraph]:
    """The paragraphs that make one block together with the first."""
    first = parts[0]
    assert isinstance(first, WordParagraph)
    yield first
    for part in parts[1:]:
        if not isinstance(part, WordParagraph) or part.shape != first.shape:
            return
        if part.shape not in (ITEM, QUOTE) or _starts_anew(first, part):
            return
        yield part


def _starts_anew(first: WordParagraph, item: WordParagraph) -> bool:
    """Another list of the outermost level: of another kind, or numbered by itself."""
    if first.shape != ITEM or item.level > first.level:
        return False
    return item.ordered != first.ordered or (item.ordered and item.series != first.series)


def _paragraphs(group: list[WordParagraph], counting: Counting) -> tuple[list[Html], list[WordRun]]:
    pictures = [run for one in group for run in one.runs if run.image]
    comments = [run.comment for one in group for run in one.runs if run.comment]
    first = group[0]
    if first.shape == ITEM:
        html = _list(group, counting)
    elif first.shape == QUOTE:
        html = f"<blockquote>{''.join(f'<p>{inline(one.runs)}</p>' for one in group)}</blockquote>"
    elif first.shape == HEADING:
        tag = "h4" if first.series == INNER and first.level == 2 else "h3"
        html = f"<{tag}>{_heading(first)}</{tag}>"
    else:
        words = inline(first.runs)
        if first.number:
            words = f"{first.number} {words}"
        if first.shape == CAPTION:
            words = f"<em>{words}</em>" if words else ""
        html = f"<p>{words}</p>" if words else ""
    if not html and not comments:
        return [], pictures
    return [Html(html, comments)], pictures


def _heading(heading: WordParagraph) -> str:
    """The words of a heading inside a section, without any look, and its notes."""
    runs = [
        WordRun(" ".join(f"x{run.text}x".split())[1:-1], note=run.note)
        for run in heading.runs
        if run.text or run.note
    ]
    words = inline(runs)
    return f"{heading.number} {words}" if heading.number else words


def _with_caption(picture: Html, caption: WordParagraph, made: list[Html]) -> Html:
    words = inline(caption.runs)
    html = picture.html.replace("</figure>", f"<figcaption>{words}</figcaption></figure>")
    return Html(html, picture.comments + [name for one in made for name in one.comments])


def _named(table: Html, caption: WordParagraph, made: list[Html]) -> Html:
    """The table with the caption that stood above it."""
    html = table.html.replace("<table>", f"<table><caption>{inline(caption.runs)}</caption>", 1)
    return Html(html, [name for one in made for name in one.comments] + table.comments)


def _list(items: list[WordParagraph], counting: Counting) -> str:
    """Nested lists; a level that is skipped is no level. Inside an item too, bullets after numbers
    are a list of their own, and so are numbers that begin anew."""
    out: list[str] = []
    open_lists: list[WordParagraph] = []  # the first item of each
    for item in items:
        while open_lists and open_lists[-1].level > item.level and len(open_lists) > 1:
            out.append(f"</li></{_tag(open_lists.pop())}>")
        if open_lists and open_lists[-1].level >= item.level:
            out.append("</li>")
            if not _goes_on(open_lists[-1], item):
                out.append(f"</{_tag(open_lists.pop())}>")
                _open(item, open_lists, out, counting)
        else:
            _open(item, open_lists, out, counting)
        if len(open_lists) == 1 and item.series:
            counting.items[item.series] = counting.items.get(item.series, 0) + 1
        out.append(f"<li><p>{inline(item.runs)}</p>")
    while open_lists:
        out.append(f"</li></{_tag(open_lists.pop())}>")
    return "".join(out)


def _open(
    item: WordParagraph, open_lists: list[WordParagraph], out: list[str], counting: Counting
) -> None:
    out.append(f"<{_tag(item)}{'' if open_lists else _start(item, counting)}>")
    open_lists.append(item)


def _tag(item: WordParagraph) -> str:
    return "ol" if item.ordered else "ul"


def _goes_on(first: WordParagraph, item: WordParagraph) -> bool:
    """Does an item stand in the list that another one began?"""
    return first.ordered == item.ordered and (not item.ordered or first.series == item.series)


def _start(item: WordParagraph, counting: Counting) -> str:
    if item.start and item.series not in counting.items:
        counting.items[item.series] = item.start - 1
    before = counting.items.get(item.series, 0)
    return f' start="{before + 1}"' if item.ordered and before else ""


def _table(table: WordTable, figure: Figure) -> list[Html]:
    pictures: list[WordRun] = []
    comments: list[str] = []
    rows = []
    for row in table.rows:
        cells = []
        for cell in row.cells:
            runs = [run for one in cell.paragraphs for run in one.runs]
            pictures += [run for run in runs if run.image]
            comments += [run.comment for run in runs if run.comment]
            cells.append(_cell(cell, row.head))
        rows.append((row.head, f"<tr>{''.join(cells)}</tr>"))
    heads = 0
    while heads < len(rows) and rows[heads][0]:
        heads += 1
    body = "".join(html for _head, html in rows[heads:])
    head = "".join(html for _head, html in rows[:heads])
    html = (f"<thead>{head}</thead>" if head else "") + (f"<tbody>{body}</tbody>" if body else "")
    out = [Html(f"<table>{html}</table>", comments)]
    return out + [Html(made) for run in pictures if (made := figure(run.image))]


def _cell(cell: WordCell, head: bool) -> str:
    tag = "th" if head else "td"
    spans = f' colspan="{cell.across}"' if cell.across > 1 else ""
    spans += f' rowspan="{cell.down}"' if cell.down > 1 else ""
    spans += ' scope="col"' if head and cell.across == 1 else ""
    plain = [replace(one, shape="text") if one.shape in (HEADING, TITLE, CAPTION) else one
             for one in cell.paragraphs]  # fmt: skip
    if head:  # a heading is bold already
        plain = [replace(one, runs=[*map(_light, one.runs)]) for one in plain]
    made = blocks_of(plain, lambda _image: "", Counting())
    return f"<{tag}{spans}>{''.join(one.html for one in made) or '<p></p>'}</{tag}>"


def _light(run: WordRun) -> WordRun:
    return replace(run, look=run.look.replace("b", ""))
