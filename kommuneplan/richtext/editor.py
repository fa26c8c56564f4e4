"""The editor of rich text: what it offers, its words in Danish, its files.

It offers exactly what ``kommuneplan.richtext.blocks.sanitise`` keeps; the server sanitises all
the same.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django_prose_editor.widgets import ProseEditorWidget, prose_editor_media

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Underline": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "HardBreak": True,
    "Heading": {"levels": [3, 4]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "PlanFigure": True,
    "PlanNote": True,
    "PlanPaste": True,
    "Menu": {
        "groups": [
            {"group": "headings"},
            {"group": "nodes -headings -lists"},
            {"group": "lists"},
            {"group": "marks"},
            {"group": "link"},
            {"group": "pictures"},
            {"group": "table"},
            {"group": "history"},
        ]
    },
}


_PICTURES = ("PlanFigure",)
_NOT_IN_LETTERS = ("Table", "TableRow", "TableHeader", "TableCell", "PlanFigure", "PlanNote")


def _without(names: tuple[str, ...], groups: tuple[str, ...]) -> dict[str, Any]:
    kept = {name: value for name, value in EXTENSIONS.items() if name not in names}
    shown = [one for one in EXTENSIONS["Menu"]["groups"] if one["group"] not in groups]
    return {**kept, "Menu": {"groups": shown}}


def widget(*, letter: bool = False, images: bool = True) -> ProseEditorWidget:
    """The text box that becomes the editor where there is JavaScript; in a ``letter`` there are
    neither tables nor images nor footnotes."""
    extensions = EXTENSIONS
    if letter:
        extensions = _without(_NOT_IN_LETTERS, ("pictures", "table"))
    elif not images:
        extensions = _without(_PICTURES, ())
    return ProseEditorWidget(
        {"rows": 20, "aria-labelledby": "text-label", "autocomplete": "off"},
        config={"extensions": extensions},
        preset="configurable",
    )


def media(nonce: str) -> str:
    """The editor's scripts and style sheets, with the nonce the page's policy asks for."""
    return str(prose_editor_media(preset="configurable").with_nonce(nonce).render())


def words() -> dict[str, str]:
    """The editor's own English words → ours, for its buttons and boxes."""
    return {
        "heading 3": _("Heading"),
        "heading 4": _("Small heading"),
        "paragraph": _("Paragraph"),
        "blockquote": _("Quotation"),
        "unordered list": _("Bulleted list"),
        "ordered list": _("Numbered list"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "underline": _("Underlined"),
        "strike": _("Struck through"),
        "subscript": _("Subscript"),
        "superscript": _("Superscript"),
        "insert link": _("Insert a link"),
        "remove link": _("Remove the link"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "image": _("Insert an image"),
        "footnote": _("Insert a footnote"),
        "Insert table": _("Insert a table"),
        "Add column": _("Add a column"),
        "Delete column": _("Delete the column"),
        "Add row": _("Add a row"),
        "Delete row": _("Delete the row"),
        "Delete table": _("Delete the table"),
        "Merge cells": _("Merge cells"),
        "Split cell": _("Split the cell"),
        "Toggle header cell": _("Heading cell or not"),
        "Rows": _("Rows"),
        "Columns": _("Columns"),
        "Include header row": _("With a row of headings"),
        "Yes": _("Yes"),
        "No": _("No"),
        "Table Properties": _("Table"),
        "Insert Table": _("Insert the table"),
        "Edit Link": _("Link"),
        "URL": _("Web address"),
        "Title": _("Explanation (optional)"),
        "Update": _("Save the link"),
        "Cancel": _("Cancel"),
        "toolbar": _("Formatting"),
    }


def sayings() -> dict[str, str]:
    """What the page says of the words one is writing; {at} is a time of day."""
    return {
        "kept": _("Saved as a draft {at}"),
        "offline": _(
            "No connection. Your text is kept on this page and is sent when the network is back."
        ),
        "signed_out": _(
            "You have been signed out. Your text is kept on this page: sign in in a new window, "
            "and it is sent."
        ),
        "forbidden": _(
            "You may no longer write here, so your text is not stored. Copy it before you leave "
            "the page."
        ),
        "outdated": _(
            "Saved as a draft {at}. A colleague has saved the section meanwhile; when you save, "
            "you will see both texts."
        ),
        "restored": _("Text that had not been sent has been put back. Look it through and save."),
        "failed": _("The text could not be sent. It is kept on this page, and we try again."),
        "sign_in": _("Sign in in a new window"),
    }


def pasting() -> dict[str, str]:
    """What the page says of what is pasted from another program."""
    return {
        "reading": _("What you pasted is being read …"),
        "by_itself": _(
            "What you pasted was put in by the editor itself, without being read as “Read in from "
            "Word” does. Look lists, tables and notes through."
        ),
        "too_large": _(
            "What was copied is too large to be read at once. Copy a part of it at a time, or use "
            "“Read in from Word”."
        ),
        "signed_out": _("You have been signed out."),
    }


def pictures() -> dict[str, str]:
    """What the editor says of images and footnotes; {alt} and {note} are words of the text."""
    return {
        "caption": _("Caption (optional)"),
        "alt": _("Alternative text: {alt}"),
        "no_alt": _("Alternative text is missing. Say what the image shows."),
        "alt_required": _("Say in words what the image shows, for those who cannot see it."),
        "change": _("Correct"),
        "remove": _("Remove the image"),
        "note": _("Footnote: {note}"),
        "note_button": _("Footnote"),
        "note_required": _("Write the note first, or press Cancel."),
        "failed": _("The image could not be sent. Try again in a moment; your text is kept."),
        "too_large": _("The image is too large. Save it smaller and try again."),
        "left_out": _(
            "An image was left out, for it lies elsewhere. Save it on your computer and add it "
            "here with the button for images."
        ),
        "left_out_many": _(
            "Some images were left out, for they lie elsewhere. Save them on your computer and "
            "add them here with the button for images."
        ),
    }
