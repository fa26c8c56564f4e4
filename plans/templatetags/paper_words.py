"""What the pages of papers for agendas ask of plain words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kommuneplan.documents.prose import Block, Listing, Paragraph
from plans.agenda_papers.building import annex_title
from plans.agenda_papers.reading import handed_in_for
from plans.agenda_papers.value import blocks_of
from plans.models import Matter, PaperAnnex

register = template.Library()


@register.filter
def annex_said(row: PaperAnnex) -> str:
    """What goes with a paper, by its name."""
    return annex_title(row)


@register.filter
def annex_place(row: PaperAnnex, reader: str = "") -> str:
    """Where it is opened; a ``member`` reads a version, and an annex as it stands in it."""
    slug = row.paper.plan.slug
    if row.version is not None:
        route = "plans:member-version" if reader == "member" else "plans:work-version"
        return reverse(route, args=[slug, row.version.uid])
    assert row.annex is not None  # a constraint of the table
    if reader == "member":
        return reverse("plans:member-paper-annex", args=[row.paper.uid, row.uid])
    return reverse("plans:annex", args=[slug, row.annex.uid])


@register.inclusion_tag("plans/agenda_papers/for_members.html", takes_context=True)
def member_papers(context: Any, matter: Matter) -> dict[str, Any]:
    """The papers of a matter that were handed in to the reader's bodies."""
    return {"papers": handed_in_for(context["request"].user).filter(treatment__matter=matter)}


@register.filter
def written_html(text: str) -> SafeString:
    """Plain words as paragraphs and lists, as they stand on paper."""
    return format_html_join("\n", "{}", ((_html(block),) for block in blocks_of(text)))


def _html(block: Block) -> SafeString:
    if isinstance(block, Listing):
        items = format_html_join("", "<li>{}</li>", ((_line(item),) for item in block.items))
        return format_html("<ol>{}</ol>" if block.ordered else "<ul>{}</ul>", items)
    return format_html("<p>{}</p>", _line([block]))


def _line(blocks: Iterable[Block]) -> str:
    """The words of paragraphs, which have no looks of their own here."""
    runs = [run.text for one in blocks if isinstance(one, Paragraph) for run in one.runs]
    return "".join(runs)
