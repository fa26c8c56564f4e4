"""Volumes of one paper bound together: pages, tags, bookmarks and the numbers of the pages.

What typst has set in pieces becomes one accessible PDF: the trees of tags are joined under one
document (ISO 32000-1 §14.7: every page keeps its number in the parent tree, moved by those before
it), bookmarks follow each other, and a link of ours leads to the page it means.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

# What a volume links to where it means a heading of the whole: this and the heading's number.
PLACE = "https://place.invalid/"


def headings_of(volume: bytes) -> list[int]:
    """The pages, from 0, of the bookmarks of a volume in their order."""
    with pikepdf.open(io.BytesIO(volume)) as document:
        numbers = {page.objgen: number for number, page in enumerate(document.pages)}
        return [numbers[one.destination[0].objgen] for one in _bookmarks(document)]


def pages_of(volume: bytes) -> int:
    """How many pages a volume has."""
    with pikepdf.open(io.BytesIO(volume)) as document:
        return len(document.pages)


def bind(volumes: Iterable[bytes], feet: bytes) -> bytes:
    """One PDF of several, in order. ``feet`` has a page for each page of the whole: what stands
    at its foot."""
    first, *others = volumes
    with pikepdf.open(io.BytesIO(first)) as whole:
        marks = [*_found(whole)]
        for volume in others:
            with pikepdf.open(io.BytesIO(volume)) as added:
                marks += _join(whole, added)
        _lead(whole, marks)
        _bookmark(whole, marks)
        with pikepdf.open(io.BytesIO(feet)) as pages:
            _stamp(whole, pages)
        out = io.BytesIO()
        whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


Mark = tuple[str, int, int, Any]  # words, depth, page from 0, and where on the page


def _bookmarks(document: pikepdf.Pdf) -> Iterator[pikepdf.OutlineItem]:
    def below(items: Any) -> Iterator[pikepdf.OutlineItem]:
        for item in items:
            yield item
            yield from below(item.children)

    with document.open_outline() as outline:
        yield from below(outline.root)


def _found(document: pikepdf.Pdf, before: int = 0) -> Iterator[Mark]:
    """The bookmarks of a document; ``before`` pages stand in front of it."""
    numbers = {page.objgen: number for number, page in enumerate(document.pages)}

    def below(items: Any, depth: int) -> Iterator[Mark]:
        for item in items:
            page, _kind, _left, top, *_rest = item.destination
            yield item.title, depth, before + numbers[page.objgen], float(top)
            yield from below(item.children, depth + 1)

    with document.open_outline() as outline:
        yield from below(outline.root, 0)


def _join(whole: pikepdf.Pdf, added: pikepdf.Pdf) -> list[Mark]:
    """Put the pages and tags of one document behind those of another."""
    before = len(whole.pages)
    marks = [*_found(added, before)]
    tree = whole.Root.StructTreeRoot
    shift = int(tree.ParentTreeNextKey)
    whole.pages.extend(added.pages)
    for page in [*whole.pages][before:]:
        if "/StructParents" in page.obj:
            page.obj.StructParents = int(page.obj.StructParents) + shift
        for note in page.obj.get("/Annots", []):
            if "/StructParent" in note:
                note.StructParent = int(note.StructParent) + shift
    other = whole.copy_foreign(added.Root.StructTreeRoot)
    _join_trees(tree, other, shift)
    return marks


def _join_trees(tree: Any, other: Any, shift: int) -> None:
    top, below = tree.K[0], other.K[0]
    for child in below.K:
        child.P = top
        top.K.append(child)
    numbers = list(other.ParentTree.Nums)
    for place in range(0, len(numbers), 2):
        tree.ParentTree.Nums.append(int(numbers[place]) + shift)
        tree.ParentTree.Nums.append(numbers[place + 1])
    tree.ParentTreeNextKey = shift + int(other.ParentTreeNextKey)
    for name, kind in other.get("/RoleMap", {}).items():
        tree.RoleMap[name] = kind


def _lead(whole: pikepdf.Pdf, marks: list[Mark]) -> None:
    """Let the lines of the contents lead to their headings."""
    for page in whole.pages:
        for note in page.obj.get("/Annots", []):
            address = str(note.get("/A", {}).get("/URI", ""))
            if not address.startswith(PLACE):
                continue
            _words, _depth, target, top = marks[int(address.removeprefix(PLACE))]
            del note["/A"]
            note.Dest = pikepdf.Array(
                [whole.pages[target].obj, pikepdf.Name.XYZ, 0, round(top, 2), 0]
            )
            note.Contents = marks[int(address.removeprefix(PLACE))][0]


def _bookmark(whole: pikepdf.Pdf, marks: list[Mark]) -> None:
    with whole.open_outline() as outline:
        outline.root.clear()
        above: list[pikepdf.OutlineItem] = []
        for words, depth, page, top in marks:
            item = pikepdf.OutlineItem(words, page, "XYZ", left=0, top=top)
            del above[depth:]
            (above[-1].children if above else outline.root).append(item)
            above.append(item)


def _stamp(whole: pikepdf.Pdf, feet: pikepdf.Pdf) -> None:
    """Draw the foot of each page, which is no part of the text that is read aloud."""
    for page, foot in zip(whole.pages, feet.pages, strict=True):
        drawn = whole.copy_foreign(foot.as_form_xobject())
        if "/StructParents" in drawn:
            del drawn["/StructParents"]
        name = page.add_resource(drawn, pikepdf.Name.XObject)
        page.contents_add(b"\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC q ")
        page.contents_add(f"{name} Do Q EMC\n".encode())
