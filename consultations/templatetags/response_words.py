"""The words of responses: what is shown of one, how it came, where it stands."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.defaultfilters import linebreaks
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.enums import Channel, PublicationState
from consultations.models import Response
from consultations.responses.passages import Pieces
from consultations.responses.public_form import nobody, plain, removed
from consultations.responses.published import Becomes
from consultations.review.publication_blockers import Hindrance
from consultations.review.response_review import ReviewFinding
from kommuneplan.core.templatetags.components import badge

register = template.Library()

_SHAPES = {"waiting": "draft", "cleared": "adopted", "hidden": "withdrawn"}


@register.filter
def shown_words(words: Pieces) -> SafeString:
    """Words as they are shown: paragraphs, with a mark where something was taken out."""
    parts = [
        format_html('<span class="taken-out">{}</span>', removed(ground))
        if ground
        else escape(text)
        for text, ground in words
    ]
    # Escaped above.
    return mark_safe(linebreaks(mark_safe("".join(parts)), autoescape=False))  # noqa: S308


@register.filter
def plain_words(words: Pieces) -> str:
    """The same as one text."""
    return plain(words)


@register.filter
def publication_badge(row: Response) -> SafeString:
    """Where a response stands on its way to everybody."""
    if row.withdrawn_at is not None:
        return badge(_("Withdrawn"), "withdrawn")
    state = PublicationState(row.publication_state)
    return badge(capfirst(str(state.label)), _SHAPES[state.value])


@register.filter
def annex_badge(state: str) -> SafeString:
    """What is decided of an annex."""
    return badge(capfirst(str(PublicationState(state).label)), _SHAPES[state])


@register.filter
def becomes_words(becomes: str) -> str:
    """Why a number has no words."""
    return {
        Becomes.HIDDEN: _("hidden from the public"),
        Becomes.WITHDRAWN: _("withdrawn by the sender"),
        Becomes.REFUSED: _("received after the deadline and not taken into account"),
    }.get(Becomes(becomes), "")


@register.filter
def came_by(channel: str) -> str:
    """How it came in: "brev"."""
    return str(Channel(channel).label)


@register.filter
def sender_name(row: Response) -> str:
    """Who has sent it, for those who handle it; a protected name only when it was opened."""
    if row.is_protected:
        return _("Protected name")
    names = [row.organisation, row.name]
    return ", ".join(name for name in names if name) or nobody(row.sender_kind, row.number)


@register.filter
def hindrance_words(hindrance: str) -> str:
    """What has to be done before a response can be shown."""
    return {
        Hindrance.FINDINGS: _("Something was found in the response. Decide each place."),
        Hindrance.EARLIER: _(
            "The sender has corrected the response, and words that were taken out stand in it "
            "again. Take them out once more."
        ),
        Hindrance.ANNEX_WAITS: _("Something was found in an annex. Decide what becomes of it."),
        Hindrance.ANNEX_NOT_EXAMINED: _("An annex has not been examined yet."),
        Hindrance.ANNEX_NOT_SCANNED: _("An annex has not been scanned for viruses yet."),
        Hindrance.ANNEX_REFUSED: _(
            "An annex was not opened, for it could do harm. Hide it, and ask for another one."
        ),
        Hindrance.ANNEX_INFECTED: _(
            "There is a virus in an annex. Hide it, or give out another file."
        ),
        Hindrance.LATE: _("It came after the deadline. Decide whether it takes part."),
        Hindrance.WITHDRAWN: _(
            "The sender has withdrawn the response. It stays received and filed, and everybody "
            "sees that it is withdrawn."
        ),
    }[Hindrance(hindrance)]


@register.filter
def hindrance_address(hindrance: str) -> str:
    """Where on the page of a response it is decided."""
    places = {Hindrance.FINDINGS: "#fund", Hindrance.EARLIER: "#fjern", Hindrance.LATE: "frist/"}
    return places.get(Hindrance(hindrance), "#bilag")


@register.filter
def place_words(place: str) -> str:
    """Where in a response: "i svaret på et spørgsmål"."""
    head = place.partition(".")[0]
    return {
        "sender": _("the sender"),
        "text": _("the response"),
        "answers": _("the answer to a question"),
        "remarks": _("a remark on a paragraph"),
    }.get(head, "")


@register.filter
def typed_choice(typed: Any, found: ReviewFinding) -> str:
    """What was chosen for a finding in a form that could not be taken."""
    return typed.get(f"f-{found.key}", "") if typed else ""


@register.filter
def typed_reason(typed: Any, found: ReviewFinding) -> str:
    """The reason written for a finding in a form that could not be taken."""
    return typed.get(f"r-{found.key}", "") if typed else ""
