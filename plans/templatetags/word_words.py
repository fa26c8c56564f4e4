"""The words of a text from Word while it is looked through."""

from __future__ import annotations

import datetime as dt

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuneplan.core.templatetags.components import badge
from kommuneplan.richtext import editor
from plans.readers.word_text.parts import WordLoss
from plans.text_import.preview import SectionFate, SectionRow, TextPreview
from plans.text_import.sections import LEFT, LEVELS, PLAIN, SUB
from plans.text_import.tracked_changes import ShownChange

register = template.Library()

_SHAPES = {
    SectionFate.NEW: "in_consultation",
    SectionFate.SAME: "plain",
    SectionFate.WORD: "after_consultation",
    SectionFate.HERE: "before_bodies",
    SectionFate.BOTH: "draft",
}


@register.filter
def fate_badge(row: SectionRow) -> SafeString:
    """What becomes of a section, as a word in a badge."""
    words = {
        SectionFate.NEW: _("New section"),
        SectionFate.SAME: _("The same"),
        SectionFate.WORD: _("Changed in Word"),
        SectionFate.HERE: _("Changed here"),
        SectionFate.BOTH: _("Both texts differ"),
    }
    return badge(words[row.fate], _SHAPES[row.fate])


@register.filter
def fate_words(row: SectionRow) -> str:
    """Why the section is offered as it is."""
    if row.fate is SectionFate.WORD and row.section and not row.section.text:
        return _("The section has no text in the plan yet.")
    if row.fate is SectionFate.WORD:
        return _("Only Word has changed since the last import.")
    if row.fate is SectionFate.HERE:
        return _("Only the plan has changed since the last import: Word says what it said then.")
    if row.edited_here:
        return _("The section has been changed here in the browser since the last import.")
    return _("The plan has a text of its own here. Choose which one is to stand.")


@register.filter
def counted(preview: TextPreview) -> str:
    """What becomes of the sections, in numbers."""
    open_ones = len(preview.open_choices)
    parts = [
        (preview.new, ngettext("%(n)s new", "%(n)s new ones", preview.new)),
        (
            preview.replaced,
            ngettext("%(n)s gets the text of Word", "%(n)s get the text of Word", preview.replaced),
        ),
        (
            preview.kept,
            ngettext("%(n)s keeps the text here", "%(n)s keep the text here", preview.kept),
        ),
        (
            open_ones,
            ngettext("%(n)s waits for your choice", "%(n)s wait for your choice", open_ones),
        ),
        (preview.same, ngettext("%(n)s the same", "%(n)s the same ones", preview.same)),
    ]
    return " · ".join(words % {"n": n} for n, words in parts if n)


@register.filter
def change_kind(change: ShownChange) -> str:
    """What sort of change it is."""
    return {
        "moved": _("Moved"),
        "row": _("Table row"),
        "replaced": _("Words replaced"),
        "added": _("Inserted"),
        "removed": _("Deleted"),
        "break": _("Paragraph break"),
    }[change.kind]


@register.filter
def word_day(at: str) -> str:
    """The day Word has noted, as one reads it; nothing when it says none."""
    try:
        return date_format(dt.date.fromisoformat(at[:10]), r"j. F Y")
    except ValueError:
        return ""


@register.simple_tag
def heading_choices() -> list[tuple[str, str]]:
    """What a line of the document can be."""
    levels = [(level, _("Section, level %(n)s") % {"n": level}) for level in LEVELS]
    return [
        *levels,
        (SUB, _("Subheading in the text")),
        (PLAIN, _("Ordinary paragraph")),
        (LEFT, _("Leave it out")),
    ]


@register.simple_tag
def from_word(row: SectionRow, preview: TextPreview) -> SafeString:
    """A section's text as it will be, its pictures from the document."""
    html = row.text  # cleaned when it was cut into blocks
    for image in preview.images:
        address = picture_address(preview, image.image.id)
        html = html.replace(preview.src[image.image.id], address)
    return mark_safe(html)  # noqa: S308  (sanitised above)


@register.simple_tag
def picture_address(preview: TextPreview, image: str) -> str:
    """Where a picture of the document can be seen while it is looked through."""
    number = int(image.removeprefix("i"))
    slug, uid = preview.plan.slug, preview.draft.uid
    return reverse("plans:word-picture", kwargs={"slug": slug, "uid": uid, "number": number})


@register.filter
def left_word(left: WordLoss) -> str:
    """What does not come along as it stood, and what becomes of it."""
    n = left.count
    counted = {
        "contents": ngettext(
            "A table of contents (%(n)s line). The plan makes its own.",
            "A table of contents (%(n)s lines). The plan makes its own.",
            n,
        ),
        "formula": ngettext(
            "%(n)s formula: its signs come along as ordinary text.",
            "%(n)s formulas: their signs come along as ordinary text.",
            n,
        ),
        "highlight": ngettext(
            "%(n)s highlighted passage: the words come along without their colour.",
            "%(n)s highlighted passages: the words come along without their colour.",
            n,
        ),
        "look-change": ngettext(
            "%(n)s tracked change of formatting: the text stands as it looks now.",
            "%(n)s tracked changes of formatting: the text stands as it looks now.",
            n,
        ),
        "letters": ngettext(
            "%(n)s item of a list with letters or Roman numerals gets an ordinary number.",
            "%(n)s items of lists with letters or Roman numerals get ordinary numbers.",
            n,
        ),
        "symbol": ngettext(
            "%(n)s sign from a symbol font is shown as •.",
            "%(n)s signs from symbol fonts are shown as •.",
            n,
        ),
        "note-change": _(
            "The footnotes have tracked changes. They come along with all of them accepted."
        ),
        "part-image": ngettext(
            "%(n)s picture in a header, footer or footnote.",
            "%(n)s pictures in headers, footers or footnotes.",
            n,
        ),
        "nested": ngettext(
            "%(n)s table inside a table: its words stand in the cell around it.",
            "%(n)s tables inside tables: their words stand in the cells around them.",
            n,
        ),
        "chunk": ngettext(
            "%(n)s inserted document is not read. Copy its text into the document itself.",
            "%(n)s inserted documents are not read. Copy their text into the document itself.",
            n,
        ),
    }
    if left.code in counted:
        return counted[left.code] % {"n": n}
    return {
        "cover": _("The title page. It stands beside the text and is made anew"),
        "header": _("A header, which is repeated on each page"),
        "footer": _("A footer, which is repeated on each page"),
        "box": _("A text box: its text stands after the paragraph it was fastened to"),
        "hidden": _("Hidden text, which is not shown in Word"),
        "link": _("A link that does not lead to a web page or a mail address: the words stay"),
        "drawing": _("A drawing, diagram or embedded object. Save it as a picture to include it"),
        "image-elsewhere": _("A picture that is not in the file itself. Insert it into the file"),
        "image-kind": _("A picture of a kind that cannot be shown. Save it as PNG or JPEG"),
    }[left.code]


@register.filter
def left_in_paste(left: WordLoss) -> str:
    """What of a paste does not come along as it stood, as a sentence."""
    n = left.count
    if left.code == "image-elsewhere":
        return editor.pictures()["left_out" if n == 1 else "left_out_many"]
    if left.code == "note-elsewhere":
        return ngettext(
            "%(n)s footnote did not come along, for the program leaves its words behind when one "
            "copies. Its number stands in the text.",
            "%(n)s footnotes did not come along, for the program leaves their words behind when "
            "one copies. Their numbers stand in the text.",
            n,
        ) % {"n": n}
    if left.code == "comments":
        return _("The comments in the margin did not come along.")
    return f"{left_word(left).rstrip('.')}."
