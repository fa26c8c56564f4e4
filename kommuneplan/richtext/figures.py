"""Images and footnotes in rich text: the one form each of them is stored in.

An image is a block of its own, ``<figure><img src="/billeder/<uid>/" alt="…"><figcaption>…``,
and always one of the house's own: nothing is fetched from elsewhere. What it shows is said in
its alternative text; there are no images that only decorate. A footnote stands at the place of
its reference, ``<span class="note">the note's words</span>``.

Everything here works on HTML that has been cleaned already (``richtext.sanitise``) and leaves
nothing out but images that are not the house's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import lxml.html
from lxml.html import HtmlElement

ADDRESS = re.compile(r"/billeder/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")
_IN_NOTES = {"em", "strong", "a"}
_IN_CAPTIONS = {"em", "strong", "u", "s", "sub", "sup", "a", "span"}
_INLINE = _IN_CAPTIONS | {"br"}


_SHOWN = re.compile(rf'<img src="{ADDRESS.pattern}"')


def shown_in(htmls: Iterable[str]) -> set[str]:
    """The uids of the images that stand in stored texts."""
    return {uid for html in htmls if "<img" in html for uid in _SHOWN.findall(html)}


def sized(html: str, sizes: Mapping[str, tuple[int, int]]) -> str:
    """A stored text for the screen, each image with its width and height by its uid: a browser
    leaves its place free until it comes, and nothing below it moves."""

    def with_size(image: re.Match[str]) -> str:
        if not (size := sizes.get(image[1])):
            return image[0]
        return f'{image[0]} width="{size[0]}" height="{size[1]}"'

    return _SHOWN.sub(with_size, html)


def needs_tidying(html: str) -> bool:
    """Whether there is anything here that ``tidied`` could put right."""
    return any(sign in html for sign in ("<img", "<span", "<fig"))


def tidied(html: str) -> str:
    """Cleaned HTML with every image and footnote in its one form; all words are kept."""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    for span in list(root.iter("span")):
        if span.get("class") != "note":
            span.drop_tag()
    for image in list(root.iter("img")):
        if ADDRESS.fullmatch(image.get("src", "")):
            image.set("alt", " ".join(image.get("alt", "").split()))
        else:
            image.drop_tree()
    for caption in list(root.iter("figcaption")):
        for image in list(caption.iter("img")):
            _put_after(caption, _taken_out(image))
    for image in [image for image in root.iter("img") if not _is_in_form(root, image)]:
        _make_figure(root, image)
    _loosen(root)
    for note in list(root.iter("span")):
        if note.getparent() is not None:  # else it stood in one before it, and is gone
            _note(note)
    _wrap_loose_notes(root)
    return "".join([_escaped(root.text or ""), *(_outer(child) for child in root)])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _outer(element: HtmlElement) -> str:
    return lxml.html.tostring(element, encoding="unicode")


def _make_figure(root: HtmlElement, image: HtmlElement) -> None:
    """A figure of an image, after the block it stood in, with the caption it has."""
    around = next(image.iterancestors("figure"), None)
    top = image if image.getparent() is root else _below(root, image)
    place = top
    while (after := place.getnext()) is not None and after.get("lifted") and not place.tail:
        place = after
    figure = lxml.html.Element("figure", lifted="1")
    _put_after(place, figure)
    caption = around.find(".//figcaption") if around is not None else None
    figure.append(_taken_out(image))
    if caption is not None:
        _taken_out(caption)
        _inline_only(caption, _IN_CAPTIONS)
        if caption.text_content().strip():
            figure.append(_trimmed(caption))
    if top.tag == "p" and not len(top) and not (top.text or "").strip():
        top.drop_tree()


def _put_after(place: HtmlElement, element: HtmlElement) -> None:
    """Right after it, before the words that follow."""
    element.tail, place.tail = place.tail, None
    place.addnext(element)


def _trimmed(element: HtmlElement) -> HtmlElement:
    element.text = (element.text or "").lstrip()
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip()
    else:
        element.text = element.text.rstrip()
    return element


def _taken_out(element: HtmlElement) -> HtmlElement:
    """The element alone; the words after it stay where they were."""
    element.drop_tree()
    element.tail = None
    return element


def _below(root: HtmlElement, element: HtmlElement) -> HtmlElement:
    """The block of the top level that an element stands in."""
    while element.getparent() is not root:
        element = element.getparent()
    return element


def _is_in_form(root: HtmlElement, image: HtmlElement) -> bool:
    figure = image.getparent()
    if figure.tag != "figure" or figure.getparent() is not root or figure.text:
        return False
    tags = [child.tag for child in figure]
    if tags not in (["img"], ["img", "figcaption"]) or any(child.tail for child in figure):
        return False
    return len(figure) == 1 or (
        bool(figure[1].text_content().strip())
        and all(inside.tag in _IN_CAPTIONS for inside in figure[1].iterdescendants())
    )


def _loosen(root: HtmlElement) -> None:
    """What stands in a figure without an image is ordinary text."""
    for figure in list(root.iter("figure")):
        figure.attrib.pop("lifted", None)
        if figure.getparent() is not root or figure.find("img") is None:
            figure.drop_tag()
    for caption in list(root.iter("figcaption")):
        around = caption.getparent()
        if around is root:
            caption.tag = "p"
        elif around.tag != "figure":
            _apart(caption)
            caption.drop_tag()


def _note(note: HtmlElement) -> None:
    """A footnote holds words alone, no other footnote, and stands outside links."""
    _inline_only(note, _IN_NOTES)
    if not note.text_content().strip():
        note.drop_tag()
        return
    _trimmed(note)
    link = next(note.iterancestors("a"), None)
    if link is not None:
        _taken_out(note)
        for inner in note.findall(".//a"):
            inner.drop_tag()
        _put_after(link, note)


def _inline_only(element: HtmlElement, allowed: Iterable[str]) -> None:
    for inside in list(element.iterdescendants()):
        if inside.tag not in allowed:
            if inside.tag not in _IN_CAPTIONS or inside.tag == "span":
                _apart(inside)
            inside.drop_tag()


def _apart(element: HtmlElement) -> None:
    """A space on both sides, so that words stay apart when the element goes."""
    element.text = f" {element.text or ''}"
    if len(element):
        element[-1].tail = f"{element[-1].tail or ''} "
    else:
        element.text += " "


def _wrap_loose_notes(root: HtmlElement) -> None:
    """A footnote outside any paragraph stands in one, with the loose words beside it."""
    for run in list(_runs(root)):
        if not any(one.tag == "span" or one.find(".//span") is not None for one in run):
            continue
        before = run[0].getprevious()
        paragraph = lxml.html.Element("p")
        if before is None:
            paragraph.text, root.text = root.text, None
        else:
            paragraph.text, before.tail = before.tail, None
        run[0].addprevious(paragraph)
        for one in run:
            paragraph.append(one)


def _runs(root: HtmlElement) -> Iterator[list[HtmlElement]]:
    """Elements of the line that stand beside each other at the top level."""
    run: list[HtmlElement] = []
    for child in root:
        if child.tag in _INLINE:
            run.append(child)
        elif run:
            yield run
            run = []
    if run:
        yield run


def image_uids(html: str) -> list[str]:
    """The uids of the images of some HTML, in the order of reading, each once."""
    return list(dict.fromkeys(ADDRESS.findall(html))) if "<img" in html else []
