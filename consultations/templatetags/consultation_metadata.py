"""What the public pages of consultations say of themselves (``consultations.public.metadata``), for
their heads."""

from __future__ import annotations

from django import template
from django.template import Context

from consultations.public import metadata
from kommuneplan.core.site.metadata import PageMetadata

register = template.Library()


@register.simple_tag(takes_context=True)
def hearings_metadata(context: Context) -> PageMetadata:
    """Of the list of rounds, as far as it is the whole list."""
    is_whole = not context["words"] and context["ended"].number == 1
    return metadata.of_list(is_found=is_whole)


@register.simple_tag(takes_context=True)
def hearing_metadata(context: Context) -> PageMetadata:
    """Of the page of a round; the later pages of its responses are not to be found."""
    page = context["answers"].page
    is_first = page is None or page.number == 1
    return metadata.of_round(context["round"], context["state"], is_found=is_first)


@register.simple_tag(takes_context=True)
def report_metadata(context: Context) -> PageMetadata:
    """Of the published report; a single theme of it is not to be found."""
    is_whole = context["theme"] is None
    return metadata.of_report(context["round"], context["report_title"], is_found=is_whole)
